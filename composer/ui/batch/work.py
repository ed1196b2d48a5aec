"""What changes the table of events, one thing after the other, away from the window's thread.

It knows neither events nor widgets.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from composer.core.errors import ComposerError
from composer.ui.tasks import TaskScope

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    work: Callable[[], Any]
    then: Callable[[Any], None] | None


class TableWork(QObject):
    """A queue: what was asked for first is done first, and nothing is done twice at a time."""

    failed = Signal(str)
    """A sentence for the person: that one thing was not done, what waits is done all the same"""

    def __init__(self, tasks: TaskScope) -> None:
        super().__init__()
        self._tasks = tasks
        self._waiting: deque[_Job] = deque()
        self._is_at_work = False
        self._idle = asyncio.Event()
        self._idle.set()

    def do(self, work: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Do ``work`` in a thread, and then, in the window's thread, ``then`` with what it gave."""
        self._waiting.append(_Job(work=work, then=then))
        if not self._is_at_work:
            self._is_at_work = self._tasks.start(self._work(), "change the batch") is not None
            if self._is_at_work:
                self._idle.clear()

    async def settled(self) -> None:
        """Return once nothing waits any more."""
        await self._idle.wait()

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._do_next(self._waiting.popleft())
        finally:
            self._is_at_work = False
            self._idle.set()

    async def _do_next(self, job: _Job) -> None:
        try:
            result = await asyncio.to_thread(job.work)
        except ComposerError as error:
            self.failed.emit(str(error))
            return
        if job.then is not None:
            job.then(result)
