"""The lines of words below an editor: help or remark, a note with a way to the JSON, a problem."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.form.tab_order import chain_tabs
from composer.ui.icons import Tone
from composer.ui.theme import Role, set_role
from composer.ui.widgets import FlowNote, IconLabel, LinkButton, Severity

_TOP = Qt.AlignmentFlag.AlignTop


_ROLES = {Severity.ERROR: Role.PROBLEM, Severity.WARNING: Role.WARNING}


class ProblemLine(QWidget):
    """What is wrong and the next step."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel(Severity.ERROR.icon, Tone.ERROR, 14)
        self._words = FlowNote("", Role.PROBLEM)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._icon, 0, _TOP)
        row.addWidget(self._words, 1)

    def set_text(self, text: str, severity: Severity) -> None:
        """Say something else."""
        self._words.setText(text)
        set_role(self._words, _ROLES.get(severity, Role.HELP))
        self._icon.set_icon(severity.icon, severity.tone)
        self.setAccessibleName(severity.spoken(text))


class IgnoredLine(QWidget):
    """Says of a field in an old shape that PostHog passes it over."""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(IconLabel(Severity.WARNING.icon, Tone.WARNING, 14), 0, _TOP)
        row.addWidget(FlowNote(words, Role.HELP), 1)
        self.setAccessibleName(Severity.WARNING.spoken(words))


class JsonNote(QWidget):
    """What is unusual about the value, and a link to where all of it can be seen and edited."""

    json_wanted = Signal()

    def __init__(self, subject: str) -> None:
        super().__init__()
        self._words = FlowNote("", Role.HELP)
        link = LinkButton("Show in JSON")
        link.setAccessibleName(f"Show {subject} in the JSON")
        link.clicked.connect(self.json_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(link, 0, _TOP)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._words.setText(text)


class WordLines(QVBoxLayout):
    """Help, note and problem below each other.

    Each is made when it first has something to say: most fields never have a problem, and a form
    has many fields.
    """

    json_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.subject = ""
        """What the note is about, for screen readers."""
        self.before: QWidget | None = None
        """The control from which Tab leads to the note's link."""
        self._help: FlowNote | None = None
        self._note: JsonNote | None = None
        self._problem: ProblemLine | None = None
        self._said = ("", "", "")
        self._severity = Severity.ERROR

    @property
    def said(self) -> tuple[str, str, str]:
        """Help, note and problem as they are shown; empty where nothing is."""
        return self._said

    def say(
        self,
        *,
        advice: str = "",
        note: str = "",
        problem: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Show these words, and nothing where they are empty; ``severity`` is the problem's."""
        if ((advice, note, problem), severity) == (self._said, self._severity):
            return
        self._said, self._severity = (advice, note, problem), severity
        if advice and self._help is None:
            self._help = FlowNote("", Role.HELP)
            self.insertWidget(0, self._help)
        if note and self._note is None:
            self._note = JsonNote(self.subject)
            self._note.json_wanted.connect(self.json_wanted)
            self.insertWidget(1 if self._help else 0, self._note)
            if self.before is not None:
                chain_tabs(self.before, self._note)
        if problem and self._problem is None:
            self._problem = ProblemLine()
            self.addWidget(self._problem)
        if self._help is not None:
            self._help.setText(advice)
            self._help.setVisible(bool(advice))
        if self._note is not None:
            self._note.set_text(note)
            self._note.setVisible(bool(note))
        if self._problem is not None:
            self._problem.set_text(problem, severity)
            self._problem.setVisible(bool(problem))
