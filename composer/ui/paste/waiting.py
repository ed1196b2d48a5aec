"""What stands in the Paste window while there is nothing to choose from: help, a wait, a fault."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.theme import Role
from composer.ui.widgets import FlowNote, LinkButton, Notice, Severity
from composer.ui.wording import breakable

_HELP = (
    "A curl command, for bash, cmd or PowerShell",
    "From a browser's developer tools: Copy as cURL, Copy as fetch, a HAR file",
    "An HTTP request as text",
    "What an SDK sends: compressed, in base64, as a form, a batch; Mixpanel's too",
    "JSON, also with comments or curly quotes; JSON Lines; a Python dict",
)
_SAFE = "It is read on this computer. Nothing in it is run, and no file or address in it is opened."


class Waiting(QWidget):
    """One of the three at a time."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._help = QWidget()
        self._fault = Notice()
        self._reading = QWidget()
        self._words = FlowNote("Reading…", Role.STRONG)
        self._cancel = LinkButton("Cancel")
        self._cancel.setAccessibleName("Cancel the reading")
        self._cancel.clicked.connect(self.cancelled)
        self._fault.dismissed.connect(self.say_help)
        helped = QVBoxLayout(self._help)
        helped.setContentsMargins(0, 0, 0, 0)
        helped.setSpacing(6)
        helped.addWidget(FlowNote("What can be pasted", Role.STRONG))
        for line in _HELP:
            helped.addWidget(FlowNote(f"•  {line}"))
        helped.addSpacing(6)
        helped.addWidget(FlowNote(_SAFE, Role.HELP))
        row = QHBoxLayout(self._reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self._reading, self._fault, self._help):
            column.addWidget(widget)
        column.addStretch(1)
        self.say_help()

    @property
    def fault(self) -> str:
        """The fault that it tells of, if any."""
        return self._fault.text.replace("\u200b", "")

    @property
    def is_reading(self) -> bool:
        """Whether it says that something is being read."""
        return not self._reading.isHidden()

    @Slot()
    def say_help(self) -> None:
        """Say what can be pasted."""
        self.rest()
        self._help.show()

    @Slot()
    def say_reading(self) -> None:
        """Say that it takes a while."""
        self.rest()
        self._reading.show()

    def say_fault(self, words: str) -> None:
        """Say why nothing can be opened."""
        self.rest()
        self._fault.say(breakable(words), Severity.ERROR)

    def rest(self) -> None:
        """Say nothing."""
        self._help.hide()
        self._reading.hide()
        self._fault.dismiss()
