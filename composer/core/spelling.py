"""Values and text as the capture service spells them, where Python would spell them otherwise.

Source: capture-server.md, 2.5. The service is written in Rust, and its JSON is that of serde.
"""

from __future__ import annotations

import re

from composer.core.jsontext import Layout, Number, Object, Value, encode, encode_string


def text_of(value: Value) -> str:
    """A value as the service turns it into text: compact, keys sorted, numbers in its own spelling.

    ``1e3`` becomes ``1000.0``, for the service holds it as a double. Text stays as it is.
    """
    return value if isinstance(value, str) else _written(value)


def trimmed(text: str) -> str:
    """``text`` without white space at its ends; the separators U+001C to U+001F are none."""
    return text.strip(_WHITE)


def shown(text: str) -> str:
    """``text`` in quotes for a sentence, cut where it is long."""
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


_SHOWN = 40  # characters
_INTEGER = re.compile(r"-?[0-9]+")
_LONGEST_INTEGER = 20
_SMALLEST, _LARGEST = -(2**63), 2**64 - 1
_WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def _written(value: Value) -> str:
    match value:
        case Number(text):
            return _number(text)
        case Object(members):
            last = dict(members)
            inner = ",".join(f"{encode_string(key)}:{_written(last[key])}" for key in sorted(last))
            return f"{{{inner}}}"
        case tuple():
            return f"[{','.join(_written(item) for item in value)}]"
        case _:
            return encode(value, Layout.COMPACT)


def _number(text: str) -> str:
    if _INTEGER.fullmatch(text) and text != "-0" and len(text) <= _LONGEST_INTEGER:
        number = int(text)
        if _SMALLEST <= number <= _LARGEST:
            return str(number)
    mantissa, mark, exponent = repr(float(text)).partition("e")
    if mark and exponent == "-05":  # the one power that Python writes with an e and the service not
        sign = "-" if mantissa.startswith("-") else ""
        return f"{sign}0.0000{mantissa.lstrip('-').replace('.', '')}"
    return f"{mantissa}e{int(exponent)}" if mark else mantissa
