"""JSON text of the values in an event, and what no event may have.

Text is written as it is, also half a character: the whole body is looked at once at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from composer.core.batch.options import LARGEST_EVENT
from composer.core.jsontext import Number, Object, Value, get_at, may_be_deeper, parse, quoted
from composer.core.mapping.cells import Fault, number_fault

Tree: TypeAlias = "dict[str, str | Tree]"
"""An object in the making: each member as JSON text, or still in the making itself."""


@dataclass(frozen=True, slots=True)
class Deep:
    """Which members of an object are objects that more may be put into."""

    members: Mapping[str, Deep]


_LEAF = Deep(MappingProxyType({}))
_PROPERTIES = Deep(MappingProxyType(dict.fromkeys(("$set", "$set_once", "$groups"), _LEAF)))
DEEP = Deep(MappingProxyType({"properties": _PROPERTIES}))
"""Of an event."""


def deep_at(path: tuple[str, ...]) -> Deep:
    """Of the object at ``path`` of an event."""
    deep = DEEP
    for key in path:
        deep = deep.members[key]
    return deep


class UnwritableError(ValueError):
    """A value that the service could not read; its text says why."""


def written(value: Value) -> str:
    """Compact JSON. Raises ``UnwritableError``."""
    match value:
        case str():
            return quoted(value)
        case Number(text):
            if fault := number_fault(text):
                raise UnwritableError(fault)
            return text
        case Object(members):
            return f"{{{','.join([f'{quoted(key)}:{written(item)}' for key, item in members])}}}"
        case tuple():
            return f"[{','.join(map(written, value))}]"
        case _:
            return _SCALARS[value]


def text_of_tree(tree: Tree) -> str:
    """Compact JSON."""
    members = [
        f"{quoted(key)}:{value if isinstance(value, str) else text_of_tree(value)}"
        for key, value in tree.items()
    ]
    return f"{{{','.join(members)}}}"


def put(tree: Tree, path: tuple[str, ...], value: str | Tree) -> None:
    """Set a member; objects on the way are made."""
    for key in path[:-1]:
        child = tree.get(key)
        if not isinstance(child, dict):
            child = tree[key] = {}
        tree = child
    tree[path[-1]] = value


def body_fault(body: str) -> Fault | None:
    """Why the service would not take an event with these members in a batch."""
    if not body.isascii() or len(body) > LARGEST_EVENT:
        try:
            size = len(body.encode())
        except UnicodeEncodeError:
            return Fault("There is half a character in the row. Delete it, or write it anew.")
        if size > LARGEST_EVENT:
            return Fault(
                f"The event would have {size:,} bytes, and PostHog takes {LARGEST_EVENT:,} at most."
                " Leave something out."
            )
    if may_be_deeper(body, _DEEPEST):
        return Fault(
            f"The event would be nested more than {_DEEPEST} levels deep. Flatten the innermost "
            "objects."
        )
    return _cookieless_fault(body) if _COOKIELESS in body else None


def is_surely_taken(bodies: list[str], text: str) -> bool:
    """Whether a look at all bodies at once settles that none has a ``body_fault``.

    ``text`` is all of them together. That they are not deep has to be known.
    """
    is_short = max(map(len, bodies), default=0) <= LARGEST_EVENT
    return is_short and text.isascii() and _COOKIELESS not in text


def _cookieless_fault(body: str) -> Fault | None:
    """The one property that the service is strict about (capture-server.md, 2.5)."""
    value = get_at(parse(body), ("properties", _COOKIELESS), default=False)
    if isinstance(value, bool):
        return None
    return Fault(f"{_COOKIELESS} has to be true or false. Change the column's type to yes or no.")


_COOKIELESS = "$cookieless_mode"


_SCALARS = {None: "null", True: "true", False: "false"}
_DEEPEST = 125
"""The service reads 127 levels (capture-server.md, 2.3), of which a batch has two itself."""
