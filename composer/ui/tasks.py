"""The owner of every asyncio task of the window.

A task that nobody holds may be collected while it runs, and one that nobody cancels outlives the
window. ``TaskScope`` holds, reports and cancels them; nothing else in the window makes tasks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class TaskScope(QObject):
    """Runs coroutines until the window closes."""

    failed = Signal(object)
    """An exception that escaped a task: our own mistake, to be shown and logged."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        """Run ``work``; ``None`` once the scope is closed."""
        if self._closed:
            work.close()
            return None
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        # Not asked for anew: a Qt timer may fire while the loop has paused.
        task = self._loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def start_for(
        self, owner: QObject, work: Coroutine[Any, Any, Any], name: str
    ) -> asyncio.Task[Any] | None:
        """Run ``work`` until it ends or ``owner``, a dialog's page say, is gone."""
        task = self.start(work, name)
        if task is not None:
            owner.destroyed.connect(partial(_cancel, task))
        return task

    async def aclose(self) -> None:
        """Cancel what still runs, wait until it has ended, and take no more."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            _log.error("Task %s failed", task.get_name(), exc_info=error)
            self.failed.emit(error)


def _cancel(task: asyncio.Task[Any], owner: QObject | None = None) -> None:
    del owner  # it is no more
    task.cancel()
