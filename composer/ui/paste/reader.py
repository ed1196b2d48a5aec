"""Has a paste read away from the window's thread; a newer one ends the reading of an older one."""

from __future__ import annotations

import asyncio
from functools import cached_property

from PySide6.QtCore import QObject, QTimer, Signal

from composer.core.errors import ComposerError
from composer.services.ports import Pasting, Services
from composer.ui.paste.clip import Clip
from composer.ui.paste.reading import Reading
from composer.ui.tasks import TaskScope

PATIENCE = 150
"""Milliseconds after which it is said that something is being read."""

_MISTAKE = (
    "That is a fault of this app, not of the text. Please report it; the log has the details."
)


class PasteReader(QObject):
    """Tells what came of the newest paste by one of ``read`` and ``failed``."""

    slow = Signal()
    """It takes a while"""
    read = Signal(object)
    """``Reading``"""
    failed = Signal(str)
    """Sentences that say why, and what to do"""

    def __init__(self, services: Services, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.slow)

    @property
    def is_reading(self) -> bool:
        """Whether something is being read."""
        return self._task is not None

    def start(self, clip: Clip) -> None:
        """Read the text, or the first file."""
        self.cancel()
        self._patience.start()
        self._task = self._tasks.start(self._run(clip), "read a paste")

    def cancel(self) -> None:
        """Read no further; nothing is told."""
        self._patience.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    @cached_property
    def _pasting(self) -> Pasting:
        return self._services.pasting()

    async def _run(self, clip: Clip) -> None:
        try:
            reading = await self._read(clip)
        except ComposerError as error:
            self._fail(str(error))
        except Exception:  # our own mistake: the log has it, and nobody waits for it in vain
            self._fail(_MISTAKE)
            raise
        else:
            if reading.fault:
                self._fail(reading.fault)
            else:
                self._end()
                self.read.emit(reading)

    def _fail(self, words: str) -> None:
        self._end()
        self.failed.emit(words)

    def _end(self) -> None:
        self._patience.stop()
        self._task = None

    async def _read(self, clip: Clip) -> Reading:
        if clip.files:
            data = await self._services.pasted_files.read(clip.files[0])
        else:
            data = clip.text.encode("utf-8", "surrogatepass")
        pasted = await self._pasting.read(data)
        return Reading(pasted=pasted, original=data, file=next(iter(clip.names), ""))
