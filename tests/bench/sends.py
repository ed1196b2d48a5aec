"""A thousand sends one after the other: time, memory, and what they leave behind."""

from __future__ import annotations

import asyncio
import gc
import time
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from composer.app import App
from composer.core.outcome import Accepted
from composer.ui.send.controller import Report
from tests.bench.inside import opened
from tests.bench.launch import resident

SENDS, BEFORE = 1000, 100
"""The first hundred fill what is filled once, and do not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sends:
    """Seconds for all, kilobytes of growth for all, and how many more there are than before."""

    seconds: float
    kilobytes: int
    tasks: int
    widgets: int
    accepted: int


async def measure() -> Sends:
    """Change the event and press Send, again and again, against the sandbox."""
    async with opened() as app:
        await _send(app, BEFORE)
        memory, tasks, widgets = _look()
        began = time.perf_counter()
        accepted = await _send(app, SENDS)
        seconds = time.perf_counter() - began
        await asyncio.sleep(1)
        memory_after, tasks_after, widgets_after = _look()
        return Sends(
            seconds=seconds,
            kilobytes=memory_after - memory,
            tasks=tasks_after - tasks,
            widgets=widgets_after - widgets,
            accepted=accepted,
        )


async def _send(app: App, count: int) -> int:
    finished = asyncio.Queue[Report]()
    app.bench.sends.finished.connect(finished.put_nowait)
    accepted = 0
    for number in range(count):
        app.bench.session.set_value(("distinct_id",), f"person-{count}-{number}")
        app.bench.desk.send()
        accepted += isinstance((await finished.get()).outcome, Accepted)
    app.bench.sends.finished.disconnect(finished.put_nowait)
    return accepted


def _look() -> tuple[int, int, int]:
    gc.collect()
    return resident(), len(asyncio.all_tasks()), len(QApplication.allWidgets())
