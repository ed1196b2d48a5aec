r"""The backslashes of bash: in double quotes, in ``$'…'``, and those of ``printf`` and ``echo``.

Knows nothing of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from composer.core.shells.word import as_text

Tell = Callable[[str, str], None]
"""Takes a remark: its name and its words."""

_LAST_CHARACTER = 0x10FFFF
_NAMED: Mapping[str, str] = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "E": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "?": "?",
}

_CODES = r"""
    \\(?: u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})
        | x(?P<byte>[0-9a-fA-F]{1,2})
        | (?:u(?P<short>[0-9a-fA-F]{1,4})|U(?P<long>[0-9a-fA-F]{1,8}))
"""
_ANSI = re.compile(
    _CODES + r"| (?P<octal>[0-7]{1,3}) | c(?P<control>\\\\|.) | (?P<named>.) )",
    re.VERBOSE | re.DOTALL,
)
_PERCENT_B = re.compile(
    _CODES + r"| (?P<octal>0[0-7]{0,3}|[1-7][0-7]{0,2}) | (?P<named>.) )", re.VERBOSE | re.DOTALL
)
_FORMAT = re.compile(_CODES + r"| (?P<octal>[0-7]{1,3}) | (?P<named>.) )", re.VERBOSE | re.DOTALL)


def in_double_quotes(text: str, special: str) -> str:
    """``text`` between double quotes: a backslash counts before ``special`` and line ends only."""
    if "\\" not in text:
        return text
    # In pieces, for each backslash that is left begins an escape: no pattern is as fast.
    return "\\".join(_single_escapes(piece, special) for piece in text.split("\\\\"))


def in_ansi_quotes(text: str, tell: Tell) -> str:
    """``text`` between ``$'`` and ``'``. A NUL ends it, as in bash."""
    if "\\" not in text:
        return text
    plain, nul, _ = _ANSI.sub(partial(_of_escape, tell=tell), text).partition("\0")
    if nul:
        tell("\\0", "No argument can hold it: bash leaves out what stands from here to the quote.")
    return plain


def of_echo(text: str) -> tuple[str, bool]:
    r"""An argument of ``printf '%b'`` or ``echo -e``, and whether ``\c`` ends all output in it."""
    pieces = text.split("\\\\")
    stopped = next((n for n, piece in enumerate(pieces) if "\\c" in piece), None)
    if stopped is not None:
        text = "\\\\".join((*pieces[:stopped], pieces[stopped].partition("\\c")[0]))
    return _PERCENT_B.sub(_of_escape, text) if "\\" in text else text, stopped is not None


def of_format(text: str) -> str:
    """The part of a format of ``printf`` that stands for itself."""
    return _FORMAT.sub(_of_escape, text) if "\\" in text else text


def _single_escapes(text: str, special: str) -> str:
    for char in special:
        text = text.replace("\\" + char, char)
    return text.replace("\\\n", "").replace("\\\r\n", "")


def _of_escape(match: re.Match[str], tell: Tell | None = None) -> str:
    match match.lastgroup:
        case "named":
            return _NAMED.get(match["named"], match[0])
        case "octal":
            return _of_byte(int(match["octal"], 8) & 0xFF)
        case "byte":
            return _of_byte(int(match["byte"], 16))
        case "control":
            return chr(ord(match["control"][0]) & 0x1F)
        case "low":
            return _of_pair(match, tell)
        case _:
            return _of_code(int(match["short"] or match["long"], 16))


def _of_byte(byte: int) -> str:
    return chr(byte) if byte < 0x80 else chr(0xDC00 + byte)  # noqa: PLR2004 -- the end of ASCII


def _of_code(code: int) -> str:
    if code > _LAST_CHARACTER:
        return "\ufffd"
    return as_text(chr(code).encode("utf-8", "surrogatepass"))


def _of_pair(match: re.Match[str], tell: Tell | None) -> str:
    units = bytes.fromhex(match["high"] + match["low"])
    char = units.decode("utf-16-be")
    if tell is not None:
        tell(match[0], f"Read as {char}, which was meant. bash itself makes other bytes of it.")
    return char
