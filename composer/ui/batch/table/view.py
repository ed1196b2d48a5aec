"""The table of events: sorted by its header, wider than its room if need be, edited in place.

It tells what a person wants; what comes of it is its owner's business.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from composer.core.batch.cells import (
    EVENT,
    PERSON,
    CellError,
    cell_text,
    changed_body,
    event_in,
)
from composer.ui.batch.table.cell_editor import CellDelegate
from composer.ui.batch.table.columns import NUMBER, EventColumn
from composer.ui.batch.table.model import EventModel
from composer.ui.lists.grid import Grid, needed_width
from composer.ui.theme import current_theme

_SHARING = frozenset({EVENT, PERSON})
_SPARE = "00"
"""Further down texts are a little longer: numbers grow."""


class EventGrid(Grid):
    """Shows an ``EventModel``."""

    sort_wanted = Signal(str)
    """The key of the column whose heading was pressed"""
    cell_edited = Signal(int, str, str)
    """Row, key of the column, text"""
    cell_refused = Signal(str)
    """Why the text in the open cell cannot stand there; empty once that is over"""

    def __init__(self, name: str, model: EventModel) -> None:
        self._events = model
        self._own_widths: dict[str, int] = {}
        self._found_widths: dict[str, int] = {}
        self._is_sharing = False
        super().__init__(name, model, several=True)
        self._cell_delegate = CellDelegate(self, self._name_of, self._text_of, self._fault_of)
        self.setItemDelegate(self._cell_delegate)
        self._cell_delegate.edited.connect(self._on_cell_edited)
        self._cell_delegate.refused.connect(self.cell_refused)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_heading)
        header.sectionResized.connect(self._on_resized)

    # What others use

    def renew_columns(self) -> None:
        """The model has other columns, or more rows."""
        self._share_out(self.viewport().width())

    def fit_columns(self) -> None:
        """Rows have come in: columns that had none yet get their widths."""
        columns = self._events.event_columns
        if any(known.most and known.key not in self._found_widths for known in columns):
            self._share_out(self.viewport().width())

    @property
    def key(self) -> str:
        """The key of the column that the keyboard is in; empty for none."""
        index = self.currentIndex()
        return self._events.event_columns[index.column()].key if index.isValid() else ""

    @Slot()
    def edit_cell(self) -> None:
        """Write in the cell that the keyboard is in."""
        index = self.currentIndex()
        can_be_edited = index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable
        if can_be_edited and self._events.at(index.row()) is not None:
            self.edit(index)

    @property
    def in_sight(self) -> tuple[int, int]:
        """The first and the last row that can be seen; the last is -1 where there is none."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        end = self._events.rowCount() - 1
        return max(0, first), end if last < 0 else last

    # Inside

    def _name_of(self, row: int, column: int) -> str:
        return f"{self._events.columns[column].title} of event {row + 1:,}"

    def _text_of(self, row: int, column: int) -> str:
        event = self._events.at(row)
        if event is None:
            return ""
        return cell_text(event_in(event.body), self._events.event_columns[column].key)

    def _fault_of(self, row: int, column: int, text: str) -> str:
        event = self._events.at(row)
        if event is None:
            return ""
        try:
            changed_body(event.body, self._events.event_columns[column].key, text)
        except CellError as fault:
            return str(fault)
        return ""

    @Slot(int, int, str)
    def _on_cell_edited(self, row: int, column: int, text: str) -> None:
        self.cell_edited.emit(row, self._events.event_columns[column].key, text)

    @Slot(int)
    def _on_heading(self, section: int) -> None:
        self.sort_wanted.emit(self._events.event_columns[section].key)

    def _on_resized(self, section: int, before: int, width: int) -> None:
        del before
        if not self._is_sharing and width > 0:
            self._own_widths[self._events.event_columns[section].key] = width

    def _share_out(self, width: int) -> None:
        """Each column what it needs; what is left over to event and person."""
        self._is_sharing = True
        columns = self._events.event_columns
        widths = [self._own_widths.get(known.key) or self._width_of(known) for known in columns]
        sharing = [n for n, c in enumerate(columns) if c.key in _SHARING - self._own_widths.keys()]
        left, shares = width - sum(widths), sum(columns[n].column.share for n in sharing)
        for n in sharing if left > 0 else ():
            part = left * columns[n].column.share // shares
            widths[n] += part
            left, shares = left - part, shares - columns[n].column.share
        for n, wide in enumerate(widths):
            self.setColumnWidth(n, wide)
        self._is_sharing = False

    def _width_of(self, known: EventColumn) -> int:
        if known.key == NUMBER:
            return needed_width(replace(known.column, sample=f"{self._events.rowCount():,}"))
        return self._found_width(known) if known.most else needed_width(known.column)

    def _found_width(self, known: EventColumn) -> int:
        """What the title and the first texts need. It stays so: nothing jumps while one scrolls."""
        if (found := self._found_widths.get(known.key)) is not None:
            return found
        text = self._events.longest(known.key)
        title = f"{known.column.title} ↓"  # once it is sorted by
        wide = needed_width(replace(known.column, title=title, sample=f"{text or ''}{_SPARE}"))
        wide = min(known.most, max(known.least, wide))
        if text is not None:
            self._found_widths[known.key] = wide
        return wide

    # Qt

    def keyboardSearch(self, search: str) -> None:
        """Not here: Qt would read every row for it. The search field finds more."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit_cell()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A cell that can be written in is; any other opens the event."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit_cell()
            return
        super().mouseDoubleClickEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last event, not along the row."""
        last = self._events.rowCount() - 1
        column = max(0, self.currentIndex().column())
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self._events.index(0, column)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            return self._events.index(last, column)
        return super().moveCursor(action, modifiers)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if not (self.hasFocus() and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable):
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_theme().accent), 1))
        rect = QRectF(self.visualRect(index)).adjusted(3, 4, -3, -5)
        painter.drawRoundedRect(rect, 4, 4)
