"""How many events are to be generated: a line for a number, and what is wrong with it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from composer.ui.sandbox.behaviour.entry import SHORT
from composer.ui.templates.prompts import LABEL_WIDTH
from composer.ui.theme import Role
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import FlowNote, LineEdit

MOST = 1_000_000
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


def read_count(text: str) -> int:
    """How many events. Raises ``ValueError`` with the sentence for the person."""
    bare = text.strip().replace(",", "")
    if not _WHOLE.fullmatch(bare) or int(bare) < 1:
        raise ValueError("Write a whole number, for example 500.")
    if int(bare) > MOST:
        raise ValueError(f"Write a number up to {MOST:,}.")
    return int(bare)


class CountLine(QWidget):
    """Stands above the prompts, and in line with them."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = LineEdit("How many")
        self.line.setFixedWidth(SHORT)
        self._words = FlowNote("", Role.PROBLEM)
        self._words.hide()
        caption = QLabel("How many")
        caption.setFixedSize(LABEL_WIDTH, CONTROL_HEIGHT)
        caption.setBuddy(self.line)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line)
        row.addWidget(QLabel("times"))
        row.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        grid.addWidget(caption, 0, 0)
        grid.addLayout(row, 0, 1)
        grid.addWidget(self._words, 1, 1)
        self.line.textEdited.connect(self._on_edited)

    @property
    def problem(self) -> str:
        """What is wrong with what is typed; empty if nothing is."""
        return self._words.text()

    def value(self) -> int | None:
        """What is typed; ``None`` if that is no such number, which is told."""
        try:
            found = read_count(self.line.text())
        except ValueError as error:
            self._tell(str(error))
            return None
        self._tell("")
        return found

    def show_count(self, count: int) -> None:
        """Show a number; no edit."""
        self.line.setText(str(count))
        self._tell("")

    def focus_line(self) -> None:
        """Put the cursor here, with the number selected."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _tell(self, problem: str) -> None:
        self.line.set_problem(bool(problem))
        self.line.setAccessibleDescription(problem)
        self._words.setText(problem)
        self._words.setVisible(bool(problem))

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
