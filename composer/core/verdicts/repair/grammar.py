"""The order of the signs: reads nearly-JSON once from start to end and notes what to edit.

Open brackets are kept in a list, so that no depth of nesting is too much for it. It does not look
at what stands before or after the JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from composer.core.jsontext import MAX_DEPTH
from composer.core.verdicts.repair.changes import Notes, UnclearError
from composer.core.verdicts.repair.quoted import straighten
from composer.core.verdicts.repair.tokens import BYTE_ORDER_MARK, ITEMS, MEMBERS, TOKEN, Token
from composer.core.verdicts.repair.words import key_of, shown, value_of


class _Wants(Enum):
    """What has to come next."""

    VALUE = auto()
    ITEM = auto()
    """A value, or the end of the array."""
    KEY = auto()
    """A key, or the end of the object."""
    COLON = auto()
    COMMA = auto()
    """A comma, or the end of what is open."""
    NOTHING = auto()


@dataclass(slots=True)
class _Level:
    """A bracket that is open, and the comma that was last read in it."""

    bracket: str
    start: int
    comma: int = -1
    filled: bool = False


_CLOSERS = {"{": "}", "[": "]", "(": ")"}
_SPACING = frozenset({Token.SPACE, Token.COMMENT, Token.BLANK, Token.UNSEEN})
_QUOTED = frozenset({Token.STRING, Token.QUOTE})


class Grammar:
    """Reads one value of ``text`` before ``stop``; call ``read`` once. Edits go into ``notes``."""

    def __init__(self, text: str, stop: int, notes: Notes) -> None:
        self._text = text
        self._stop = stop
        self._notes = notes
        self._levels: list[_Level] = []
        self._wants = _Wants.VALUE
        self._value_end = 0

    def read(self, start: int) -> int:
        """Read from ``start``; gives where the value and its space end. Raises ``UnclearError``."""
        place = start
        while place < self._stop:
            match = TOKEN.match(self._text, place, self._stop)
            kind = None if match is None else match.lastgroup
            if match is not None and kind in _SPACING:
                self._space(match)
                place = match.end()
            elif self._wants is _Wants.NOTHING:
                return place
            elif match is None:
                raise UnclearError("no sign of JSON")
            else:
                place = self._sign(match) if kind == Token.SIGN else self._scalar(match)
        self._close_all(self._stop)
        return place

    def _space(self, match: re.Match[str]) -> None:
        start, end = match.span()
        match match.lastgroup:
            case Token.COMMENT:
                self._notes.put(start, end, "", "Comment removed")
            case Token.BLANK:
                self._notes.put(
                    start, end, " " * (end - start), "Unusual space made an ordinary one"
                )
            case Token.UNSEEN:
                is_mark = match[0] == BYTE_ORDER_MARK
                says = "Byte order mark removed" if is_mark else "Invisible character removed"
                self._notes.put(start, end, "", says)
            case _:
                pass

    def _sign(self, match: re.Match[str]) -> int:
        start, sign = match.start(), match[0]
        if sign in _CLOSERS:
            self._before_value(start, is_bracket=True)
            if self._wants is _Wants.KEY or len(self._levels) == MAX_DEPTH:
                raise UnclearError("a bracket in place of a key, or one too many")
            self._levels.append(_Level(sign, start))
            return self._next(start + 1)
        if sign == ",":
            return self._comma(start)
        if sign == ":":
            if self._wants is not _Wants.COLON:
                raise UnclearError("a colon in the wrong place")
            self._wants = _Wants.VALUE
            return start + 1
        self._close(start, sign)
        return start + 1

    def _scalar(self, match: re.Match[str]) -> int:
        """A key or a value that is no bracket."""
        start, word, kind = match.start(), match[0], match.lastgroup
        self._before_value(start, is_bracket=False)
        is_key = self._wants is _Wants.KEY
        end = match.end()
        if kind == Token.QUOTE:
            end = straighten(self._text, start, self._notes)
        elif is_key and kind != Token.STRING:
            self._notes.put(start, end, key_of(word), f"Name put in quotes: {shown(word)}")
        elif kind == Token.WORD:
            self._word(start, end, word)
        self._ended(end, is_key=is_key)
        return end

    def _word(self, start: int, end: int, word: str) -> None:
        new = value_of(word)
        before = self._text[max(start - 2, 0) : start]
        if word.startswith("00") and before[1:] == "," and before[:1].isdigit():
            raise UnclearError("digits in groups of three, or two numbers")
        self._notes.put(start, end, new, f"{shown(word)} made {shown(new)}")

    def _before_value(self, start: int, *, is_bracket: bool) -> None:
        """Put in the comma that is missing before a key or value."""
        if self._wants is _Wants.COMMA:
            after_bracket = self._text[self._value_end - 1] in "}])"
            if start == self._value_end and not is_bracket and not after_bracket:
                raise UnclearError("two values without anything between them")
            self._notes.put(self._value_end, self._value_end, ",", "Comma added")
            self._levels[-1].comma = self._value_end
            self._inside()
        if self._wants is _Wants.COLON:
            raise UnclearError("a key without a colon")

    def _comma(self, start: int) -> int:
        level = self._levels[-1] if self._levels else None
        if level is not None and self._wants is _Wants.KEY:
            self._notes.put(start, start + 1, "", "Comma removed that was one too many")
            return start + 1
        if level is None or self._wants is not _Wants.COMMA:
            raise UnclearError("a comma in the wrong place")
        level.comma = start
        return self._next(start + 1)

    def _next(self, place: int) -> int:
        """Go on inside a bracket; what is fine is skipped as a whole."""
        level = self._levels[-1]
        self._inside()
        fine = MEMBERS if level.bracket == "{" else ITEMS
        while match := fine.match(self._text, place, self._stop):
            place = match.end()
            level.filled, level.comma = True, place - 1
        return place

    def _inside(self) -> None:
        self._wants = _Wants.KEY if self._levels[-1].bracket == "{" else _Wants.ITEM

    def _ended(self, end: int, *, is_key: bool = False) -> None:
        """A key or value has ended."""
        if is_key:
            self._wants = _Wants.COLON
            return
        self._value_end = end
        self._wants = _Wants.COMMA if self._levels else _Wants.NOTHING
        if self._levels:
            self._levels[-1].filled = True

    def _close(self, start: int, sign: str) -> None:
        level = self._levels.pop() if self._levels else None
        if level is None or _CLOSERS[level.bracket] != sign:
            raise UnclearError("brackets that do not belong together")
        self._end_commas(level, sign)
        if level.bracket == "(":
            is_list = level.comma >= 0 or not level.filled
            says = "Round brackets made square" if is_list else "Round brackets removed"
            self._notes.put(level.start, level.start + 1, "[" if is_list else "", says)
            self._notes.put(start, start + 1, "]" if is_list else "")
        self._ended(start + 1)

    def _end_commas(self, level: _Level, sign: str) -> None:
        """Remove the comma before a closing bracket."""
        if self._wants not in {_Wants.COMMA, _Wants.KEY, _Wants.ITEM}:
            raise UnclearError("a value is missing")
        if self._wants is not _Wants.COMMA and level.comma >= 0:
            self._notes.put(level.comma, level.comma + 1, "", f"Comma removed before {sign}")

    def _close_all(self, stop: int) -> None:
        """Add the brackets that are missing at the end."""
        if self._wants is _Wants.VALUE:
            raise UnclearError("there is no value")
        while self._levels:
            level = self._levels.pop()
            sign = "}" if level.bracket == "{" else "]"
            if level.bracket == "(":
                raise UnclearError("a round bracket is never closed")
            self._end_commas(level, sign)
            self._notes.put(stop, stop, sign, f"Missing {sign} added at the end")
            self._ended(stop)
