"""The editor for text with suggestions; any other text may be typed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy

from composer.core.fields import Field
from composer.core.rows import text_of
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.exact_line import ExactText
from composer.ui.form.face import Face, field_face, text_face
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet
from composer.ui.theme.roles import restyle
from composer.ui.widgets import Combo, UndoPassThrough


class ChoiceEditor(Editor):
    """A combo box whose text can be typed over."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session)
        self._combo = Combo(field.label)
        self._combo.setEditable(True)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Qt's own completion would put letters into the text that nobody typed.
        self._combo.setCompleter(None)  # pyright: ignore[reportArgumentType] -- None is documented
        for choice in field.choices:
            self._combo.add(choice, choice)
        line = QLineEdit()
        self._combo.setLineEdit(line)
        line.setAccessibleName(f"{field.label}, text")
        line.setPlaceholderText("" if field.example is None else text_of(field.example))
        UndoPassThrough(line)
        self._text = ExactText(line)
        line.textEdited.connect(self._on_text_edited)
        self._combo.activated.connect(self._on_activated)
        self.target = self._combo
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._combo)

    def display(self, held: Held) -> None:
        # Qt would otherwise show the chosen entry again after a change of style.
        self._combo.setCurrentIndex(-1)
        self._show(field_face(held, str))

    @Slot(str)
    def _on_text_edited(self, shown: str) -> None:
        text = self._text.edited(shown)
        self.store_text(text)
        self._show(text_face(text))

    @Slot()
    def _on_activated(self) -> None:
        chosen = self._combo.value()
        if isinstance(chosen, str):
            self.store(chosen)
            self._show(text_face(chosen))

    def _show(self, face: Face) -> None:
        self._text.show_face(face)
        restyle(self._combo, "mono", face.mono)
        self.tell(note=face.note, fault="")
