"""Running a template: one send after the other or one batch, asked first where it has to be."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Object, parse_bytes
from composer.core.outcome import Accepted
from composer.ui.templates.run import Phase, StepState
from composer.ui.templates.run_view import RunView
from composer.ui.widgets import LineEdit
from tests.helpers.batch import rows_in
from tests.helpers.servers import request_in, serving
from tests.helpers.stage import nameless
from tests.helpers.templates import SEQUENCE, TemplatesPlace, event, template
from tests.helpers.window import click, name_of, named, type_into


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take the request and say nothing until the sender goes."""
    del writer
    await request_in(reader)
    await reader.read()


async def run_of(place: TemplatesPlace, *, customer: str = "ada") -> RunView:
    """The run of the sequence, with its prompts answered."""
    await place.keep(SEQUENCE)
    place.pages.template_desk.open(place.own[0])
    view = place.page.run
    if customer:
        type_into(named(view, "Customer", LineEdit), customer)
    return view


def states(view: RunView) -> list[StepState]:
    assert view.run is not None
    return [parcel.state for parcel in view.run.parcels]


def phase(view: RunView, wanted: Phase) -> Callable[[], bool]:
    return lambda: view.run is not None and view.run.phase is wanted


def offered(view: RunView) -> list[str]:
    """The names of the buttons at the bottom."""
    buttons = view.foot.findChildren(QAbstractButton)
    return [name_of(button) for button in buttons if button.isVisible()]


def aim(place: TemplatesPlace, address: str, *, production: bool = False) -> Destination:
    """Send to a server of one's own."""
    preferences = place.bench.preferences
    own = next(d for d in preferences.destinations if d.kind is DestinationKind.SELF_HOSTED)
    own = replace(own, address=address, token="phc_own", production=production)
    preferences.change_destination(own)
    preferences.change(destination_id=own.id)
    return own


async def test_events_go_out_one_by_one_in_order_with_shared_answers(
    place: TemplatesPlace,
) -> None:
    await place.start_sandbox()
    view = await run_of(place)
    click(view, "Send one by one")
    await place.until(phase(view, Phase.DONE), "the end")
    arrived = [arrival.events[0] for arrival in place.bench.services.sandbox.arrivals()]
    assert [one.name for one in arrived] == ["visited", "signed up", "bought"]
    assert [one.distinct_id for one in arrived] == ["anonymous-1", "ada", "ada"]
    assert view.foot.words == "All 3 were accepted."
    rows = place.bench.services.history.rows()
    assert [row.summary.event for row in rows] == ["bought", "signed up", "visited"]
    assert all(isinstance(row.outcome, Accepted) for row in rows)


async def test_a_batch_is_one_request_with_all_events(place: TemplatesPlace) -> None:
    await place.start_sandbox()
    view = await run_of(place)
    click(view, "Send as a batch")
    await place.until(phase(view, Phase.DONE), "the end")
    (arrival,) = place.bench.services.sandbox.arrivals()
    assert arrival.path == "/batch/"
    body = parse_bytes(arrival.body.read())
    assert isinstance(body, Object)
    assert len(body.get("batch")) == 3  # pyright: ignore[reportArgumentType]
    (row,) = place.bench.services.history.rows()
    assert row.summary.events == 3


async def test_nothing_is_sent_while_an_answer_is_missing(place: TemplatesPlace) -> None:
    view = await run_of(place, customer="")
    aim(place, "http://127.0.0.1:9")
    click(view, "Send one by one")
    assert view.run is None
    assert view.foot.words.startswith("1 answer is missing")
    assert named(view, "Customer", LineEdit).hasFocus()
    assert place.bench.services.history.rows() == []


async def test_it_stops_at_the_first_that_is_not_accepted_and_can_go_on(
    place: TemplatesPlace,
) -> None:
    view = await run_of(place)
    aim(place, "http://127.0.0.1:9")
    click(view, "Send one by one")
    await place.until(phase(view, Phase.STOPPED), "the stop")
    assert states(view) == [StepState.FAILED, StepState.WAITING, StepState.WAITING]
    assert view.foot.words.startswith("Event 1 of 3: Nothing is listening at")
    assert "Check the port" in view.foot.words
    first = place.bench.services.history.rows()[0]
    click(view, "Try again")
    await place.until(lambda: place.bench.services.history.count() == 2, "the second try")
    await place.until(phase(view, Phase.STOPPED), "the stop")
    history = place.bench.services.history
    bodies = {
        entry.request.body for row in history.rows() if (entry := history.entry(row.id)) is not None
    }
    assert len(bodies) == 1, "a second try carries the same bytes, so that it counts once"
    assert first.summary.event == "visited"
    click(view, "Go on without it")
    await place.until(
        lambda: states(view) == [StepState.SKIPPED, StepState.FAILED, StepState.WAITING],
        "the next one",
    )
    click(view, "Stop here")
    assert phase(view, Phase.DONE)()
    assert view.foot.words == "Stopped. Nothing was accepted."


async def test_cancel_stops_at_once(place: TemplatesPlace) -> None:
    async with serving(silent) as address:
        view = await run_of(place)
        aim(place, f"http://{address}")
        click(view, "Send one by one")
        await place.until(lambda: place.bench.sends.is_busy, "the send")
        click(view, "Cancel")
        await place.until(phase(view, Phase.STOPPED), "the stop")
    assert not place.bench.sends.is_busy
    assert states(view) == [StepState.FAILED, StepState.WAITING, StepState.WAITING]
    assert "You stopped it" in view.foot.words


async def test_a_production_project_is_asked_about_before_anything_leaves(
    place: TemplatesPlace,
) -> None:
    view = await run_of(place)
    own = aim(place, "http://127.0.0.1:9", production=True)
    click(view, "Send one by one")
    await place.until(phase(view, Phase.ASKING), "the question")
    assert own.name in view.foot.words
    assert "3 events" in view.foot.words
    assert offered(view) == ["Not now", "Send all the same"]
    assert named(view, "Not now", QAbstractButton).hasFocus()
    click(view, "Not now")
    assert place.bench.services.history.rows() == []
    click(view, "Send one by one")
    await place.until(phase(view, Phase.ASKING), "the question")
    click(view, "Send all the same")
    await place.until(lambda: place.bench.services.history.count() == 1, "the send")
    await place.until(phase(view, Phase.STOPPED), "the stop")


async def test_events_that_will_be_lost_are_asked_about_first(place: TemplatesPlace) -> None:
    place.bench.court.open(place.bench.services.verdicts())
    await place.keep(template("bad", event("fine"), event("", "ada")))
    place.pages.template_desk.open(place.own[0])
    view = place.page.run
    aim(place, "http://127.0.0.1:9")
    click(view, "Send one by one")
    await place.until(phase(view, Phase.ASKING), "the question")
    assert view.foot.words.startswith("Event 2 of 2: This will be")
    assert place.bench.services.history.rows() == []


async def test_the_events_can_be_opened_in_tabs_instead(place: TemplatesPlace) -> None:
    view = await run_of(place)
    click(view, "Open in tabs")
    session = place.bench.session
    names = [tab.draft.payload.get("event") for tab in session.tabs]
    assert names[-3:] == ["visited", "signed up", "bought"]
    assert session.draft.payload.get("event") == "visited"
    assert session.token == session.destination.token


async def test_the_events_can_be_put_into_the_batch_instead(place: TemplatesPlace) -> None:
    view = await run_of(place)
    click(view, "Put into the batch")
    people = [row.person for row in await rows_in(place.bench.batch)]
    assert people == ["anonymous-1", "ada", "ada"]
    assert place.said[-1].action == "Show batch"


async def test_the_events_are_shown_as_they_are_filled_in(place: TemplatesPlace) -> None:
    view = await run_of(place, customer="")
    model = view.table.model()
    assert model.index(1, 2).data() == "{{customer}}"
    type_into(named(view, "Customer", LineEdit), "bob")
    assert [model.index(row, 2).data() for row in range(3)] == ["anonymous-1", "bob", "bob"]
    assert [model.index(row, 3).data() for row in range(3)] == ["2 s earlier", "1 s earlier", "now"]


async def test_escape_goes_back_to_the_list(place: TemplatesPlace) -> None:
    view = await run_of(place)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert place.library.isVisible()
    assert not view.isVisible()


async def test_a_run_that_is_under_way_is_not_replaced(place: TemplatesPlace) -> None:
    async with serving(silent) as address:
        view = await run_of(place)
        aim(place, f"http://{address}")
        click(view, "Send one by one")
        await place.until(lambda: place.bench.sends.is_busy, "the send")
        running = view.run
        place.page.run_template(SEQUENCE)
        assert view.run is running
        view.cancel()
        await place.until(lambda: not place.bench.sends.is_busy, "the end")


async def test_another_send_of_the_window_goes_first(place: TemplatesPlace) -> None:
    await place.start_sandbox()
    view = await run_of(place)
    place.bench.desk.send()
    assert place.bench.sends.is_busy
    click(view, "Send one by one")
    await place.until(phase(view, Phase.DONE), "the end")
    arrived = [arrival.events[0].name for arrival in place.bench.services.sandbox.arrivals()]
    assert arrived == ["plan upgraded", "visited", "signed up", "bought"]


async def test_everything_that_the_keyboard_reaches_has_a_name(place: TemplatesPlace) -> None:
    view = await run_of(place)
    assert nameless(view) == []
