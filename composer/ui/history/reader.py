"""Reads pages of history away from the window's thread: search, the next page, what is new.

One search at a time counts: typing on makes the answers to what was typed before worthless, and
they are dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.history import EVERYTHING, Facets, HistoryQuery, HistorySize
from composer.core.records import HistoryRow
from composer.services.ports import History, SearchStoppedError
from composer.ui.tasks import TaskScope

PAGE = 200
LARGE_PAGE = 500
"""Rows at once on the way to the end of the list. More than ``PAGE`` are felt while one scrolls:
the thread that reads them takes turns with the one that paints."""
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
    """How many sends were found, how many there are, and how much room they take."""

    found: int
    total: int
    size: HistorySize


class HistoryReader(QObject):
    """Answers come as signals; those of an older search never come."""

    read = Signal(object)
    """``Page``"""
    counted = Signal(object)
    """``Count``"""
    stopped = Signal()
    """The next page was asked for, and does not come"""
    faceted = Signal(object, object)
    """What was handed to ``want_facets``, and the ``Facets``"""
    failed = Signal(str)
    """A sentence for the person"""

    def __init__(self, history: History, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._tasks = tasks
        self._wanted = EVERYTHING
        self._query = EVERYTHING
        self._number = 0
        self._typing = self._timer(DEBOUNCE, self._begin)
        self._settling = self._timer(SETTLE, self._read_newest)
        self._reading_newest = False
        self._damage = ""
        """What has been said of it"""
        self._places: dict[Destination, Destination] = {}

    @property
    def query(self) -> HistoryQuery:
        """What is to be looked for."""
        return self._wanted

    def set_query(self, query: HistoryQuery, *, at_once: bool = False) -> None:
        """Look for something else, once typing has paused."""
        self._wanted = query
        self._typing.start(0 if at_once else DEBOUNCE)

    def want_more(self, before: int, *, many: bool = False) -> None:
        """Read the page after the send of that id; ``many`` rows on the way to the end."""
        self._start(Part.NEXT, before, LARGE_PAGE if many else PAGE)

    def want_newest(self) -> None:
        """Read again what stands at the top."""
        if not self._settling.isActive():
            self._settling.start()

    def want_facets(self, purpose: object) -> None:
        """Read what can be filtered by."""
        self._tasks.start(self._read_facets(purpose), "read the filters of history")

    def _begin(self) -> None:
        self._number += 1
        self._query = self._wanted
        self._history.stop_searching()
        self._start(Part.FIRST, None, PAGE)

    def _read_newest(self) -> None:
        if self._reading_newest:
            self._settling.start()
            return
        self._reading_newest = True
        self._start(Part.NEWEST, None, NEWEST)

    def _start(self, part: Part, before: int | None, limit: int) -> None:
        self._tasks.start(self._read(part, before, limit, self._number), "read history")

    async def _read(self, part: Part, before: int | None, limit: int, number: int) -> None:
        query = self._query
        try:
            rows = await asyncio.to_thread(self._rows, query, limit, before)
            if number == self._number:
                page = Page(part=part, rows=tuple(rows), more=len(rows) == limit)
                self.read.emit(page)
            if number == self._number and part is not Part.NEXT:
                await self._count(query, number)
            self._tell_damage()
        except SearchStoppedError:
            self._retry(part, number)
        except StoreError as error:
            if number == self._number:
                self.failed.emit(str(error))
                self.stopped.emit()
        finally:
            if part is Part.NEWEST:
                self._reading_newest = False

    def _rows(self, query: HistoryQuery, limit: int, before: int | None) -> list[HistoryRow]:
        """Each row comes with a destination of its own: alike ones become one, to save memory."""
        shared = self._places
        return [
            replace(row, destination=shared.setdefault(row.destination, row.destination))
            for row in self._history.rows(query, limit=limit, before=before)
        ]

    async def _count(self, query: HistoryQuery, number: int) -> None:
        size = await asyncio.to_thread(self._history.size)
        total = await asyncio.to_thread(self._history.count, EVERYTHING)
        found = total
        if not query.is_everything:
            found = await asyncio.to_thread(self._history.count, query)
        if number == self._number:
            self.counted.emit(Count(found=found, total=total, size=size))

    async def _read_facets(self, purpose: object) -> None:
        try:
            facets: Facets = await asyncio.to_thread(self._history.facets)
        except SearchStoppedError:
            return  # the person has begun to look for something else
        except StoreError as error:
            self.failed.emit(str(error))
            return
        self.faceted.emit(purpose, facets)

    def _tell_damage(self) -> None:
        """Which sends are missing because the file is damaged; said again when there are more."""
        words = self._history.damage()
        if words != self._damage:
            self._damage = words
            self.failed.emit(words)

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
