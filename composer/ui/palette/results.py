"""The list of what was found. The keyboard stays in the field above it, which moves the choice."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListView

from composer.ui.palette.entries import Entry, Row
from composer.ui.palette.model import RowDelegate, RowsModel

PAGE = 8
"""Entries that Page up and Page down skip."""


class ResultList(QListView):
    """Always has one entry chosen, as long as there is one."""

    chosen = Signal(object)
    """``Entry``, by Enter or a click"""
    moved = Signal(object)
    """``Entry`` that Enter would choose, or ``None``"""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows = RowsModel(self)
        self.has_moved = False
        """Whether the person has left the first row; an answer that comes late keeps their row."""
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(self._rows, self))
        self.setAccessibleName(name)
        self.setProperty("nav", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: tuple[Row, ...], *, keep: bool) -> None:
        """Show other rows; with ``keep`` the chosen entry stays chosen if it is among them."""
        before = self.current() if keep else None
        self._rows.set_rows(rows)
        place = rows.index(before) if before is not None and before in rows else -1
        if place >= 0:
            self._go_to(place)
        else:
            self.select_first()

    def select_first(self) -> None:
        """Choose the first entry and scroll to the top."""
        self.has_moved = False
        first = next((row for row in range(len(self._rows.rows)) if self._rows.entry(row)), -1)
        self._go_to(first)
        self.scrollToTop()

    def current(self) -> Entry | None:
        """The entry that Enter would choose."""
        return self._rows.entry(self.currentIndex().row())

    def move_by(self, steps: int) -> None:
        """Up or down over the entries; past an end it begins at the other."""
        places = self._places()
        if places:
            self._take(places[(self._place_in(places) + steps) % len(places)])

    def move_page(self, pages: int) -> None:
        """A page up or down; it stops at the ends."""
        places = self._places()
        if places:
            wanted = self._place_in(places) + pages * PAGE
            self._take(places[max(0, min(wanted, len(places) - 1))])

    def choose_current(self) -> None:
        """As if Enter was pressed on the chosen entry."""
        entry = self.current()
        if entry is not None:
            self.chosen.emit(entry)

    def wanted_height(self) -> int:
        """The height at which nothing needs scrolling, in device-independent pixels."""
        return sum(self._rows.height_of(row) for row in range(len(self._rows.rows)))

    def _places(self) -> list[int]:
        return [row for row in range(len(self._rows.rows)) if self._rows.entry(row)]

    def _place_in(self, places: list[int]) -> int:
        row = self.currentIndex().row()
        return places.index(row) if row in places else 0

    def _take(self, row: int) -> None:
        self.has_moved = True
        self._go_to(row)
        if row <= 1:
            self.scrollToTop()  # with the heading above the first entry

    def _go_to(self, row: int) -> None:
        index = self._rows.index(row) if row >= 0 else QModelIndex()
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, how)
        self.moved.emit(self._rows.entry(row))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        entry = self._rows.entry(index.row())
        if entry is not None:
            self.chosen.emit(entry)
