"""The line under the list: what is kept, how much there is, and the way to change that."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from composer.core.history import HistorySize
from composer.ui.history import words
from composer.ui.preferences import Preferences
from composer.ui.theme import Role, Surface
from composer.ui.widgets import ElidedLabel, LinkButton, Panel


class RetentionFoot(Panel):
    """Follows the settings."""

    settings_wanted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(Surface.RAISED, "top")
        self._preferences = preferences
        self._size = HistorySize(rows=0, bytes=0)
        self._words = ElidedLabel(role=Role.HELP)
        change = LinkButton("Change…")
        change.setAccessibleName("Change what is kept of history")
        change.clicked.connect(self.settings_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(change)
        preferences.changed.connect(self._renew)
        self._renew()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.full_text

    def show_size(self, size: HistorySize) -> None:
        """Say how much there is."""
        self._size = size
        self._renew()

    @Slot()
    def _renew(self) -> None:
        kept = words.kept_words(self._preferences.settings.retention)
        self._words.set_text(f"{kept} · {words.size_words(self._size)}")
