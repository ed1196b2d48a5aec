"""Closing the window while a run is under way, and going on with it after the next start."""

from __future__ import annotations

from dataclasses import replace

from composer.app import App
from composer.core.batch.run import RunState
from composer.ui.messages import Message
from composer.ui.rail import Place
from tests.e2e.conftest import Opened
from tests.helpers.batch_runs import event, uuid_of
from tests.helpers.window import click, named, wait_until

EVENTS = 300


async def begin(app: App) -> None:
    """Send slowly to the sandbox, until something has arrived."""
    app.bench.batch.insert([("custom", event(number)) for number in range(1, EVENTS + 1)])
    await app.bench.batch.settled()
    batch = replace(app.bench.preferences.settings.batch, most_events=10, rate=100.0)
    app.bench.preferences.change(batch=batch)
    app.window.go_to(Place.BATCH)
    click(app.window, "Send the batch")
    runs = app.bench.runs
    await wait_until(lambda: runs.progress and runs.progress.counts.confirmed > 0, "progress", 30)


async def test_a_run_is_asked_about_stopped_and_gone_on_with(opened: Opened) -> None:
    async with opened() as app:
        said: list[Message] = []
        app.bench.messages.said.connect(said.append)
        await begin(app)
        assert not await app.may_close()
        assert said[-1].text.startswith("A run is being sent: ")
        assert await app.may_close()
    arrived = {one.uuid for arrival in app.sandbox.arrivals() for one in arrival.events}
    async with opened() as app:
        (run,) = app.bench.services.batch.runs.runs()
        assert run.state is RunState.STOPPED
        assert 0 < run.counts.confirmed < EVENTS
        app.window.go_to(Place.BATCH)
        app.window.pages.batch.show_run(run.id)
        await wait_until(lambda: app.window.pages.batch.runs.detail.run == run, "the run")
        click(app.window, "Resume")
        await wait_until(lambda: not app.bench.runs.is_busy, "the end", 30)
        await wait_until(lambda: named(app.window, "Runs").isVisible(), "the list")
        ended = app.bench.services.batch.runs.run(run.id)
        assert ended is not None
        assert (ended.state, ended.counts.confirmed) == (RunState.ENDED, EVENTS)
        arrived |= {one.uuid for arrival in app.sandbox.arrivals() for one in arrival.events}
    assert arrived == {uuid_of(number) for number in range(1, EVENTS + 1)}
