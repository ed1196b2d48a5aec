"""One field of the form: its label, its editor and the words below it."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.core.fields import Field
from composer.core.jsontext import Path
from composer.ui.form.editors import Editor
from composer.ui.form.editors.block import BlockEditor
from composer.ui.form.lines import IgnoredLine, WordLines
from composer.ui.form.reading import Reading
from composer.ui.form.tab_order import tab_stops
from composer.ui.icons import IconName
from composer.ui.theme import Role, current_theme, set_role
from composer.ui.theme.roles import restyle
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import LineEdit, LinkButton, Severity

_GAP = 4
_MISSING = "The event has no effect without it. Fill it in."
INSET_LEFT: Final = 10
INSET_RIGHT: Final = 6
"""Device-independent pixels that rows leave free inside their own width. The padding of buttons
without a frame lies there, so that their words and icons stand in line with the fields."""


class FieldLabel(QLabel):
    """A field's name; a red star where it is required, and the word for those who cannot see it."""

    def __init__(self, field: Field, *, strong: bool) -> None:
        super().__init__()
        self._field = field
        self.setWordWrap(not strong)
        self.setMinimumHeight(CONTROL_HEIGHT)
        if field.required:
            self.setAccessibleName(f"{field.label}, required")
        if strong:
            set_role(self, Role.STRONG)
        self._write()

    def _write(self) -> None:
        star = f'&nbsp;<span style="color:{current_theme().error}">*</span>'
        self.setText(
            escape(self._field.label, quote=False) + (star if self._field.required else "")
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._write()


class FieldRow(QWidget):
    """Label on the left, editor on the right; a block has its label and "Add" above it."""

    json_wanted = Signal(object)
    """``Path``"""
    settled = Signal()
    """The person has left the field for the first time."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self.field = editor.field
        self._problem = ""
        self._severity = Severity.ERROR
        self._is_visited = False
        self._label = FieldLabel(self.field, strong=editor.is_block)
        self._words = WordLines()
        self._words.subject = self.field.label
        self._words.json_wanted.connect(self._on_json_wanted)
        self._ignored = IgnoredLine(self.field.ignored) if self.field.ignored else None
        self._describe(editor)
        editor.told.connect(self._tell)
        editor.json_wanted.connect(self._on_json_wanted)
        if isinstance(editor, BlockEditor):
            self._lay_out_block(editor)
        else:
            self._lay_out_line(editor)
        self._tell()

    @property
    def problem(self) -> str:
        """What is said to be wrong; nothing yet for a field that nobody has been to."""
        if self.editor.fault:
            return self.editor.fault
        if not self.editor.is_blank:
            return self._problem
        missing = _MISSING if self.field.required else ""
        return (self._problem or missing) if self._is_visited else ""

    @property
    def words(self) -> tuple[str, str, str]:
        """What stands below the editor: help or remark, note, problem."""
        return self._words.said

    def load(self, reading: Reading) -> None:
        """Show what the draft holds."""
        self.editor.load(reading.held(self.editor.path))

    def owns(self, path: Path) -> bool:
        """Whether the member at ``path``, or what it is part of, is shown here."""
        return bool(path) and self.field.owns(path[: len(self.field.path)])

    def set_problem(self, problem: str, severity: Severity = Severity.ERROR) -> None:
        """Say what is wrong with the value, or nothing."""
        if (problem, severity) != (self._problem, self._severity):
            self._problem, self._severity = problem, severity
            self._tell()

    def set_label_width(self, width: int) -> None:
        """Device-independent pixels for the label beside the editor."""
        if not self.editor.is_block:
            self._label.setFixedWidth(width)

    def _describe(self, editor: Editor) -> None:
        words = "Required. " if self.field.required else ""
        target = editor.target
        if target is not None:
            self._label.setBuddy(target)
            spoken = (self.field.help, self.field.ignored)
            target.setAccessibleDescription(words + " ".join(filter(None, spoken)))
            target.installEventFilter(self)

    def _lay_out_line(self, editor: Editor) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(INSET_LEFT, 0, INSET_RIGHT, 0)
        row.setSpacing(8)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addWidget(editor)
        self._words.before = tab_stops(editor)[-1]
        self._words.setSpacing(_GAP)
        column.addLayout(self._words)
        if self._ignored is not None:
            column.addWidget(self._ignored)
        row.addLayout(column, 1)

    def _lay_out_block(self, editor: BlockEditor) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET_LEFT, 6, 0, 6)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        add = LinkButton(editor.add_text, icon=IconName.PLUS)
        add.setAccessibleName(editor.add_name)
        add.clicked.connect(self._on_add)
        editor.before = self._words.before = add
        head.addWidget(add)
        column.addLayout(head)
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, INSET_RIGHT, 0)
        body.setSpacing(6)
        self._words.setSpacing(_GAP)
        body.addLayout(self._words)
        if self._ignored is not None:
            body.addWidget(self._ignored)
        body.addWidget(editor)
        column.addLayout(body)

    @Slot()
    def _tell(self) -> None:
        problem = self.problem
        note = self.editor.note
        advice = self.editor.remark or ("" if problem or note else self.field.help)
        severity = Severity.ERROR if self.editor.fault else self._severity
        self._words.say(advice=advice, note=note, problem=problem, severity=severity)
        if self._ignored is not None:
            self._ignored.setVisible(not problem)  # which says it more exactly
        target, is_wrong = self.editor.target, bool(problem) and severity is Severity.ERROR
        if isinstance(target, LineEdit):
            target.set_problem(is_wrong)
        elif target is not None:
            restyle(target, "problem", is_wrong)

    @Slot()
    def _on_add(self) -> None:
        if isinstance(self.editor, BlockEditor):
            self.editor.add()

    @Slot()
    def _on_json_wanted(self) -> None:
        self.json_wanted.emit(self.editor.path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and not self._is_visited:
            self._is_visited = True
            self._tell()
            self.settled.emit()
        return super().eventFilter(watched, event)
