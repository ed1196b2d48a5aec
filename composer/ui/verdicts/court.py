"""The judge of this window: loaded when the window stands, kept up with what has been sent.

The rules are many, so they are loaded in a thread, and not before the first paint. What earlier
sends teach is read from history in a thread too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from composer.services.ports import Verdicts
from composer.ui.tasks import TaskScope


class Court(QObject):
    """Has nobody judge anything before ``begin``; ``make`` loads the rules."""

    opened = Signal()
    """``verdicts`` can be had from now on"""
    learned = Signal()
    """History has been read: what was said of earlier sends may be otherwise now"""

    def __init__(self, make: Callable[[], Verdicts], tasks: TaskScope) -> None:
        super().__init__()
        self._make = make
        self._tasks = tasks
        self._first: Verdicts | None = None
        self._is_learning = False
        self._has_more = False

    @property
    def is_open(self) -> bool:
        """Whether anything can be judged."""
        return self._first is not None

    def begin(self) -> None:
        """Load the rules, and then read what history knows."""
        if self._first is None:
            self._tasks.start(self._load(), "load the rules")

    def open(self, verdicts: Verdicts) -> None:
        """Judge with these rules from now on."""
        if self._first is None:
            self._first = verdicts
            self.opened.emit()

    def judge(self) -> Verdicts:
        """A judge for one pane or one thread. Only once the court is open."""
        if self._first is None:
            raise RuntimeError("the rules are not loaded yet")
        return self._first.another()

    @Slot()
    def learn(self) -> None:
        """A send has ended: read it back from history. One reading at a time."""
        self._has_more = True
        if self._first is not None and not self._is_learning:
            self._is_learning = True
            self._tasks.start(self._learn(self._first), "recall earlier sends")

    async def _load(self) -> None:
        self.open(await asyncio.to_thread(self._make))
        self.learn()

    async def _learn(self, verdicts: Verdicts) -> None:
        try:
            while self._has_more:
                self._has_more = False
                await asyncio.to_thread(verdicts.recall)
                self.learned.emit()
        finally:
            self._is_learning = False
