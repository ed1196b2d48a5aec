"""The events as rows of a table: all of them by their ids, and whole only near what is in sight.

It reads nothing itself: it tells which rows are wanted and is handed them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal, Slot

from composer.core.batch.cells import EVENT, PERSON, TIME, can_be_edited, property_of
from composer.core.batch.table import BatchEvent
from composer.ui.batch.marks import mark_of
from composer.ui.batch.table.columns import NUMBER, SIZE, VERDICT, EventColumn, columns_of
from composer.ui.batch.table.rows import Row
from composer.ui.lists.model import Cell, CellModel, ItemRole
from composer.ui.widgets.painting import AnyIndex

BEFORE, BEHIND = 40, 160
"""Rows that are read around one that is in sight and not there."""
KEPT = 2_000
"""Rows that are kept whole."""
_UNREAD = Cell(text="…", muted=True)


class EventModel(CellModel):
    """Rows are ids; ``rows_wanted`` asks for the events of some of them."""

    rows_wanted = Signal(object)
    """``array[int]`` of ids"""

    def __init__(self, parent: QObject | None = None) -> None:
        self._columns = columns_of(())
        super().__init__(tuple(known.column for known in self._columns), parent)
        self._ids = array("q")
        self._known: dict[int, Row] = {}
        self._values = frozenset[str]()
        """The keys of the columns that are properties"""
        self._editing: int | None = None
        self._sort, self._is_descending = "", False
        self._missing: tuple[int, int] | None = None
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)

    # What there is

    @property
    def ids(self) -> array[int]:
        """The events from top to bottom."""
        return self._ids

    @property
    def event_columns(self) -> tuple[EventColumn, ...]:
        """The columns from left to right."""
        return self._columns

    def at(self, row: int) -> BatchEvent | None:
        """The event in a row; ``None`` if it has not been read, or beyond the end."""
        known = self._known.get(self._ids[row]) if 0 <= row < len(self._ids) else None
        return known.event if known is not None else None

    def row_of(self, identifier: int) -> int:
        """Where an event stands; -1 if it is not there."""
        try:
            return self._ids.index(identifier)
        except ValueError:
            return -1

    def texts(self, row: Row, number: int) -> list[str]:
        """What stands in the cells of an event, for a copy."""
        return [self._cell(known.key, row, number).text for known in self._columns]

    def longest(self, key: str) -> str | None:
        """The longest text of a column in the rows that are known; ``None`` if none is."""
        known = (
            row for row in self._known.values() if key not in self._values or key in row.values
        )
        texts = (self._cell(key, row, 0).line for row in known)
        return max(texts, key=len, default=None)

    # What it is handed

    def show_columns(self, properties: Sequence[str]) -> None:
        """Show these properties; what is not known of them yet is asked for."""
        self.beginResetModel()
        self._columns = columns_of(properties)
        self.columns = tuple(known.column for known in self._columns)
        self._values = frozenset(known.key for known in self._columns if property_of(known.key))
        self.endResetModel()

    def show_order(self, ids: array[int], rows: Iterable[Row]) -> bool:
        """Take over the ids as they are now, and the rows that were read with them.

        Returns whether the table has to find its place in them anew.
        """
        old = self._ids
        self._known = {row.event.id: row for row in rows}
        if ids == old:
            self._tell_rows()
            return False
        if old and len(ids) > len(old) and ids[: len(old)] == old:
            self.beginInsertRows(QModelIndex(), len(old), len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
            self._tell_rows()
            return False
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()
        return True

    @Slot(object)
    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Take over events that were wanted."""
        if len(self._known) + len(rows) > KEPT:
            self._known.clear()
        self._known |= {row.event.id: row for row in rows}
        self._tell_rows()

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Put the arrow behind the title of a column; of none for the order of the table."""
        self._sort, self._is_descending = key, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def show_editing(self, identifier: int | None) -> None:
        """Say which event is open in Compose."""
        for changed in {self._editing, identifier} - {None}:
            self._editing = identifier
            if changed is not None and (row := self.row_of(changed)) >= 0:
                self.tell_row(row)

    # Qt

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._ids)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        said = super().headerData(section, orientation, role)
        is_sorted = isinstance(said, str) and self._columns[section].key == self._sort
        return f"{said} {'↓' if self._is_descending else '↑'}" if is_sorted else said

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid() or not can_be_edited(self._columns[index.column()].key):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def cell(self, row: int, column: int) -> Cell:
        key = self._columns[column].key
        known = self._known.get(self._ids[row])
        if known is not None and (key not in self._values or key in known.values):
            return self._cell(key, known, row + 1)
        self._miss(row)
        return Cell(text=f"{row + 1:,}", muted=True, right=True) if key == NUMBER else _UNREAD

    def _cell(self, key: str, row: Row, number: int) -> Cell:
        if key == NUMBER:
            return Cell(text=f"{number:,}", muted=True, right=True)
        if key == EVENT and row.event.id == self._editing:
            return Cell(text=f"{row.event.name} · open in Compose", mono=True)
        make = _CELLS.get(key)
        return make(row) if make is not None else Cell(text=row.values.get(key, ""))

    # Rows that are not there

    def _is_whole(self, identifier: int) -> bool:
        known = self._known.get(identifier)
        return known is not None and self._values <= known.values.keys()

    def _miss(self, row: int) -> None:
        first, last = self._missing or (row, row)
        self._missing = (min(first, row), max(last, row))
        if not self._asking.isActive():
            self._asking.start()

    @Slot()
    def _ask(self) -> None:
        if self._missing is None:
            return
        (first, last), self._missing = self._missing, None
        ids = self._ids[max(0, first - BEFORE) : min(last, first + BEHIND) + BEHIND]
        wanted = array("q", (one for one in ids if not self._is_whole(one)))
        if wanted:
            self.rows_wanted.emit(wanted)

    def _tell_rows(self) -> None:
        """Have all painted anew: that costs what is in sight, however many there are."""
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _verdict_cell(row: Row) -> Cell:
    mark = mark_of(row.event.outlook, row.event.says)
    return Cell(text=mark.word, severity=mark.look, hint=mark.says)


_CELLS: dict[str, Callable[[Row], Cell]] = {
    EVENT: lambda row: Cell(text=row.event.name, mono=True),
    PERSON: lambda row: Cell(text=row.event.person),
    VERDICT: _verdict_cell,
    TIME: lambda row: Cell(text=row.time, muted=True),
    SIZE: lambda row: Cell(text=f"{row.event.size:,}", muted=True, right=True),
}
