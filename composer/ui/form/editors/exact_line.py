"""A one-line field that stands for exact text, however a line edit would treat it.

It knows no fields and no draft; ``typed`` tells each edit of a person.
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from composer.ui.form.face import Face
from composer.ui.theme.roles import restyle
from composer.ui.widgets import LineEdit, UndoPassThrough
from composer.ui.widgets.edits import carry_over


class ExactText:
    """The exact text behind a line edit: what is not touched stays what it was."""

    def __init__(self, line: QLineEdit) -> None:
        self._line = line
        self._exact = ""
        self._before = ""

    def show_face(self, face: Face) -> None:
        """Show text without ``textEdited``; the cursor stays where it is, if it is here."""
        self._exact = face.exact
        if face.text != self._line.text():
            cursor = self._line.cursorPosition() if self._line.hasFocus() else 0
            self._line.setText(face.text)
            self._line.setCursorPosition(min(cursor, len(face.text)))
        self._before = self._line.text()
        self._line.setReadOnly(face.locked)

    def edited(self, text: str) -> str:
        """The exact text after the person turned what was shown into ``text``."""
        self._exact = carry_over(self._exact, self._before, text)
        self._before = text
        return self._exact


class ExactLine(LineEdit):
    """A line edit with exact text inside."""

    typed = Signal(object)
    """The exact text after an edit. Not ``Signal(str)``: Qt's strings have no lone surrogates, and
    drop a byte order mark."""

    def __init__(self, name: str, *, placeholder: str = "", mono: bool = False) -> None:
        super().__init__(name, placeholder=placeholder, mono=mono)
        self._mono = mono
        self._text = ExactText(self)
        UndoPassThrough(self)
        self.textEdited.connect(self._on_text_edited)

    def show_face(self, face: Face) -> None:
        """Show a value; this is no edit."""
        self._text.show_face(face)
        restyle(self, "mono", self._mono or face.mono)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self.typed.emit(self._text.edited(text))
