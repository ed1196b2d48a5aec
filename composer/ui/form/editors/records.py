"""The editor for a list of objects that all have the same text members: one row for each object."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from composer.core.fields import Column, Field
from composer.core.jsontext import Object, Value
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.editors.items import ItemRow, ItemsEditor
from composer.ui.form.face import field_face, foreign_face
from composer.ui.form.reading import ABSENT, Held
from composer.ui.form.sheet import Sheet
from composer.ui.icons import IconName
from composer.ui.widgets import IconButton


class _Cell(ExactLine):
    """One member of a record."""

    filled = Signal(object, object)
    """The column's key, and its exact text after an edit."""

    def __init__(self, column: Column) -> None:
        super().__init__("", placeholder=column.key, mono=column.key == "id")
        self.key = column.key
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.typed.connect(self._on_typed)

    def show_of(self, record: Value) -> str:
        """Show the column of a record. Returns what is unusual about it."""
        held: Held = ABSENT
        if isinstance(record, Object) and self.key in record:
            held = record.get(self.key)
        face = field_face(held, str) if isinstance(record, Object) else foreign_face(record)
        self.show_face(face)
        self.setReadOnly(face.locked or not isinstance(record, Object))
        return face.note

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        self.filled.emit(self.key, text)


class RecordRow(ItemRow):
    """One object of the list; members beyond the columns stay as they are."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self._shown: Held = ABSENT
        self._cells = [_Cell(column) for column in columns]
        self._remove = IconButton(IconName.CLOSE, "Remove this row")
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for cell in self._cells:
            cell.filled.connect(self._on_filled)
            cell.returnPressed.connect(self._on_return)
            row.addWidget(cell, 3 if cell is self._cells[0] else 4)
        row.addWidget(self._remove)

    @property
    def last_control(self) -> QWidget:
        return self._remove

    def focus_first(self, reason: Qt.FocusReason) -> None:
        self._cells[0].setFocus(reason)

    def set_name(self, name: str) -> None:
        for cell in self._cells:
            cell.setAccessibleName(f"{name} {cell.key}")
        self._remove.set_icon(IconName.CLOSE, f"Remove {name}")

    def show_item(self, item: Value) -> None:
        if item == self._shown:
            return
        self._shown = item
        notes = [cell.show_of(item) for cell in self._cells]
        self.note = next(filter(None, notes), "")

    @Slot(object, object)
    def _on_filled(self, key: str, text: str) -> None:
        if isinstance(self._shown, Object):
            self._shown = self._shown.with_member(key, text)
            self.changed.emit(self, self._shown)

    @Slot()
    def _on_return(self) -> None:
        if self._cells[-1].hasFocus():
            self.entered.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class RecordsEditor(ItemsEditor):
    """Rows of text columns over an array of objects."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session, "Add row")

    def make_row(self) -> ItemRow:
        return RecordRow(self.field.columns)

    def new_item(self) -> Value:
        required = (column for column in self.field.columns if column.required)
        return Object(tuple((column.key, "") for column in required))
