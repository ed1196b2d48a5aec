"""From values to JSON text. Characters stand as they are; only what JSON demands is escaped."""

from __future__ import annotations

import re
from enum import StrEnum
from json.encoder import encode_basestring  # C speed, without \uXXXX for ordinary characters

from composer.core.jsontext.values import Number, Object, Value

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which has no UTF-8 form."""


class Layout(StrEnum):
    """How a value is written: over several lines, or with no space at all."""

    PRETTY = "pretty"
    COMPACT = "compact"


def encode(value: Value, layout: Layout = Layout.PRETTY) -> str:
    """Write a value."""
    parts: list[str] = []
    if layout is Layout.PRETTY:
        _write_pretty(value, parts, "\n")
    else:
        _write_compact(value, parts)
    return "".join(parts)


def encode_string(text: str) -> str:
    """A JSON string. A lone surrogate has no UTF-8 form, so it is written as an escape."""
    quoted = encode_basestring(text)
    return SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


quoted = encode_basestring
"""A JSON string at the speed of C: a lone surrogate in it stays, so look for them elsewhere."""


_SCALARS = {None: "null", True: "true", False: "false"}
_INDENT = "  "


def _write_compact(value: Value, parts: list[str]) -> None:
    match value:
        case str():
            parts.append(encode_string(value))
        case Number(text):
            parts.append(text)
        case Object(members):
            separator = "{"
            for key, item in members:
                parts += (separator, encode_string(key), ":")
                _write_compact(item, parts)
                separator = ","
            parts.append("}" if members else "{}")
        case tuple():
            separator = "["
            for item in value:
                parts.append(separator)
                _write_compact(item, parts)
                separator = ","
            parts.append("]" if value else "[]")
        case _:
            parts.append(_SCALARS[value])


def _write_pretty(value: Value, parts: list[str], line: str) -> None:
    """``line`` is the line break with the indent of the place where ``value`` begins."""
    match value:
        case Object(members) if members:
            inner, separator = line + _INDENT, "{"
            for key, item in members:
                parts += (separator, inner, encode_string(key), ": ")
                _write_pretty(item, parts, inner)
                separator = ","
            parts += (line, "}")
        case tuple() if value:
            inner, separator = line + _INDENT, "["
            for item in value:
                parts += (separator, inner)
                _write_pretty(item, parts, inner)
                separator = ","
            parts += (line, "]")
        case _:
            _write_compact(value, parts)
