"""The right half of what arrived: the tabs of an event or request, and opening it in Compose."""

import base64
import gzip
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from composer.core.behaviour import Behaviour
from composer.core.curl import render
from composer.core.jsontext import Layout
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.ui.lists.grid import Grid
from composer.ui.sandbox.reading import Side
from composer.ui.widgets import CodeView, Tabs
from composer.ui.writing.curl_sheet import CurlSheet
from tests.helpers.stage import Stage
from tests.helpers.window import click, named, wait_until
from tests.ui.sandbox.place import BAD, GOOD, TWO, WHOLE, Place


async def test_the_detail_tells_what_was_stored(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1, agent=WHOLE)
    assert place.pane.title == "e"
    assert place.pane.sentence == "This is what PostHog would store."
    (arrival,) = stage.sandbox.arrivals()
    event = arrival.events[0]
    assert {event.uuid, "21 Nov 2026 09:30:00 UTC", "phc_x", "127.0.0.1", "d"} <= set(place.facts)
    assert arrival.client in place.facts
    stored = await place.text(Side.EVENT)
    assert f'"uuid": "{event.uuid}"' in stored
    assert '"timestamp": "2026-11-21T09:30:00Z"' in stored


async def test_the_request_is_shown_from_every_side(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    (arrival,) = stage.sandbox.arrivals()
    assert (await place.text(Side.REQUEST)).encode() == GOOD
    raw = await place.text(Side.RAW)
    assert raw.startswith("POST /i/v0/e/\n")
    assert "content-type: application/json" in raw
    assert raw.endswith(f"\n\n{GOOD.decode()}")
    assert await place.text(Side.ANSWER) == arrival.answer
    request = (await place.read(Side.CURL)).request
    assert request is not None
    assert request.body == GOOD
    command = place.views.findChildren(CurlSheet)[0].findChildren(CodeView)[0]
    assert command.text() == render(request).text
    stage.preferences.change(copy_shell=Shell.CMD)
    assert command.text() == render(request, shell=Shell.CMD).text
    click(place.page, "Copy curl command")
    await wait_until(lambda: stage.copied, "the copy")
    assert stage.copied == [command.text()]


async def test_differences_between_sent_and_stored_are_listed_with_the_reason(
    stage: Stage,
) -> None:
    place = Place(stage)
    await place.post(b'{"api_key": "phc_x", "event": "e", "distinct_id": 23, "n": 1}', 1)
    found = await place.read(Side.COMPARE)
    whys = {one.field: one.why for one in found.differences or ()}
    assert whys["distinct_id"] == "Number turned into text"
    assert whys["n"].startswith("Not kept")
    table = named(place.page, "Differences between sent and stored", Grid)
    assert table.model().rowCount() == len(whys)
    assert "distinct_id: Number turned into text." in [
        label.text() for label in place.page.findChildren(QLabel)
    ]


async def test_a_refused_request_says_why(stage: Stage) -> None:
    place = Place(stage)
    await place.post(BAD, 1)
    assert place.pane.title == "Refused with 400"
    assert place.pane.sentence == "event submitted with an empty event name"
    tabs = named(place.page, "Arrived request, views", Tabs)
    assert not tabs.isTabVisible(Side.EVENT)
    assert not tabs.isTabVisible(Side.COMPARE)
    assert place.views.side is Side.REQUEST
    found = await place.read(Side.ANSWER)
    assert found.passage.full == stage.sandbox.arrivals()[0].answer
    assert found.passage.note == "Answered with 400 Bad Request."


async def test_an_event_that_was_thrown_away_says_why_and_shows_what_was_sent(
    stage: Stage,
) -> None:
    place = Place(stage)
    stage.sandbox.behave(Behaviour(quota_reached=True))
    await place.post(GOOD, 1)
    assert place.rows == ["e | d | 200 · lost"]
    assert "Answered with 200, then thrown away." in place.pane.sentence
    assert "quota" in place.pane.sentence
    assert '"n": 1.00' in await place.text(Side.EVENT)
    assert len(await place.open()) == 1


async def test_an_event_opens_in_compose_as_it_arrived(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    (draft,) = await place.open()
    assert draft.text(Layout.PRETTY).encode() == GOOD


@pytest.mark.parametrize(
    "pack", [gzip.compress, base64.b64encode, lambda body: base64.b64encode(gzip.compress(body))]
)
async def test_a_packed_event_opens_as_it_was_before_it_was_packed(
    stage: Stage, pack: Callable[[bytes], bytes]
) -> None:
    place = Place(stage)
    await place.post(pack(GOOD), 1)
    (draft,) = await place.open()
    assert draft.text(Layout.PRETTY).encode() == GOOD
    found = await place.read(Side.REQUEST)
    assert found.passage.full.encode() == GOOD
    assert "Unpacked from" in found.passage.note


async def test_one_event_of_a_batch_opens_alone_with_the_token_of_the_batch(stage: Stage) -> None:
    place = Place(stage)
    await place.post(TWO, 2, "/batch/")
    place.table.choose(1)
    assert "one of 2" in place.pane.sentence
    (draft,) = await place.open()
    assert draft.payload.get("event") == "a"
    assert draft.payload.get("api_key") == "k"


@pytest.mark.parametrize("body", [b"nonsense", b"\x1f\x8b\x08rest", b"[]"])
async def test_a_body_that_no_form_can_show_says_so(stage: Stage, body: bytes) -> None:
    place = Place(stage)
    await place.post(body, 1)
    click(place.page, "Open in Compose")
    await wait_until(lambda: stage.said, "a message")
    assert place.opened == []
    assert "no event in it" in stage.said[-1].text


async def test_a_request_without_an_event_is_listed_and_cannot_be_opened(stage: Stage) -> None:
    place = Place(stage)
    await place.post(b'{"token": "phc_x", "distinct_id": "d"}', 1, "/flags/?v=2")
    assert place.rows == ["POST /flags/?v=2 | No event"]
    assert place.pane.title == "Nothing to store"
    assert not named(place.page, "Open in Compose", QAbstractButton).isEnabled()
    assert await place.text(Side.ANSWER) == stage.sandbox.arrivals()[0].answer


async def test_the_tab_that_was_chosen_stays_for_other_events(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    await place.post(BAD, 2)
    await place.post(GOOD, 3)
    await place.read(Side.COMPARE)
    place.table.choose(1)
    assert place.views.side is Side.REQUEST, "a refused request has nothing to compare"
    place.table.choose(0)
    assert place.views.side is Side.COMPARE


async def test_bytes_that_are_no_text_are_shown_as_hex(stage: Stage) -> None:
    place = Place(stage)
    await place.post(b"\x1f\x8b\x08rest", 1)
    found = await place.read(Side.RAW)
    assert "1f 8b 08 72 65 73 74" in found.passage.full
    assert "hex" in found.passage.note
    assert "Look at the bytes" in (await place.read(Side.REQUEST)).passage.note


async def test_the_curl_command_is_copied_without_leaving_the_tab(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    await place.read(Side.EVENT)
    await place.activate()
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    await wait_until(lambda: stage.copied, "the copy")
    assert stage.copied[0].startswith("curl ")
    assert place.views.side is Side.EVENT


async def test_a_hidden_token_is_hidden_on_every_side_and_in_copies(stage: Stage) -> None:
    place = Place(stage)
    token = "phc_aRealProjectsToken00000000000000"
    await place.post(GOOD.replace(b"phc_x", token.encode()), 1)
    stage.preferences.change(hide_key=True, copy_key=KeyMode.MASKED)
    assert token not in " ".join(place.facts)
    for side in (Side.EVENT, Side.REQUEST, Side.RAW):
        await place.read(side)
        click(place.page, f"Copy {['event', '', 'body', 'raw request'][side]}")
        shown = place.views.shown_text
        assert '"event": "e"' in shown
        assert token not in shown
        assert token not in stage.copied[-1]
    await place.read(Side.COMPARE)
    table = named(place.page, "Differences between sent and stored", Grid)
    cells = [table.model().index(row, 2).data() for row in range(table.model().rowCount())]
    assert token not in " ".join(cells)


async def test_large_bodies_are_read_elsewhere_and_shown_in_part(stage: Stage) -> None:
    place = Place(stage)
    filler = b'"' + b"x" * 3_000_000 + b'"'
    await place.post(GOOD.replace(b"1.00", filler), 1)
    assert stage.sandbox.arrivals()[0].body.size > 3_000_000
    found = await place.read(Side.REQUEST)
    assert len(found.passage.shown) < 250_000
    assert "Copy takes all" in found.passage.note
    (draft,) = await place.open()
    assert len(str(draft.payload.get("n"))) == 3_000_000
    compared = await place.read(Side.COMPARE)
    assert "n" in {one.field for one in compared.differences or ()}
