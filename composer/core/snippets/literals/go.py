"""Go: string and value literals."""

from __future__ import annotations

import re

from composer.core.snippets.literals.numbers import exact_number, is_integer
from composer.core.snippets.literals.syntax import Syntax
from composer.core.snippets.literals.unsafe import UNSAFE, escaped, joined, without_halves

_NAMED = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"}
_LARGEST = 2**63 - 1


def string(text: str) -> str:
    """One line in double quotes. Half characters are replaced: Go's text has no place for them."""
    return f'"{escaped(without_halves(text), _NAMED, _spelled)}"'


def block(text: str) -> str:
    """``text`` as legible as may be: as it stands between backticks, else one literal a line.

    A half character stands for a byte that is not UTF-8, as ``surrogateescape`` makes it.
    """
    if "`" in text or UNSAFE.search(text):
        return joined(text, _byte_string, " +\n\t\t")
    return f"`{text}`"


def _byte_string(text: str) -> str:
    return f'"{escaped(text, _NAMED, _spelled)}"'


def _spelled(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 -- a byte in the guise of a half character
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 -- as Go has it


def _number(text: str) -> str:
    """An ``int`` or ``float64`` where that is spelled the same, else a ``json.Number``."""
    if is_integer(text) and text != "-0" and -_LARGEST <= int(text) <= _LARGEST:
        return text
    if _PLAIN.fullmatch(text) and repr(float(text)) == text:
        return text
    return "nil" if exact_number(text) == "null" else f'json.Number("{text}")'


_PLAIN = re.compile(r"-?(?:0\.0{0,3}[1-9][0-9]{0,11}|[1-9][0-9]{0,9}\.[0-9]{0,5}[1-9])")

SYNTAX = Syntax(
    string=string,
    key=lambda name: f"{string(name)}: ",
    number=_number,
    words={None: "nil", True: "true", False: "false"},
    array=("[]any{", "}"),
    opening=lambda _value: "map[string]any{",
    closing="}",
    empty="map[string]any{}",
    indent="\t",
)
