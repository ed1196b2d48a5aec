"""A line for a number, with what is wrong told below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.ui.settings.numbers import number_text
from composer.ui.theme import Role, set_role
from composer.ui.widgets import LineEdit

WIDTH = 96


class NumberField(QWidget):
    """Tells a number as soon as one stands there; anything else changes nothing."""

    changed = Signal(object)
    """``float`` or ``int``, as ``read`` gives it"""

    def __init__(
        self, name: str, read: Callable[[str], float], *, unit: str = "", note: str = ""
    ) -> None:
        super().__init__()
        self._read = read
        self._note = note
        self.line = LineEdit(name)
        self.line.setFixedWidth(WIDTH)
        self._words = QLabel()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line)
        row.addWidget(QLabel(unit))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._words)
        self._say("")
        self.line.textEdited.connect(self._follow)

    @property
    def problem(self) -> str:
        """What is wrong with what stands there; empty if nothing is."""
        return self.line.accessibleDescription() if self.line.property("problem") else ""

    def show_number(self, number: float) -> None:
        """Show a number without telling it."""
        self.line.setText(number_text(number))
        self._say("")

    @Slot(str)
    def _follow(self, text: str) -> None:
        try:
            number = self._read(text)
        except ValueError as error:
            self._say(str(error))
        else:
            self._say("")
            self.changed.emit(number)

    def _say(self, problem: str) -> None:
        words = problem or self._note
        self.line.set_problem(bool(problem))
        self.line.setAccessibleDescription(words)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_role(self._words, Role.PROBLEM if problem else Role.HELP)
