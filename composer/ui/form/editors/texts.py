"""The editor for a list of text: one line for each, such as the properties to remove."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from composer.core.fields import Field
from composer.core.jsontext import Value
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.editors.items import ItemRow, ItemsEditor
from composer.ui.form.face import field_face
from composer.ui.form.reading import ABSENT, Held
from composer.ui.form.sheet import Sheet
from composer.ui.icons import IconName
from composer.ui.widgets import IconButton


class TextRow(ItemRow):
    """One text of the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._shown: Held = ABSENT
        self._line = ExactLine("", placeholder=placeholder, mono=True)
        self._line.typed.connect(self._on_typed)
        self._line.returnPressed.connect(self._on_return)
        self._remove = IconButton(IconName.CLOSE, "Remove this row")
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._line, 1)
        row.addWidget(self._remove)

    @property
    def last_control(self) -> QWidget:
        return self._remove

    def show_item(self, item: Value) -> None:
        if item == self._shown:
            return
        self._shown = item
        face = field_face(item, str)
        self.note = face.note
        self._line.show_face(face)
        self._line.setReadOnly(face.locked or not isinstance(item, str))

    def set_name(self, name: str) -> None:
        self._line.setAccessibleName(name)
        self._remove.set_icon(IconName.CLOSE, f"Remove {name}")

    def focus_first(self, reason: Qt.FocusReason) -> None:
        self._line.setFocus(reason)

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        self._shown = text
        self.changed.emit(self, text)

    @Slot()
    def _on_return(self) -> None:
        self.entered.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class TextsEditor(ItemsEditor):
    """Lines of text over an array of text."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session, "Add name")

    def make_row(self) -> ItemRow:
        return TextRow("name")

    def new_item(self) -> Value:
        return ""
