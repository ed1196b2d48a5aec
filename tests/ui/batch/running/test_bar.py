"""Sending the batch from the bar below its table, to a real server, in a process of its own."""

from __future__ import annotations

from array import array
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QProgressBar

from composer.core.batch.run import RunState
from composer.core.batch.table import TableQuery
from composer.ui.batch.running.bar import BUSY
from composer.ui.batch.running.controller import RunPhase
from composer.ui.lists.grid import Grid
from composer.ui.widgets import Severity
from tests.helpers.batch_runs import uuid_of
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.stage import nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.batch.place import body
from tests.ui.batch.running.place import RunPlace

SEND = "Send the batch"


def said(place: RunPlace) -> str:
    return place.said[-1].text if place.said else ""


# Ready


async def test_an_empty_batch_has_no_bar(place: RunPlace) -> None:
    assert not place.bar.isVisible()


async def test_the_button_counts_the_events_and_names_the_place(place: RunPlace) -> None:
    await place.events(3)
    assert named(place.page, SEND, QAbstractButton).text() == "Send 3 events to Sandbox"
    assert "3 events · " in place.bar.line.words
    assert "about 1 request" in place.bar.line.words
    assert "bytes of 1.0 MB" in place.bar.line.words
    assert nameless(place.bar) == []


async def test_without_an_address_send_is_off_and_says_why(place: RunPlace) -> None:
    await place.events(1)
    place.aim("")
    button = named(place.page, SEND, QAbstractButton)
    assert not button.isEnabled()
    assert button.accessibleDescription().startswith("Enter the address of your server")


async def test_an_event_that_is_open_in_compose_holds_it_up(place: RunPlace) -> None:
    await place.events(1)
    table = place.batch.table
    place.batch.edit(table.rows(table.order(TableQuery()))[0])
    assert not named(place.page, SEND, QAbstractButton).isEnabled()
    place.batch.stop_editing()
    assert named(place.page, SEND, QAbstractButton).isEnabled()


# How it is sent


async def test_what_is_typed_is_kept_in_the_settings(place: RunPlace) -> None:
    await place.events(3)
    click(place.page, "How it is sent")
    type_into(named(place.page, "Request size", QLineEdit), "0.5")
    type_into(named(place.page, "Requests at once", QLineEdit), "8")
    click(place.page, "Compress requests (gzip)")
    options = place.work.preferences.settings.batch
    assert (options.request_bytes, options.workers, options.gzip) == (500_000, 8, True)


async def test_what_cannot_be_is_said_in_place_and_not_kept(place: RunPlace) -> None:
    await place.events(3)
    click(place.page, "How it is sent")
    field = named(place.page, "Request size", QLineEdit)
    type_into(field, "25")
    assert "to 20.9 MB" in field.accessibleDescription()
    kept = place.work.preferences.settings.batch.request_bytes
    assert kept == 2_000_000, "what stood there last and could be"
    assert not named(place.page, SEND, QAbstractButton).isEnabled()
    type_into(field, "3")
    assert named(place.page, SEND, QAbstractButton).isEnabled()


async def test_one_request_an_event_turns_off_what_needs_a_batch(place: RunPlace) -> None:
    await place.events(3)
    click(place.page, "How it is sent")
    type_into(named(place.page, "Events a request", QLineEdit), "none")
    assert not named(place.page, SEND, QAbstractButton).isEnabled()
    click(place.page, "One request an event")
    assert named(place.page, SEND, QAbstractButton).isEnabled()
    assert not named(place.page, "Events a request", QLineEdit).isEnabled()
    old = named(place.page, "Import of old events (historical migration)", QAbstractButton)
    assert not old.isEnabled()
    assert "48 hours" in old.accessibleDescription()
    assert "3 requests" in place.bar.line.words


# Sending


async def test_all_events_arrive_and_the_end_is_told(place: RunPlace) -> None:
    await place.events(250)
    with batch_server() as server:
        place.aim(server.address, most_events=40)
        await wait_until(lambda: not place.batch.totals.unseen, "the verdicts")
        click(place.page, SEND)
        run = await place.end()
        assert set(server.seen().taken) == {uuid_of(number) for number in range(1, 251)}
    assert run.counts.confirmed == 250
    assert place.bar.words == "All 250 events were confirmed."
    assert named(place.page, SEND).isVisible()
    assert place.batch.count == 250, "the table stays as it was"
    click(place.page, "Show the results")
    await wait_until(lambda: place.runs.detail.run is not None, "the run")
    assert place.runs.isVisible()


async def test_the_sandbox_listens_before_the_first_request(place: RunPlace) -> None:
    await place.events(3)
    run = await place.sent()
    assert run.counts.confirmed == 3
    assert place.work.services.sandbox.bind() == run.destination.address


async def test_only_the_chosen_events_go(place: RunPlace) -> None:
    await place.events(5)
    ids = place.batch.table.order(TableQuery())
    with batch_server() as server:
        place.aim(server.address)
        place.bar.send_chosen(array("q", [ids[1], ids[3]]))
        await place.end()
        assert set(server.seen().taken) == {uuid_of(2), uuid_of(4)}


async def test_what_would_be_refused_is_asked_about_and_set_aside(place: RunPlace) -> None:
    place.open_court()
    await place.events(3)
    await place.fill('{"event": "no person", "properties": {}}')
    await wait_until(lambda: not place.batch.totals.unseen, "the verdicts", 60)
    wanted: list[object] = []
    place.bar.outlooks_wanted.connect(wanted.append)
    with batch_server() as server:
        place.aim(server.address)
        place.bar.send()
        assert place.bar.words == "1 event would be refused and is set aside, not sent."
        assert not place.controller.is_busy
        QTest.keyClick(QApplication.focusWidget() or place.bar, Qt.Key.Key_Space)
        assert wanted, "the careful answer shows them"
        place.bar.send()
        click(place.page, "Send anyway")
        run = await place.end()
        assert len(server.seen().taken) == 3
    assert (run.counts.confirmed, run.counts.set_aside) == (3, 1)


async def test_a_production_project_is_asked_about_each_time(place: RunPlace) -> None:
    await place.events(3)
    await wait_until(lambda: not place.batch.totals.unseen, "the verdicts", 60)
    with batch_server() as server:
        place.aim(server.address, production=True)
        for _ in range(2):
            place.bar.send()
            assert place.bar.words.startswith("Send 3 events to Self-hosted")
            assert not named(place.page, "Not now").isHidden()
            click(place.page, "Send to Self-hosted")
            await place.end()
        assert server.seen().requests == 2


async def test_another_destination_takes_the_question_back(place: RunPlace) -> None:
    await place.events(3)
    await wait_until(lambda: not place.batch.totals.unseen, "the verdicts", 60)
    place.aim("http://127.0.0.1:9", production=True)
    place.bar.send()
    assert place.bar.words
    place.aim("http://127.0.0.1:10", production=True)
    assert place.bar.words == ""
    assert named(place.page, SEND).isVisible()


# Under way


async def test_pause_holds_it_and_resume_goes_on(place: RunPlace) -> None:
    await place.events(400)
    with batch_server() as server:
        place.aim(server.address, most_events=10, rate=200.0, workers=2)
        place.send()
        await place.begun()
        click(place.page, "Pause the run")
        controller = place.controller
        await wait_until(
            lambda: controller.progress and controller.progress.state is RunState.PAUSED, "pause"
        )
        await wait_until(
            lambda: controller.progress and not controller.progress.counts.sending, "an empty air"
        )
        assert "Paused" in place.bar.progress.words
        click(place.page, "Resume the run")
        run = await place.end()
    assert run.counts.confirmed == 400


async def test_stop_ends_it_at_once_and_says_what_is_left(place: RunPlace) -> None:
    await place.events(400)
    with batch_server() as server:
        place.aim(server.address, most_events=10, rate=50.0)
        place.send()
        await place.begun()
        assert named(place.page, "Progress of the run", QProgressBar).isVisible()
        place.bar.send_chosen(place.batch.table.order(TableQuery()))
        assert said(place) == BUSY
        click(place.page, "Stop the run")
        run = await place.end()
    assert run.state is RunState.STOPPED
    assert place.bar.words.startswith("Stopped: ")
    assert sum(Counter(place.states(run)).values()) == 400


async def test_the_preparing_can_be_cancelled_and_leaves_no_run(place: RunPlace) -> None:
    await place.events(2_000)
    with batch_server() as server:
        place.aim(server.address)
        place.send()
        assert place.controller.phase is RunPhase.PREPARING
        click(place.page, "Cancel the run")
        await wait_until(lambda: not place.controller.is_busy, "the end")
        assert server.seen().requests == 0
    assert place.work.services.batch.runs.runs() == []
    assert named(place.page, SEND).isVisible()


async def test_a_token_that_is_refused_pauses_it_with_words(place: RunPlace) -> None:
    await place.events(30)
    answer = (
        b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n"
        b'{"detail":"API key is wrong."}'
    )
    with batch_server(Plan(always=answer)) as server:
        place.aim(server.address, most_events=10)
        place.send()
        await wait_until(lambda: "token" in place.bar.progress.words, "the words", 30)
        assert "Paused" in place.bar.progress.words
        click(place.page, "Stop the run")
        run = await place.end()
    assert (run.counts.confirmed, run.counts.left) == (0, 30)


async def test_failed_tries_are_listed(place: RunPlace) -> None:
    await place.events(60)
    with batch_server(Plan(server_error=0.5)) as server:
        place.aim(server.address, most_events=5, workers=2)
        place.send()
        seen: list[str] = []

        def look() -> bool:
            model = named(place.page, "Tries that failed", Grid).model()
            seen.append(model.index(0, 3).data() or "")
            return seen[-1].startswith("again after")

        await place.begun()
        await wait_until(
            lambda: place.controller.progress and place.controller.progress.tries and look(),
            "a try that failed",
        )
        click(place.page, "Stop the run")
        await place.end()


async def test_closing_is_asked_about_once(place: RunPlace) -> None:
    assert place.controller.ask_to_close() == ""
    await place.events(100)
    with batch_server() as server:
        place.aim(server.address, most_events=10, rate=20.0)
        place.send()
        await place.begun()
        assert place.controller.ask_to_close().startswith("A run is being sent: ")
        assert place.controller.ask_to_close() == ""
        await place.controller.stop_all()
        assert not place.controller.is_busy
    assert place.ended[-1].can_go_on


async def test_a_server_that_is_away_is_no_reason_to_lose_anything(place: RunPlace) -> None:
    await place.events(3)
    place.aim("http://127.0.0.1:9", tries=1)
    run = await place.sent()
    assert run.counts.uncertain == 3
    assert place.bar.words == "Sent, not all of it: 3 uncertain."


@pytest.mark.parametrize("count", [1, 2])
async def test_the_words_fit_one_event_too(place: RunPlace, count: int) -> None:
    await place.fill(*[body(f"e{n}") for n in range(count)])
    run = await place.sent()
    expected = "The event was confirmed." if count == 1 else "All 2 events were confirmed."
    assert place.bar.words == expected
    assert run.counts.total == count
    assert all(message.severity is not Severity.ERROR for message in place.said)
