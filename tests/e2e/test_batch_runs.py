"""From a file of 5,000 rows, through a server that fails, to the last failure sent again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from composer.app import App
from composer.core.batch.results import ResultsKind
from composer.core.batch.run import EventState, Run, RunEvent, RunState
from tests.e2e.conftest import Opened
from tests.helpers.batch import rows_in
from tests.helpers.batch_runs import uuid_of
from tests.helpers.batch_server import BatchServer, Plan, batch_server
from tests.helpers.batch_window import (
    aim,
    begin_import,
    begin_run,
    columns_shown,
    ended_runs,
    finish_import,
    judged,
    listed,
    orders,
    page_of,
    press_heading,
    the_end,
    write_in_cell,
)
from tests.helpers.window import click, named, type_into, wait_until

ROWS = 5_000
REFUSED, TOO_LARGE = uuid_of(1_234), uuid_of(4_321)
FAULTY = Plan(
    server_error=0.06,
    too_many=0.03,
    retry_after="1",
    reset=0.04,
    lost=0.04,
    slow=0.1,
    slow_s=0.1,
    refuses=frozenset({REFUSED}),
    too_large=frozenset({TOO_LARGE}),
    keeps=True,
)


def events_of(app: App, run: Run) -> list[RunEvent]:
    return app.bench.services.batch.runs.events(run.id, limit=100_000)


def carried(server: BatchServer, table: dict[str, str]) -> Iterator[str]:
    """The IDs of each event of each request, whose bytes are those of the table."""
    for body in server.seen().bodies:
        uuids = [event["uuid"] for event in json.loads(body)["batch"]]
        events = ",".join(table[uuid] for uuid in uuids)
        assert body.decode() == f'{{"api_key":"phc_mine","batch":[{events}]}}'
        yield from uuids


async def look_through(app: App) -> None:
    """Sort, search, edit, and come back to the order of the table."""
    await columns_shown(app)
    listing = page_of(app).table.listing
    press_heading(app, "property:seats")
    press_heading(app, "property:seats")
    await listed(app)
    top = listing.model.at(0)
    assert top is not None
    assert json.loads(top.body)["properties"]["seats"] == ROWS
    listing.table.scrollToTop()
    write_in_cell(app, 0, "property:plan", "golden")
    await listed(app)
    type_into(named(app.window, "Search the batch", QLineEdit), "golden")
    await wait_until(lambda: listing.found == 1, "the one that was found")
    type_into(named(app.window, "Search the batch", QLineEdit), " ")
    press_heading(app, "property:seats")
    await wait_until(lambda: listing.found == ROWS and listing.is_in_order, "all of them")


@pytest.mark.timeout(120)
async def test_five_thousand_rows_survive_a_faulty_server(opened: Opened, tmp_path: Path) -> None:
    with batch_server(FAULTY) as server:
        async with opened() as app:
            aim(app, server.address, most_events=100, workers=8, tries=10)
            await begin_import(app, orders(tmp_path, ROWS))
            await finish_import(app)
            await judged(app)
            await look_through(app)
            await judged(app)
            table = {
                json.loads(row.body)["uuid"]: row.body for row in await rows_in(app.bench.batch)
            }
            assert set(table) == {uuid_of(n) for n in range(1, ROWS + 1)}
            assert json.loads(table[uuid_of(ROWS)])["properties"]["plan"] == "golden"

            runs = ended_runs(app)
            await begin_run(app)
            run = await the_end(runs)
            assert run.state is RunState.ENDED
            assert (run.counts.confirmed, run.counts.refused, run.counts.total) == (
                ROWS - 2,
                2,
                ROWS,
            )
            states = {one.uuid: one.state for one in events_of(app, run)}
            failed = {uuid for uuid, state in states.items() if state is EventState.REFUSED}
            assert failed == {REFUSED, TOO_LARGE}
            assert set(carried(server, table)) == set(table)
            seen = server.seen()
            assert not seen.changed
            assert set(seen.answered) == set(table) - failed

            await export_failures(app, run, tmp_path / "failures.csv")
            await send_failures_again(app, server, runs)


async def export_failures(app: App, run: Run, path: Path) -> None:
    """Through the panel of the results, into a file that can be imported."""
    click(app.window, "Show the results")
    detail = page_of(app).runs.detail
    await wait_until(lambda: detail.run is not None and detail.run.id == run.id, "the run")
    detail.export.offer(run, ResultsKind.FAILURES)
    detail.export.export_to(str(path))
    await wait_until(path.exists, "the file")
    assert uuids_in(path) == {REFUSED, TOO_LARGE}


def uuids_in(path: Path) -> set[str]:
    rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    return {row["uuid"] for row in rows}


async def send_failures_again(app: App, server: BatchServer, runs: list[Run]) -> None:
    """The server gets those and no others; each under the ID that it had."""
    before = len(server.seen().bodies)
    click(app.window, "Resend failures")
    second = await the_end(runs, 2)
    assert second.counts.total == 2
    bodies = server.seen().bodies[before:]
    assert {event["uuid"] for body in bodies for event in json.loads(body)["batch"]} == {
        REFUSED,
        TOO_LARGE,
    }
    assert {one.uuid for one in events_of(app, second)} == {REFUSED, TOO_LARGE}
