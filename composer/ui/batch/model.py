"""The batch's events as rows of a table, in the order in which they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.draft import Draft
from composer.core.jsontext import Layout, encode
from composer.core.records import BatchItem
from composer.core.summary import summary_of
from composer.ui.batch.marks import UNSEEN, Mark
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import time_text
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    NUMBER = 0
    EVENT = 1
    PERSON = 2
    VERDICT = 3
    TIME = 4
    SIZE = 5


_COLUMNS = (
    Column(title="#", sample="000", mono=True),
    Column(title="Event", share=5),
    Column(title="Person", share=4),
    Column(title="Verdict", sample="Refused too", pill=True),
    Column(title="Time", sample="28 Nov 2026 00:00:00", needs=600),
    Column(title="Bytes", sample="000,000", right=True, needs=440),
)


class BatchModel(CellModel):
    """Rows are ``BatchItem`` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._items: tuple[BatchItem, ...] = ()
        self._editing: int | None = None
        self._sizes: dict[int, tuple[Draft, int]] = {}
        self._marks: Mapping[int, Mark] = {}

    def at(self, row: int) -> BatchItem | None:
        """The item in a row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def row_of(self, identifier: int) -> int:
        """Where an item stands; -1 if it is not there."""
        rows = (row for row, item in enumerate(self._items) if item.id == identifier)
        return next(rows, -1)

    def show_items(self, items: tuple[BatchItem, ...], editing: int | None) -> None:
        """Take over the list as it is now; ``editing`` is open in Compose."""
        if (items, editing) == (self._items, self._editing):
            return
        self.beginResetModel()
        self._items, self._editing = items, editing
        self._sizes = {item.id: self._sized(item) for item in items}
        self.endResetModel()

    def show_marks(self, marks: Mapping[int, Mark]) -> None:
        """Say in each row what becomes of its event: by item, for rows may have been moved."""
        self._marks = marks
        last = len(self._items) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, At.VERDICT), self.index(last, At.VERDICT))

    def _sized(self, item: BatchItem) -> tuple[Draft, int]:
        """The compact size of one event; measured once, for measuring means encoding."""
        known = self._sizes.get(item.id)
        if known is not None and known[0] is item.draft:
            return known
        text = encode(item.draft.payload.without("api_key"), Layout.COMPACT)
        return item.draft, len(text.encode("utf-8", "surrogatepass"))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._items)

    def cell(self, row: int, column: int) -> Cell:
        item = self._items[row]
        summary = summary_of(item.draft.payload)
        match At(column):
            case At.NUMBER:
                return Cell(text=str(row + 1), mono=True, muted=True)
            case At.EVENT:
                editing = " · open in Compose" if item.id == self._editing else ""
                return Cell(text=summary.event + editing, mono=True)
            case At.PERSON:
                return Cell(text=summary.person)
            case At.VERDICT:
                mark = self._marks.get(item.id, UNSEEN)
                return Cell(text=mark.word, severity=mark.look, hint=mark.says)
            case At.TIME:
                return Cell(text=time_text(item.draft.payload.get("timestamp")), muted=True)
            case At.SIZE:
                return Cell(text=f"{self._sizes[item.id][1]:,}", muted=True, right=True)
