"""One part of an object in a list: its label, its editor and the words below it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.core.fields import Part
from composer.core.items import inner, is_open_way
from composer.core.jsontext import Object, Path, get_at, has_at
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.block import BlockEditor
from composer.ui.form.lines import WordLines
from composer.ui.form.problem import Problem
from composer.ui.form.reading import ABSENT, Held
from composer.ui.form.tab_order import tab_stops
from composer.ui.icons import IconName
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import LineEdit, LinkButton, Severity

_GAP = 4
LABEL_WIDTH = 78
"""Device-independent pixels for the labels of parts; longer ones wrap."""


class PartRow(QWidget):
    """Label on the left, editor on the right; a list has its label and "Add" above it."""

    told = Signal()
    """``faults`` may have changed."""

    def __init__(self, part: Part, editor: Editor, *, has_label: bool) -> None:
        super().__init__()
        self.part = part
        self.editor = editor
        self._problem: Problem | None = None
        self._add: QWidget | None = None
        self._label = QLabel(part.field.label)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setMinimumHeight(CONTROL_HEIGHT)
        if not has_label:
            self._label.hide()
        self._words = WordLines()
        self._words.subject = editor.field.label
        self._words.setSpacing(_GAP)
        self._words.json_wanted.connect(editor.json_wanted)
        if editor.target is not None:
            self._label.setBuddy(editor.target)
            editor.target.setAccessibleDescription(part.field.help)
        editor.told.connect(self._tell)
        if isinstance(editor, BlockEditor):
            self._lay_out_block(editor)
        else:
            self._lay_out_line()

    @property
    def faults(self) -> tuple[tuple[Path, str], ...]:
        """What was typed and is no value yet: where in the object, and why."""
        start = len(self.editor.path)
        return tuple((p.path[start:], p.message) for p in self.editor.faults)

    @property
    def last_control(self) -> QWidget:
        """Where the Tab key leaves the part."""
        stops = tab_stops(self.editor)
        return stops[-1] if stops else self._add or self

    def load(self, item: Object) -> None:
        """Show what the object holds."""
        self._load(item, anew=False)

    def reload(self, item: Object) -> None:
        """Show what another object holds, whatever was typed."""
        self._load(item, anew=True)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with the part; paths begin inside the object."""
        found = ((inner(problem.path, self.part), problem) for problem in problems)
        mine = tuple(
            replace(problem, path=(*self.editor.path, *path))
            for path, problem in found
            if path is not None
        )
        self._problem = next(iter(self.editor.show_problems(mine)), None)
        self._tell()

    def _load(self, item: Object, *, anew: bool) -> None:
        path = self.part.path
        held: Held = get_at(item, path) if has_at(item, path) else ABSENT
        if anew:
            self.editor.reload(held)
        else:
            self.editor.load(held)
        self.editor.setEnabled(is_open_way(item, path))
        self._tell()

    def _lay_out_line(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._label.setWordWrap(True)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(_GAP)
        column.addWidget(self.editor)
        self._words.before = tab_stops(self.editor)[-1]
        column.addLayout(self._words)
        row.addLayout(column, 1)

    def _lay_out_block(self, editor: BlockEditor) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        add = LinkButton(editor.add_text, icon=IconName.PLUS)
        add.setAccessibleName(editor.add_name)
        add.clicked.connect(editor.add)
        editor.before = self._words.before = self._add = add
        head.addWidget(add)
        column.addLayout(head)
        column.addLayout(self._words)
        column.addWidget(editor)

    @Slot()
    def _tell(self) -> None:
        problem = self._problem
        if self.editor.fault:
            problem = Problem(path=(), message=self.editor.fault)
        note, words = self.editor.note, problem.message if problem else ""
        severity = problem.severity if problem else Severity.ERROR
        self._words.say(note=note, problem=words, severity=severity)
        if isinstance(self.editor.target, LineEdit):
            self.editor.target.set_problem(bool(words) and severity is Severity.ERROR)
        self.told.emit()
