"""A table of things, the form of the chosen one below it, and what can be done with a row.

What the things are is the section's business: this only tells what a person wants of which row.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.model import CellModel
from composer.ui.theme import Surface
from composer.ui.theme.tokens import ROW_HEIGHT
from composer.ui.widgets import FlowNote, IconButton, Panel, Switch

MOST_ROWS = 8
"""Rows that are seen at once; a longer table scrolls by itself."""
HEADER = 28
"""Pixels of the titles over the columns."""


class Rows(QWidget):
    """All signals with a number name the row that is meant; ``chosen`` has -1 for none."""

    chosen = Signal(int)
    toggled = Signal(int)
    duplicated = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    """From where, and to where"""

    def __init__(
        self, name: str, noun: str, model: CellModel, form: QWidget, *, none: str, ordered: bool
    ) -> None:
        super().__init__()
        self._model = model
        self._form = form
        self._noun = noun
        self._row = -1
        self._is_settling = False
        self.table = Grid(name, model)
        self._none = FlowNote(none)
        self._switch = Switch("On", f"{noun} is on")
        self._tools = QHBoxLayout()
        self._tools.setSpacing(2)
        self._tools.addWidget(self._switch)
        self._tools.addStretch(1)
        self._card = Panel(Surface.CARD)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(14, 8, 14, 12)
        inside.setSpacing(8)
        inside.addLayout(self._tools)
        self._add_commands(ordered=ordered)  # before the form, as Tab goes
        inside.addWidget(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._none)
        column.addWidget(self.table)
        column.addWidget(self._card)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self._switch.clicked.connect(self._toggle)
        self.refresh()

    def _add_commands(self, *, ordered: bool) -> None:
        noun = self._noun.lower()
        self.table.add_command("Edit", self._on_opened, hint="Enter")
        self.table.add_command("Turn on or off", self._toggle, "Space")
        if ordered:
            self._add("Move up", f"Move {noun} up", IconName.UP, self._move_up, "Alt+Up")
            self._add("Move down", f"Move {noun} down", IconName.DOWN, self._move_down, "Alt+Down")
        copy = IconName.COPY
        self._add("Duplicate", f"Duplicate {noun}", copy, self._duplicate, "Ctrl+D")
        self._add("Remove", f"Remove {noun}", IconName.TRASH, self._remove, "Del")
        close = IconButton(IconName.CLOSE, f"Close {noun}", small=True)
        close.clicked.connect(self._close)
        self._tools.addWidget(close)

    def _add(
        self, text: str, label: str, icon: IconName, run: Callable[[], None], keys: str
    ) -> None:
        """A line of the table's menu with its keys, and the same as a button over the form."""
        self.table.add_command(text, run, keys)
        button = IconButton(icon, label, small=True)
        button.clicked.connect(run)
        self._tools.addWidget(button)

    @property
    def row(self) -> int:
        """The row whose form is shown; -1 for none."""
        return self._row

    def show_on(self, is_on: bool) -> None:
        """Show whether the chosen thing is on."""
        self._switch.setChecked(is_on)

    def refresh(self, row: int | None = None) -> None:
        """Fit the table to its rows; choose ``row`` as a person would, or keep what was chosen."""
        count = self._model.rowCount()
        wanted = min(self._row if row is None else row, count - 1)
        self._none.setVisible(count == 0)
        self.table.setVisible(count > 0)
        self.table.setFixedHeight(HEADER + ROW_HEIGHT * min(count, MOST_ROWS) + 1)
        self._is_settling = True
        if wanted < 0:
            self.table.setCurrentIndex(QModelIndex())
            self.table.clearSelection()
        elif wanted != self.table.row:
            self.table.choose(wanted)
        self._is_settling = False
        self._row = wanted
        self._card.setVisible(wanted >= 0)
        if row is not None:
            self.chosen.emit(wanted)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if row >= 0 and not self._is_settling:
            self.refresh(row)

    @Slot()
    def _close(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh(-1)

    @Slot()
    def _on_opened(self) -> None:
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _toggle(self) -> None:
        if self._row >= 0:
            self.toggled.emit(self._row)

    @Slot()
    def _duplicate(self) -> None:
        if self._row >= 0:
            self.duplicated.emit(self._row)

    @Slot()
    def _remove(self) -> None:
        if self._row >= 0:
            self.removed.emit(self._row)

    @Slot()
    def _move_up(self) -> None:
        if self._row > 0:
            self.moved.emit(self._row, self._row - 1)

    @Slot()
    def _move_down(self) -> None:
        if 0 <= self._row < self._model.rowCount() - 1:
            self.moved.emit(self._row, self._row + 1)
