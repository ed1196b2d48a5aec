"""The value of a typed row: the control that suits its kind. Knows no draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from composer.core.jsontext import Value
from composer.core.rows import RowFault, RowKind, value_from
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import Face, foreign_face, json_face, text_face
from composer.ui.icons import IconName
from composer.ui.widgets import Combo

_HINTS = {
    RowKind.DATE: "2026-11-21T09:30:00Z",
    RowKind.LIST: '["one", "two"]',
    RowKind.OBJECT: '{"key": "value"}',
    RowKind.NULL: "null",
}


class RowValue(QWidget):
    """Shows a value of one kind; a line of text, or a list of yes and no."""

    edited = Signal(object)
    """``Value``"""
    faulted = Signal(str)
    """What was typed is not a value of the kind, and why; empty: now it is."""
    entered = Signal()
    """Enter was pressed."""
    left = Signal()

    def __init__(self, now_text: Callable[[], str]) -> None:
        super().__init__()
        self._now_text = now_text
        self._kind = RowKind.TEXT
        self._name = ""
        self._line = ExactLine("")
        self._line.typed.connect(self._on_typed)
        self._line.returnPressed.connect(self.entered)
        self._line.editingFinished.connect(self.left)
        self._now: QToolButton | None = None
        self._yes_no: Combo | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def focus_control(self, reason: Qt.FocusReason) -> None:
        """Put the cursor into the control that is shown."""
        is_list = self._kind is RowKind.YES_NO
        (self._list() if is_list else self._line).setFocus(reason)

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self._name = name
        self._line.setAccessibleName(name)
        if self._yes_no is not None:
            self._yes_no.setAccessibleName(name)

    def set_placeholder(self, text: str) -> None:
        """What an empty line of text suggests."""
        self._line.setPlaceholderText(text)

    def show_value(self, kind: RowKind, value: Value) -> None:
        """Show a value of that kind; this is no edit."""
        self._kind = kind
        if kind is RowKind.YES_NO:
            self._list().set_value(value)
        else:
            self._line.show_face(_face(kind, value))
            self._line.setPlaceholderText(_HINTS.get(kind, ""))
            self._line.setEnabled(kind is not RowKind.NULL)
        self._arrange()

    def show_text(self, value: Value) -> str:
        """Show a value where only text is expected. Returns what is unusual about it."""
        face = text_face(value) if isinstance(value, str) else foreign_face(value)
        self._line.show_face(face)
        return face.note

    def _arrange(self) -> None:
        is_list = self._kind is RowKind.YES_NO
        if self._yes_no is not None:
            self._yes_no.setVisible(is_list)
        self._line.setVisible(not is_list)
        wants_now = self._kind is RowKind.DATE
        if wants_now and self._now is None:
            self._now = self._line.add_action("now", IconName.CLOCK, "Set to now")
            self._now.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self._now.clicked.connect(self._on_now)
        if self._now is not None:
            self._now.setVisible(wants_now)
            self._line.lay_out_actions()

    def _list(self) -> Combo:
        if self._yes_no is None:
            self._yes_no = Combo(self._name)
            self._yes_no.add("Yes", True)
            self._yes_no.add("No", False)
            self._yes_no.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._yes_no.activated.connect(self._on_activated)
            self._row.addWidget(self._yes_no)
            QWidget.setTabOrder(self._line, self._yes_no)
        return self._yes_no

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        value = value_from(self._kind, text)
        if isinstance(value, RowFault):
            self.faulted.emit(value.message)
        else:
            self.faulted.emit("")
            self.edited.emit(value)

    @Slot()
    def _on_activated(self) -> None:
        self.edited.emit(self._list().value())

    @Slot()
    def _on_now(self) -> None:
        text = self._now_text()
        self._line.show_face(text_face(text))
        self.faulted.emit("")
        self.edited.emit(text)


def _face(kind: RowKind, value: Value) -> Face:
    match kind, value:
        case RowKind.NULL, _:
            return Face(exact="", text="")
        case _, str():
            return text_face(value)
        case RowKind.NUMBER, _:
            return replace(json_face(value), mono=False)
        case _:
            return json_face(value)
