"""The Batch place: collect, reorder, edit, remove, send as one request."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.modeltest import ModelTester

from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.core.destination import BATCH_PATH
from composer.core.jsontext import Object, get_at, parse_bytes
from composer.core.records import BatchItem
from composer.ui.batch.model import At, BatchModel
from composer.ui.inspector.view import Side
from composer.ui.lists.grid import Grid
from composer.ui.widgets import FlowNote, Notice
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, wait_until
from tests.ui.batch.place import BatchPlace


class Place(BatchPlace):
    """A page and how a test looks at it."""

    def __init__(self, stage: Stage, *events: str) -> None:
        super().__init__(stage, *events)
        stage.show(self.page)

    def column(self, column: At = At.EVENT) -> list[str]:
        return [row[column] for row in self.cells()]

    @property
    def events(self) -> list[str]:
        return [str(item.draft.payload.get("event")) for item in self.batch.items]

    @property
    def notice(self) -> str:
        shown = [notice for notice in self.page.findChildren(Notice) if notice.isVisible()]
        return shown[0].text if shown else ""

    @property
    def send_button(self) -> QPushButton:
        return named(self.page, "Send batch", QPushButton)

    async def settled(self) -> None:
        await wait_until(lambda: self.column() == self.events, "the list to follow")


async def test_an_empty_batch_says_what_it_is_for(stage: Stage) -> None:
    place = Place(stage)
    wanted: list[bool] = []
    place.page.compose_wanted.connect(lambda: wanted.append(True))
    assert place.emptiness == "No events in the batch"
    buttons = place.page.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Compose an event").click()
    assert wanted == [True]


async def test_events_are_listed_in_the_order_in_which_they_go_out(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    assert place.column() == ["one", "two"]
    assert place.column(At.NUMBER) == ["1", "2"]
    assert place.column(At.PERSON) == ["customer-42"] * 2
    assert place.column(At.TIME) == ["21 Nov 2026 09:30:00"] * 2
    place.batch.add(stage.draft("three"))
    await place.settled()
    assert place.send_button.text() == "Send batch of 3 to Sandbox"


async def test_many_events_added_at_once_are_shown_once(stage: Stage) -> None:
    place = Place(stage)
    resets: list[bool] = []
    place.table.model().modelReset.connect(lambda: resets.append(True))
    for number in range(300):
        place.batch.add(stage.draft(f"event {number}"))
    await place.settled()
    assert len(resets) == 1


async def test_the_request_beside_it_is_the_very_request_that_is_sent(stage: Stage) -> None:
    stage.start_sandbox()
    place = Place(stage, "one", "two")
    shown = place.inspector.text(Side.REQUEST)
    click(place.page, "Send batch")
    await wait_until(lambda: place.notice, "the answer")
    (arrival,) = stage.sandbox.arrivals()
    assert arrival.path == BATCH_PATH
    assert arrival.body.read() == shown.encode()
    assert [event.name for event in arrival.events] == ["one", "two"]
    assert place.notice == "Accepted and stored by the sandbox."
    assert place.inspector.side is Side.RESPONSE
    (row,) = stage.environment.history.rows()
    assert (row.summary.event, row.summary.events) == ("2 events", 2)


async def test_after_an_accepted_batch_the_list_can_be_cleared_and_brought_back(
    stage: Stage,
) -> None:
    stage.start_sandbox()
    place = Place(stage, "one", "two")
    items = place.batch.items
    place.page.send()
    await wait_until(lambda: place.notice, "the answer")
    buttons = place.page.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Clear the list").click()
    assert place.batch.items == ()
    await wait_until(lambda: place.emptiness, "the empty place")
    assert place.notice == ""
    message = stage.said[-1]
    assert message.text == "Removed 2 events from the batch."
    assert message.run is not None
    message.run()
    assert place.batch.items == items


async def test_a_refused_batch_keeps_its_events_and_says_why(stage: Stage) -> None:
    stage.start_sandbox()
    place = Place(stage, "")
    place.page.send()
    await wait_until(lambda: place.notice, "the answer")
    assert place.notice.startswith("The server refused the request: ")
    assert len(place.batch.items) == 1
    visible = [b.text() for b in place.page.findChildren(QPushButton) if b.isVisible()]
    assert "Clear the list" not in visible


async def test_an_answer_goes_when_the_batch_changes(stage: Stage) -> None:
    stage.start_sandbox()
    place = Place(stage, "one")
    place.page.send()
    await wait_until(lambda: place.notice, "the answer")
    place.batch.add(stage.draft("two"))
    await place.settled()
    assert place.notice == ""
    assert place.inspector.side is Side.REQUEST


async def test_a_send_can_be_cancelled(stage: Stage) -> None:
    stage.start_sandbox()
    stage.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=20)))
    place = Place(stage, "one")
    click(place.page, "Send batch")
    assert stage.sends.is_busy
    click(place.page, "Cancel batch")
    await wait_until(lambda: place.notice, "the end")
    assert place.notice.startswith("You stopped it before an answer came.")
    assert place.send_button.isVisible()


async def test_a_double_click_sends_once(stage: Stage) -> None:
    stage.start_sandbox()
    place = Place(stage, "one")
    place.page.send()
    await wait_until(lambda: place.notice, "the answer")
    place.page.send()
    assert not stage.sends.is_busy
    assert len(stage.sandbox.arrivals()) == 1


async def test_several_events_for_a_real_project_are_asked_about_once(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    stage.preferences.change(destination_id="us")
    await wait_until(lambda: "US cloud" in place.send_button.text(), "the destination")
    click(place.page, "Send batch")
    assert not stage.sends.is_busy
    words = [note.text() for note in place.page.findChildren(FlowNote) if note.isVisible()]
    assert "Send 2 events to US cloud, a production project?" in words
    not_now = next(b for b in place.page.findChildren(QPushButton) if b.text() == "Not now")
    not_now.click()
    assert not not_now.isVisible()
    assert place.send_button.isVisible()


async def test_the_question_goes_when_the_destination_changes(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    stage.preferences.change(destination_id="us")
    await wait_until(lambda: "US cloud" in place.send_button.text(), "the destination")
    place.page.send()
    not_now = next(b for b in place.page.findChildren(QPushButton) if b.text() == "Not now")
    assert not_now.isVisible()
    stage.preferences.change(destination_id="eu")
    await wait_until(lambda: not not_now.isVisible(), "the question to go")


async def test_yes_sends_to_the_real_project(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    address = stage.start_sandbox()
    own = stage.preferences.settings.destination("self_hosted")
    stage.preferences.change(destination_id="self_hosted")
    stage.preferences.change_destination(replace(own, address=address, token="phc_own"))
    await wait_until(lambda: "Self-hosted" in place.send_button.text(), "the destination")
    place.page.send()
    yes = next(b for b in place.page.findChildren(QPushButton) if b.text() == "Send 2 events")
    yes.click()
    await wait_until(lambda: place.notice, "the answer")
    (arrival,) = stage.sandbox.arrivals()
    assert get_at(parse_bytes(arrival.body.read()), ("api_key",)) == "phc_own"


@pytest.mark.parametrize(
    ("key", "order", "row"),
    [(Qt.Key.Key_Up, ["two", "one", "three"], 0), (Qt.Key.Key_Down, ["one", "three", "two"], 2)],
)
async def test_alt_and_an_arrow_move_an_event(
    stage: Stage, key: Qt.Key, order: list[str], row: int
) -> None:
    place = Place(stage, "one", "two", "three")
    place.table.choose(1)
    place.page.activateWindow()
    place.table.setFocus()
    await wait_until(place.table.hasFocus, "the focus")
    QTest.keyClick(place.table, key, Qt.KeyboardModifier.AltModifier)
    assert place.events == place.column() == order
    assert place.table.row == row


@pytest.mark.parametrize(
    ("to_row", "lower_half", "order"),
    [
        (2, True, ["two", "three", "one"]),
        (1, True, ["two", "one", "three"]),
        (1, False, ["one", "two", "three"]),
        (0, True, ["one", "two", "three"]),
    ],
)
async def test_a_row_can_be_dragged(
    stage: Stage, to_row: int, lower_half: bool, order: list[str]
) -> None:
    place = Place(stage, "one", "two", "three")
    viewport = place.table.viewport()
    start = place.table.row_rect(0).center()
    end = place.table.row_rect(to_row).center() + QPoint(0, 8 if lower_half else -8)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for point in (start + QPoint(2, 2), start + QPoint(0, 20), end):
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            QPointF(point),
            QPointF(viewport.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert place.events == order
    assert place.column() == order
    assert place.events[place.table.row] == "one"


async def test_the_buttons_know_where_the_list_ends(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    up = named(place.page, "Move event up")
    down = named(place.page, "Move event down")
    assert (up.isEnabled(), down.isEnabled()) == (False, True)
    click(place.page, "Move event down")
    assert place.events == ["two", "one"]
    assert (up.isEnabled(), down.isEnabled()) == (True, False)


async def test_enter_asks_for_the_event_in_compose_and_marks_it(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    place.table.choose(1)
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    assert [item.id for item in place.wanted] == [2]
    place.batch.edit(2)
    await wait_until(lambda: place.column() == ["one", "two · open in Compose"], "the mark")


async def test_a_removed_event_comes_back_in_its_place(stage: Stage) -> None:
    place = Place(stage, "one", "two", "three")
    place.table.choose(1)
    click(place.page, "Remove event")
    assert place.events == place.column() == ["one", "three"]
    assert place.table.row == 1
    place.batch.remove(3)
    place.batch.add(stage.draft("four"))
    message = stage.said[-1]
    assert message.text == "Removed “two” from the batch."
    assert message.run is not None
    message.run()
    assert place.events == ["one", "two", "four"]
    assert len({item.id for item in place.batch.items}) == 3


async def test_undo_gives_an_event_a_new_number_if_its_own_is_taken(stage: Stage) -> None:
    place = Place(stage, "one", "two")
    place.table.choose(1)
    place.page.remove_chosen()
    place.batch.add(stage.draft("three"))
    run = stage.said[-1].run
    assert run is not None
    run()
    assert place.events == ["one", "two", "three"]
    assert len({item.id for item in place.batch.items}) == 3


async def test_the_import_mark_goes_into_the_request(stage: Stage) -> None:
    place = Place(stage, "one")
    box = place.page.findChildren(QCheckBox)[0]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert place.batch.historical_migration
    await wait_until(
        lambda: '"historical_migration": true' in place.inspector.text(Side.REQUEST), "the mark"
    )


async def test_send_says_why_it_is_off(stage: Stage) -> None:
    place = Place(stage, "one")
    stage.preferences.change(destination_id="self_hosted")
    await wait_until(lambda: not place.send_button.isEnabled(), "the obstacle")
    words = [note.text() for note in place.page.findChildren(FlowNote) if note.isVisible()]
    assert place.batch.obstacle in words
    place.page.send()
    assert not stage.sends.is_busy


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    place = Place(stage, "one")
    assert named(place.page, "Batch", Grid) is place.table
    assert nameless(place.page) == []


async def test_odd_values_are_listed_as_they_are(stage: Stage) -> None:
    place = Place(stage)
    odd = stage.draft().with_text('{"event": 7, "distinct_id": [1], "timestamp": "yesterday"}')
    bare = stage.draft().with_text("{}")
    place.batch.add(odd)
    place.batch.add(bare)
    await wait_until(lambda: len(place.column()) == 2, "the list")
    assert place.column() == ["7", ""]
    assert place.column(At.PERSON) == ["[1]", ""]
    assert place.column(At.TIME) == ["yesterday", "On arrival"]
    assert isinstance(parse_bytes(place.inspector.text(Side.REQUEST).encode()), Object)


async def test_the_model_keeps_qts_contract(stage: Stage, qtmodeltester: ModelTester) -> None:
    model = BatchModel()
    items = tuple(BatchItem(id=n, draft=stage.draft(f"event {n}")) for n in range(3))
    model.show_items(items, 1)
    qtmodeltester.check(model, force_py=True)
