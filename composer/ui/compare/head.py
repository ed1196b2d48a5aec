"""The line over a comparison: how much differs, what is hidden, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from composer.ui.icons import IconName
from composer.ui.theme import Role, Surface, Variant, set_variant
from composer.ui.widgets import ElidedLabel, FlowNote, IconButton, Panel, Switch, put_icon


class CompareHead(Panel):
    """Names, numbers, and three controls."""

    swap_wanted = Signal()
    copy_wanted = Signal()
    filter_changed = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.SURFACE, "bottom")
        self._names = ElidedLabel(role=Role.TITLE)
        self._says = ElidedLabel(role=Role.STRONG)
        self._note = FlowNote("", Role.HELP)
        self._swap = IconButton(IconName.SWAP, "Swap the sides")
        self._filter = Switch("Hide what differs every time")
        self._filter.setChecked(True)
        self._filter.setToolTip("Event IDs, times, Content-Length and the like")
        self._copy = QPushButton("Copy the list")
        set_variant(self._copy, Variant.ORDINARY, small=True)
        put_icon(self._copy, IconName.COPY)
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._names, 1)
        upper.addWidget(self._swap)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addWidget(self._says, 1)
        lower.addWidget(self._filter)
        lower.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self._note)
        self._swap.clicked.connect(self.swap_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self._filter.clicked.connect(self.filter_changed)
        self.offer(copy=False, hide=False)
        self.say("")

    @property
    def hides_fleeting(self) -> bool:
        """Whether what differs every time is left out of the list."""
        return self._filter.isChecked()

    def name(self, title: str) -> None:
        """Say what is compared."""
        self._names.set_text(title)

    def say(self, words: str, note: str = "") -> None:
        """Say how much differs."""
        self._says.set_text(words)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def offer(self, *, copy: bool, hide: bool) -> None:
        """Which of the controls have a use."""
        self._copy.setEnabled(copy)
        self._filter.setEnabled(hide)
