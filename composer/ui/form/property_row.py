"""One row of a block: key, kind, value, remove.

It shows a member and tells what a person does to it; the draft is the block's business.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from composer.core.jsontext import Value
from composer.core.rows import RowKind, convert, kind_of
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import text_face
from composer.ui.form.lines import WordLines
from composer.ui.form.members import Block
from composer.ui.form.reading import ABSENT, Absent, Held
from composer.ui.form.row_value import RowValue
from composer.ui.icons import IconName
from composer.ui.widgets import Combo, IconButton

_KIND_WIDTH = 94
_GAP = 6
_IGNORED, _FIXED = QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed


class PropertyRow(QWidget):
    """Each signal carries the row itself first."""

    renamed = Signal(object, object)
    """The row, and the exact text of its new key."""
    changed = Signal(object, object)
    """The row, and its new ``Value``."""
    removed = Signal(object)
    entered = Signal(object)
    """Enter was pressed in the value."""
    left = Signal()
    faulted = Signal()
    """``fault`` may have changed"""
    """The cursor left the key or the value."""
    json_wanted = Signal()

    def __init__(self, block: Block, now_text: Callable[[], str]) -> None:
        super().__init__()
        self._block = block
        self._key_text: str | None = None
        self._shown: Held = ABSENT
        self._origin: Value = ""
        self._fault = ""
        self._key_problem = ""
        self._note = ""
        self._words = WordLines()
        self._words.json_wanted.connect(self.json_wanted)
        self._key = ExactLine("", placeholder=block.key_name, mono=True)
        self._key.setSizePolicy(_IGNORED, _FIXED)
        self._key.typed.connect(self._on_renamed)
        self._key.editingFinished.connect(self.left)
        self._kind = Combo("") if block.kinds else None
        self._value = RowValue(now_text)
        self._value.set_placeholder("" if block.kinds else block.value_name)
        self._value.edited.connect(self._on_edited)
        self._value.faulted.connect(self._on_faulted)
        self._value.entered.connect(self._on_entered)
        self._value.left.connect(self.left)
        self._remove = IconButton(IconName.CLOSE, "")
        self._remove.clicked.connect(self._on_remove)
        self._words.before = self._remove
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self._key, 3)
        if self._kind is not None:
            for kind in self._block.kinds:
                self._kind.add(kind.value, kind)
            self._kind.setFixedWidth(_KIND_WIDTH)
            self._kind.activated.connect(self._on_kind_chosen)
            row.addWidget(self._kind)
        row.addWidget(self._value, 4)
        row.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addLayout(self._words)

    @property
    def value(self) -> Value:
        """The value that the row shows."""
        return "" if isinstance(self._shown, Absent) else self._shown

    @property
    def fault(self) -> str:
        """Why what was typed is not a value yet; empty if it is one."""
        return self._fault

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._fault or self._key_problem

    @property
    def last_control(self) -> QWidget:
        """Where the Tab key leaves the row."""
        return self._remove

    def set_number(self, number: int) -> None:
        """Name the controls: ``Property 1 name``."""
        name = f"{self._block.noun} {number}"
        self._key.setAccessibleName(f"{name} {self._block.key_name}")
        self._words.subject = f"{name} {self._block.value_name}"
        self._value.set_name(self._words.subject)
        if self._kind is not None:
            self._kind.setAccessibleName(f"{name} type")

    def show_member(self, key: str, value: Value) -> None:
        """Show another member; what is shown already stays untouched. This is no edit."""
        if key != self._key_text:
            self._key_text = key
            self._key.show_face(text_face(key))
            self._name_removal()
        if value is not self._shown and value != self._shown:
            self._fault = ""
            self._show_value(value)

    def set_key_problem(self, problem: str) -> None:
        """Say what is wrong with the key, or nothing."""
        if problem != self._key_problem:
            self._key_problem = problem
            self._tell()

    def focus_key(self, reason: Qt.FocusReason) -> None:
        """Put the cursor into the key."""
        self._key.setFocus(reason)

    def focus_value(self, reason: Qt.FocusReason) -> None:
        """Put the cursor into the value."""
        self._value.focus_control(reason)

    def _show_value(self, value: Value) -> None:
        self._shown = self._origin = value
        if self._kind is None:
            self._note = self._value.show_text(value)
        else:
            kind = kind_of(value)
            if not self._kind.set_value(kind):
                self._kind.add(kind.value, kind)
                self._kind.set_value(kind)
            self._value.show_value(kind, value)
            self._note = ""
        self._tell()

    def _tell(self) -> None:
        self._words.say(note=self._note, problem=self.problem)

    def _name_removal(self) -> None:
        words = f"Remove {self._block.thing} {self._key_text or ''}".rstrip()
        words += self._block.removed_from
        self._remove.set_icon(IconName.CLOSE, words)

    @Slot(object)
    def _on_renamed(self, key: str) -> None:
        self._key_text = key
        self._name_removal()
        self.renamed.emit(self, key)

    @Slot(object)
    def _on_edited(self, value: Value) -> None:
        if value == self._shown:
            return
        self._shown = self._origin = value
        self._note = ""
        self._tell()
        self.changed.emit(self, value)

    @Slot(str)
    def _on_faulted(self, fault: str) -> None:
        self._fault = fault
        self._tell()
        self.faulted.emit()

    @Slot()
    def _on_kind_chosen(self) -> None:
        if self._kind is None:
            return
        kind = RowKind(str(self._kind.value()))  # Qt gives back a plain str
        self._fault = ""
        # From the value before all choosing: the arrow keys pass through kinds that keep less.
        value = convert(self._origin, kind)
        self._value.show_value(kind, value)
        self._tell()
        self.faulted.emit()
        if value != self._shown:
            self._shown = value
            self.changed.emit(self, value)

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)
