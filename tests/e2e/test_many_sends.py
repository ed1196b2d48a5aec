"""A thousand events one after the other leave nothing behind."""

from __future__ import annotations

import asyncio
import gc
import sys
from itertools import count

import pytest
from PySide6.QtWidgets import QWidget

from composer.core.outcome import Accepted
from composer.ui.send.controller import Report
from tests.e2e.conftest import Opened

SENDS = 1000


@pytest.mark.timeout(180)
async def test_a_thousand_sends_leave_no_task_widget_or_reference(opened: Opened) -> None:
    async with opened() as app:
        finished = asyncio.Queue[Report]()
        app.bench.sends.finished.connect(finished.put_nowait)
        numbers = count()

        async def send(times: int) -> None:
            for _ in range(times):
                app.bench.session.set_value(("distinct_id",), f"person-{next(numbers)}")
                app.bench.desk.send()
                report = await finished.get()
                assert isinstance(report.outcome, Accepted)

        def left() -> tuple[int, int]:
            gc.collect()
            widgets = app.window.findChildren(QWidget)
            return len(asyncio.all_tasks()), len(widgets)

        await send(20)  # what is made once and kept
        await app.bench.autosave.save()
        before, none_before = left(), sys.getrefcount(None)
        await send(SENDS)
        await app.bench.autosave.save()
        assert left() == before
        assert sys.getrefcount(None) > none_before - 100
        assert app.bench.services.history.count() == SENDS + 20
