"""Batches and old shapes in the real window, sent to the sandbox as they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from composer.core.destination import SANDBOX_TOKEN
from composer.core.events import by_id
from composer.core.fields import Family
from composer.core.outcome import Accepted
from composer.ui.rail import Place
from tests.e2e.conftest import Opened
from tests.e2e.test_batch_and_templates import choose
from tests.helpers.batch import names_in, rows_in
from tests.helpers.sends import press_send
from tests.helpers.window import click, named, type_into

EXAMPLES = [
    example
    for line in (Path(__file__).parents[1] / "core" / "examples.jsonl").read_text().splitlines()
    if by_id((example := json.loads(line))["type"]).family in {Family.MANY, Family.LEGACY}
]
TWO = json.dumps(
    {
        "api_key": SANDBOX_TOKEN,
        "historical_migration": True,
        "batch": [
            {"event": "a", "distinct_id": "p", "timestamp": "2024-03-04T08:15:00Z", "x": 1},
            {"event": "b", "distinct_id": "q", "timestamp": "2024-03-04T08:15:00Z"},
        ],
    }
)


async def test_every_documented_one_is_sent_as_it_was(opened: Opened) -> None:
    async with opened() as app:
        for example in EXAMPLES:
            text = json.dumps(example["body"], indent=1)
            app.sandbox.clear()
            app.bench.session.choose_type(example["type"])
            app.bench.session.set_text(text)
            assert app.bench.session.draft.type_id == example["type"]
            report = await press_send(app, "Send")
            assert isinstance(report.outcome, Accepted), example["type"]
            (arrival,) = app.sandbox.arrivals()
            assert arrival.body.read() == text.encode()
            is_batch = "batch" in example["body"]
            assert arrival.path == ("/batch/" if is_batch else "/i/v0/e/")


async def test_a_batch_from_compose_is_in_the_history_by_its_number(opened: Opened) -> None:
    async with opened() as app:
        app.bench.session.set_text(TWO)
        await press_send(app, "Send")
        (row,) = app.bench.services.history.rows()
        assert (row.summary.event, row.summary.events, row.path) == ("2 events", 2, "/batch/")


@pytest.mark.parametrize("button", ["Open in Batch", "Add to batch"])
async def test_its_events_go_into_the_batch_place(opened: Opened, button: str) -> None:
    async with opened() as app:
        app.bench.session.set_text(TWO)
        click(app.window, button)
        rows = await rows_in(app.bench.batch)
        assert [(row.name, row.person) for row in rows] == [("a", "p"), ("b", "q")]
        if button == "Open in Batch":
            assert app.window.place is Place.BATCH
            assert app.bench.preferences.settings.batch.historical_migration


async def test_a_batch_without_events_is_not_collected(opened: Opened) -> None:
    async with opened() as app:
        app.bench.session.set_text('{"batch": []}')
        click(app.window, "Add to batch")
        assert await rows_in(app.bench.batch) == []


async def test_an_event_that_became_several_goes_back_as_several(opened: Opened) -> None:
    async with opened() as app:
        click(app.window, "Add to batch")
        app.window.go_to(Place.BATCH)
        await choose(app, 0)
        click(app.window, "Edit in Compose")
        app.bench.session.set_text(TWO)
        click(app.window, "Add to batch")
        assert await names_in(app.bench.batch) == ["a", "b"]


async def test_the_path_is_shown_and_fixed_for_a_batch(opened: Opened) -> None:
    async with opened() as app:
        path = named(app.window, "Path")
        assert path.property("currentText") == "POST /i/v0/e/"
        app.bench.session.set_text(TWO)
        assert (path.property("currentText"), path.isEnabled()) == ("POST /batch/", False)
        app.bench.session.choose_type("custom")
        assert (path.property("currentText"), path.isEnabled()) == ("POST /i/v0/e/", True)
        assert path.property("count") == 5


async def test_an_old_group_is_converted_completed_and_sent(opened: Opened) -> None:
    async with opened() as app:
        full = next(
            e["body"] for e in EXAMPLES if e["type"] == "legacy_group" and "type" in e["body"]
        )
        app.bench.session.set_text(json.dumps(full))
        click(app.window, "Convert into Set group properties")
        type_into(named(app.window, "Group type", QLineEdit), "company")
        report = await press_send(app, "Send")
        assert isinstance(report.outcome, Accepted)
        (arrival,) = app.sandbox.arrivals()
        (event,) = arrival.events
        assert event.name == "$groupidentify"
