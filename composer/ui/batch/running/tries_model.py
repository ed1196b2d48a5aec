"""The newest tries of a run that failed, as a short list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.batch.run import Try
from composer.ui.batch.running.words import next_words
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import clock_text
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    TIME = 0
    REQUEST = 1
    WORDS = 2
    NEXT = 3


_COLUMNS = (
    Column(title="Time", sample="00:00:00"),
    Column(title="Request (try)", sample="888,888 (8)", right=True),
    Column(title="What came", share=3),
    Column(title="What next", sample="again after 28 s", needs=420),
)


class TriesModel(CellModel):
    """``show_tries`` fills it; the newest comes first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._tries: tuple[Try, ...] = ()
        self._now: datetime | None = None
        self._is_paused = False

    def show_tries(self, tries: Sequence[Try], now: datetime, *, is_paused: bool) -> None:
        """Show these; the same ones again change nothing."""
        if tuple(tries) == self._tries and is_paused == self._is_paused:
            return
        self.beginResetModel()
        self._tries, self._now, self._is_paused = tuple(tries), now, is_paused
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._tries)

    def cell(self, row: int, column: int) -> Cell:
        one = self._tries[row]
        match At(column):
            case At.TIME:
                return Cell(text=clock_text(one.at, self._now or one.at), muted=True)
            case At.REQUEST:
                return Cell(text=f"{one.request:,} ({one.number})", right=True)
            case At.WORDS:
                return Cell(text=one.words)
            case At.NEXT:
                return Cell(text=next_words(one, is_paused=self._is_paused))
