"""Lines for a number or a text, with what is wrong told below them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.ui.settings.numbers import number_text
from composer.ui.theme import Role, set_role
from composer.ui.widgets import FlowNote, LineEdit
from composer.ui.wording import breakable

WIDTH = 96


class _Field(QWidget):
    """A line, with a note or what is wrong below it."""

    def __init__(self, line: LineEdit, note: str) -> None:
        super().__init__()
        self._note = note
        self.line = line
        self.beside = QHBoxLayout()
        """The line, and what stands beside it"""
        self.beside.setSpacing(8)
        self.beside.addWidget(line)
        self._words = FlowNote(role=Role.HELP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.beside)
        column.addWidget(self._words)
        self._say("")

    @property
    def problem(self) -> str:
        """What is wrong with what stands there; empty if nothing is."""
        return self.line.accessibleDescription() if self.line.property("problem") else ""

    def _say(self, problem: str) -> None:
        words = problem or self._note
        self.line.set_problem(bool(problem))
        self.line.setAccessibleDescription(words)
        self._words.setText(breakable(words))
        self._words.setVisible(bool(words))
        set_role(self._words, Role.PROBLEM if problem else Role.HELP)


class NumberField(_Field):
    """Tells a number as soon as one stands there; anything else changes nothing."""

    changed = Signal(object)
    """``float`` or ``int``, as ``read`` gives it"""

    def __init__(
        self, name: str, read: Callable[[str], float], *, unit: str = "", note: str = ""
    ) -> None:
        super().__init__(LineEdit(name), note)
        self._read = read
        self.line.setFixedWidth(WIDTH)
        self.beside.addWidget(QLabel(unit))
        self.beside.addStretch(1)
        self.line.textEdited.connect(self._follow)

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


class TextField(_Field):
    """Tells each edit, right or wrong: what is wrong stops no one from going on typing."""

    changed = Signal(str)

    def __init__(
        self,
        name: str,
        check: Callable[[str], str],
        *,
        placeholder: str = "",
        note: str = "",
        mono: bool = False,
    ) -> None:
        super().__init__(LineEdit(name, placeholder=placeholder, mono=mono), note)
        self._check = check
        self.line.textEdited.connect(self._follow)

    def show_text(self, text: str) -> None:
        """Show a text without telling it; the cursor stays where nothing changes."""
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)
        self.renew()

    def renew(self) -> None:
        """Check again what stands there: it may depend on other fields."""
        self._say(self._check(self.line.text()))

    @Slot(str)
    def _follow(self, text: str) -> None:
        self.renew()
        self.changed.emit(text)
