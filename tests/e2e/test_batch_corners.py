"""The Batch place where things meet: undo, a large paste, projects, the sandbox, two windows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from composer.core.batch.run import RunState
from composer.core.behaviour import Behaviour, FaultKind, Rule, ScriptedFault
from composer.core.destination import DestinationKind
from composer.core.outcome import Accepted
from composer.ui.actions import Command
from composer.ui.paste.clip import clip_of
from tests.e2e.conftest import Opened
from tests.helpers.batch import rows_in
from tests.helpers.batch_runs import numbers
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.batch_window import (
    aim,
    begin_run,
    ended_runs,
    first_confirmed,
    import_file,
    judged,
    listed,
    orders,
    page_of,
    the_end,
)
from tests.helpers.window import click, name_of, wait_until

SLOW = Plan(slow=1.0, slow_s=0.05)


def shows(root: QWidget, name: str) -> bool:
    """Whether a widget of that name can be seen."""
    return any(name_of(one) == name and one.isVisible() for one in root.findChildren(QWidget))


async def test_an_import_is_undone_as_a_whole_and_other_events_stay(
    opened: Opened, tmp_path: Path
) -> None:
    async with opened() as app:
        await import_file(app, orders(tmp_path, 3))
        await import_file(app, orders(tmp_path, 500, first=1_000))
        assert app.bench.batch.count == 503
        app.window.actions_.trigger(Command.UNDO)
        await wait_until(lambda: app.bench.batch.count == 3, "the undo")
        await listed(app)
        assert [row.person for row in await rows_in(app.bench.batch)] == [
            "customer-1",
            "customer-2",
            "customer-3",
        ]
        page_of(app)
        app.window.actions_.trigger(Command.UNDO)
        await wait_until(lambda: app.bench.batch.count == 0, "the first import to go")


async def test_ten_thousand_events_are_pasted_as_json_and_taken_back(opened: Opened) -> None:
    events = [{"event": "pasted", "distinct_id": f"p-{n}"} for n in range(10_000)]
    data = QMimeData()
    data.setText(json.dumps(events))
    async with opened() as app:
        page = page_of(app)
        page.paste(clip_of(data))
        await wait_until(lambda: app.bench.batch.count == 10_000, "the events", 30)
        await listed(app)
        people = [row.person for row in await rows_in(app.bench.batch)]
        assert people == [f"p-{n}" for n in range(10_000)]
        app.window.actions_.trigger(Command.UNDO)
        await wait_until(lambda: app.bench.batch.count == 0, "the undo")


async def test_a_run_goes_on_to_its_own_project_when_another_is_chosen(
    opened: Opened, tmp_path: Path
) -> None:
    with batch_server(SLOW) as server:
        async with opened() as app:
            aim(app, server.address, most_events=10)
            await import_file(app, orders(tmp_path, 400))
            await judged(app)
            runs = ended_runs(app)
            await begin_run(app)
            await first_confirmed(app)
            app.bench.preferences.change(destination_id="sandbox")
            run = await the_end(runs)
            assert (run.destination.kind, run.counts.confirmed) == (
                DestinationKind.SELF_HOSTED,
                400,
            )
            assert numbers(server.seen().taken) == list(range(1, 401))
            assert app.sandbox.arrivals() == ()


async def test_a_production_project_is_asked_about_before_anything_leaves(
    opened: Opened, tmp_path: Path
) -> None:
    with batch_server() as server:
        async with opened() as app:
            aim(app, server.address, production=True)
            await import_file(app, orders(tmp_path, 40))
            await judged(app)
            bar = page_of(app).run_bar
            click(app.window, "Send the batch")
            assert "a production project?" in bar.words
            click(bar, "Not now")
            assert not app.bench.runs.is_busy
            assert server.seen().requests == 0
            runs = ended_runs(app)
            going = next(
                name_of(one) for one in bar.findChildren(QWidget) if "Send to" in name_of(one)
            )
            await begin_run(app, answer=going)
            assert (await the_end(runs)).counts.confirmed == 40


async def test_the_sandbox_that_misbehaves_is_survived_and_history_shows_each_request(
    opened: Opened, tmp_path: Path
) -> None:
    fault = ScriptedFault(kind=FaultKind.STATUS, status=503)
    async with opened() as app:
        preferences = app.bench.preferences
        options = replace(preferences.settings.batch, most_events=20)
        preferences.change(destination_id="sandbox", batch=options)
        assert preferences.destination.kind is DestinationKind.SANDBOX
        await import_file(app, orders(tmp_path, 60))
        app.sandbox.behave(Behaviour(rules=(Rule(fault=fault, nth=2),)))
        runs = ended_runs(app)
        await begin_run(app)
        run = await the_end(runs)
        assert (run.state, run.counts.confirmed, run.requests) == (RunState.ENDED, 60, 3)
        requests = app.bench.services.batch.runs.requests(run.id)
        assert sorted(one.tries for one in requests) == [1, 1, 2]
        accepted = [a for a in app.sandbox.arrivals() if a.events]
        stored = Counter(one.uuid for arrival in accepted for one in arrival.events)
        assert sorted(stored.values()) == [1] * 60
        history = app.bench.services.history
        entries = [entry for row in history.rows() if (entry := history.entry(row.id))]
        sent = {entry.request.body for entry in entries if isinstance(entry.outcome, Accepted)}
        assert sent == {arrival.body.read() for arrival in accepted}


async def test_a_second_window_neither_sends_nor_offers_the_run_of_the_first(
    opened: Opened, tmp_path: Path
) -> None:
    with batch_server(SLOW) as server:
        async with opened() as first, opened() as second:
            aim(first, server.address, most_events=5)
            await import_file(first, orders(tmp_path, 600))
            await judged(first)
            runs = ended_runs(first)
            await begin_run(first)
            await first_confirmed(first)
            page = page_of(second)
            assert second.bench.batch.count == 0
            page.show_runs()
            detail = page.runs.detail
            await wait_until(lambda: detail.run is not None, "the run")
            assert not shows(page.runs, "Resume")
            assert not shows(page.runs, "Resend failures")
            assert page.run_bar.words == ""
            run = await the_end(runs)
            assert run.counts.confirmed == 600
            page.runs.read()
            await wait_until(
                lambda: detail.run is not None and detail.run.counts.confirmed == 600, "its end"
            )
