"""The editor for a number. It keeps the number's spelling, and a typo until it is mended."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from composer.core.fields import Field
from composer.core.jsontext import Number
from composer.core.rows import RowFault, RowKind, text_of, value_from
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import field_face
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet


class NumberEditor(Editor):
    """One number. What is no number stays in the field and leaves the draft as it was."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session)
        placeholder = "" if field.example is None else text_of(field.example)
        self._line = ExactLine(field.label, placeholder=placeholder)
        self._line.typed.connect(self._on_typed)
        self.target = self._line
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)

    def display(self, held: Held) -> None:
        face = field_face(held, Number)
        self._line.show_face(face)
        self.tell(note=face.note)

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        if not text.strip():
            self.tell(note="", fault="")
            self.clear()
            return
        value = value_from(RowKind.NUMBER, text)
        if isinstance(value, RowFault):
            self.tell(fault=value.message)
        else:
            self.tell(note="", fault="")
            self.store(value)
