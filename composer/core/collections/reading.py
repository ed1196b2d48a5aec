"""What the readers of collections share: values out of JSON from elsewhere, one remark.

A value of another kind than expected is read as an empty one.
"""

from __future__ import annotations

from composer.core.jsontext import Number, Object, Value
from composer.core.remarks import Remark

SCRIPTS = Remark(
    name="Scripts",
    words="Scripts before and after a request are not run here. What they set is asked for.",
)


def text(value: Value) -> str:
    """Text, or a number or yes/no as it is spelled."""
    match value:
        case str():
            return value
        case Number(spelling):
            return spelling
        case bool():
            return "true" if value else "false"
        case _:
            return ""


def objects(value: Value) -> tuple[Object, ...]:
    """The objects of a list."""
    items = value if isinstance(value, tuple) else ()
    return tuple(item for item in items if isinstance(item, Object))


def pairs(
    value: Value, *, key: str = "key", off: tuple[str, bool] = ("disabled", True)
) -> tuple[tuple[str, str], ...]:
    """Names and values of a list of objects, without those that are switched ``off``."""
    found = (one for one in objects(value) if one.get(off[0]) is not off[1])
    return tuple((text(one.get(key)), text(one.get("value"))) for one in found)
