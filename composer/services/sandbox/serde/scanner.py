"""Walks through JSON bytes as serde_json does, to find its first fault and name it.

This is the slow, exact half of ``serde``: it builds no values, it only tells where a value ends or
raises ``SerdeError``. Lines and columns count as serde counts them: bytes, not characters, up to
and including the byte that gave the fault away.

Source: capture-server.md, 2.3, 3.1; each text was compared with serde_json itself.
"""

from __future__ import annotations

import re
from typing import Never

MAX_DEPTH = 127
"""Levels of nesting that serde_json reads."""


class SerdeError(ValueError):
    """serde_json's own words, such as ``trailing comma at line 1 column 14``."""


class Scanner:
    """One pass over the bytes of a JSON text."""

    def __init__(self, data: bytes) -> None:
        self.position = 0
        self._data = data
        self._depth = 0

    def value(self) -> None:
        """Step over one value. Raises ``SerdeError``."""
        match self._peek():
            case b"":
                self._fail_here("EOF while parsing a value")
            case b'"':
                self._string()
            case b"{":
                self._object()
            case b"[":
                self._array()
            case b"t" | b"f" | b"n" as first:
                self._word(_WORDS[first])
            case first if first in b"-0123456789":
                self._number()
            case _:
                self._fail_here("expected value")

    def trailing(self) -> SerdeError | None:
        """The complaint about bytes behind the value, if there are any."""
        return self._error("trailing characters", self.position + 1) if self._peek() else None

    def _array(self) -> None:
        self._enter()
        first = True
        while True:
            mark = self._peek()
            if mark == b"]":
                break
            if not mark:
                self._fail_here("EOF while parsing a list")
            if not first:
                if mark != b",":
                    self._fail_here("expected `,` or `]`")
                self.position += 1
                if self._peek() == b"]":
                    self._fail_here("trailing comma")
            first = False
            self.value()
        self._leave()

    def _object(self) -> None:
        self._enter()
        first = True
        while True:
            mark = self._peek()
            if mark == b"}":
                break
            if not mark:
                self._fail_here("EOF while parsing an object")
            if not first:
                if mark != b",":
                    self._fail_here("expected `,` or `}`")
                self.position += 1
                mark = self._peek()
            first = False
            self._member(mark)
        self._leave()

    def _member(self, mark: bytes) -> None:
        if not mark:
            self._fail_here("EOF while parsing a value")
        if mark == b"}":
            self._fail_here("trailing comma")
        if mark != b'"':
            self._fail_here("key must be a string")
        self._string()
        colon = self._peek()
        if not colon:
            self._fail_here("EOF while parsing an object")
        if colon != b":":
            self._fail_here("expected `:`")
        self.position += 1
        self.value()

    def _word(self, rest: bytes) -> None:
        self.position += 1
        for expected in rest:
            byte = self._next()
            if not byte:
                self._fail("EOF while parsing a value")
            if byte[0] != expected:
                self._fail("expected ident")

    def _string(self) -> None:
        self.position += 1
        while True:
            self.position = self._end(_PLAIN)
            byte = self._next()
            if not byte:
                self._fail("EOF while parsing a string")
            if byte == b'"':
                return
            if byte != b"\\":
                self._fail(r"control character (\u0000-\u001F) found while parsing a string")
            self._escape()

    def _escape(self) -> None:
        byte = self._next_of_string()
        if byte != b"u":
            if byte not in b'"\\/bfnrt':
                self._fail("invalid escape")
            return
        unit = self._hex()
        if unit in _TRAILING_SURROGATES:
            self._fail("lone leading surrogate in hex escape")
        if unit in _LEADING_SURROGATES:
            for expected in (b"\\", b"u"):
                if self._next_of_string() != expected:
                    self._fail("unexpected end of hex escape")
            if self._hex() not in _TRAILING_SURROGATES:
                self._fail("lone leading surrogate in hex escape")

    def _hex(self) -> int:
        digits = self._data[self.position : self.position + 4]
        self.position += len(digits)
        if len(digits) < 4:  # noqa: PLR2004 -- \uXXXX has four digits
            self._fail("EOF while parsing a string")
        if not _HEX.fullmatch(digits):
            self._fail("invalid escape")
        return int(digits, 16)

    def _number(self) -> None:
        start = self.position
        if self._data.startswith(b"-", start):
            self.position += 1
        first = self._next()
        if not first:
            self._fail("EOF while parsing a value")
        if first not in b"0123456789":
            self._fail("invalid number")
        if first == b"0":
            if self._byte() and self._byte() in b"0123456789":
                self._fail_here("invalid number")
        else:
            self.position = self._end(_DIGITS)
        if self._byte() == b".":
            self._fraction()
        zero = not self._data[start : self.position].strip(b"-0.")
        if self._byte() in (b"e", b"E"):
            self._exponent(zero=zero)
        if float(self._data[start : self.position]) in _INFINITIES:
            self._fail("number out of range")

    def _fraction(self) -> None:
        self.position += 1
        end = self._end(_DIGITS)
        if end == self.position:
            self._fail_here("invalid number" if self._byte() else "EOF while parsing a value")
        self.position = end

    def _exponent(self, *, zero: bool) -> None:
        self.position += 1
        negative = self._byte() == b"-"
        if self._byte() in (b"+", b"-"):
            self.position += 1
        start = self.position
        first = self._next()
        if not first:
            self._fail("EOF while parsing a value")
        if first not in b"0123456789":
            self._fail("invalid number")
        end = self._end(_DIGITS)
        if not zero and not negative:
            self._refuse_overflow(start, end)
        self.position = end

    def _refuse_overflow(self, start: int, end: int) -> None:
        """Stop, as serde does, at the digit with which the exponent leaves 32 bits."""
        exponent = 0
        for place in range(start, end):
            exponent = exponent * 10 + self._data[place] - ord("0")
            if exponent > _I32_MAX:
                self.position = place + 1
                self._fail("number out of range")

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail_here("recursion limit exceeded")
        self.position += 1

    def _leave(self) -> None:
        self._depth -= 1
        self.position += 1

    def _peek(self) -> bytes:
        """The next byte that is not white space, without taking it; empty at the end."""
        self.position = self._end(_SPACE)
        return self._byte()

    def _byte(self) -> bytes:
        return self._data[self.position : self.position + 1]

    def _next(self) -> bytes:
        byte = self._byte()
        self.position += len(byte)
        return byte

    def _next_of_string(self) -> bytes:
        byte = self._next()
        if not byte:
            self._fail("EOF while parsing a string")
        return byte

    def _end(self, run: re.Pattern[bytes]) -> int:
        """Where a run of bytes (perhaps none) ends."""
        match = run.match(self._data, self.position)
        return match.end() if match else self.position

    def _fail(self, message: str) -> Never:
        """The byte just taken is the fault."""
        raise self._error(message, self.position)

    def _fail_here(self, message: str) -> Never:
        """The byte that comes next is the fault."""
        raise self._error(message, self.position + 1)

    def _error(self, message: str, end: int) -> SerdeError:
        seen = self._data[:end]
        line = seen.count(b"\n") + 1
        column = len(seen) - seen.rfind(b"\n") - 1
        return SerdeError(f"{message} at line {line} column {column}")


_WORDS = {b"t": b"rue", b"f": b"alse", b"n": b"ull"}
_SPACE = re.compile(rb"[ \t\r\n]*")
_DIGITS = re.compile(rb"[0-9]*")
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]*')
_HEX = re.compile(rb"[0-9a-fA-F]{4}")
_LEADING_SURROGATES = range(0xD800, 0xDC00)
_TRAILING_SURROGATES = range(0xDC00, 0xE000)
_I32_MAX = 2**31 - 1
_INFINITIES = (float("inf"), float("-inf"))
