"""Compares away from the window's thread, one comparison at a time; the last one asked for counts.

It knows no widget.
"""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from composer.core.compare.request import NamedRequest
from composer.core.tokens import KeyMode
from composer.ui.compare.words import tell
from composer.ui.tasks import TaskScope


class Comparer(QObject):
    """Answers come as signals; those that were overtaken never come."""

    told = Signal(object)
    """``Told``"""

    def __init__(self, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wanted: tuple[NamedRequest, NamedRequest, KeyMode] | None = None
        self._number = 0
        self._is_running = False

    def compare(self, left: NamedRequest, right: NamedRequest, key: KeyMode) -> None:
        """Compare these two; what is under way ends first, but is not told."""
        self._number += 1
        self._wanted = left, right, key
        if not self._is_running:
            self._is_running = True
            self._tasks.start(self._run(), "compare requests")

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._number += 1
        self._wanted = None

    async def _run(self) -> None:
        try:
            while self._wanted is not None:
                wanted, self._wanted, number = self._wanted, None, self._number
                told = await asyncio.to_thread(tell, *wanted)
                if number == self._number:
                    self.told.emit(told)
        finally:
            self._is_running = False
