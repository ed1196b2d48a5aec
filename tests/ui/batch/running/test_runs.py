"""The list of runs, what became of one, and what can be done about it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from composer.core.batch.results import ResultsKind
from composer.core.batch.run import Run, RunState
from composer.services.batch.runs import Journal, RunStore
from composer.ui.batch.running.request_pane import RequestPane
from composer.ui.batch.running.results_view import Side
from composer.ui.batch.running.run_detail import RunDetail
from composer.ui.batch.running.words import SAME_IDS
from composer.ui.lists.grid import Grid
from tests.helpers.batch import rows_in
from tests.helpers.batch_runs import uuid_of
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.stage import emptiness, nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.batch.running.place import RunPlace

REFUSED = frozenset({uuid_of(3), uuid_of(17)})


def rows(table: Grid) -> list[list[str]]:
    model = table.model()
    columns = range(model.columnCount())
    return [[model.index(r, c).data() or "" for c in columns] for r in range(model.rowCount())]


async def listed(table: Grid, count: int) -> list[list[str]]:
    await wait_until(lambda: len(rows(table)) == count and table.isVisible(), f"{count} rows")
    return rows(table)


def said_by(pane: RequestPane, words: str) -> bool:
    return words in pane.words


async def failed_run(place: RunPlace) -> Run:
    """Twenty events, two of which the server refuses."""
    await place.events(20)
    with batch_server(Plan(refuses=REFUSED)) as server:
        place.aim(server.address, most_events=10)
        return await place.sent()


def store_of(place: RunPlace) -> RunStore:
    runs = place.work.services.batch.runs
    assert isinstance(runs, RunStore)
    return runs


def cut_off(place: RunPlace, run: Run) -> None:
    """Leave the run as a process does that is killed while it sends."""
    with Journal(store_of(place), run.id) as journal:
        journal.set_state(RunState.RUNNING)
        journal.claim(1)


def detail_of(place: RunPlace) -> RunDetail:
    return place.runs.detail


# What there is


async def test_where_nothing_was_sent_the_list_says_so_and_leads_back(place: RunPlace) -> None:
    place.page.show_runs()
    await wait_until(lambda: emptiness(place.runs), "words")
    assert emptiness(place.runs) == "Nothing was sent from here yet"
    click(place.page, "Back to the batch")
    assert not place.runs.isVisible()


async def test_runs_are_listed_the_newest_first(place: RunPlace) -> None:
    await place.events(2)
    first = await place.sent()
    second = await place.sent()
    await place.show_run(first)
    table = await listed(place.runs.table, 2)
    assert [row[4] for row in table] == ["Confirmed", "Confirmed"]
    assert detail_of(place).run == first
    place.runs.table.choose(0)
    assert detail_of(place).run == second
    assert nameless(place.runs) == []


async def test_escape_goes_back(place: RunPlace) -> None:
    place.page.show_runs()
    QTest.keyClick(place.runs, Qt.Key.Key_Escape)
    assert not place.runs.isVisible()


# What became of it


async def test_the_sentence_says_what_became_of_it(place: RunPlace) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    said = detail_of(place).words
    assert said.startswith(f"Run {run.id}: Batch table\nBegun today at ")
    assert "to Self-hosted. 18 confirmed · 2 refused, in " in said
    assert SAME_IDS in said


async def test_each_request_is_shown_with_its_exact_bytes(place: RunPlace) -> None:
    await place.events(20)
    with batch_server() as server:
        place.aim(server.address, most_events=10, workers=1)
        run = await place.sent()
        bodies = server.seen().bodies
    await place.show_run(run)
    results = detail_of(place).results
    table = await listed(results.request_table, 2)
    assert [row[1:3] for row in table] == [["Confirmed", "10"]] * 2
    pane = results.pane
    for number, body in enumerate(bodies):
        results.request_table.choose(number)
        said = f"Request {number + 1} "
        await wait_until(partial(said_by, pane, said), "the request")
        assert pane.inspector.text(pane.inspector.side) == body.decode()
    assert "Confirmed: 200" in pane.words


async def test_only_failures_can_be_listed(place: RunPlace) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    results = detail_of(place).results
    results.show_side(Side.EVENTS)
    await listed(results.event_table, 20)
    click(place.page, "Failures only")
    table = await listed(results.event_table, 2)
    assert [row[:2] for row in table] == [["3", "Refused"], ["17", "Refused"]]
    await wait_until(lambda: "Event 3." in results.pane.words, "the event's request")
    assert uuid_of(3) in results.pane.inspector.text(results.pane.inspector.side)


async def test_events_are_searched(place: RunPlace) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    results = detail_of(place).results
    results.show_side(Side.EVENTS)
    await listed(results.event_table, 20)
    type_into(named(place.page, "Search the events", QLineEdit), "person-19")
    table = await listed(results.event_table, 1)
    assert table[0][3] == "person-19"
    type_into(named(place.page, "Search the events", QLineEdit), "nobody")
    await wait_until(lambda: emptiness(results) == "Nothing here", "no result")


async def test_what_was_set_aside_is_shown_with_its_reason(place: RunPlace) -> None:
    await place.events(1)
    await place.fill('{"event": "no person", "properties": {}}')
    with batch_server() as server:
        place.aim(server.address)
        place.send()
        run = await place.end()
    await place.show_run(run)
    results = detail_of(place).results
    results.show_side(Side.ASIDE)
    table = await listed(results.event_table, 1)
    assert table[0][1:3] == ["Set aside", "no person"]
    assert table[0][4]
    await wait_until(lambda: results.pane.words.startswith("Set aside: "), "the reason")


async def test_a_long_run_is_read_page_by_page(place: RunPlace) -> None:
    await place.events(1_000)
    run = await place.sent()
    await place.show_run(run)
    results = detail_of(place).results
    results.show_side(Side.EVENTS)
    await listed(results.event_table, 300)
    results.event_table.scrollToBottom()
    await listed(results.event_table, 600)
    assert rows(results.event_table)[-1][0] == "600"


# What can be done


async def test_failures_are_sent_again_with_the_same_ids(place: RunPlace) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    with batch_server() as server:
        elsewhere = replace(run.destination, address=server.address)
        store_of(place).readdress(run.id, elsewhere)
        click(place.page, "Resend failures")
        again = await place.end()
        assert set(server.seen().taken) == REFUSED
    assert again.source == f"Failures of run {run.id}"
    await wait_until(lambda: detail_of(place).run == again, "the new run to be shown")
    assert again.counts.confirmed == 2


async def test_failures_go_back_into_the_table_and_that_is_undone(place: RunPlace) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    _menu(place, "Put the failures into the batch")
    await wait_until(lambda: place.batch.count == 22, "the events")
    bodies = [row.body for row in await rows_in(place.batch)]
    assert {json.loads(body)["uuid"] for body in bodies[20:]} == REFUSED
    assert not place.runs.isVisible()
    place.undo()
    await wait_until(lambda: place.batch.count == 20, "the undo")


def _menu(place: RunPlace, text: str) -> None:
    lines = detail_of(place).more.menu_lines.actions()
    line = next(line for line in lines if line.text() == text)
    assert line.isEnabled()
    line.trigger()


async def test_results_are_exported(place: RunPlace, tmp_path: Path) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    _menu(place, "Export failures…")
    export = detail_of(place).export
    assert export.isVisible()
    path = tmp_path / "failures.csv"
    export.export_to(str(path))
    await wait_until(lambda: not export.isVisible(), "the file")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {row["uuid"] for row in csv.DictReader(file)} == REFUSED
    assert "Exported 2 rows" in place.said[-1].text
    export.offer(run, ResultsKind.EVENTS)
    export.export_to(str(tmp_path / "missing" / "x.csv"))
    await wait_until(lambda: not export.is_at_work, "the end")
    assert export.isVisible()
    assert "x.csv" in export.words


async def test_a_run_is_deleted_after_a_question(place: RunPlace) -> None:
    run = await failed_run(place)
    await place.show_run(run)
    _menu(place, "Delete the run…")
    click(place.page, "Keep it")
    assert store_of(place).run(run.id) is not None
    _menu(place, "Delete the run…")
    click(place.page, "Delete the run")
    await wait_until(lambda: emptiness(place.runs), "an empty list")
    assert store_of(place).run(run.id) is None


async def test_a_stopped_run_goes_on_where_it_was(place: RunPlace) -> None:
    await place.events(200)
    with batch_server() as server:
        place.aim(server.address, most_events=10, rate=100.0)
        place.send()
        await place.begun()
        place.controller.stop()
        stopped = await place.end()
        assert 0 < stopped.counts.left <= 200
        await place.show_run(stopped)
        assert "Resume sends " in detail_of(place).words
        click(place.page, "Resume")
        await place.begun()
        assert named(place.page, "Stop the run", QAbstractButton).isVisible()
        ended = await place.end()
        assert ended.id == stopped.id
        assert set(server.seen().taken) == {uuid_of(number) for number in range(1, 201)}
    assert ended.counts.confirmed == 200
    await wait_until(lambda: detail_of(place).run == ended, "the end to be shown")
    assert not detail_of(place).resume.isVisible()
    assert detail_of(place).words.startswith(f"Run {ended.id}: ")


@pytest.mark.parametrize("resumes", [True, False])
async def test_a_run_that_was_cut_off_is_offered_at_the_start(
    place: RunPlace, *, resumes: bool
) -> None:
    with batch_server() as server:
        place.aim(server.address)
        writer = store_of(place).begin(
            place.work.preferences.destination, place.work.preferences.settings.batch, "a.csv"
        )
        with writer:
            writer.add((n, json.dumps({"event": "e", "uuid": uuid_of(n)})) for n in (1, 2))
            run = writer.finish()
        cut_off(place, run)
        place.bar.look_for_cut_off()
        await wait_until(lambda: place.bar.words, "the offer")
        assert place.bar.words == "A run was cut off: 0 of 2 events were confirmed."
        assert place.bar.isVisible()
        if resumes:
            click(place.page, "Resume")
            assert (await place.end()).counts.confirmed == 2
        else:
            click(place.page, "Dismiss this notice")
            assert not place.bar.isVisible()
