"""All runs as a list, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.batch.run import Counts, Run
from composer.ui.batch.running.words import state_pill
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import local, moment_text
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    WHEN = 0
    SOURCE = 1
    PLACE = 2
    COUNT = 3
    STATE = 4


_COLUMNS = (
    Column(title="When", sample="28 Nov 00:00"),
    Column(title="Events from", share=3),
    Column(title="To", share=2, needs=620),
    Column(title="Confirmed", sample="888,888 of 888,888", right=True, needs=480),
    Column(title="State", sample="88,888 failed", pill=True),
)


class RunsModel(CellModel):
    """``show_runs`` fills it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._runs: list[Run] = []
        self._now: datetime | None = None

    def show_runs(self, runs: Sequence[Run], now: datetime) -> None:
        """Show these; rows that stay are changed in place, so that what is chosen stays so."""
        same = [run.id for run in runs] == [run.id for run in self._runs]
        self._now = now
        if same:
            self._runs = list(runs)
            if self._runs:
                last = self.index(len(self._runs) - 1, len(_COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._runs = list(runs)
        self.endResetModel()

    def show_counts(self, identifier: int, counts: Counts) -> None:
        """The run has gone on."""
        row = self.row_of(identifier)
        if row >= 0:
            self._runs[row] = replace(self._runs[row], counts=counts)
            self.tell_row(row)

    def at(self, row: int) -> Run | None:
        """The run in a row."""
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def row_of(self, identifier: int) -> int:
        """Where a run stands; -1 if it does not."""
        return next((row for row, run in enumerate(self._runs) if run.id == identifier), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._runs)

    def cell(self, row: int, column: int) -> Cell:
        run = self._runs[row]
        match At(column):
            case At.WHEN:
                now = self._now or run.began_at
                hint = moment_text(local(run.began_at, now))
                return Cell(text=_when(run.began_at, now), muted=True, hint=hint)
            case At.SOURCE:
                return Cell(text=run.source)
            case At.PLACE:
                return Cell(text=run.destination.name, muted=True)
            case At.COUNT:
                counts = run.counts
                return Cell(text=f"{counts.confirmed:,} of {counts.total:,}", right=True)
            case At.STATE:
                word, look = state_pill(run)
                return Cell(text=word, severity=look)


def _when(moment: datetime, now: datetime) -> str:
    """``09:38`` today, ``18 Nov 09:38`` this year, ``18 Nov 2025``."""
    here, today = local(moment, now), local(now, now)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    day, month, year, clock = moment_text(here).split()
    return f"{day} {month} {clock[:5]}" if here.year == today.year else f"{day} {month} {year}"
