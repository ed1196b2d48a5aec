"""The question above the send bar: send it all the same, or look at it first? Never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from composer.ui.theme import Surface
from composer.ui.widgets import FlowNote, IconLabel, Panel, PrimaryButton, Severity
from composer.ui.wording import breakable


class QuestionBar(Panel):
    """Hidden until ``ask``; Esc is the careful answer."""

    agreed = Signal()
    look_wanted = Signal()
    """The person wants to see what is wrong"""
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self._words = FlowNote("")
        self._words.setProperty("role", "")
        self._look = PrimaryButton("Look at it")
        self._look.setAccessibleName("Look at it")
        self._send = QPushButton("Send anyway")
        self._send.setAccessibleName("Send anyway")
        sentence = QHBoxLayout()
        sentence.setSpacing(10)
        icon = IconLabel(Severity.ERROR.icon, Severity.ERROR.tone)
        sentence.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
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

    @Slot(str)
    def ask(self, words: str) -> None:
        """Show the question. The keyboard is on the answer that sends nothing."""
        self._words.setText(breakable(words))
        self._look.setAccessibleDescription(words)
        self.setAccessibleName(Severity.ERROR.spoken(words))
        self.show()
        self._look.setFocus(Qt.FocusReason.OtherFocusReason)

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
