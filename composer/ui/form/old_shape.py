"""What the form of an old shape says first: that it is one, and what it would become today."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from composer.core.convert import Conversion
from composer.core.fields import EventType
from composer.ui.theme import Role, Variant, set_variant
from composer.ui.theme.roles import restyle
from composer.ui.widgets import FlowNote, IconLabel, Severity

_GAP = 8
_WORKS = "This is an old shape. PostHog still understands it."
_LOSES = "This is an old shape. PostHog ignores part of what is in it."
_STUCK = "This is an old shape. It cannot be converted as it stands: see to the JSON first."


class OldShapeNotice(QFrame):
    """A banner with "Convert" and the list of what that changes."""

    convert_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel(Severity.INFO.icon, Severity.INFO.tone)
        self._words = FlowNote("", Role.STRONG)
        self._changes = FlowNote("", Role.HELP)
        self._convert = QPushButton("Convert")
        self._convert.clicked.connect(self.convert_wanted)
        set_variant(self._convert, Variant.ORDINARY, small=True)
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._words, 1)
        head.addWidget(self._convert, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._changes)
        self._changes.setContentsMargins(self._icon.width() + _GAP, 0, 0, 0)

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join((self._words.text(), *self._changes.text().splitlines()))

    def show_conversion(self, found: Conversion | None, old: EventType) -> None:
        """Say what would become of the event; ``None``: it cannot be converted."""
        severity = Severity.WARNING if found is None or found.saves(old) else Severity.INFO
        words = _STUCK if found is None else (_LOSES if found.saves(old) else _WORKS)
        self._words.setText(words)
        lines = () if found is None else (f"Convert makes “{found.title}” of it:", *found.words)
        self._changes.setText("\n".join(lines))
        self._changes.setVisible(bool(lines))
        self._convert.setVisible(found is not None)
        self._convert.setAccessibleName(f"Convert into {found.title}" if found else "")
        self._icon.set_icon(severity.icon, severity.tone)
        self.setAccessibleName(severity.spoken(words))
        self.setAccessibleDescription("\n".join(lines))
        restyle(self, "notice", severity.value)
