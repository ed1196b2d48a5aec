"""Python: string, bytes and value literals."""

from __future__ import annotations

from composer.core.snippets.literals.numbers import python_number
from composer.core.snippets.literals.syntax import Syntax
from composer.core.snippets.literals.unsafe import UNSAFE, escaped, joined

_NAMED = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def string(text: str) -> str:
    """One line in double quotes."""
    return f'"{escaped(text, _NAMED, _spelled)}"'


def block(text: str) -> str:
    """``text`` as legible as may be: JSON as it stands, in apostrophes, three if over lines."""
    if UNSAFE.search(text):
        return joined(text, string, "\n    ")
    prefix = "r" if "\\" in text else ""
    if "\n" not in text and "'" not in text and not prefix:
        return f"'{text}'"
    if "'''" in text or text.endswith(("'", "\\")):
        return joined(text, string, "\n    ")
    return f"{prefix}'''{text}'''"


def bytes_block(data: bytes) -> str:
    """Bytes that are not UTF-8 text, one literal a line."""
    text = data.decode("ascii", "surrogateescape")
    return joined(text, _bytes, "\n    ")


def _bytes(text: str) -> str:
    return f'b"{escaped(text, _NAMED, _byte)}"'


def _byte(character: str) -> str:
    return f"\\x{ord(character) & 0xFF:02x}"


def _spelled(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else _wide(code)  # noqa: PLR2004 -- what \\x can name


def _wide(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 -- likewise


def _number(text: str) -> str:
    printed = python_number(text)
    if printed == "null":
        return "None"
    return "-0.0" if text == "-0" else text if len(text) <= len(printed) else printed


SYNTAX = Syntax(
    string=string,
    key=lambda name: f"{string(name)}: ",
    number=_number,
    words={None: "None", True: "True", False: "False"},
    array=("[", "]"),
    opening=lambda _value: "{",
    closing="}",
    empty="{}",
)
