"""Makes the preview of an import in a thread, once edits have paused.

It knows neither source nor mapping: whoever has it says what work there is when the time comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.ui.batch.importing.state import Preview, in_thread
from composer.ui.tasks import TaskScope

AFTER = 120
"""Milliseconds without an edit before the preview is made."""


class Previewer(QObject):
    """One preview at a time: a newer one ends the older, which is not told then."""

    made = Signal(object)
    """``Preview``"""
    failed = Signal(str)
    """A sentence for the person"""

    def __init__(
        self, tasks: TaskScope, work: Callable[[], Callable[[], Preview] | None], parent: QObject
    ) -> None:
        """``work`` gives what is to be done in a thread, or nothing."""
        super().__init__(parent)
        self._tasks = tasks
        self._work = work
        self._task: asyncio.Task[None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(AFTER)
        self._pause.timeout.connect(self.now)

    @property
    def is_busy(self) -> bool:
        """Whether a preview is still to come."""
        return self._pause.isActive() or self._task is not None

    def soon(self) -> None:
        """Make it when nobody has edited for a moment."""
        self._pause.start()

    @Slot()
    def now(self) -> None:
        """Make it at once."""
        self.stop()
        work = self._work()
        if work is not None:
            self._task = in_thread(self._tasks, work, self._on_made, self._on_failed)

    def stop(self) -> None:
        """Make none, and let go of one that is being made."""
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_made(self, preview: Preview) -> None:
        self._task = None
        self.made.emit(preview)

    def _on_failed(self, words: str) -> None:
        self._task = None
        self.failed.emit(words)
