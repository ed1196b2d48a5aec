"""Makes long commands and code without holding up the window: very long ones in another process.

Going through many megabytes of text holds Python's global lock, so that a thread would not do.
"""

from __future__ import annotations

import asyncio

from composer.core.copies import Copy, Wish, make_copy
from composer.services.work import Worker, WorkerLostError

IN_A_THREAD = 256 * 1024
"""Bytes of a body up to which a thread does, without the start of a process."""


class WritingService:
    """Implements ``ports.Writing``. The process is started at first need, and ends by itself."""

    def __init__(self, worker: Worker | None = None) -> None:
        self._worker = worker or Worker()
        self._turn = asyncio.Lock()

    async def write(self, wish: Wish) -> Copy:
        """What is wished for. To cancel it ends the work at once."""
        if wish.request.size <= IN_A_THREAD:
            return await asyncio.to_thread(make_copy, wish)
        async with self._turn:
            try:
                return await asyncio.to_thread(self._worker.run, make_copy, wish)
            except asyncio.CancelledError:
                self._worker.stop()
                self._worker = Worker()
                raise
            except WorkerLostError:
                return Copy(text="", length=0, notes=(_TOO_LONG,), has_token=False)

    def stop(self) -> None:
        """End the process, if there is one."""
        self._worker.stop()


_TOO_LONG = "This is too long to be written so. Copy the JSON, and send it from a file."
