"""Just enough of JavaScript's grammar to take a call apart that is written out in full.

Nothing is run: what is not a literal is for the caller to report. Time is in proportion to the
text.
"""

from __future__ import annotations

import re

from composer.core.jsontext import JsonError, Value, parse
from composer.core.paste.mending import MOST_MENDED
from composer.core.verdicts.repair import repaired

Span = tuple[int, int]
"""From where to before where something stands in the text."""


class JavaScriptError(ValueError):
    """Something is never closed, or is no literal."""


def parts(text: str, start: int) -> list[Span]:
    """What stands between the commas behind the open bracket that ends before ``start``.

    Raises ``JavaScriptError`` where that is never closed.
    """
    found: list[Span] = []
    depth, begin, place = 0, start, start
    while place < len(text):
        match = _PLAIN.match(text, place)
        place = match.end() if match else place
        sign = text[place : place + 1]
        if sign in _QUOTES:
            place = _after_quote(text, place)
            continue
        if sign == "/":
            place = _after_slash(text, place)
            continue
        if depth == 0 and sign in {",", ")", "]", "}"}:
            found += [(begin, place)] if text[begin:place].strip() else []
            begin = place + 1
            if sign != ",":
                return found
        depth += (sign in _OPENERS) - (sign in _CLOSERS)
        place += 1
    raise JavaScriptError("a bracket is never closed")


def member(text: str, span: Span) -> tuple[str, Span]:
    """The name and the value of a member of an object; the name is empty where it has none."""
    match = _NAME.match(text, *span)
    if match is None:
        return "", span
    name = match["bare"] or match["quoted"][1:-1]
    return name, (match.end(), span[1])


def value_of(source: str) -> Value:
    """What a literal stands for. Raises ``JavaScriptError`` for anything else."""
    try:
        return parse(source)
    except JsonError:
        is_literal = len(source) <= MOST_MENDED and _LITERAL.match(source) is not None
    listed = repaired(f"[{source}]") if is_literal else None
    read = () if listed is None else parse(listed)
    if not isinstance(read, tuple) or len(read) != 1:
        raise JavaScriptError("this is no literal")
    return read[0]


_QUOTES = frozenset("\"'`")
_OPENERS = frozenset("([{")
_CLOSERS = frozenset(")]}")
_PLAIN = re.compile(r"[^\"'`()\[\]{},/]++")
_GAP = r"(?:\s++|//[^\n]*+\n|/\*[^*]*+(?:\*(?!/)[^*]*+)*\*/)*"
_NAME = re.compile(
    rf"{_GAP}(?:(?P<bare>[\w$]+)|(?P<quoted>\"[^\"\\]*\"|'[^'\\]*')){_GAP}:", re.DOTALL
)
_LITERAL = re.compile(r"\s*[\"'`\[{\d.+-]|\s*(?:true|false|null|undefined)\b")


def _after_slash(text: str, start: int) -> int:
    """Where the text goes on behind a comment, or behind a slash that begins none."""
    if text.startswith("//", start):
        end = text.find("\n", start)
        return end if end >= 0 else len(text)
    if not text.startswith("/*", start):
        return start + 1
    end = text.find("*/", start + 2)
    if end < 0:
        raise JavaScriptError("a comment is never closed")
    return end + 2


def _after_quote(text: str, start: int) -> int:
    """Where the text goes on behind the quotes that open at ``start``."""
    quote, place = text[start], start + 1
    while (place := text.find(quote, place)) >= 0:
        backslashes = 0
        while text[place - 1 - backslashes] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return place + 1
        place += 1
    raise JavaScriptError("a quote is never closed")
