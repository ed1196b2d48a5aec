"""The History place: find a send again, open it, send it again, copy it."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.core.curl import render
from composer.core.jsontext import Layout
from composer.core.outcome import Accepted, Interrupted
from composer.core.settings import Retention
from composer.core.summary import summarize
from composer.core.tokens import KeyMode
from composer.ui.history.foot import RetentionFoot
from composer.ui.inspector.view import Side
from composer.ui.lists.grid import Grid
from composer.ui.send.controller import Report, Send
from composer.ui.send.question import QuestionBar
from composer.ui.widgets import CodeView, EmptyState, LineEdit, Severity
from tests.helpers.stage import EU, OK, Stage, nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.history.driver import Place, place_with


async def test_an_empty_history_says_what_it_is_for(stage: Stage) -> None:
    place = Place(stage)
    wanted: list[bool] = []
    place.page.compose_wanted.connect(lambda: wanted.append(True))
    await wait_until(lambda: place.emptiness, "the words")
    assert place.emptiness == "Nothing sent yet"
    button = next(b for b in place.page.findChildren(QPushButton) if b.isVisible())
    assert button.text() == "Compose an event"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == [True]


async def test_sends_are_listed_by_day_and_the_newest_is_shown_whole(stage: Stage) -> None:
    stage.remember("cut off", outcome=Interrupted(), days=2)
    stage.remember("invoice paid", destination=EU, hours=1)
    stage.remember("under way", outcome=None)
    place = Place(stage)
    place.page.resize(1300, 700)
    await place.read(
        [
            "Today",
            "under way | customer-42 | Sandbox | Sending…",
            "invoice paid | customer-42 | EU cloud | 200 · 12 ms",
            "Thursday 19 November",
            "cut off | customer-42 | Sandbox | Cut off",
        ]
    )
    assert place.chosen == "under way"
    assert place.says("3 requests")
    assert place.inspector.text(Side.REQUEST) == '{"event": "under way"}'
    place.table.choose(2)
    assert place.chosen == "invoice paid"
    assert place.says("Sent to <b>EU cloud</b> today at 08:30:00, answered 200 in 12 ms.")


async def test_the_search_looks_into_bodies_and_keeps_the_choice(stage: Stage) -> None:
    stage.remember("first", body=b'{"event": "first", "properties": {"plan": "gold"}}')
    stage.remember("second", body=b'{"event": "second"}')
    place = Place(stage)
    await wait_until(lambda: len(place.rows) == 3, "the list")
    place.table.choose(2)
    field = named(place.page, "Search history", LineEdit)
    type_into(field, "gold")
    await wait_until(lambda: len(place.rows) == 2, "the search")
    await wait_until(lambda: place.says("1 of 2 requests"), "the count")
    assert place.chosen == "first"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert place.table.hasFocus()


async def test_a_search_without_a_find_says_so_and_can_be_cleared(stage: Stage) -> None:
    place = await place_with(stage, "first")
    type_into(named(place.page, "Search history", LineEdit), "nowhere")
    await wait_until(lambda: place.emptiness == "No request matches", "the words")
    assert place.chosen == ""
    states = [state for state in place.page.findChildren(EmptyState) if state.isVisible()]
    states[0].action_chosen.emit()
    await wait_until(lambda: len(place.rows) == 2, "the list")
    assert named(place.page, "Search history", LineEdit).text() == ""
    assert place.chosen == "first"


async def test_a_slash_goes_to_the_search(stage: Stage) -> None:
    place = await place_with(stage, "first")
    place.page.activateWindow()
    place.table.setFocus()
    await wait_until(place.table.hasFocus, "the focus")
    QTest.keyClick(place.table, Qt.Key.Key_Slash)
    field = named(place.page, "Search history", LineEdit)
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Slash)
    assert field.text() == "/"


async def test_a_new_send_appears_at_once_and_the_choice_stays(stage: Stage) -> None:
    stage.start_sandbox()
    stage.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=0.4)))
    place = await place_with(stage, "older", "old")
    place.table.choose(2)
    body = stage.draft("fresh").text(Layout.PRETTY).encode()
    destination = stage.preferences.destination
    request = stage.request(body, destination)
    stage.sends.start(Send(request=request, destination=destination, summary=summarize(body)))
    await wait_until(lambda: "fresh | customer-42 | Sandbox | Sending…" in place.rows, "the row")
    await wait_until(lambda: any("fresh" in r and "200" in r for r in place.rows), "the outcome")
    assert place.chosen == "older"
    assert place.table.row == 3


async def test_the_shown_send_is_renewed_when_it_ends(stage: Stage) -> None:
    stage.remember("first", outcome=None)
    place = Place(stage)
    await wait_until(lambda: place.chosen == "first", "the send")
    assert place.says("Sent to <b>Sandbox</b> today at 09:30:00, still under way.")
    stage.environment.history.finish(1, OK)
    send = Send(
        request=stage.request(b"{}"),
        destination=stage.preferences.destination,
        summary=summarize(b"{}"),
    )
    stage.sends.finished.emit(Report(send=send, outcome=OK, history_id=1))
    ended = "Sent to <b>Sandbox</b> today at 09:30:00, answered 200 in 12 ms."
    await wait_until(lambda: place.says(ended), "the ending")


async def test_resend_sends_the_same_bytes_to_where_the_sandbox_is_now(stage: Stage) -> None:
    body = stage.draft().text(Layout.PRETTY).encode()
    stage.remember("plan upgraded", body=body)
    stage.start_sandbox()
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    place.press("Resend")
    await wait_until(lambda: len(place.rows) == 3 and "200" in place.rows[1], "the answer")
    await wait_until(lambda: place.table.row == 1, "the new send to be chosen")
    assert place.inspector.side is Side.RESPONSE
    assert stage.sandbox.arrivals()[0].body.read() == body
    rows = stage.environment.history.rows()
    entries = [stage.environment.history.entry(row.id) for row in rows]
    assert {entry.request.body for entry in entries if entry} == {body}
    assert isinstance(rows[0].outcome, Accepted)


async def test_a_resend_to_a_production_project_is_asked_about_in_place(stage: Stage) -> None:
    stage.start_sandbox()
    shop = replace(EU, id="shop", name="Shop", address=stage.sandbox.url)
    stage.preferences.add_destination(shop)
    stage.remember("plan upgraded", destination=shop, body=b'{"event":"plan upgraded"}')
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    place.press("Resend")
    assert not stage.sends.is_busy
    (question,) = place.page.findChildren(QuestionBar)
    assert question.words.startswith("Shop is a production project")
    place.press("Not now")
    assert question.words == ""
    place.press("Resend")
    place.press("Send to Shop")
    await wait_until(lambda: len(stage.sandbox.arrivals()) == 1, "the send")
    await wait_until(lambda: not stage.sends.is_busy, "the answer")
    place.press("Resend")
    await wait_until(lambda: len(stage.sandbox.arrivals()) == 2, "the next, unasked")
    await wait_until(lambda: not stage.sends.is_busy, "its answer")


async def test_a_resend_goes_the_way_that_the_project_has_now(stage: Stage) -> None:
    stage.start_sandbox()
    shop = replace(EU, id="shop", name="Shop", address=stage.sandbox.url)
    stage.preferences.add_destination(replace(shop, name="Shop, test", production=False))
    stage.remember("plan upgraded", destination=shop, body=b'{"event":"plan upgraded"}')
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    place.press("Resend")
    await wait_until(lambda: len(stage.sandbox.arrivals()) == 1, "the send, unasked")
    await wait_until(lambda: not stage.sends.is_busy, "the answer")
    assert stage.environment.history.rows()[0].destination.name == "Shop, test"


async def test_resend_says_when_another_request_is_under_way(stage: Stage) -> None:
    stage.start_sandbox()
    stage.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=0.3)))
    place = await place_with(stage, "first")
    place.press("Resend")
    assert stage.sends.is_busy
    place.press("Resend")
    assert stage.said[-1].severity is Severity.WARNING
    assert "under way" in stage.said[-1].text
    await wait_until(lambda: not stage.sends.is_busy, "the answer")


async def test_resend_says_when_the_address_is_gone(stage: Stage) -> None:
    stage.preferences.locate_sandbox("")
    place = await place_with(stage, "first")
    place.press("Resend")
    assert not stage.sends.is_busy
    assert stage.said[-1].severity is Severity.ERROR


async def test_open_as_new_hands_over_the_event_as_it_was(stage: Stage) -> None:
    body = b'{"api_key":"phc_x", "event": "e", "distinct_id": "d", "n": 1.00}'
    stage.remember("e", body=body)
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    (drafts,) = place.opened
    assert drafts[0].text(Layout.PRETTY).encode() == body


async def test_a_batch_is_opened_with_all_its_events(stage: Stage) -> None:
    stage.remember("2 events", body=b'{"api_key": "k", "batch": [{"event": "a"}, {"event": "b"}]}')
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    place.table.opened.emit(place.table.currentIndex())
    assert [draft.payload.get("event") for draft in place.opened[0]] == ["a", "b"]


@pytest.mark.parametrize("body", [b"no JSON", b"\xff\x00", b"[]", b"3", b"{" * 5000])
async def test_a_body_without_an_event_says_what_can_be_done(stage: Stage, body: bytes) -> None:
    stage.remember("odd", body=body)
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    place.table.opened.emit(place.table.currentIndex())
    assert place.opened == []
    assert "Copy it, or resend it" in stage.said[-1].text


async def test_control_c_copies_the_command(stage: Stage) -> None:
    body = b'{"api_key": "phc_aRealProjectsToken00000000000000", "event": "e"}'
    stage.remember("e", body=body, destination=EU)
    place = Place(stage)
    await wait_until(lambda: place.chosen, "the list")
    place.page.activateWindow()
    place.table.setFocus()
    await wait_until(place.table.hasFocus, "the focus")
    QTest.keyClick(place.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert stage.copied == [render(stage.request(body, EU), key=KeyMode.ENV).text]


async def test_the_list_grows_as_one_scrolls(stage: Stage) -> None:
    for number in range(450):
        stage.remember(f"event {number}")
    place = Place(stage)
    await wait_until(lambda: len(place.rows) == 201, "the first page")
    bar = place.table.verticalScrollBar()

    def at_the_end() -> int:
        bar.setValue(bar.maximum())  # again and again: the list is laid out after the rows came
        return len(place.rows)

    await wait_until(lambda: at_the_end() == 451, "all rows")
    assert place.says("450 requests")


async def test_end_goes_to_the_oldest_send_and_home_back(stage: Stage) -> None:
    for number in range(1_000):
        stage.remember(f"event {number}")
    place = Place(stage)
    await wait_until(lambda: len(place.rows) == 201, "the first page")
    await wait_until(lambda: place.says("1,000 requests"), "the count")
    await place.focused()
    place.key(Qt.Key.Key_End)
    assert place.says("Reading… 200 of 1,000. Esc stops.")
    await wait_until(lambda: place.chosen == "event 0", "the end")
    assert len(place.rows) == 1_001
    assert place.says("1,000 requests")
    place.key(Qt.Key.Key_Home)
    assert place.chosen == "event 999"


async def test_escape_stops_on_the_way_to_the_end(stage: Stage) -> None:
    for number in range(1_000):
        stage.remember(f"event {number}")
    place = Place(stage)
    await wait_until(lambda: len(place.rows) == 201, "the first page")
    await wait_until(lambda: place.says("1,000 requests"), "the count")
    await place.focused()
    place.key(Qt.Key.Key_End)
    place.key(Qt.Key.Key_Escape)
    await wait_until(lambda: place.says("1,000 requests"), "the count")
    assert place.chosen == "event 999"


async def test_the_foot_says_what_is_kept_and_leads_to_the_settings(stage: Stage) -> None:
    place = await place_with(stage, "first", "second")
    wanted: list[bool] = []
    place.page.settings_wanted.connect(lambda: wanted.append(True))
    (foot,) = place.page.findChildren(RetentionFoot)
    await wait_until(lambda: "2 sends" in foot.words, "the size")
    assert foot.words.startswith("Everything is kept · 2 sends, ")
    click(place.page, "Change what is kept of history")
    assert wanted == [True]
    stage.preferences.change(retention=Retention(days=90, megabytes=500))
    assert foot.words.startswith("Kept for 90 days and up to 500 MB · 2 sends")


async def test_an_entry_can_be_shown_whatever_is_being_searched(stage: Stage) -> None:
    for number in range(250):
        stage.remember(f"event {number}")
    place = Place(stage)
    await wait_until(lambda: len(place.rows) == 201, "the first page")
    place.page.show_entry(240)
    assert place.chosen == "event 239"
    type_into(named(place.page, "Search history", LineEdit), '"event 1"')
    await wait_until(lambda: place.says("111 of 250 requests"), "the search")
    place.page.show_entry(3, Side.RESPONSE)
    await wait_until(lambda: place.chosen == "event 2", "the old send")
    assert place.inspector.side is Side.RESPONSE
    assert named(place.page, "Search history", LineEdit).text() == ""


async def test_a_broken_history_is_told_and_nothing_breaks(stage: Stage) -> None:
    place = await place_with(stage, "first", "second")
    other = sqlite3.connect(stage.environment.profile.history, isolation_level=None)
    other.execute("DROP TABLE contents")
    other.close()
    place.table.choose(2)
    assert stage.said[-1].severity is Severity.ERROR
    assert place.chosen == ""


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    place = await place_with(stage, "first")
    assert named(place.page, "History", Grid) is place.table
    assert nameless(place.page) == []


async def test_long_names_and_line_breaks_stay_in_their_row(stage: Stage) -> None:
    place = await place_with(stage, "two\nlines " + "long " * 100)
    assert place.rows[1].startswith("two lines long long")
    assert "\n" not in place.chosen
    view = next(v for v in place.page.findChildren(CodeView) if v.isVisible())
    assert "two\nlines" in view.text()


async def test_a_page_that_goes_while_it_reads_leaves_nothing_behind(stage: Stage) -> None:
    for number in range(300):
        stage.remember(f"event {number}")
    place = Place(stage)
    place.page.show_entry(1)
    await asyncio.sleep(0)
    await stage.tasks.aclose()
