"""What the form says while the JSON beside it does not parse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from composer.ui.theme.roles import restyle
from composer.ui.widgets import FlowNote, IconLabel, LinkButton, Severity

_WORDS = "The JSON does not parse, so the form waits."


class FaultNotice(QFrame):
    """A banner with the two ways out. It cannot be closed: it goes with the fault."""

    fault_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        restyle(self, "notice", Severity.WARNING.value)
        self.setAccessibleName(Severity.WARNING.spoken(_WORDS))
        words = FlowNote(_WORDS)
        words.setProperty("role", "")
        go = LinkButton("Go to the fault")
        go.setAccessibleName(go.text())
        go.clicked.connect(self.fault_wanted)
        self.last_control = discard = LinkButton("Discard the JSON edit")
        discard.setAccessibleName(discard.text())
        discard.clicked.connect(self.discard_wanted)
        words.setContentsMargins(7, 0, 0, 0)  # in line with the links' words
        icon = IconLabel(Severity.WARNING.icon, Severity.WARNING.tone)
        links = QHBoxLayout()
        links.setSpacing(4)
        links.addWidget(go)
        links.addWidget(discard)
        links.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        column.addLayout(links)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 4)
        row.setSpacing(1)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
