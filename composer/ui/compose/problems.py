"""The strip between preview and response: is it fit to be sent, and if not, where to look."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.core.checks import Problem
from composer.core.destination import token_problem
from composer.core.events import fields_of
from composer.core.jsontext import Path
from composer.ui.session import Session
from composer.ui.theme import Role, Surface
from composer.ui.widgets import FlowNote, LinkButton, Panel, Pill, Severity
from composer.ui.wording import counted

SHOWN = 3
"""Problems that are spelled out; the others are counted."""


class ProblemStrip(Panel):
    """Names the first problems; each can be gone to."""

    wanted = Signal(object)
    """The ``Path`` of the field to go to"""

    def __init__(self, session: Session) -> None:
        super().__init__(Surface.SURFACE, "top")
        self._session = session
        self._pill = Pill()
        self._note = FlowNote("", Role.MUTED)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._shown: tuple[Problem, ...] | None = None
        self._faults: tuple[Problem, ...] = ()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 14, 9)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)
        session.request_changed.connect(self._show)
        self._show()

    @Slot(object)
    def show_faults(self, faults: tuple[Problem, ...]) -> None:
        """Name what was typed into the form and is not a value yet."""
        self._faults = tuple(
            replace(fault, message=f"What is typed there is not sent. {fault.message}")
            for fault in faults
        )
        self._show()

    @Slot()
    def _show(self) -> None:
        obstacle = self._session.obstacle
        problems = () if self._session.draft.fault else self._problems()
        if obstacle:
            self._pill.set("Cannot be sent", Severity.ERROR)
            self._note.setText("")  # the reason stands beside the button that it puts off
        elif problems:
            self._pill.set(f"{counted(len(problems), 'thing')} to look at", Severity.WARNING)
            self._note.setText("" if len(problems) <= SHOWN else f"the first {SHOWN}:")
        else:
            self._pill.set("Ready to send", Severity.OK)
            self._note.setText("")
        if problems != self._shown:
            self._shown = problems
            self._show_rows(problems[:SHOWN])

    def _problems(self) -> tuple[Problem, ...]:
        about_token = token_problem(self._session.token)
        own = (Problem(path=("api_key",), message=about_token),) if about_token else ()
        return self._faults + own + self._session.problems

    def _show_rows(self, problems: tuple[Problem, ...]) -> None:
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in problems:
            self._rows.addWidget(self._row(problem))

    def _label(self, path: Path) -> str:
        """What the form calls the value at ``path``."""
        if path == ("api_key",):
            return "Project token"
        fields = fields_of(self._session.draft.event_type)
        known = {field.path: field.label for field in fields}
        return next(
            (known[path[:n]] for n in (len(path), 2, 1) if path[:n] in known), str(path[-1])
        )

    def _row(self, problem: Problem) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = f"{self._label(problem.path)}: {problem.message}"
        line.addWidget(FlowNote(words, Role.HELP), 1)
        go = LinkButton("Go there")
        go.setAccessibleName(f"Go there: {words}")
        go.clicked.connect(partial(self.wanted.emit, problem.path))
        line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return row
