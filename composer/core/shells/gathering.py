"""The words of a command line while they are being read. It knows no shell's rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from composer.core.remarks import Remark
from composer.core.shells.word import Word, as_bytes, as_text

MOST_PIECES = 400_000
"""Quotes, escapes and variables in one command line. A megabyte of JSON needs some 100,000; more
than this would keep a person waiting, and no person has written it."""

ESCAPES_PER_PIECE = 4
"""Escapes within quotes that take the time of one piece"""


@dataclass(slots=True)
class Gathering:
    """Collects pieces to a word, and words to a line."""

    words: list[Word] = field(default_factory=list[Word])
    pieces: list[str] = field(default_factory=list[str])
    start: int = -1
    """Where the word that is open began; -1 if none is."""
    is_quoted: bool = False
    """Whether that word began with a quote."""
    _told: dict[str, Remark] = field(default_factory=dict[str, Remark])

    @property
    def is_open(self) -> bool:
        """Whether a word is open."""
        return self.start >= 0

    def add(self, piece: str, start: int, *, is_quoted: bool = False) -> None:
        """``piece`` of the open word; opens one at ``start`` if none is."""
        if not self.is_open:
            self.start, self.is_quoted = start, is_quoted
        self.pieces.append(piece)

    def tell(self, name: str, words: str) -> None:
        """A remark to the word that is open or comes next; each name once a word."""
        self._told.setdefault(name, Remark(name=name, words=words))

    def close(self, end: int) -> None:
        """The open word, if there is one, ends at ``end``."""
        if not self.is_open:
            return
        text = _joined("".join(self.pieces))
        self.words.append(
            Word(
                text=text,
                start=self.start,
                end=end,
                is_quoted=self.is_quoted,
                remarks=tuple(self._told.values()),
            )
        )
        self.pieces.clear()
        self._told.clear()
        self.start = -1

    def operator(self, text: str, start: int, end: int) -> None:
        """An operator ends the word before it."""
        self.close(start)
        self.words.append(Word(text=text, start=start, end=end, is_operator=True))

    def take(self) -> tuple[Word, ...]:
        """The words so far, which are forgotten here."""
        if self.words and self._told and not self.is_open:
            last = self.words[-1]
            self.words[-1] = replace(last, remarks=(*last.remarks, *self._told.values()))
            self._told.clear()
        words = tuple(self.words)
        self.words.clear()
        return words


def _joined(text: str) -> str:
    """``text`` with bytes written one by one joined to the characters that they make."""
    if text.isascii() or not any("\udc80" <= char <= "\udcff" for char in set(text)):
        return text
    return as_text(as_bytes(text))
