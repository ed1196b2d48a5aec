"""The events of a template in order, with the JSON of the chosen one, and what can be done to them.

Each edit is told as a whole template; opening an event in Compose is the listener's business.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from composer.core.draft import Draft
from composer.core.jsontext import Layout, encode
from composer.core.templates import Step, Template, problems_in
from composer.ui.icons import IconName
from composer.ui.lists.drag import RowDragger
from composer.ui.lists.grid import Grid
from composer.ui.templates.steps_model import StepsModel, row_of
from composer.ui.theme import Role, Variant, set_role, set_variant
from composer.ui.theme.tokens import ROW_HEIGHT
from composer.ui.widgets import CodeView, FlowNote, IconButton, Language, LineEdit

_MOST_ROWS = 6
_HEADER = 28
_LONGEST_WAIT = 10 * 365 * 86_400.0


class StepsView(QWidget):
    """List above, JSON below; the list is left out while there is but one event."""

    changed = Signal(object)
    """``Template`` with other steps"""
    edit_wanted = Signal(int)
    """The step that is to be edited in Compose"""
    add_wanted = Signal()
    """The event in Compose is to become the next step"""

    def __init__(self) -> None:
        super().__init__()
        self._template: Template | None = None
        self._model = StepsModel(self)
        self.table = Grid("Events of the template", self._model)
        self._dragger = RowDragger(self.table)
        self._json = CodeView("Template JSON", Language.JSON)
        self._edit = QPushButton("Edit")
        self._add = QPushButton("Add from Compose")
        self._remove = IconButton(IconName.TRASH, "Remove the event from the template")
        self._up = IconButton(IconName.UP, "Move the event up")
        self._down = IconButton(IconName.DOWN, "Move the event down")
        self._wait = LineEdit("Seconds after the event before")
        self._wait_row = QWidget()
        self._problems = FlowNote("", Role.PROBLEM)
        self._build()
        self._connect()

    def show_template(self, template: Template) -> None:
        """Show its events; the same one stays chosen where there is still one."""
        is_other = self._template is None or self._template.id != template.id
        row = 0 if is_other else max(0, self.table.row)
        self._template = template
        self._model.show_rows([row_of(step, at) for at, step in enumerate(template.steps)])
        rows = min(_MOST_ROWS, len(template.steps))
        self.table.setFixedHeight(_HEADER + rows * ROW_HEIGHT + 2)
        self.table.setVisible(template.is_sequence)
        self.table.choose(min(row, len(template.steps) - 1))
        problems = problems_in(template)
        self._problems.setText("\n".join(problems))
        self._problems.setVisible(bool(problems))
        self._show_step()

    @property
    def step(self) -> int:
        """The chosen event, counted from 0."""
        return max(0, self.table.row)

    def _build(self) -> None:
        for button in (self._edit, self._add):
            set_variant(button, Variant.ORDINARY, small=True)
        self._edit.setAccessibleName("Edit the event in Compose")
        self._edit.setToolTip("Opens the event in Compose, to be put back")
        self._add.setAccessibleName("Add the event in Compose")
        self._add.setToolTip("Makes the event in Compose the last one of this template")
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(6)
        row.addWidget(self._edit)
        row.addWidget(self._add)
        row.addStretch(1)
        for button in (self._up, self._down, self._remove):
            row.addWidget(button)
        words = QLabel("Seconds after the event before")
        set_role(words, Role.MUTED)
        words.setBuddy(self._wait)
        self._wait.setMaximumWidth(96)
        waiting = QHBoxLayout(self._wait_row)
        waiting.setContentsMargins(16, 8, 16, 0)
        waiting.setSpacing(8)
        waiting.addWidget(words)
        waiting.addWidget(self._wait)
        waiting.addStretch(1)
        self._problems.setContentsMargins(16, 0, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table)
        column.addWidget(self._wait_row)
        column.addLayout(row)
        column.addWidget(self._problems)
        column.addWidget(self._json, 1)
        self.table.add_command("Edit in Compose", self._on_edit, hint="Enter")
        self.table.add_command("Move up", self._on_up, "Alt+Up")
        self.table.add_command("Move down", self._on_down, "Alt+Down")
        self.table.add_command("Remove", self._on_remove, "Del")

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_step)
        self.table.opened.connect(self._on_edit)
        self._dragger.moved.connect(self._on_dragged)
        self._edit.clicked.connect(self._on_edit)
        self._add.clicked.connect(self.add_wanted)
        self._remove.clicked.connect(self._on_remove)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._wait.editingFinished.connect(self._on_wait)
        self._wait.textEdited.connect(self._on_wait_edited)

    @Slot()
    def _show_step(self) -> None:
        template = self._template
        if template is None:
            return
        at, count = min(self.step, len(template.steps) - 1), len(template.steps)
        step, own = template.steps[at], not template.is_starter
        self._json.set_text(kept_text(step.draft))
        for widget in (self._edit, self._add):
            widget.setVisible(own)
        for widget in (self._remove, self._up, self._down):
            widget.setVisible(own and count > 1)
        self._up.setEnabled(at > 0)
        self._down.setEnabled(at < count - 1)
        self._wait_row.setVisible(count > 1 and at > 0)
        self._wait.setReadOnly(not own)
        if not self._wait.hasFocus():
            self._wait.setText(f"{step.after:g}")
            self._wait.set_problem(False)

    def _tell(self, steps: list[Step], row: int) -> None:
        if self._template is not None and not self._template.is_starter:
            changed = replace(self._template, steps=tuple(steps))
            self.show_template(changed)
            self.table.choose(row)
            self.changed.emit(changed)

    def _move(self, row: int, places: int) -> None:
        template = self._template
        if template is None or not 0 <= row + places < len(template.steps):
            return
        steps = list(template.steps)
        steps.insert(row + places, steps.pop(row))
        self._tell(steps, row + places)

    @Slot(int, int)
    def _on_dragged(self, row: int, places: int) -> None:
        self._move(row, places)

    @Slot()
    def _on_up(self) -> None:
        self._move(self.step, -1)

    @Slot()
    def _on_down(self) -> None:
        self._move(self.step, 1)

    @Slot()
    def _on_remove(self) -> None:
        template = self._template
        if template is not None and template.is_sequence:
            steps = list(template.steps)
            steps.pop(self.step)
            self._tell(steps, self.step)

    @Slot()
    def _on_edit(self) -> None:
        if self._template is not None and not self._template.is_starter:
            self.edit_wanted.emit(self.step)

    @Slot(str)
    def _on_wait_edited(self, text: str) -> None:
        self._wait.set_problem(_seconds(text) is None)

    @Slot()
    def _on_wait(self) -> None:
        template, seconds = self._template, _seconds(self._wait.text())
        if template is None or seconds is None or template.is_starter:
            return
        steps = list(template.steps)
        if steps[self.step].after != seconds:
            steps[self.step] = replace(steps[self.step], after=seconds)
            self._tell(steps, self.step)

    def focus_list(self) -> None:
        """Put the keyboard into the list, or on the JSON of the one event."""
        target = self.table if self.table.isVisible() else self._json
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def kept_text(draft: Draft) -> str:
    """The event without what is made afresh each time it is opened."""
    payload = draft.payload
    for key in draft.generated:
        payload = payload.without(key)
    return encode(payload, Layout.PRETTY)


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text.strip())
    except ValueError:
        return None
    return seconds if 0 <= seconds <= _LONGEST_WAIT else None
