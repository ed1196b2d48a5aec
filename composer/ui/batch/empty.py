"""What the Batch place says while there is no event in it: what it is for, and the first steps."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.icons import IconName
from composer.ui.widgets import EmptyState, LinkButton


class EmptyBatch(QWidget):
    """The first step is a button, the others are links below it."""

    file_wanted = Signal()
    text_wanted = Signal()
    count_wanted = Signal()
    compose_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = EmptyState(
            IconName.BATCH,
            "No events in the batch",
            "Bring in a spreadsheet or an export, or collect events one by one, see what PostHog "
            "makes of each, and send them all.",
            action="Import a file…",
        )
        # Assistive tools find the place of the list by the list's name, whatever stands there.
        self._state.setAccessibleName("Batch")
        self._state.action_chosen.connect(self.file_wanted)
        links = QHBoxLayout()
        links.setSpacing(20)
        links.addStretch(1)
        for words, wanted in (
            ("Paste from a spreadsheet", self.text_wanted),
            ("Generate events", self.count_wanted),
            ("Compose an event", self.compose_wanted),
        ):
            links.addWidget(_link(words, wanted))
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(self._state)
        column.addLayout(links)
        column.addStretch(3)


def _link(words: str, wanted: SignalInstance) -> LinkButton:
    link = LinkButton(words)
    link.clicked.connect(wanted)
    return link
