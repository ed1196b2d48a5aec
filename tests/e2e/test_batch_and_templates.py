"""Events collected into a batch, and drafts kept as templates, in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

from composer.app import App
from composer.core.batch.run import RunState
from composer.core.jsontext import Object, parse_bytes
from composer.core.outcome import Accepted
from composer.core.templates import Template
from composer.ui.actions import Command
from composer.ui.messages import Message
from composer.ui.rail import Place
from composer.ui.send.controller import Report
from tests.e2e.conftest import Opened
from tests.helpers.batch import rows_in
from tests.helpers.sends import press_send, press_send_batch
from tests.helpers.templates import event, template
from tests.helpers.window import click, name_of, named, type_into, wait_until


def add(app: App, person: str) -> None:
    type_into(named(app.window, "Person's ID"), person)
    click(app.window, "Add to batch")


async def choose(app: App, row: int) -> None:
    """Click a row of the batch, once the table has followed the batch."""
    wanted = [one.id for one in await rows_in(app.bench.batch)]
    model = app.window.pages.batch.table.listing.model
    await wait_until(lambda: list(model.ids) == wanted and model.at(row), "the table")
    table = named(app.window, "Batch", QAbstractItemView)
    place = table.visualRect(table.model().index(row, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def people(app: App) -> list[str]:
    return [row.person for row in await rows_in(app.bench.batch)]


async def test_collected_events_go_out_in_order_as_one_request(opened: Opened) -> None:
    async with opened() as app:
        for person in ("ada", "bob", "cyd", "dee"):
            add(app, person)
        app.window.go_to(Place.BATCH)
        await choose(app, 2)
        click(app.window, "Move up")
        await choose(app, 3)
        click(app.window, "Remove")
        assert await people(app) == ["ada", "cyd", "bob"]
        await app.bench.batch.settled()
        run = await press_send_batch(app)
        assert (run.state, run.counts.confirmed, run.requests) == (RunState.ENDED, 3, 1)
        (arrival,) = app.sandbox.arrivals()
        assert arrival.path == "/batch/"
        assert [event.distinct_id for event in arrival.events] == ["ada", "cyd", "bob"]
        assert len({event.uuid for event in arrival.events}) == 3
        (row,) = app.bench.services.history.rows()
        assert row.summary.events == 3


async def test_an_event_of_the_batch_is_edited_in_compose_and_put_back(opened: Opened) -> None:
    async with opened() as app:
        for person in ("ada", "bob"):
            add(app, person)
        app.window.go_to(Place.BATCH)
        await choose(app, 0)
        click(app.window, "Edit in Compose")
        assert app.window.place is Place.COMPOSE
        add(app, "adele")
        assert await people(app) == ["adele", "bob"]


async def test_old_events_are_marked_as_a_migration(opened: Opened) -> None:
    async with opened() as app:
        add(app, "ada")
        app.bench.batch.set_historical_migration(True)
        app.window.go_to(Place.BATCH)
        await press_send_batch(app)
        (arrival,) = app.sandbox.arrivals()
        body = parse_bytes(arrival.body.read())
        assert isinstance(body, Object)
        assert body.get("historical_migration") is True


async def test_a_draft_is_kept_opened_deleted_and_brought_back(opened: Opened) -> None:
    async with opened() as app:
        said: list[Message] = []
        app.bench.messages.said.connect(said.append)
        type_into(named(app.window, "Person's ID"), "kept-person")
        click(app.window, "Save as template")
        type_into(named(app.window, "Template name", QLineEdit), "My first")
        click(app.window, "Save template")
        await wait_until(lambda: own(app), "the template")
        (kept,) = own(app)
        assert kept.name == "My first"
        assert "api_key" not in kept.draft.payload

        type_into(named(app.window, "Person's ID"), "somebody-else")
        before = app.bench.session.draft.payload.get("uuid")
        await show(app, "My first")
        click(app.window, "Open template")
        assert app.window.place is Place.COMPOSE
        draft = app.bench.session.draft
        assert draft.payload.get("distinct_id") == "kept-person"
        assert draft.payload.get("api_key") == app.bench.session.destination.token
        assert draft.payload.get("uuid") != before

        await show(app, "My first")
        click(app.window, "Delete template")
        await wait_until(lambda: said[-1].text == "Deleted “My first”.", "the message")
        assert own(app) == []
        undo = said[-1].run
        assert undo is not None
        undo()
        await wait_until(lambda: [one.name for one in own(app)] == ["My first"], "the undo")


async def test_a_template_is_filled_in_before_it_is_sent(opened: Opened) -> None:
    async with opened() as app:
        app.window.activateWindow()
        app.bench.services.templates.save(template("ask", event("paid", "{{customer}}")))
        await show(app, "ask")
        click(app.window, "Open template")
        assert app.window.place is Place.COMPOSE
        field = named(app.window, "Customer", QLineEdit)
        await wait_until(field.hasFocus, "the cursor in the prompt")
        named(app.window, "Event name").setFocus()
        app.window.actions_.trigger(Command.SEND)
        assert not app.bench.sends.is_busy
        await wait_until(field.hasFocus, "the cursor back in the prompt")
        type_into(field, "ada")
        report = await press_send(app, "Send")
        assert isinstance(report.outcome, Accepted)
        (arrival,) = app.sandbox.arrivals()
        assert arrival.events[0].distinct_id == "ada"


async def test_an_event_of_a_template_is_edited_and_put_back_with_the_save_keys(
    opened: Opened,
) -> None:
    async with opened() as app:
        app.bench.services.templates.save(template("two", event("first"), event("second")))
        await show(app, "two")
        app.window.pages.templates.library.edit_chosen()
        assert app.window.place is Place.COMPOSE
        assert named(app.window, "Put it back", QAbstractButton).isEnabled()
        type_into(named(app.window, "Person's ID"), "bob")
        app.window.actions_.trigger(Command.SAVE_TEMPLATE)
        await wait_until(
            lambda: own(app)[0].steps[0].draft.payload.get("distinct_id") == "bob", "the template"
        )
        await wait_until(lambda: app.window.place is Place.TEMPLATES, "the place")


def own(app: App) -> list[Template]:
    """What the person keeps, read from the files."""
    return [one for one in app.bench.services.templates.all() if not one.is_starter]


async def show(app: App, name: str) -> None:
    """Choose a template in its place."""
    app.window.go_to(Place.TEMPLATES)
    shelf, library = app.window.pages.shelf, app.window.pages.templates.library
    shelf.look()
    await wait_until(lambda: any(one.name == name for one in shelf.templates), name)
    library.choose(next(one.id for one in shelf.templates if one.name == name))


async def test_a_past_send_is_opened_as_new_and_resent_as_it_was(opened: Opened) -> None:
    async with opened() as app:
        reports: list[Report] = []
        app.bench.sends.finished.connect(reports.append)
        click(app.window, "Send")
        await wait_until(lambda: reports, "the first outcome")
        identifier = reports[0].history_id
        assert identifier is not None
        type_into(named(app.window, "Person's ID"), "somebody-else")
        app.window.show_in_history(identifier)
        await wait_until(lambda: shown(app, "Resend"), "the entry")
        click(app.window, "Resend")
        await wait_until(lambda: len(reports) == 2, "the second outcome")
        first, second = app.sandbox.arrivals()
        assert first.body.read() == second.body.read()
        await wait_until(lambda: shown(app, "Open as new"), "the entry")
        app.window.show_in_history(identifier)
        click(app.window, "Open as new")
        assert app.window.place is Place.COMPOSE
        draft = app.bench.session.draft
        assert draft.payload.get("distinct_id") == "customer-42"
        assert draft.payload.get("uuid") != first.events[0].uuid


def shown(app: App, name: str) -> bool:
    """Whether that button of the History place can be pressed."""
    buttons = app.window.pages.history.findChildren(QAbstractButton)
    return any(b.isVisible() and b.isEnabled() for b in buttons if name_of(b) == name)
