"""The editor for yes, no, or not set."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from composer.core.fields import Field
from composer.ui.form.editors.base import Editor
from composer.ui.form.face import foreign_face
from composer.ui.form.reading import ABSENT, Absent, Held
from composer.ui.form.sheet import Sheet
from composer.ui.widgets import Combo

_NARROWEST, _WIDTH = 92, 148


class YesNoEditor(Editor):
    """A list of yes, no and, where the member may be absent, "Not set"."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session)
        self._combo = Combo(field.label)
        if not field.required:
            self._combo.add("Not set", ABSENT)
        self._combo.add("Yes", True)
        self._combo.add("No", False)
        self._combo.setMinimumWidth(_NARROWEST)
        self._combo.setMaximumWidth(_WIDTH)
        self._combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._combo.activated.connect(self._on_activated)
        self.target = self._combo
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._combo, 1000)  # all there is, up to its width
        layout.addStretch(1)

    def display(self, held: Held) -> None:
        if isinstance(held, bool | Absent) and self._combo.set_value(held):
            return
        self._combo.setCurrentIndex(-1)
        if isinstance(held, Absent):
            self._combo.setPlaceholderText("Not set")
        else:
            face = foreign_face(held)
            self._combo.setPlaceholderText(face.text)
            self.tell(note=face.note)

    @Slot()
    def _on_activated(self) -> None:
        chosen = self._combo.value()
        self.tell(note="")
        if isinstance(chosen, bool):
            self.store(chosen)
        else:
            self.clear()
