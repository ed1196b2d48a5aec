"""Text in quotes that JSON does not know, or with characters that JSON wants escaped.

A quote of one kind is closed by the next of its kind; an apostrophe between two letters closes
nothing. Knows nothing of what stands around the quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from composer.core.jsontext import encode_string
from composer.core.verdicts.repair.changes import Notes, UnclearError


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of quotes: those that open, those that close, and what is said of their change."""

    openers: str
    closers: str
    says: str
    single: bool = False


_CURLY = "Curly quotes made straight"
_KINDS = (
    _Kind('"', '"', ""),
    _Kind("'", "'", "Single quotes made double", single=True),
    _Kind("`", "`", "Backticks made double quotes"),
    _Kind("\u201c\u201d\u201e\u201f\u2033\uff02", '\u201c\u201d\u201e\u201f\u2033\uff02"', _CURLY),
    _Kind(
        "\u2018\u2019\u201a\u201b\u2032\u00b4",
        "\u2018\u2019\u201a\u201b\u2032\u00b4'",
        _CURLY,
        single=True,
    ),
    _Kind("\u00ab\u00bb", "\u00ab\u00bb", "Angled quotes made straight"),
    _Kind("\u2039\u203a", "\u2039\u203a", "Angled quotes made straight"),
)
_BY_OPENER = {opener: kind for kind in _KINDS for opener in kind.openers}
_TO_CLOSER = {kind.closers: re.compile(rf"[^\\{kind.closers}]*+") for kind in _KINDS}
_SPECIAL = re.compile(
    r"\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8}|\r\n|.)"
    r'|[\x00-\x1f"]',
    re.DOTALL,
)
_FINE = '"\\/bfnrt'
_LAST_CHARACTER = 0x10FFFF


def straighten(text: str, start: int, notes: Notes) -> int:
    """Repair the text in quotes at ``start``; gives where it ends. Raises ``UnclearError``."""
    begin = start + 1 if text[start] in "uU" else start
    kind = _BY_OPENER[text[begin]]
    end = _closing(text, begin + 1, kind)
    content = text[begin + 1 : end]
    if kind.openers == "`" and "${" in content:
        raise UnclearError("a template has no value of its own")
    said: dict[str, int] = {}
    if begin > start:
        said["u before the quote removed"] = start
    if kind.says:
        said[kind.says] = begin
    new = _SPECIAL.sub(partial(_rewritten, kind=kind, said=said, at=begin + 1), content)
    notes.put(start, end + 1, f'"{new}"')
    notes.said += ((offset, says) for says, offset in said.items())
    return end + 1


def _closing(text: str, begin: int, kind: _Kind) -> int:
    """Where the quote stands that closes the text which begins at ``begin``."""
    to_closer, place = _TO_CLOSER[kind.closers], begin
    while match := to_closer.match(text, place):
        end = match.end()
        if end >= len(text):
            break
        if text[end] == "\\":
            place = end + 2
        elif kind.single and _is_apostrophe(text, end):
            place = end + 1
        else:
            return end
    raise UnclearError("a quote is never closed")


def _is_apostrophe(text: str, place: int) -> bool:
    return text[place - 1].isalpha() and text[place + 1 : place + 2].isalpha()


def _rewritten(match: re.Match[str], *, kind: _Kind, said: dict[str, int], at: int) -> str:
    """A special character or escape as JSON has it; what is worth telling goes into ``said``."""
    found = match[0]
    if found == '"':
        return '\\"'
    if len(found) == 1:
        new = encode_string(found)[1:-1]
        name = {"\n": "Line break", "\r": "Line break", "\t": "Tab"}.get(found, "Control character")
        says = f"{name} inside quotes written as {new}"
    elif found[1] in _FINE or (found[1] == "u" and found[2:3] not in {"", "{"}):
        return found
    elif found[1] in kind.closers:
        return found[1] if kind.single or kind.openers == "`" else '\\"'
    else:
        new, says = _unescaped(match, found)
    said.setdefault(says, at + match.start())
    return new


def _unescaped(match: re.Match[str], found: str) -> tuple[str, str]:
    """An escape that JSON does not have: what JSON writes instead, and what is said of it."""
    code = found[2:].strip("{}")
    if found[1] in "xU" or (found[1] == "u" and code):
        number = int(code, 16) if code else _LAST_CHARACTER + 1
        if number > _LAST_CHARACTER:
            raise UnclearError("no such character")
        new = encode_string(chr(number))[1:-1]
        return new, f"{found} inside quotes written as {new}"
    if found[1] in "\r\n":
        return "", "Backslash and line break inside quotes removed"
    if found[1] == "$" or (found[1] == "'" and not _in_shell_quotes(match)):
        return found[1], f"Backslash before {found[1]} removed"
    raise UnclearError("no such escape")


def _in_shell_quotes(match: re.Match[str]) -> bool:
    r"""Whether this is the middle of ``'\''``, by which a shell writes an apostrophe."""
    return (
        "'"
        in match.string[max(match.start() - 1, 0) : match.start()]
        + match.string[match.end() : match.end() + 1]
    )
