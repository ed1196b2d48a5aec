"""Reads what was pasted without holding up the window: what is large, in a process of its own.

Reading many megabytes of JSON holds Python's global lock, so that a thread would not do.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

from composer.core.unwrap import MOST_BYTES, HeavyError
from composer.services.decompressors import DECOMPRESSORS
from composer.services.work import Worker, WorkerLostError

if TYPE_CHECKING:  # what reads a paste is loaded when there is one
    from composer.core.paste import Pasted

AT_ONCE = 64 * 1024
"""Bytes that are read where they are: that takes a few milliseconds."""

_UNPACKED_AT_ONCE = 4 * AT_ONCE


class PasteService:
    """Implements ``ports.Pasting``. The process is started at first need, and ends by itself."""

    def __init__(self) -> None:
        self._worker = Worker()

    async def read(self, data: bytes) -> Pasted:
        """What was pasted. Raises ``PasteError``. To cancel it ends the work at once."""
        await asyncio.to_thread(import_module, "composer.core.paste")  # may take a moment
        from composer.core.paste import PasteError  # noqa: PLC0415 -- not at the start

        if len(data) <= AT_ONCE:
            try:
                return read(data, _UNPACKED_AT_ONCE)
            except HeavyError:
                pass  # it was packed, and is not small at all
        try:
            return await asyncio.to_thread(self._worker.run, read, data)
        except asyncio.CancelledError:
            self._worker.stop()
            self._worker = Worker()
            raise
        except WorkerLostError:
            raise PasteError(
                "This is too much to be read at once. Cut out the request that matters."
            ) from None

    def stop(self) -> None:
        """End the process, if there is one."""
        self._worker.stop()


def read(data: bytes, most: int = MOST_BYTES) -> Pasted:
    """The same in this thread, for whoever has no window. Raises ``PasteError``.

    With less than ``MOST_BYTES`` for ``most`` it raises ``HeavyError`` where more were packed.
    """
    from composer.core.paste import Tools, read_pasted  # noqa: PLC0415 -- not at the start

    return read_pasted(data, Tools(decompressors=DECOMPRESSORS, most=most))
