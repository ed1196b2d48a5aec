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
from composer.ui.icons import IconName
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
    NOTE = 5


_COLUMNS = (
    Column(title="Time", sample="00:00:00", mono=True),
    Column(title="Event", share=6),
    Column(title="Person", share=5),
    Column(title="Destination", share=4, needs=600),
    Column(title="Outcome", sample="200 · 999 ms", pill=True),
    Column(title="Note", share=2, needs=500),
)


class HistoryModel(CellModel):
    """Rows are sends, or days as headings. Ids fall from top to bottom."""

    has_sections = True

    more_wanted = Signal()
    """The view has come near the end of what was read"""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._now = now
        self._items: list[HistoryRow | date] = []
        self._sends = 0
        self._more = False
        self._asked = False

    # What there is

    @property
    def sends(self) -> int:
        """How many sends have been read."""
        return self._sends

    @property
    def has_more(self) -> bool:
        """Whether others follow that have not been read."""
        return self._more

    def at(self, row: int) -> HistoryRow | None:
        """The send in a row; ``None`` for a heading or beyond the end."""
        item = self._items[row] if 0 <= row < len(self._items) else None
        return item if isinstance(item, HistoryRow) else None

    @property
    def newest(self) -> HistoryRow | None:
        """The send on top, below its day's heading."""
        return self.at(1)

    @property
    def oldest(self) -> HistoryRow | None:
        """The last one that has been read."""
        return self.at(len(self._items) - 1)

    def row_of(self, identifier: int) -> int:
        """Where a send stands; -1 if it has not been read."""
        row = self._place_for(identifier)
        send = self.at(row)
        return row if send is not None and send.id == identifier else -1

    def _place_for(self, identifier: int) -> int:
        """The row of the first send that is not newer than that one; the end if there is none."""
        low, high = 0, len(self._items)
        while low < high:
            middle = (low + high) // 2
            send = self.at(middle) or self.at(middle + 1)  # below a heading there is a send
            if send is None or send.id <= identifier:
                high = middle
            else:
                low = middle + 1
        return low + 1 if low < len(self._items) and self.at(low) is None else low

    # Changing it

    def reset(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Begin anew with the first page."""
        self.beginResetModel()
        self._sends = len(rows)
        self._items = self._grouped(rows, None)
        self._more, self._asked = more, False
        self.endResetModel()

    def append(self, rows: Sequence[HistoryRow], *, more: bool) -> None:
        """Add the next page; what is in the list already is left out."""
        self._more, self._asked = more, False
        last = self.oldest
        fresh = [row for row in rows if last is None or row.id < last.id]
        items = self._grouped(fresh, self._day(last) if last is not None else None)
        if items:
            self._insert(len(self._items), items)

    def stop_asking(self) -> None:
        """The next page did not come; it may be asked for again."""
        self._asked = False

    def merge(self, rows: Sequence[HistoryRow]) -> bool:
        """Take over the newest sends as they are now: new ones on top, changed ones in place.

        ``False`` if some may be missing between these and what has been read.
        """
        newest = self.newest
        fresh = [row for row in rows if newest is None or row.id > newest.id]
        if rows and len(fresh) == len(rows):
            return False
        for row in rows[len(fresh) :]:
            self.replace(row)
        top = self._items[0] if self._items else None
        same = [row for row in fresh if self._day(row) == top]
        newer = self._grouped([row for row in fresh if self._day(row) != top], None)
        if same:
            self._insert(1, list(same))
        if newer:
            self._insert(0, newer)
        return True

    def replace(self, row: HistoryRow) -> None:
        """Show a send as it is now, if it is in the list."""
        place = self.row_of(row.id)
        if place >= 0 and self._items[place] != row:
            self._items[place] = row
            self.tell_row(place)

    def remove(self, identifiers: Iterable[int]) -> None:
        """Take sends out, and with the last of a day its heading."""
        places = sorted(row for row in map(self.row_of, identifiers) if row >= 0)
        for first, last in reversed(_runs(places)):
            begins = self.at(first - 1) is None
            ends = last + 1 == len(self._items) or self.at(last + 1) is None
            start = first - 1 if begins and ends else first
            self.beginRemoveRows(QModelIndex(), start, last)
            self._sends -= last + 1 - first
            del self._items[start : last + 1]
            self.endRemoveRows()

    def put_back(self, rows: Iterable[HistoryRow]) -> None:
        """Undo ``remove``; what is further back than what has been read is left for its page."""
        for row in sorted(rows, key=_identifier, reverse=True):
            place = self._place_for(row.id)
            if self.row_of(row.id) >= 0 or (place == len(self._items) and self._more):
                continue
            self._put_back(row, place)

    def _put_back(self, row: HistoryRow, place: int) -> None:
        day, below = self._day(row), self.at(place)
        if below is not None and self._day(below) == day:
            self._insert(place, [row])
            return
        if below is not None and self.at(place - 1) is None:
            place -= 1  # above the heading of the day that begins there
        above = self.at(place - 1)
        same = above is not None and self._day(above) == day
        self._insert(place, [row] if same else [day, row])

    def _insert(self, place: int, items: list[HistoryRow | date]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(items) - 1)
        self._items[place:place] = items
        self._sends += sum(isinstance(item, HistoryRow) for item in items)
        self.endInsertRows()

    def _grouped(self, rows: Iterable[HistoryRow], day: date | None) -> list[HistoryRow | date]:
        items: list[HistoryRow | date] = []
        now = self._now()
        for row in rows:
            own = local(row.sent_at, now).date()
            if own != day:
                day = own
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
                return _event_cell(item)
            case At.PERSON:
                return Cell(text=item.summary.person)
            case At.DESTINATION:
                return Cell(text=item.destination.name)
            case At.OUTCOME:
                text, severity = words.badge(item.outcome)
                return Cell(text=text, severity=severity)
            case At.NOTE:
                return _note_cell(item)


def _event_cell(row: HistoryRow) -> Cell:
    if not row.pinned:
        return Cell(text=row.summary.event, mono=True)
    return Cell(text=row.summary.event, mono=True, icon=IconName.PIN, hint="Pinned")


def _note_cell(row: HistoryRow) -> Cell:
    icon = IconName.NOTE if row.note else None
    return Cell(text=words.note_line(row), muted=True, icon=icon, hint=row.note)


def _identifier(row: HistoryRow) -> int:
    return row.id


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as spans without a gap."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
