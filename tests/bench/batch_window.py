"""Many events in the window, off screen: how long it does not answer, and how much it grows."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from composer.app import App
from composer.core.batch.run import Run
from composer.core.destination import DestinationKind
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.page import BatchPage
from composer.ui.rail import Place
from composer.ui.send.question import QuestionBar
from tests.bench.batch import ROWS, write_rows
from tests.bench.idle import Idle, idling
from tests.bench.inside import opened
from tests.bench.launch import resident
from tests.bench.loopback import Loopback, loopback
from tests.bench.ticking import TICK_S, Stopwatch

STALL_LIMIT_MS = 50.0
ROW_LIMIT_KB = 1.5
FEW = 1_000
"""Rows with which everything that is loaded once has been loaded."""
_PATIENCE_S = 60.0
_KEY_S = 0.05
"""Between two pages, while a key is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """The longest wait in milliseconds, and for how many seconds it was looked for.

    ``idle`` is that of a process that does nothing meanwhile, ``busy`` the most processor time that
    the window's thread took without a break.
    """

    case: str
    longest: float
    idle: float
    busy: float
    seconds: float

    @property
    def is_within(self) -> bool:
        return self.longest - self.idle <= STALL_LIMIT_MS and self.busy <= STALL_LIMIT_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What was found; ``row_kilobytes`` is the growth of the process a row of the table."""

    stalls: list[Stall]
    row_kilobytes: float
    megabytes_of_run: float
    """By how much the process had grown after the run."""


async def measure() -> Window:
    """Import 100,000 rows, look through them, send them; the real window and a real server."""
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as name, loopback() as server:
        few = write_rows(Path(name) / "few.csv", FEW)
        many = write_rows(Path(name) / "many.csv", ROWS)
        with idling() as idle:
            async with opened() as app:
                return await _Visit(app, server, idle).measure(few, many)


class _Visit:
    """The Batch place as a person uses it."""

    def __init__(self, app: App, server: Loopback, idle: Idle) -> None:
        self._app = app
        self._server = server
        self._idle = idle
        self._stalls: list[Stall] = []
        app.window.go_to(Place.BATCH)

    @property
    def _page(self) -> BatchPage:
        return self._app.window.pages.batch

    async def measure(self, few: Path, many: Path) -> Window:
        self._aim()
        await self._import(few)
        await self._look_through(1.0)
        await self._send()
        before = await self._memory()
        with self._watched(f"importing {ROWS:,} rows"):
            await self._import(many)
        with self._watched("scrolling through them"):
            await self._look_through(5.0)
        with self._watched("sorting and searching them"):
            await self._sort_and_search()
        filled = await self._memory()
        with self._watched(f"sending {ROWS:,} events, scrolling"):
            scrolling = asyncio.ensure_future(self._look_through(_PATIENCE_S))
            await self._send()
            scrolling.cancel()
        assert self._server.taken().events == ROWS + 2 * FEW
        sent = await self._memory()
        return Window(
            stalls=self._stalls,
            row_kilobytes=(filled - before) / ROWS,
            megabytes_of_run=(sent - filled) / 1000,
        )

    def _aim(self) -> None:
        preferences = self._app.bench.preferences
        mine = next(
            one for one in preferences.destinations if one.kind is DestinationKind.SELF_HOSTED
        )
        address, token = self._server.address, "phc_benchTokenAAAA1111"
        mine = replace(mine, address=address, token=token, production=False)
        preferences.change_destination(mine)
        preferences.change(destination_id=mine.id)

    async def _import(self, path: Path) -> None:
        page, count = self._page, self._app.bench.batch.count
        page.import_path(str(path))
        view = page.importing
        desk = view.desk
        await _until(lambda: view.foot.go.isEnabled() and not desk.is_previewing)
        view.foot.go.click()
        await _until(lambda: desk.phase in {Phase.DONE, Phase.IDLE})
        view.close_import()
        await _until(lambda: self._app.bench.batch.count > count)

    async def _look_through(self, seconds: float) -> None:
        """From the top to the bottom, a page at a time, as with a held key."""
        bar = self._page.table.listing.table.verticalScrollBar()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            below = bar.value() + bar.pageStep()
            bar.setValue(0 if below > bar.maximum() else below)
            await asyncio.sleep(_KEY_S)

    async def _sort_and_search(self) -> None:
        table = self._page.table
        header = table.listing.table.horizontalHeader()
        for section in (1, 0):
            header.setSortIndicator(section, Qt.SortOrder.DescendingOrder)
            await asyncio.sleep(2.0)
        table.bar.look_for("customer-42", frozenset())
        await asyncio.sleep(2.0)
        table.show_all()
        await asyncio.sleep(2.0)

    async def _send(self) -> None:
        ended: list[Run] = []
        runs = self._app.bench.runs
        runs.ended.connect(ended.append)
        await _until(lambda: not self._page.run_bar.line.obstacle)
        self._page.run_bar.send()
        question = self._page.run_bar.findChild(QuestionBar)
        if question and question.isVisible():  # not all of them have been judged by then
            question.findChildren(QPushButton)[-1].click()
        await _until(lambda: bool(ended))
        assert ended[0].counts.confirmed == self._app.bench.batch.count

    async def _memory(self) -> int:
        await asyncio.sleep(1.0)
        gc.collect()
        return resident()

    @contextmanager
    def _watched(self, case: str) -> Iterator[None]:
        watch, timer = _Watch(), QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(round(1000 * TICK_S))
        timer.timeout.connect(watch.tick)
        timer.start()
        self._idle.longest()
        began = time.monotonic()
        yield
        timer.stop()
        seconds = time.monotonic() - began
        self._stalls.append(
            Stall(
                case=case,
                longest=1000 * watch.longest,
                idle=1000 * self._idle.longest(),
                busy=1000 * watch.busy,
                seconds=seconds,
            )
        )


class _Watch(Stopwatch):
    """Also the most processor time of this thread between two ticks, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = 0.0
        self._spent = time.thread_time()

    def tick(self) -> None:
        super().tick()
        spent = time.thread_time()
        self.busy = max(self.busy, spent - self._spent)
        self._spent = spent


async def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
