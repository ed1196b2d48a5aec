"""Reads the tabs of the detail, and drafts, away from the window's thread, one after the other.

Only the newest wish counts: going through the list with the arrow keys must not pile up work, and
the answer to an older wish is dropped.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from composer.core.draft import Draft
from composer.services.ports import Sandbox
from composer.ui.sandbox.reading import Side, read_drafts, read_side
from composer.ui.sandbox.rows import Row
from composer.ui.tasks import TaskScope

PATIENCE = 150
"""Milliseconds after which it is said that something is being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A tab of a row."""

    row: Row
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The drafts that a row holds, perhaps none."""

    row: Row
    drafts: tuple[Draft, ...]


class ArrivalReader(QObject):
    """Answers come as signals; those to an older wish never come."""

    read = Signal(object)
    """``SideText``"""
    slow = Signal()
    """What was wished for takes a while"""
    opened = Signal(object)
    """``Opening``"""
    commanded = Signal(object)
    """The ``WireRequest`` that is to be copied as a command"""

    def __init__(self, sandbox: Sandbox, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sandbox = sandbox
        self._tasks = tasks
        self._wish: Wish | None = None
        self._is_reading = False
        self._is_opening = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.slow)

    def want(self, wish: Wish | None) -> None:
        """Read this instead of what was wished for before; ``None`` for nothing."""
        self._wish = wish
        if wish is None:
            self._patience.stop()
            return
        self._patience.start()
        if not self._is_reading:
            self._is_reading = True
            self._tasks.start(self._read(), "read an arrival")

    def open(self, row: Row) -> None:
        """Read the drafts of a row, unless others are being read."""
        if not self._is_opening:
            self._is_opening = True
            self._tasks.start(self._open(row), "open an arrival")

    def command(self, row: Row) -> None:
        """Read the request of a row for its curl command, unless something else is read."""
        if not self._is_opening:
            self._is_opening = True
            self._tasks.start(self._command(row), "read a request")

    async def _read(self) -> None:
        try:
            while (wish := self._wish) is not None:
                found = await asyncio.to_thread(read_side, self._sandbox, wish.row, wish.side)
                if wish is self._wish:
                    self._wish = None
                    self._patience.stop()
                    self.read.emit(found)
        finally:
            self._is_reading = False

    async def _open(self, row: Row) -> None:
        try:
            drafts = await asyncio.to_thread(read_drafts, self._sandbox, row)
        finally:
            self._is_opening = False
        self.opened.emit(Opening(row=row, drafts=drafts))

    async def _command(self, row: Row) -> None:
        try:
            found = await asyncio.to_thread(read_side, self._sandbox, row, Side.CURL)
        finally:
            self._is_opening = False
        self.commanded.emit(found.request)
