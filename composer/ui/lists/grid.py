"""The table of a list place: columns that share the room, commands on keys and in a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu

from composer.ui.lists.delegate import PAD, ListDelegate
from composer.ui.lists.model import CellModel, Column
from composer.ui.theme import TextStyle, mono_font, text_font
from composer.ui.theme.tokens import ROW_HEIGHT
from composer.ui.widgets import TableView, pill_size

SECTION_HEIGHT = 26
_NARROWEST = 24


class Grid(TableView):
    """Shows a ``CellModel``; one row at a time is chosen, or ``several`` with Ctrl and Shift."""

    chosen = Signal(int)
    """The row that is chosen now; -1 for none"""

    def __init__(self, name: str, model: CellModel, *, several: bool = False) -> None:
        super().__init__(name)
        self._cells = model
        self._menu = QMenu(self)
        self.setItemDelegate(ListDelegate(self))
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().setMinimumSectionSize(SECTION_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)
        header.setSectionsClickable(False)
        self.setModel(model)
        # Not the table's own: for each heading Qt would ask every chosen row for its flags.
        header.setSelectionModel(QItemSelectionModel(model, self))
        self._on_model_reset()
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.modelReset.connect(self._on_model_reset)

    @property
    def row(self) -> int:
        """The chosen row, of several the one gone to last; -1 for none."""
        current = self.selectionModel().currentIndex()
        if current.isValid() and self.selectionModel().isSelected(current):
            return current.row()
        return min((part.top() for part in self._parts()), default=-1)

    @property
    def rows(self) -> list[int]:
        """All chosen rows from top to bottom, without the headings between them."""
        rows = {row for part in self._parts() for row in range(part.top(), part.bottom() + 1)}
        if not self._cells.has_sections:
            return sorted(rows)
        return [row for row in sorted(rows) if self._cells.section(row) is None]

    def _parts(self) -> list[QItemSelectionRange]:
        """The chosen rows as spans: asking for each by itself takes long where there are many."""
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight; beyond the end, the last one."""
        row = min(row, self._cells.rowCount() - 1)
        if row >= 0 and self._cells.section(row) is not None:
            row = row + 1 if row + 1 < self._cells.rowCount() else row - 1
        index = self._cells.index(row, 0)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag  # whatever keys are held down right now
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            self.scrollTo(index)

    def choose_something(self) -> None:
        """Choose the first row unless one is chosen, so that the detail is never blank."""
        if self.row < 0 and self._cells.rowCount() > 0:
            self.choose(0)

    def add_command(
        self, text: str, run: Callable[[], None], keys: str = "", *, hint: str = ""
    ) -> QAction:
        """A line of the context menu, with ``keys`` that work while the table has the focus.

        ``hint`` names keys that the table hears by itself.
        """
        action = QAction(f"{text}\t{hint}" if hint else text, self)
        action.triggered.connect(run)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.addAction(action)
        self._menu.addAction(action)
        return action

    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        del selected, deselected
        self.chosen.emit(self.row)

    def _on_menu_requested(self, point: QPoint) -> None:
        if self.row >= 0:
            self._menu.popup(self.viewport().mapToGlobal(point))

    def _on_rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        """Keep in place what the person looks at, when rows come in above it."""
        del parent
        bar = self.verticalScrollBar()
        above = bar.value() > 0 and first <= max(0, self.rowAt(0))
        for row in range(first, last + 1) if self._cells.has_sections else ():
            if self._cells.section(row) is not None:
                self.verticalHeader().resizeSection(row, SECTION_HEIGHT)
        if above:
            header = self.verticalHeader()
            added = sum(header.sectionSize(row) for row in range(first, last + 1))
            self.updateGeometries()
            bar.setValue(bar.value() + added)

    def _on_model_reset(self) -> None:
        for row in range(self._cells.rowCount()) if self._cells.has_sections else ():
            height = ROW_HEIGHT if self._cells.section(row) is None else SECTION_HEIGHT
            if self.verticalHeader().sectionSize(row) != height:
                self.verticalHeader().resizeSection(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out(self.viewport().width())

    def _share_out(self, width: int) -> None:
        columns = self._cells.columns
        shown = {n: column for n, column in enumerate(columns) if column.needs <= width}
        widths = {n: needed_width(column) for n, column in shown.items() if column.sample}
        left = width - sum(widths.values())
        sharing = [n for n in shown if n not in widths]
        shares = sum(columns[n].share for n in sharing)
        for n in sharing:  # the last one takes what rounding leaves
            wide = max(_NARROWEST, left * columns[n].share // max(1, shares))
            widths[n] = wide
            left, shares = left - wide, shares - columns[n].share
        for n in range(len(columns)):
            self.setColumnHidden(n, n not in shown)
            if n in widths:
                self.setColumnWidth(n, widths[n])


def needed_width(column: Column) -> int:
    """Pixels that a column's title and sample need."""
    title = QFontMetrics(text_font(TextStyle.SECTION)).horizontalAdvance(column.title)
    if column.pill:
        wide = pill_size(column.sample).width()
    else:
        font = mono_font() if column.mono else text_font()
        wide = QFontMetrics(font).horizontalAdvance(column.sample)
    return max(wide, title) + 2 * PAD + 2
