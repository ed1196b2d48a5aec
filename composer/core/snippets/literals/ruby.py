"""Ruby: string and value literals."""

from __future__ import annotations

from composer.core.snippets.literals.numbers import is_integer, ruby_number
from composer.core.snippets.literals.syntax import Syntax
from composer.core.snippets.literals.unsafe import UNSAFE, escaped, without_halves

_NAMED = {"\\": r"\\", '"': r"\"", "#": r"\#", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def string(text: str) -> str:
    """One line. Half characters are replaced: JSON in Ruby has no place for them."""
    whole = without_halves(text)
    return _escaped(whole) if "\n" in whole else block(whole)


def block(text: str) -> str:
    """``text`` as it stands in apostrophes, over its own lines; with escapes where it must be."""
    if UNSAFE.search(text):
        return _escaped(text)
    inner = text.replace("\\", r"\\").replace("'", r"\'")
    return f"'{inner}'"


def byte_string(data: bytes) -> str:
    """Bytes that are not UTF-8 text, as a string that claims to be none."""
    text = data.decode("ascii", "surrogateescape")
    inner = escaped(text, _NAMED, _byte)
    return f'"{inner}".b'


def _escaped(text: str) -> str:
    return f'"{escaped(text, _NAMED, _spelled)}"'


def _byte(character: str) -> str:
    return f"\\x{ord(character) & 0xFF:02x}"


def _spelled(character: str) -> str:
    return f"\\u{{{ord(character):x}}}"


def _number(text: str) -> str:
    printed = ruby_number(text)
    if printed == "null":
        return "nil"
    if is_integer(text):
        return "-0.0" if text == "-0" else text
    return printed


SYNTAX = Syntax(
    string=string,
    key=lambda name: f"{string(name)} => ",
    number=_number,
    words={None: "nil", True: "true", False: "false"},
    array=("[", "]"),
    opening=lambda _value: "{",
    closing="}",
    empty="{}",
    indent="  ",
)
