"""Tells the second half of a double click from a second press of Send."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from composer.core.wire import WireRequest


class RepeatGuard:
    """Remembers the last request that was sent, and when."""

    def __init__(self) -> None:
        self._last: WireRequest | None = None
        self._since_last = QElapsedTimer()

    def note(self, request: WireRequest) -> None:
        """Remember what is being sent now."""
        self._last = request
        self._since_last.start()

    def is_double_press(self, request: WireRequest) -> bool:
        """Whether the very same request was sent within the time of a double click."""
        if request != self._last or not self._since_last.isValid():
            return False
        return self._since_last.elapsed() < QApplication.doubleClickInterval()
