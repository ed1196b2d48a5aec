"""The Sandbox place: what arrived, live; what was stored of it, and why something was refused."""

import http.client
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.modeltest import ModelTester

from composer.core.draft import Draft
from composer.core.jsontext import Layout, Object
from composer.services.sandbox.stored import Arrival, StoredEvent
from composer.ui.inspector.view import Side
from composer.ui.lists.grid import Grid
from composer.ui.sandbox.feed import ArrivalFeed
from composer.ui.sandbox.model import MOST_ROWS, SandboxModel, Shown
from composer.ui.sandbox.page import SandboxPage
from composer.ui.widgets import Combo, ElidedLabel
from tests.helpers.list_page import ListPage
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, wait_until

GOOD = b'{"api_key": "phc_x", "event": "e", "distinct_id": "d", "n": 1.00}'
BAD = b'{"api_key": "phc_x", "event": ""}'
TWO = b'{"api_key":"k","batch":[{"event":"a","distinct_id":"p"},{"event":"b","distinct_id":"q"}]}'


class Place(ListPage):
    """A page over the real sandbox, and how a test looks at it."""

    def __init__(self, stage: Stage) -> None:
        stage.start_sandbox()
        self.stage = stage
        self.feed = ArrivalFeed()
        stage.sandbox.listen(self.feed.receive)
        self.page = SandboxPage(
            stage.sandbox, self.feed, stage.preferences, stage.copier, stage.messages
        )
        super().__init__(self.page)
        self.opened: list[tuple[Draft, ...]] = []
        self.page.open_wanted.connect(self.opened.append)
        stage.show(self.page)

    @property
    def rows(self) -> list[str]:
        return [" | ".join(filter(None, row[1:])) for row in self.cells()]

    async def post(self, body: bytes, rows: int, path: str = "/i/v0/e/") -> None:
        """Send to the sandbox as any program would, and wait until the list has so many rows."""
        address = self.stage.sandbox.url.removeprefix("http://")
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        connection.getresponse().read()
        connection.close()
        await wait_until(lambda: len(self.rows) == rows, f"{rows} rows")


async def test_an_idle_sandbox_says_how_to_reach_it(stage: Stage) -> None:
    place = Place(stage)
    wanted: list[bool] = []
    place.page.compose_wanted.connect(lambda: wanted.append(True))
    assert place.emptiness == "Nothing has arrived yet"
    words = " ".join(label.text() for label in place.page.findChildren(QLabel))
    assert f"{stage.sandbox.url}/i/v0/e/" in words
    buttons = place.page.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Compose an event").click()
    assert wanted == [True]
    click(place.page, "Copy the sandbox's address")
    assert stage.copied == [stage.sandbox.url]


async def test_requests_appear_as_they_arrive_newest_first(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    await place.post(BAD, 2)
    await place.post(TWO, 4, "/batch/")
    assert place.rows == [
        "b | q | Stored",
        "a | p | Stored",
        "event submitted with an empty event name | 400 · refused",
        "e | d | Stored",
    ]
    assert place.table.row == 3, "the row that was chosen stays chosen"
    assert any(label.text() == "3 requests" for label in place.page.findChildren(QLabel))


async def test_the_detail_tells_what_was_stored_and_shows_the_raw_request(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    assert place.pane.title == "e"
    assert place.pane.sentence == "This is what PostHog would store."
    facts = [label.full_text for label in place.page.findChildren(ElidedLabel)]
    (arrival,) = stage.sandbox.arrivals()
    assert arrival.events[0].uuid in facts
    assert "21 Nov 2026 09:30:00 UTC" in facts
    assert place.inspector.text(Side.REQUEST).encode() == GOOD
    assert "Content-Type: application/json" in place.inspector.text(Side.HEADERS).replace(
        "content-type", "Content-Type"
    )
    assert place.inspector.text(Side.RESPONSE) == arrival.answer


async def test_a_refused_request_says_why(stage: Stage) -> None:
    place = Place(stage)
    await place.post(BAD, 1)
    assert place.pane.title == "Refused with 400"
    assert place.pane.sentence == "event submitted with an empty event name"
    place.inspector.show_side(Side.RESPONSE)
    assert place.inspector.text(Side.RESPONSE) == stage.sandbox.arrivals()[0].answer


async def test_the_list_can_be_narrowed_to_stored_or_refused(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    await place.post(BAD, 2)
    combo = named(place.page, "Show requests", Combo)
    combo.setFocus()
    for key, found in (
        (Qt.Key.Key_Down, ["e | d | Stored"]),
        (
            Qt.Key.Key_Home,
            ["event submitted with an empty event name | 400 · refused", "e | d | Stored"],
        ),
        (Qt.Key.Key_End, ["event submitted with an empty event name | 400 · refused"]),
    ):
        QTest.keyClick(combo, key)
        assert place.rows == found
    click(place.page, "Clear sandbox")
    await place.post(GOOD, 0)
    await wait_until(lambda: place.feed.count == 1, "the good one")
    assert place.emptiness == "Nothing refused"


async def test_an_event_opens_in_compose_as_it_arrived(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    (drafts,) = place.opened
    assert drafts[0].text(Layout.PRETTY).encode() == GOOD


async def test_one_event_of_a_batch_opens_alone(stage: Stage) -> None:
    place = Place(stage)
    await place.post(TWO, 2, "/batch/")
    place.table.choose(1)
    place.page.open_chosen()
    assert [draft.payload.get("event") for draft in place.opened[0]] == ["a"]


@pytest.mark.parametrize("body", [b"nonsense", b"\x1f\x8b\x08rest", b"[]"])
async def test_a_body_that_no_form_can_show_says_so(stage: Stage, body: bytes) -> None:
    place = Place(stage)
    await place.post(body, 1)
    place.page.open_chosen()
    assert place.opened == []
    assert "no form can show it" in stage.said[-1].text


async def test_clear_forgets_everything(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    click(place.page, "Clear sandbox")
    assert place.rows == []
    assert stage.sandbox.arrivals() == ()
    assert place.feed.count == 0
    assert place.emptiness == "Nothing has arrived yet"
    await place.post(GOOD, 1)


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    assert named(place.page, "Sandbox", Grid) is place.table
    assert nameless(place.page) == []


def arrival(number: int, events: int = 1, status: int = 200) -> Arrival:
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    stored = [
        StoredEvent(
            name=f"event {number}.{place}",
            distinct_id="d",
            uuid="u",
            timestamp=moment,
            token="t",
            payload=Object(),
        )
        for place in range(events)
    ]
    return Arrival(
        number=number,
        received_at=moment,
        method="POST",
        path="/batch/",
        headers=(),
        body=b"",
        status=status,
        answer="",
        events=tuple(stored),
    )


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = SandboxModel()
    model.reset([arrival(1), arrival(2, 2), arrival(3, 0, 401)], Shown.ALL)
    qtmodeltester.check(model, force_py=True)


def test_the_oldest_rows_go_when_there_are_too_many() -> None:
    model = SandboxModel()
    model.reset([arrival(1, MOST_ROWS - 1)], Shown.ALL)
    model.add([arrival(2, 3)])
    assert model.rowCount() == MOST_ROWS
    first, last = model.at(0), model.at(MOST_ROWS - 1)
    assert first is not None
    assert last is not None
    assert (first.event and first.event.name) == "event 2.2"
    assert (last.event and last.event.name) == "event 1.2"
    model.add([arrival(3, MOST_ROWS + 7)])
    assert model.rowCount() == MOST_ROWS


def test_requests_that_are_kept_no_more_leave_the_list() -> None:
    model = SandboxModel()
    model.reset([arrival(1), arrival(2, 2), arrival(3), arrival(4, 0, 401)], Shown.ALL)
    model.drop_before(3)
    assert [row.arrival.number for n in range(9) if (row := model.at(n))] == [4, 3]
    model.drop_before(9)
    assert model.rowCount() == 0


def test_an_accepted_request_without_events_is_neither_stored_nor_refused() -> None:
    model = SandboxModel()
    model.reset([arrival(1, 0)], Shown.ALL)
    assert model.index(0, 3).data() == "200 · nothing"
    for shown in (Shown.STORED, Shown.REFUSED):
        model.reset([arrival(1, 0)], shown)
        assert model.rowCount() == 0
