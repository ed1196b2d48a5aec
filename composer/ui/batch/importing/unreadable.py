"""What stands in the place of the columns where a source cannot be read: why, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.theme import Role, Surface
from composer.ui.widgets import FlowNote, Panel, PrimaryButton
from composer.ui.wording import breakable


class Unreadable(Panel):
    """Says the desk's words."""

    other_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.SURFACE, "top")
        self._desk = desk
        self._words = FlowNote("", Role.PROBLEM)
        self._again = PrimaryButton("Read it again")
        other = QPushButton("Choose another file…")
        back = QPushButton("Back to the batch")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._again, other, back):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addStretch(1)
        self._again.clicked.connect(desk.again)
        other.clicked.connect(self.other_wanted)
        back.clicked.connect(self.back_wanted)
        desk.changed.connect(self._show)

    @property
    def words(self) -> str:
        """Why the source cannot be read, and what can be done."""
        return self._words.text()

    def focus_first(self) -> None:
        """Put the cursor on the first button."""
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        self._words.setText(breakable(self._desk.words))
