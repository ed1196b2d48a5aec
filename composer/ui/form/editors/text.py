"""Editors for text and for what is text with a button: URL, UUID."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from composer.core.derive import url_parts
from composer.core.fields import Action, Field
from composer.core.rows import text_of
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import Face, field_face, text_face
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet
from composer.ui.icons import IconName

_NEW = {
    Action.NEW_UUID: "Make a new {}",
    Action.NEW_SESSION: "Make a new {}: a visit that begins with this event",
}


class TextEditor(Editor):
    """One line of text; where the field says so, with a button for a new identifier."""

    def __init__(self, field: Field, session: Sheet, *, mono: bool = False) -> None:
        super().__init__(field, session)
        placeholder = "" if field.example is None else text_of(field.example)
        self.line = ExactLine(field.label, placeholder=placeholder, mono=mono)
        self.line.typed.connect(self._on_typed)
        self.target = self.line
        if field.action is not None and field.action in _NEW:
            words = _NEW[field.action].format(field.label)
            new = self.line.add_action("new", IconName.REFRESH, words)
            new.clicked.connect(self._on_new)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)

    def display(self, held: Held) -> None:
        self.show_face(field_face(held, str))
        if held == "" and not self.field.required:
            self.tell(note="Empty text in the JSON.")

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        self.store_text(text)
        self.show_face(text_face(text))

    @Slot()
    def _on_new(self) -> None:
        self.take(self.session.fresh_uuid())

    def take(self, text: str) -> None:
        """Put a new text in, as the person's edit by a button or a menu."""
        self.store(text)
        self.show_face(text_face(text))

    def show_face(self, face: Face) -> None:
        """Show a value and say what is unusual about it. For subclasses to add to."""
        self.line.show_face(face)
        self.tell(note=face.note, fault="")


class UuidEditor(TextEditor):
    """An identifier: one line of text in letters of one width."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session, mono=True)


class UrlEditor(TextEditor):
    """An address; where the field says so, with a button that fills other fields from it."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session)
        self._fill = None
        if field.action is Action.URL_PARTS:
            words = "Fill in host, path and campaign from this address"
            self._fill = self.line.add_action("fill in", IconName.DOWN, words)
            self._fill.clicked.connect(self._on_fill)

    def show_face(self, face: Face) -> None:
        super().show_face(face)
        if self._fill is not None:
            self._fill.setEnabled(isinstance(self.held, str) and bool(url_parts(self.held)))

    @Slot()
    def _on_fill(self) -> None:
        if isinstance(self.held, str):
            self.session.set_values(url_parts(self.held))
