"""What a template asks for: one editor a variable, with its help and its problem beside it.

It shows answers as text and tells what is typed; what becomes of them is the listener's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.core.templates import Variable, problem_of
from composer.ui.form.editors.base import CAME
from composer.ui.form.lines import WordLines
from composer.ui.templates.prompt_editors import PromptEditor, editor_for
from composer.ui.theme import current_theme
from composer.ui.theme.tokens import CONTROL_HEIGHT

LABEL_WIDTH = 132
_MISSING = "Fill this in. The event cannot be sent without it."


def words_for(variable: Variable) -> str:
    """What a variable is called in the window: its label, or its name as words."""
    return variable.label or variable.name.replace("_", " ").strip().capitalize() or variable.name


class PromptRow(QWidget):
    """One prompt: label at the left, editor and words at the right."""

    answered = Signal(str, object)
    """The name, and the text as typed"""
    entered = Signal(str)
    """Enter in the prompt of that name"""

    def __init__(self, variable: Variable) -> None:
        super().__init__()
        self.variable = variable
        self._text = ""
        self._is_visited = False
        self.editor: PromptEditor = editor_for(variable, words_for(variable))
        self._label = _PromptLabel(variable)
        self._label.setBuddy(self.editor.target)
        self._words = WordLines()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self.editor)
        column.addLayout(self._words)
        row.addLayout(column, 1)
        required = "Required. " if variable.required else ""
        self.editor.target.setAccessibleDescription(f"{required}{variable.help}".strip())
        self.editor.target.installEventFilter(self)
        self.editor.typed.connect(self._on_typed)
        self.editor.entered.connect(self._on_entered)
        self._tell()

    @property
    def text(self) -> str:
        """The answer as it stands."""
        return self._text

    @property
    def problem(self) -> str:
        """What is wrong; an empty answer counts only once somebody was here, or wanted to send."""
        if not self._text:
            return _MISSING if self.variable.required and self._is_visited else ""
        return problem_of(self.variable, self._text)

    @property
    def is_done(self) -> bool:
        """Whether the answer can be used."""
        return not self.variable.required if not self._text else not self.problem

    def show_text(self, text: str) -> None:
        """Show an answer, as it was given elsewhere."""
        if text != self._text:
            self._text = text
            self.editor.show_text(text)
            self._tell()

    def insist(self) -> None:
        """Say also of an empty answer that it is missing."""
        self._is_visited = True
        self._tell()

    def focus_editor(self) -> None:
        """Put the cursor here, with the text selected."""
        self.editor.target.setFocus(CAME)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and not self._is_visited:
            self.insist()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        self._text = text
        self._tell()
        self.answered.emit(self.variable.name, text)

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit(self.variable.name)

    def _tell(self) -> None:
        problem = self.problem
        self._words.say(advice="" if problem else self.variable.help, problem=problem)
        self.editor.set_problem(bool(problem))


class PromptForm(QWidget):
    """The prompts below each other; Enter goes on to the next."""

    answered = Signal(str, object)
    """The variable's name, and the text as typed"""
    completed = Signal()
    """Enter in the last prompt"""

    def __init__(self, variables: tuple[Variable, ...] = ()) -> None:
        super().__init__()
        self._variables: tuple[Variable, ...] = ()
        self._rows: dict[str, PromptRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.show_prompts(variables, {})

    @property
    def rows(self) -> tuple[PromptRow, ...]:
        """The prompts, in order."""
        return tuple(self._rows.values())

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the prompts now."""
        return {name: row.text for name, row in self._rows.items()}

    @property
    def done(self) -> int:
        """How many of the prompts need nothing more."""
        return sum(row.is_done for row in self._rows.values())

    def show_prompts(self, variables: tuple[Variable, ...], answers: Mapping[str, str]) -> None:
        """Ask for these; rows that stay keep cursor and half-typed text."""
        if variables != self._variables:
            self._rebuild(variables)
        for name, row in self._rows.items():
            row.show_text(answers.get(name, ""))

    def focus_variable(self, name: str, *, insist: bool = False) -> bool:
        """Put the cursor into a prompt, which with ``insist`` says what it lacks, if it is here."""
        row = self._rows.get(name)
        if row is None:
            return False
        if insist:
            row.insist()
        row.focus_editor()
        return True

    def focus_first(self) -> bool:
        """Put the cursor into the first prompt that still needs something, or else the first."""
        rows = self.rows
        row = next((row for row in rows if not row.text or not row.is_done), next(iter(rows), None))
        return row is not None and self.focus_variable(row.variable.name)

    def insist(self) -> PromptRow | None:
        """Say of all what is missing or wrong; returns the first such prompt."""
        for row in self.rows:
            row.insist()
        return next((row for row in self.rows if not row.is_done), None)

    def _rebuild(self, variables: tuple[Variable, ...]) -> None:
        self._variables = variables
        old, self._rows = self._rows, {}
        for place, variable in enumerate(variables):
            row = old.get(variable.name)
            if row is None or row.variable != variable:
                row = PromptRow(variable)
                row.answered.connect(self.answered)
                row.entered.connect(self._go_on)
            self._rows[variable.name] = row
            self._column.insertWidget(place, row)
            row.show()  # now, for the cursor may be put there at once; Qt would do it later
        kept = set(map(id, self._rows.values()))
        for row in old.values():
            if id(row) not in kept:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        rows = self.rows
        for before, after in pairwise(rows):
            QWidget.setTabOrder(before.editor.target, after.editor.target)

    @Slot(str)
    def _go_on(self, name: str) -> None:
        names = list(self._rows)
        place = names.index(name) + 1
        if place < len(names):
            self._rows[names[place]].focus_editor()
        else:
            self.completed.emit()


class _PromptLabel(QLabel):
    """The label with a red star where an answer is required, and the word for screen readers."""

    def __init__(self, variable: Variable) -> None:
        super().__init__()
        self._variable = variable
        self.setWordWrap(True)
        self.setFixedWidth(LABEL_WIDTH)
        self.setMinimumHeight(CONTROL_HEIGHT)
        self.setToolTip("{{" + variable.name + "}}")
        if variable.required:
            self.setAccessibleName(f"{words_for(variable)}, required")
        self._write()

    def _write(self) -> None:
        star = f'&nbsp;<span style="color:{current_theme().error}">*</span>'
        words = escape(words_for(self._variable), quote=False)
        self.setText(words + (star if self._variable.required else ""))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._write()
