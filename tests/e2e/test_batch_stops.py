"""A run that is stopped, and a window that is closed while one is under way."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.app import App
from composer.core.batch.run import RunState
from composer.services.environment import open_environment
from tests.e2e.conftest import Opened
from tests.helpers.batch_runs import a_store, numbers
from tests.helpers.batch_server import BatchServer, Plan, batch_server
from tests.helpers.batch_window import (
    aim,
    begin_run,
    ended_runs,
    first_confirmed,
    import_file,
    judged,
    orders,
    page_of,
    the_end,
)
from tests.helpers.window import click, wait_until

EVENTS = 600
SLOW = Plan(slow=1.0, slow_s=0.05)
QUICK_S = 0.2


async def under_way(app: App, server: BatchServer, folder: Path) -> None:
    """A run of many small requests, of which some are confirmed."""
    aim(app, server.address, most_events=5, workers=4)
    await import_file(app, orders(folder, EVENTS))
    await judged(app)
    await begin_run(app)
    await first_confirmed(app)


@pytest.mark.parametrize("by", ["button", "keys"])
async def test_stop_is_quick_and_resume_sends_only_what_is_left(
    opened: Opened, tmp_path: Path, by: str
) -> None:
    with batch_server(SLOW) as server:
        async with opened() as app:
            await under_way(app, server, tmp_path)
            runs = ended_runs(app)
            began = time.monotonic()
            if by == "button":
                click(app.window, "Stop the run")
            else:
                QTest.keyClick(app.window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
            run = await the_end(runs)
            took = time.monotonic() - began
            assert took < 2 * QUICK_S  # 30 to 50 ms on a machine that does nothing else
            assert run.state is RunState.STOPPED
            assert run.counts.total == EVENTS
            assert run.counts.confirmed < EVENTS
            assert not multiprocessing.active_children()
            assert "Stopped" in page_of(app).run_bar.words
            before = server.seen()

            aim(app, server.address, most_events=500, workers=8)  # runs keep how they are sent
            click(app.window, "Show the results")
            detail = page_of(app).runs.detail
            await wait_until(lambda: detail.run is not None and detail.resume.isVisible(), "Resume")
            QTest.mouseClick(detail.resume, Qt.MouseButton.LeftButton)
            run = await the_end(runs, 2)
            assert (run.state, run.counts.confirmed) == (RunState.ENDED, EVENTS)
            after = server.seen()
            assert numbers(after.taken) == list(range(1, EVENTS + 1))
            again = [uuid for uuid in before.answered if after.taken[uuid] > 1]
            assert len(again) <= run.options.workers * run.options.most_events  # of the last moment
            assert not after.changed


async def test_closing_tells_first_and_leaves_a_run_that_can_be_resumed(
    opened: Opened, tmp_path: Path
) -> None:
    said: list[str] = []
    with batch_server(SLOW) as server:
        async with opened() as app:
            await under_way(app, server, tmp_path)
            app.bench.messages.said.connect(lambda message: said.append(message.text))
            assert not await app.may_close()
            assert "A run is being sent" in said[-1]
            assert app.bench.runs.is_busy
            assert await app.may_close()
        assert not multiprocessing.active_children()
        requests = server.seen().requests
        async with opened() as app:
            offered = page_of(app).run_bar
            await wait_until(lambda: offered.words, "the offer")
            assert server.seen().requests == requests
            assert offered.words.startswith("A run is not at its end: ")
            runs = ended_runs(app)
            click(app.window, "Resume")
            run = await the_end(runs)
            assert (run.state, run.counts.confirmed) == (RunState.ENDED, EVENTS)
        assert numbers(server.seen().taken) == list(range(1, EVENTS + 1))


async def test_closing_while_a_run_is_prepared_leaves_none(
    opened: Opened, tmp_path: Path, profile: Path
) -> None:
    with batch_server(SLOW) as server:
        async with opened() as app:
            aim(app, server.address)
            await import_file(app, orders(tmp_path, EVENTS))
            await judged(app)
            await begin_run(app)
            assert app.bench.runs.ask_to_close()
        assert not multiprocessing.active_children()
        assert server.seen().requests == 0
    open_environment(profile).close()
    store = a_store(profile)
    assert store.runs() == []
    store.close()
