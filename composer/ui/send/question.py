"""The question above the send bar: send it all the same, or look at it first? Never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from composer.ui.send.questions import Matter, Question
from composer.ui.theme import Surface
from composer.ui.widgets import FlowNote, IconLabel, Panel, PrimaryButton, Severity
from composer.ui.wording import breakable


class QuestionBar(Panel):
    """Hidden until ``ask``; Esc is the careful answer. ``matter`` says what is asked about."""

    agreed = Signal()
    """The answer that goes on"""
    look_wanted = Signal()
    """The careful answer: the person wants to see what is wrong, or to change it"""
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self.matter: Matter | None = None
        self._icon = IconLabel(Severity.ERROR.icon, Severity.ERROR.tone)
        self._words = FlowNote("")
        self._words.setProperty("role", "")
        self._look = PrimaryButton("")
        self._send = QPushButton()
        sentence = QHBoxLayout()
        sentence.setSpacing(10)
        sentence.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        sentence.addWidget(self._words, 1)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self._look)
        answers.addWidget(self._send)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(sentence)
        column.addLayout(answers)
        self._look.clicked.connect(self._on_look)
        self._send.clicked.connect(self._on_send)
        self.hide()

    @Slot(object)
    def ask(self, question: Question) -> None:
        """Show the question. The keyboard is on the answer that sends nothing."""
        self.matter = question.matter
        self._icon.set_icon(question.severity.icon, question.severity.tone)
        self._words.setText(breakable(question.words))
        for button, text in ((self._look, question.careful), (self._send, question.going)):
            button.setText(text)
            button.setAccessibleName(text)
        self._look.setAccessibleDescription(question.words)
        self.setAccessibleName(question.severity.spoken(question.words))
        self.show()
        self._look.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self, matter: Matter) -> None:
        """Ask no more, if it is that which is asked about."""
        if self.matter is matter:
            self.hide()

    @property
    def words(self) -> str:
        """What is asked; empty while nothing is."""
        return "" if self.isHidden() else self._words.text().replace("\u200b", "")

    @Slot()
    def _on_send(self) -> None:
        self.hide()
        self.agreed.emit()

    @Slot()
    def _on_look(self) -> None:
        self.hide()
        self.look_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dismissed.emit()
            return
        super().keyPressEvent(event)
