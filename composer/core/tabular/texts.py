"""From the bytes of a source to its text, block by block, and to whole lines. Bounded in memory.

Knows nothing of rows: a line may be a part of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from composer.core.tabular.encodings import BYTE_ORDER_MARK, decoder_for, is_sound
from composer.core.tabular.values import BrokenOffError

BLOCK = 256 * 1024
"""Bytes that are read before anything is made of them; up to twice as many come at once."""


class Texts:
    """The text of ``pieces`` in blocks, without its byte order mark; to be gone through once."""

    def __init__(self, pieces: Iterable[bytes], encoding: str, block: int = BLOCK) -> None:
        self._pieces = pieces
        self._block = block
        self._decoder = decoder_for(encoding)
        self.encoding = encoding
        self.read = 0
        """Bytes so far."""
        self.blocks = 0
        """How many came so far."""
        self.is_sound = True
        """Whether all bytes so far were of the encoding."""
        self.broken: BrokenOffError | None = None
        """Why the text ends where it does, if it should not."""

    def __iter__(self) -> Iterator[str]:
        for data in self._gathered():
            text = self._decoder.decode(data)
            if self.blocks == 0:
                text = text.removeprefix(BYTE_ORDER_MARK)
            self.read += len(data)
            self.blocks += 1
            self.is_sound = self.is_sound and is_sound(text)
            yield text
        if self.broken is None:
            yield from self._last()

    def _gathered(self) -> Iterator[bytes]:
        """The same bytes, neither in crumbs, which would be slow, nor all at once."""
        parts: list[bytes] = []
        size = 0
        try:
            for piece in self._pieces:
                for start in range(0, len(piece), self._block):
                    parts.append(piece[start : start + self._block])
                    size += len(parts[-1])
                    if size >= self._block:
                        yield b"".join(parts)
                        parts, size = [], 0
        except BrokenOffError as error:
            self.broken = error
        if parts:
            yield b"".join(parts)

    def _last(self) -> Iterator[str]:
        """What the decoder still holds: a character that is not whole."""
        try:
            text = self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            text = _HALF
        if text:
            self.is_sound = False
            yield text


class Lines:
    """The lines of ``texts`` with their ends: line feed, carriage return, or both.

    A line of more than ``longest`` characters is cut to one more than that.
    """

    def __init__(self, texts: Texts, longest: int) -> None:
        self.texts = texts
        self._longest = longest
        self.rest = ""
        """The line in the middle of which the text broke off."""

    def __iter__(self) -> Iterator[list[str]]:
        """Lists of lines: what was whole after each block, which may be none."""
        carry, skipping = "", False
        for text in self.texts:
            lines = _split(carry + text)
            # The last line may go on; and behind "\r" there may follow a "\n".
            carry = lines.pop() if lines and not lines[-1].endswith("\n") else ""
            if skipping and lines:
                del lines[0]
                skipping = False
            if skipping:
                carry = "\r" if carry.endswith("\r") else ""
            elif len(carry) > self._longest:
                lines.append(carry[: self._longest + 1] + "\n")
                carry, skipping = "\r" if carry.endswith("\r") else "", True
            yield lines
        if self.texts.broken is not None:
            self.rest = carry
        elif carry and not skipping:
            yield [carry]


def _split(text: str) -> list[str]:
    """``str.splitlines`` would also split at characters that stand within cells."""
    return list(StringIO(text, newline=""))


_HALF = "\udfff"
"""Stands for the first half of a character whose second half is missing."""
