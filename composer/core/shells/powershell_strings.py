"""What stands in the strings of PowerShell. Knows nothing of words."""

from __future__ import annotations

import re
from collections.abc import Mapping

IN_DOUBLE = re.compile(r'(?:[^"“”„`$]++|`.|["“”„]{2})++', re.DOTALL)
"""A part of a string in double quotes in which nothing is replaced"""

CONTINUES = re.compile(r"(?:[^`$]++|`.)++", re.DOTALL)
"""The same in a here-string, where quotation marks are plain letters"""

END_OF_DOUBLE = re.compile(r'["“”„]')

VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*+(?::\w++)?|\{[^}]*+\}|[$?^](?!\w))", re.ASCII)

_ESCAPE = re.compile(
    r'`(?:u\{(?P<code>[0-9a-fA-F]{1,6})\}|(?P<char>.))|["“”„](?P<mark>["“”„])', re.DOTALL
)
_BACKTICK = re.compile(r"`(?:u\{(?P<code>[0-9a-fA-F]{1,6})\}|(?P<char>.))(?P<mark>)", re.DOTALL)
_APOSTROPHES = re.compile("['‘’‚‛](['‘’‚‛])")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CURLY = frozenset("‘’‚‛“”„")
_NAMED: Mapping[str, str] = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_LAST_CHARACTER = 0x10FFFF


def in_single_quotes(text: str) -> str:
    """``text`` between single quotes, where only these are doubled."""
    if _CURLY.isdisjoint(text):
        return text.replace("''", "'")
    return _APOSTROPHES.sub(r"\1", text)


def in_double_quotes(text: str, *, has_marks: bool = False) -> str:
    """``text`` between double quotes; with ``has_marks`` these stand for themselves in it."""
    if "`" not in text and _CURLY.isdisjoint(text):
        return text if has_marks else text.replace('""', '"')
    return (_BACKTICK if has_marks else _ESCAPE).sub(_meant, text)


def char_of(escape: str) -> str:
    """The character for which a backtick and a letter outside of quotes stand."""
    return _NAMED.get(escape[1:], escape[1:])


def joined_halves(text: str) -> str:
    """``text`` with characters that were written as two code units made whole."""
    return _HALVES.sub(_whole, text) if not text.isascii() else text


def _meant(match: re.Match[str]) -> str:
    if char := match["char"]:
        return _NAMED.get(char, char)
    if match["code"]:
        code = int(match["code"], 16)
        return chr(code) if code <= _LAST_CHARACTER else match[0]
    return match["mark"]


def _whole(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
