"""Reads pages of history away from the window's thread: search, the next page, what is new.

One search at a time counts: typing on makes the answers to what was typed before worthless, and
they are dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from composer.core.errors import StoreError
from composer.core.records import HistoryRow
from composer.services.ports import History, SearchStoppedError
from composer.ui.tasks import TaskScope

PAGE = 200
NEWEST = 50
"""Sends that are read to bring the top of the list up to date."""
DEBOUNCE = 150
"""Milliseconds after the last letter until the search begins."""
SETTLE = 40
"""Milliseconds in which several changes are read as one."""


class Part(Enum):
    """Which part of the list a page is."""

    FIRST = auto()
    NEXT = auto()
    NEWEST = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows; ``more`` tells whether others follow."""

    part: Part
    rows: tuple[HistoryRow, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many sends were found, and how many there are."""

    found: int
    total: int


class HistoryReader(QObject):
    """Answers come as signals; those of an older search never come."""

    read = Signal(object)
    """``Page``"""
    counted = Signal(object)
    """``Count``"""
    stopped = Signal()
    """The next page was asked for, and does not come"""
    failed = Signal(str)
    """A sentence for the person"""

    def __init__(self, history: History, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._tasks = tasks
        self._typed = ""
        self._search = ""
        self._number = 0
        self._typing = self._timer(DEBOUNCE, self._begin)
        self._settling = self._timer(SETTLE, self._read_newest)
        self._reading_newest = False

    @property
    def search(self) -> str:
        """What is to be looked for; empty for everything."""
        return self._typed

    def set_search(self, text: str, *, at_once: bool = False) -> None:
        """Look for ``text``, once typing has paused."""
        self._typed = text.strip()
        self._typing.start(0 if at_once else DEBOUNCE)

    def want_more(self, offset: int) -> None:
        """Read the page after the first ``offset`` rows."""
        self._start(Part.NEXT, offset, PAGE)

    def want_newest(self) -> None:
        """Read again what stands at the top."""
        if not self._settling.isActive():
            self._settling.start()

    def _begin(self) -> None:
        self._number += 1
        self._search = self._typed
        self._history.stop_searching()
        self._start(Part.FIRST, 0, PAGE)

    def _read_newest(self) -> None:
        if self._reading_newest:
            self._settling.start()
            return
        self._reading_newest = True
        self._start(Part.NEWEST, 0, NEWEST)

    def _start(self, part: Part, offset: int, limit: int) -> None:
        self._tasks.start(self._read(part, offset, limit, self._number), "read history")

    async def _read(self, part: Part, offset: int, limit: int, number: int) -> None:
        search = self._search
        try:
            rows = await asyncio.to_thread(self._history.rows, search, limit=limit, offset=offset)
            if number == self._number:
                page = Page(part=part, rows=tuple(rows), more=len(rows) == limit)
                self.read.emit(page)
            if number == self._number and part is not Part.NEXT:
                await self._count(search, number)
        except SearchStoppedError:
            self._retry(part, number)
        except StoreError as error:
            if number == self._number:
                self.failed.emit(str(error))
                self.stopped.emit()
        finally:
            if part is Part.NEWEST:
                self._reading_newest = False

    async def _count(self, search: str, number: int) -> None:
        total = await asyncio.to_thread(self._history.count)
        found = await asyncio.to_thread(self._history.count, search) if search else total
        if number == self._number:
            self.counted.emit(Count(found=found, total=total))

    def _retry(self, part: Part, number: int) -> None:
        """Somebody else's search ended this one, although its answer is still wanted."""
        if number != self._number:
            return
        match part:
            case Part.FIRST:
                self._typing.start(DEBOUNCE)
            case Part.NEWEST:
                self._settling.start()
            case Part.NEXT:
                self.stopped.emit()

    def _timer(self, interval: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(run)
        return timer
