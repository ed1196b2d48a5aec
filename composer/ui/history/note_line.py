"""A ticket number and a note, edited in place. It tells what is typed and keeps nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy

from composer.ui.theme import Surface
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import LineEdit, Panel

_MOST_LINES = 5
_FRAME = 17
"""Pixels above and below the text of a field, with its border."""
_TICKET_WIDTH = 104


class NoteField(QPlainTextEdit):
    """As high as its text, up to a few lines; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Note")
        self.setPlaceholderText("Add a note")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(1)
        self._shows_all = True
        self.textChanged.connect(self._fit)
        self.verticalScrollBar().valueChanged.connect(self._hold_top)
        self.verticalScrollBar().rangeChanged.connect(self._hold_top)
        self._fit()

    @property
    def text(self) -> str:
        """What stands there, hard spaces and all."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        lines = min(_MOST_LINES, max(1, round(self.document().size().height())))
        shows_all = round(self.document().size().height()) <= _MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if shows_all else policy.ScrollBarAsNeeded
        )
        height = lines * self.fontMetrics().lineSpacing() + _FRAME
        self.setFixedHeight(max(CONTROL_HEIGHT, height))
        self._shows_all = shows_all
        self._hold_top()

    @Slot()
    def _hold_top(self) -> None:
        """It scrolls to the cursor before it has grown."""
        if self._shows_all and self.verticalScrollBar().value():
            self.verticalScrollBar().setValue(0)


class NoteLine(Panel):
    """``edited`` tells both texts whenever a person changes one."""

    edited = Signal(str, str)
    """Note and ticket"""
    left = Signal()
    """A field was left: a good moment to write"""

    def __init__(self) -> None:
        super().__init__(Surface.SURFACE)
        self._silent = False
        self.ticket = LineEdit("Ticket", placeholder="Ticket")
        self.ticket.setFixedWidth(_TICKET_WIDTH)
        self.note = NoteField()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 10)
        row.setSpacing(6)
        row.addWidget(self.ticket, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.note, 1, Qt.AlignmentFlag.AlignTop)
        self.ticket.textEdited.connect(self._tell)
        self.ticket.editingFinished.connect(self.left)
        self.note.textChanged.connect(self._tell)

    def show_texts(self, note: str, ticket: str) -> None:
        """Show both; silent, and the cursor stays where nothing changed."""
        self._silent = True
        if self.note.text != note:
            self.note.setPlainText(note)
        if self.ticket.text() != ticket:
            self.ticket.setText(ticket)
        self._silent = False

    @Slot()
    def _tell(self) -> None:
        if not self._silent:
            self.edited.emit(self.note.text, self.ticket.text().strip())
