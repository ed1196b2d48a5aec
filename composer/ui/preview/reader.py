"""Reads what is typed into the JSON editor; large text off the GUI thread."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Slot

from composer.ui.session import Session
from composer.ui.tasks import TaskScope

AT_ONCE = 20_000
"""Characters that are read within a frame (about 5 ms)."""

PAUSE = 0.15
"""Seconds without a keystroke before large text is read."""


class TextReader(QObject):
    """Hands typed text to the session: at once, or when a thread has read it."""

    def __init__(self, session: Session, tasks: TaskScope) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None

    @Slot(str)
    def read(self, text: str) -> None:
        """Take over ``text``; an earlier text that is still being read is forgotten."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if len(text) <= AT_ONCE:
            self._session.set_text(text)
        else:
            self._session.await_text(text)
            self._task = self._tasks.start(self._read(text), "read JSON")

    async def _read(self, text: str) -> None:
        await asyncio.sleep(PAUSE)
        draft = await asyncio.to_thread(self._session.draft.with_text, text)
        self._session.take_text(text, draft)
