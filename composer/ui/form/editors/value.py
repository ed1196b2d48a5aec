"""The editor for one value whose type a person chooses, such as text or yes/no."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from composer.core.fields import Field
from composer.core.jsontext import Path, Value
from composer.core.rows import RowKind, convert, kind_of
from composer.ui.form.editors.base import CAME, Editor
from composer.ui.form.reading import Absent, Held
from composer.ui.form.row_value import RowValue
from composer.ui.form.sheet import Sheet
from composer.ui.widgets import Combo

_KIND_WIDTH = 94


class ValueEditor(Editor):
    """The type at the left, the value at the right. A value of another type adds its type."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session)
        self._kind = Combo(f"{field.label} type")
        self._kind.setFixedWidth(_KIND_WIDTH)
        for kind in field.kinds:
            self._kind.add(kind.value, kind)
        self._kind.activated.connect(self._on_kind_chosen)
        self._origin: Value = ""
        self._value = RowValue(session.now_text)
        self._value.set_name(field.label)
        self._value.edited.connect(self._on_edited)
        self._value.faulted.connect(self._on_faulted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._kind)
        row.addWidget(self._value, 1)
        self.target = self._kind

    def display(self, held: Held) -> None:
        value = self._origin = "" if isinstance(held, Absent) else held
        is_empty = value == "" and RowKind.TEXT not in self.field.kinds
        kind = self.field.kinds[0] if is_empty else kind_of(value)
        if kind is RowKind.DATE and kind not in self.field.kinds:
            kind = RowKind.TEXT
        self._show(kind, value)

    def focus_on(self, path: Path) -> None:
        del path  # one value has one place
        self._value.focus_control(CAME)

    def _show(self, kind: RowKind, value: Value) -> None:
        if not self._kind.set_value(kind):
            self._kind.add(kind.value, kind)
            self._kind.set_value(kind)
        self._value.show_value(kind, value)
        example = self.field.example
        if kind is RowKind.TEXT and isinstance(example, str):
            self._value.set_placeholder(example)

    def _take(self, value: Value) -> None:
        if value == "":
            self.store_text("")
        else:
            self.store(value)

    @Slot(object)
    def _on_edited(self, value: Value) -> None:
        self._origin = value
        self.tell(fault="")
        self._take(value)

    @Slot(str)
    def _on_faulted(self, fault: str) -> None:
        self.tell(fault=fault)

    @Slot()
    def _on_kind_chosen(self) -> None:
        kind = RowKind(str(self._kind.value()))  # Qt gives back a plain str
        # From the value before all choosing: the arrow keys pass through kinds that keep less.
        value = convert(self._origin, kind)
        self.tell(fault="")
        self._show(kind, value)
        self._take(value)
