"""Reads what is typed into the JSON editor; large text off the GUI thread."""

from __future__ import annotations

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Slot

from composer.ui.session import Session, Tab
from composer.ui.tasks import TaskScope

AT_ONCE = 20_000
"""Characters that are read within a frame (about 5 ms)."""

PAUSE = 0.15
"""Seconds without a keystroke before large text is read."""


class TextReader(QObject):
    """Hands typed text to the session: at once, or when a thread has read it.

    A tab that is left while its text is being read gets it all the same; text of the last start
    that was not read then is read once its tab is in front.
    """

    def __init__(self, session: Session, tasks: TaskScope) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._running: dict[int, asyncio.Task[None]] = {}
        """By the id of the tab"""
        session.switched.connect(self.resume)

    @Slot(str)
    def read(self, text: str) -> None:
        """Take over ``text``; an earlier text that is still being read is forgotten."""
        self._forget(self._session.tab)
        if len(text) <= AT_ONCE:
            self._session.set_text(text)
        else:
            self._session.await_text(text)
            self._begin(self._session.tab)

    @Slot()
    def resume(self) -> None:
        """Read what stands in the tab in front and has not been read yet."""
        tab = self._session.tab
        if tab.unread and tab.id not in self._running:
            self._begin(tab)

    def _begin(self, tab: Tab) -> None:
        task = self._tasks.start(self._read(tab, tab.unread), "read JSON")
        if task is not None:
            self._running[tab.id] = task
            task.add_done_callback(partial(self._on_done, tab.id))

    def _forget(self, tab: Tab) -> None:
        task = self._running.pop(tab.id, None)
        if task is not None:
            task.cancel()

    def _on_done(self, identifier: int, task: asyncio.Task[None]) -> None:
        if self._running.get(identifier) is task:
            del self._running[identifier]

    async def _read(self, tab: Tab, text: str) -> None:
        await asyncio.sleep(PAUSE)
        draft = await asyncio.to_thread(tab.draft.with_text, text)
        self._session.take_text(text, draft)
