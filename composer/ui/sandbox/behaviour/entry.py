"""A caption, a line to type into, and what is wrong with it told below.

What stands in it half-typed is left alone while the rest of the view is refreshed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from composer.ui.theme import Role, set_role
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import FlowNote, LineEdit

_T = TypeVar("_T")

CAPTION = 112
"""Pixels for the caption at the left."""
SHORT = 96
"""Pixels of a field for a number."""


def caption_label(text: str, buddy: QWidget, width: int = CAPTION) -> QLabel:
    """The words at the left of a field, as high as its first line."""
    label = QLabel(text)
    label.setFixedSize(width, CONTROL_HEIGHT)
    label.setBuddy(buddy)
    set_role(label, Role.MUTED)
    return label


class Captioned(QWidget):
    """A caption before any control, and words below it."""

    def __init__(self, caption: str, control: QWidget, note: str = "") -> None:
        super().__init__()
        self._control = control
        self._note = FlowNote("", Role.HELP)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        grid.addWidget(caption_label(caption, control), 0, 0, Qt.AlignmentFlag.AlignTop)
        # A control of fixed width would draw its column together.
        narrow = control.minimumWidth() == control.maximumWidth()
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        grid.addWidget(control, 0, 1, side)
        grid.addWidget(self._note, 1, 1)
        self.set_note(note)

    def set_note(self, note: str) -> None:
        """Say something else below the control."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._control.setAccessibleDescription(note)


class Entry(QWidget, Generic[_T]):
    """``read`` raises ``ValueError`` with the sentence for the person."""

    edited = Signal()

    def __init__(
        self,
        name: str,
        caption: str,
        read: Callable[[str], _T],
        *,
        unit: str = "",
        placeholder: str = "",
        note: str = "",
        mono: bool = False,
    ) -> None:
        super().__init__()
        self._read = read
        self._note = note
        self._problem = ""
        self.line = LineEdit(name, placeholder=placeholder, mono=mono)
        self._words = FlowNote("", Role.HELP)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        grid.addWidget(caption_label(caption, self.line), 0, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line)
        if unit:
            self.line.setFixedWidth(SHORT)
            row.addWidget(QLabel(unit))
            row.addStretch(1)
        grid.addLayout(row, 0, 1)
        grid.addWidget(self._words, 1, 1)
        self._tell("")
        self.line.textEdited.connect(self._on_edited)

    @property
    def problem(self) -> str:
        """What is wrong with what stands there; empty if nothing is."""
        return self._problem

    def value(self) -> _T | None:
        """What is typed; ``None`` if it cannot be read, and then ``problem`` is told."""
        try:
            value = self._read(self.line.text())
        except ValueError as error:
            self._tell(str(error))
            return None
        self._tell("")
        return value

    def show_text(self, text: str, *, anew: bool = False) -> None:
        """Show another text; unless ``anew``, what means the same or is half-typed stays."""
        if not anew and self._is_kept(text):
            return
        if self.line.text() != text:
            self.line.setText(text)
        self._tell("")

    def _is_kept(self, text: str) -> bool:
        try:
            return self._read(self.line.text()) == self._read(text) and not self._problem
        except ValueError:
            return self.line.hasFocus()

    def _tell(self, problem: str) -> None:
        self._problem = problem
        words = problem or self._note
        self.line.set_problem(bool(problem))
        self.line.setAccessibleDescription(words)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_role(self._words, Role.PROBLEM if problem else Role.HELP)

    @Slot()
    def _on_edited(self) -> None:
        self.value()
        self.edited.emit()
