"""History into files: read and written piece by piece in a thread, whole or not at all.

What stands in them: ``composer.core.exporting``.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from composer.core.errors import StoreError
from composer.core.history import HistoryQuery
from composer.core.records import HistoryEntry
from composer.core.tokens import KeyMode
from composer.services.files import reason_of, replacing, write_atomically
from composer.services.ports import Exported, History
from composer.services.threads import Steps, run_in_steps

if TYPE_CHECKING:
    from composer.core.exporting import ExportFormat

_STEP = 50  # sends between two reports


class ExportService:
    """Implements ``ports.Exports``."""

    def __init__(self, history: History) -> None:
        self._history = history

    async def export(
        self,
        rows: HistoryQuery | tuple[int, ...],
        kind: ExportFormat,
        path: str,
        key: KeyMode = KeyMode.MASKED,
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> Exported:
        """Write the sends, newest first. Raises ``StoreError``."""
        work = partial(self._write, rows, kind, path, key)
        return await run_in_steps(work, on_progress)

    async def write_text(self, text: str, path: str) -> None:
        """Write a text that is there already. Raises ``StoreError``."""
        data = text.encode("utf-8", "backslashreplace")
        await asyncio.to_thread(write_atomically, Path(path), data)

    def _write(
        self,
        rows: HistoryQuery | tuple[int, ...],
        kind: ExportFormat,
        path: str,
        key: KeyMode,
        steps: Steps[int],
    ) -> Exported:
        from composer.core.exporting import pieces  # noqa: PLC0415 -- few exports, quicker starts

        target, size = Path(os.path.realpath(path)), 0  # a link stays a link
        try:
            with self._entries(rows) as entries, replacing(target) as file:
                counted = _Counted(entries, steps)
                for piece in pieces(counted, kind, key):
                    size += file.write(piece.encode("utf-8", "backslashreplace"))
                steps.done(counted.count)
        except OSError as error:
            words = f"{target.name} could not be written: {reason_of(error)}"
            raise StoreError(words) from error
        return Exported(count=counted.count, bytes=size, unread=counted.unread)

    @contextmanager
    def _entries(self, rows: HistoryQuery | tuple[int, ...]) -> Generator[Iterator[HistoryEntry]]:
        """Closed in the thread that reads, which its connection demands."""
        entries = self._history.entries(rows)
        try:
            yield entries
        finally:
            if isinstance(entries, Generator):
                entries.close()


class _Counted:
    """The entries, counted as they go by; stops where the work is to stop."""

    def __init__(self, entries: Iterator[HistoryEntry], steps: Steps[int]) -> None:
        self._entries = entries
        self._steps = steps
        self.count = 0
        self.unread = ""

    def __iter__(self) -> Iterator[HistoryEntry]:
        try:
            for entry in self._entries:
                self._steps.check()
                yield entry
                self.count += 1
                if self.count % _STEP == 0:
                    self._steps.done(self.count)
        except StoreError as error:  # comes last: it is about sends that were left out
            if not self.count:
                raise
            self.unread = str(error)
