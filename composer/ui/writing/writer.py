"""Has commands and code made: short ones at once, long ones away from the window's thread.

Only the newest wish counts: going through a list, or typing, must not pile up work.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.copies import Copy, Wish, make_copy
from composer.services.ports import Writing
from composer.ui.tasks import TaskScope

AT_ONCE = 16_384
"""Bytes of a body that are written within a frame (up to 10 ms)."""
PATIENCE = 150
"""Milliseconds after which it is said that something is being made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of a wish."""

    wish: Wish
    copy: Copy


class Writer(QObject):
    """Answers come as signals; those to an older wish never come."""

    written = Signal(object)
    """``Written``"""
    slow = Signal(object)
    """The ``Wish`` takes a while"""

    def __init__(self, writing: Writing, tasks: TaskScope) -> None:
        super().__init__()
        self._writing = writing
        self._tasks = tasks
        self._wish: Wish | None = None
        self._task: asyncio.Task[None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._on_patience_ended)

    def want(self, wish: Wish | None) -> None:
        """Make this instead of what was wished for before; ``None`` for nothing."""
        self._give_up()
        if wish is None:
            return
        if wish.request.size <= AT_ONCE:
            self.written.emit(Written(wish=wish, copy=make_copy(wish)))
            return
        self._wish = wish
        self._patience.start()
        self._task = self._tasks.start(self._write(wish), "make a command")

    def _give_up(self) -> None:
        self._wish = None
        self._patience.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _write(self, wish: Wish) -> None:
        copy = await self._writing.write(wish)
        if wish is self._wish:
            self._wish = self._task = None
            self._patience.stop()
            self.written.emit(Written(wish=wish, copy=copy))

    @Slot()
    def _on_patience_ended(self) -> None:
        self.slow.emit(self._wish)
