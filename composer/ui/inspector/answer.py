"""The answer to a request: what it means in words, then status, body and headers as received."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.core.destination import Destination
from composer.core.explain import explain
from composer.core.outcome import Outcome, response_of
from composer.ui.inspector import texts
from composer.ui.theme import Role, Surface, TextStyle, set_role
from composer.ui.widgets import (
    CodeView,
    ElidedLabel,
    FlowNote,
    Language,
    Panel,
    Pill,
    SectionHeader,
    Severity,
)

_HEADER_LINES = 7


class AnswerView(QWidget):
    """Read-only; shows one outcome at a time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pill = Pill()
        self._status = ElidedLabel(role=Role.MONO_MUTED)
        self._title = FlowNote()
        set_role(self._title, Role.STRONG)
        self._advice = FlowNote()
        self._note = FlowNote(role=Role.HELP)
        self._body = CodeView(f"{name}: body")
        self._headers = CodeView(f"{name}: headers")
        line = self._headers.fontMetrics().lineSpacing()
        self._headers.setMaximumHeight(line * _HEADER_LINES + int(TextStyle.TEXT))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._pill)
        top.addWidget(self._status, 1)
        words = QVBoxLayout()
        words.setContentsMargins(16, 12, 16, 10)
        words.setSpacing(6)
        words.addLayout(top)
        words.addWidget(self._title)
        words.addWidget(self._advice)
        words.addWidget(self._note)
        self._received = QWidget()
        column = QVBoxLayout(self._received)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_heading("Body"))
        column.addWidget(self._body, 1)
        column.addWidget(_heading("Headers"))
        column.addWidget(self._headers)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(words)
        outer.addWidget(self._received, 1)
        self._rest = QWidget()
        outer.addWidget(self._rest, 1)

    def show_outcome(self, outcome: Outcome, destination: Destination) -> None:
        """Explain ``outcome`` of a request to ``destination`` and show what came back."""
        explanation = explain(outcome, destination)
        self._pill.set(explanation.badge, Severity(explanation.verdict))
        self._status.set_text(texts.beside_badge(outcome))
        self._title.setText(explanation.title)
        self._advice.setText(explanation.advice)
        self._advice.setVisible(bool(explanation.advice))
        response = response_of(outcome)
        body = texts.body_passage(response.body if response else b"")
        cut = (
            "The answer was longer; this is its beginning."
            if response and response.truncated
            else ""
        )
        note = " ".join(part for part in (cut, body.note) if part) if response else ""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._body.set_language(Language.JSON if body.is_json else Language.PLAIN)
        self._body.set_text(body.shown)
        self._headers.set_text(response.head if response else "")
        self._received.setVisible(response is not None)
        self._rest.setVisible(response is None)


def _heading(text: str) -> QWidget:
    panel = Panel(Surface.RAISED, "top", "bottom")
    row = QHBoxLayout(panel)
    row.setContentsMargins(16, 4, 16, 4)
    row.addWidget(SectionHeader(text))
    return panel
