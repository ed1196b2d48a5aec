"""The sends as rows of a table, under a heading for each day, newest first.

Holds what has been read so far and asks for more when the view nears the end; it reads nothing
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, Signal

from composer.core.records import HistoryRow
from composer.ui.history import words
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import clock_text, day_title, local
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    TIME = 0
    EVENT = 1
    PERSON = 2
    DESTINATION = 3
    OUTCOME = 4


_COLUMNS = (
    Column(title="Time", sample="00:00:00", mono=True),
    Column(title="Event", share=5),
    Column(title="Person", share=5),
    Column(title="Destination", share=4, needs=540),
    Column(title="Outcome", sample="200 · 999 ms", pill=True),
)


class HistoryModel(CellModel):
    """Rows are sends, or days as headings."""

    more_wanted = Signal()
    """The view has come near the end of what was read"""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._now = now
        self._items: list[HistoryRow | date] = []
        self._known: set[int] = set()
        self._more = False
        self._asked = False

    # What there is

    @property
    def sends(self) -> int:
        """How many sends have been read."""
        return len(self._known)

    def at(self, row: int) -> HistoryRow | None:
        """The send in a row; ``None`` for a heading or beyond the end."""
        item = self._items[row] if 0 <= row < len(self._items) else None
        return item if isinstance(item, HistoryRow) else None

    @property
    def newest(self) -> HistoryRow | None:
        """The send on top, below its day's heading."""
        return self.at(1)

    def row_of(self, identifier: int) -> int:
        """Where a send stands; -1 if it has not been read."""
        if identifier not in self._known:
            return -1
        return next(
            row
            for row, item in enumerate(self._items)
            if isinstance(item, HistoryRow) and item.id == identifier
        )

    # Changing it

    def reset(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Begin anew with the first page."""
        self.beginResetModel()
        self._known = {row.id for row in rows}
        self._items = self._grouped(rows, None)
        self._more, self._asked = more, False
        self.endResetModel()

    def append(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Add the next page; sends that moved over from the page before are left out."""
        self._more, self._asked = more, False
        fresh = [row for row in rows if row.id not in self._known]
        last = self._items[-1] if self._items else None
        items = self._grouped(fresh, self._day(last) if isinstance(last, HistoryRow) else None)
        if items:
            self._insert(len(self._items), items)

    def stop_asking(self) -> None:
        """The next page did not come; it may be asked for again."""
        self._asked = False

    def merge(self, rows: Sequence[HistoryRow]) -> bool:
        """Take over the newest sends as they are now: new ones on top, changed ones in place.

        ``False`` if some may be missing between these and what has been read.
        """
        fresh = [row for row in rows if row.id not in self._known]
        if rows and len(fresh) == len(rows):
            return False
        self._update(row for row in rows if row.id in self._known)
        top = self._items[0] if self._items else None
        same = [row for row in fresh if self._day(row) == top]
        newer = self._grouped([row for row in fresh if self._day(row) != top], None)
        if same:
            self._insert(1, list(same))
        if newer:
            self._insert(0, newer)
        return True

    def _insert(self, place: int, items: list[HistoryRow | date]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(items) - 1)
        self._items[place:place] = items
        self._known.update(item.id for item in items if isinstance(item, HistoryRow))
        self.endInsertRows()

    def _update(self, rows: Iterable[HistoryRow]) -> None:
        newest = {row.id: row for row in rows}
        for place, item in enumerate(self._items):
            if not newest:
                return
            if not isinstance(item, HistoryRow) or item.id not in newest:
                continue
            row = newest.pop(item.id)
            if row != item:
                self._items[place] = row
                self.tell_row(place)

    def _grouped(self, rows: Iterable[HistoryRow], day: date | None) -> list[HistoryRow | date]:
        items: list[HistoryRow | date] = []
        for row in rows:
            if self._day(row) != day:
                day = self._day(row)
                items.append(day)
            items.append(row)
        return items

    def _day(self, row: HistoryRow) -> date:
        return local(row.sent_at, self._now()).date()

    # What the table asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._items)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return self._more and not self._asked and not parent.isValid()

    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def section(self, row: int) -> str | None:
        item = self._items[row] if 0 <= row < len(self._items) else None
        if item is None or isinstance(item, HistoryRow):
            return None
        now = self._now()
        return day_title(item, local(now, now).date())

    def cell(self, row: int, column: int) -> Cell:
        item = self.at(row)
        if item is None:
            return Cell(text="")
        match At(column):
            case At.TIME:
                return Cell(text=clock_text(item.sent_at, self._now()), mono=True, muted=True)
            case At.EVENT:
                return Cell(text=item.summary.event, mono=True)
            case At.PERSON:
                return Cell(text=item.summary.person)
            case At.DESTINATION:
                return Cell(text=item.destination.name)
            case At.OUTCOME:
                text, severity = words.badge(item.outcome)
                return Cell(text=text, severity=severity)
