"""One line that says that the sandbox is told to misbehave, so that nobody wonders why it does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from composer.core.behaviour import Behaviour
from composer.ui.sandbox.behaviour.words import state_text
from composer.ui.theme.roles import restyle
from composer.ui.widgets import ElidedLabel, LinkButton, Severity
from composer.ui.widgets.labels import IconLabel


class TroubleLine(QFrame):
    """Hidden on a good day."""

    show_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = ElidedLabel()
        self._show = LinkButton("Show")
        self._show.setAccessibleName("Show what the sandbox is told to do")
        self._reset = LinkButton("Reset")
        self._reset.setAccessibleName("Reset the sandbox to a good day")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 8, 3)
        row.setSpacing(8)
        row.addWidget(IconLabel(Severity.WARNING.icon, Severity.WARNING.tone))
        row.addWidget(self._words, 1)
        row.addWidget(self._show)
        row.addWidget(self._reset)
        restyle(self, "notice", Severity.WARNING.value)
        self._show.clicked.connect(self.show_wanted)
        self._reset.clicked.connect(self.reset_wanted)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty on a good day."""
        return self._words.full_text

    def show_behaviour(self, behaviour: Behaviour, *, can_show: bool) -> None:
        """Say what is the matter, unless that is in sight already and so ``can_show`` is false."""
        state = state_text(behaviour)
        self._words.set_text(f"The sandbox is set to behave otherwise: {state}." if state else "")
        self.setVisible(bool(state) and can_show)
