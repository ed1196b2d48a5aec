"""Keeps history within the limits that the person sets, and tells the list when sends have gone."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from composer.core.settings import Retention
from composer.services.ports import Clock, History
from composer.ui.preferences import Preferences


class HistoryPruner(QObject):
    """Nothing goes but what exceeds a limit that was set."""

    pruned = Signal()
    """Sends have gone for good"""

    def __init__(self, history: History, preferences: Preferences, clock: Clock) -> None:
        super().__init__()
        self._history = history
        self._preferences = preferences
        self._clock = clock

    async def foresee(self, retention: Retention) -> int:
        """How many sends these limits would remove now. Raises ``StoreError``."""
        return await asyncio.to_thread(self._history.prunable, retention, self._clock.now())

    async def keep_to(self, retention: Retention) -> int:
        """Set these limits and remove what exceeds them; how many sends. Raises ``StoreError``."""
        self._preferences.change(retention=retention)
        gone = await asyncio.to_thread(self._history.prune, retention, self._clock.now())
        if gone:
            self.pruned.emit()
        return gone
