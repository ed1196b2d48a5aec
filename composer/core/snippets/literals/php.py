"""PHP: string and value literals."""

from __future__ import annotations

from composer.core.jsontext import Object
from composer.core.snippets.literals.numbers import is_integer, php_number
from composer.core.snippets.literals.syntax import Syntax
from composer.core.snippets.literals.unsafe import UNSAFE, escaped, without_halves

_NAMED = {"\\": r"\\", '"': r"\"", "$": r"\$", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def string(text: str) -> str:
    """One line. Half characters are replaced: JSON in PHP has no place for them."""
    whole = without_halves(text)
    return _escaped(whole) if "\n" in whole else block(whole)


def block(text: str) -> str:
    """``text`` as it stands in apostrophes, over its own lines; with escapes where it must be.

    A half character stands for a byte that is not UTF-8, as ``surrogateescape`` makes it.
    """
    if UNSAFE.search(text):
        return _escaped(text)
    inner = text.replace("\\", r"\\").replace("'", r"\'")
    return f"'{inner}'"


def _escaped(text: str) -> str:
    return f'"{escaped(text, _NAMED, _spelled)}"'


def _spelled(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 -- a byte in the guise of a half character
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{{{code:x}}}"


def _number(text: str) -> str:
    printed = php_number(text)
    if printed == "null":
        return "null"
    if text == "-0" or (is_integer(text) and printed != text):
        return f"{text}.0"  # an integer in PHP would lose the sign, or be too large for one
    return text if len(text) <= len(printed) or is_integer(text) else printed


def is_list(value: Object) -> bool:
    """Whether PHP would take an array with these keys for a list, and write it as one."""
    names = dict(value.members)
    return list(names) == [str(index) for index in range(len(names))]


SYNTAX = Syntax(
    string=string,
    key=lambda name: f"{string(name)} => ",
    number=_number,
    words={None: "null", True: "true", False: "false"},
    array=("[", "]"),
    opening=lambda value: "(object) [" if is_list(value) else "[",
    closing="]",
    empty="new \\stdClass()",
)
