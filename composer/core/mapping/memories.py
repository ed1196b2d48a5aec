"""What was made of the cells of a column seen last, so that most cells are read only once.

Knows single columns, and nothing of the events that they go into.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from composer.core.mapping.cells import is_empty
from composer.core.mapping.giving import FromCell
from composer.core.mapping.mapping import WhenEmpty
from composer.core.mapping.moments import ISO, usual_moments
from composer.core.mapping.plan import TimeGiver

NUL = "\0"
BAD = f",{NUL}"
"""Stands where a member cannot be written: a comma as before any other, and what, raw, stands in no
JSON text."""

LONGEST = 64
"""Characters of a cell that is remembered."""
MOST = 10_000
"""Cells of a column that are."""


class Memory(dict[str, str]):
    """What was made of the cells of a column; made when it is asked for."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, cell: str) -> str:
        text = self._write(cell)
        if len(cell) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[cell] = text
        return text


class Moments(NamedTuple):
    """The times of a block of rows, by row."""

    texts: Sequence[str]
    """Empty where there is none, or none that can be read."""
    members: Sequence[str]
    """Of the event: with a comma before it, nothing, or ``BAD``."""
    milliseconds: Sequence[int | None]


_Time: TypeAlias = tuple[str, str, "int | None"]
"""The same of one row."""
_NO_TIME: _Time = ("", "", None)
_BAD_TIME: _Time = ("", BAD, None)


class Times(dict[str, _Time]):
    """What was made of the times in a column or a constant.

    A block of the usual form is read all at once, which is quicker than to remember them.
    """

    __slots__ = ("_giver", "_is_iso", "_is_utc", "_read")

    def __init__(self, time: TimeGiver) -> None:
        super().__init__()
        self._read = time.read
        self._giver = giver = time.giver
        self._is_utc = time.is_utc
        self._is_iso = isinstance(giver, FromCell) and giver.rule.time_format in {"", ISO}

    def of(self, columns: Sequence[Sequence[str]]) -> Moments:
        """The times of a block, which has rows."""
        if not isinstance(self._giver, FromCell):
            text = self._giver.fixed()
            found = [self._time(text if isinstance(text, str) else "")] * len(columns[0])
            return Moments(*zip(*found, strict=True))
        cells = columns[self._giver.cell.place]
        usual = self._usual(cells) if self._is_iso else None
        if usual is None:
            return Moments(*zip(*map(self.__getitem__, cells), strict=True))
        texts, milliseconds = usual
        return Moments(texts, [f',"timestamp":"{text}"' for text in texts], milliseconds)

    def _usual(self, cells: Sequence[str]) -> tuple[Sequence[str], list[int]] | None:
        if self._is_utc and not cells[0].endswith("Z"):
            cells = [f"{cell}Z" for cell in cells]
        return usual_moments(cells)

    def __missing__(self, cell: str) -> _Time:
        time = self._time(cell)
        if len(cell) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[cell] = time
        return time

    def _time(self, cell: str) -> _Time:
        moment = self._read(cell) or self._read(cell.strip())
        if moment is None:
            return _NO_TIME if is_empty(cell) and not self._is_needed else _BAD_TIME
        return moment.text, f',"timestamp":"{moment.text}"', moment.milliseconds

    @property
    def _is_needed(self) -> bool:
        giver = self._giver
        return isinstance(giver, FromCell) and giver.rule.when_empty is WhenEmpty.PROBLEM
