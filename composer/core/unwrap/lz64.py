"""Reads lz-string's base64 form, which old versions of posthog-js send.

The format is LZ78 over UTF-16 units, read from the high bit of each six-bit letter down: a growing
table of phrases whose numbers take one bit more whenever the table fills. Three numbers are
special: 0 and 1 announce a new unit of 8 or 16 bits, 2 ends the text.

It knows nothing of requests. A hostile text is stopped by the limit, before it is built.
"""

from __future__ import annotations

import re

from composer.core.unwrap.errors import TooLongError


class Lz64Error(ValueError):
    """The letters are not lz-string's base64."""


def decompress(data: bytes, limit: int) -> str:
    """The UTF-16 units of the text, one a character. ``limit`` counts units.

    Raises ``Lz64Error`` or ``TooLongError``.
    """
    bits = _Bits(data)
    first = _new_unit(bits, bits.take(2))
    if first is None:
        return ""
    phrases: list[str] = ["", "", "", first]  # the first three numbers are not phrases
    pieces = [first]
    length = 1
    width, room = 3, 4
    previous = first
    while True:
        code = bits.take(width)
        if code == _END:
            return "".join(pieces)
        if code in (_UNIT_8, _UNIT_16):
            unit = _new_unit(bits, code)
            phrases.append(unit or "")
            code = len(phrases) - 1
            room -= 1
        if room == 0:
            room, width = 1 << width, width + 1
        phrase = _phrase(phrases, code, previous)
        length += len(phrase)
        if length > limit:
            raise TooLongError
        pieces.append(phrase)
        phrases.append(previous + phrase[0])
        room -= 1
        if room == 0:
            room, width = 1 << width, width + 1
        previous = phrase


_UNIT_8, _UNIT_16, _END = 0, 1, 2
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SIX_BITS = {ord(letter): f"{value:06b}" for value, letter in enumerate(_LETTERS)} | {
    ord("="): "000000"  # padding, behind the mark that ends the text
}


class _Bits:
    """The letters as a row of bits; a number stands there with its low bit first."""

    def __init__(self, data: bytes) -> None:
        self._row = data.decode("latin-1").translate(_SIX_BITS)
        self._place = 0

    def take(self, count: int) -> int:
        digits = self._row[self._place : self._place + count]
        self._place += count
        if len(digits) < count or not _BINARY.fullmatch(digits):
            raise Lz64Error
        return int(digits[::-1], 2)


_BINARY = re.compile("[01]+")


def _new_unit(bits: _Bits, code: int) -> str | None:
    match code:
        case 0:
            return chr(bits.take(8))
        case 1:
            return chr(bits.take(16))
        case 2:
            return None
        case _:
            raise Lz64Error


def _phrase(phrases: list[str], code: int, previous: str) -> str:
    if code < len(phrases):
        return phrases[code]
    if code == len(phrases):
        return previous + previous[0]
    raise Lz64Error
