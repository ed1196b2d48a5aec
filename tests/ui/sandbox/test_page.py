"""The Sandbox place: what arrived, live; what was stored of it, and why something was not."""

import http.client

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from composer.core.behaviour import Behaviour
from composer.ui.lists.grid import Grid
from composer.ui.sandbox.page import View
from composer.ui.sandbox.reading import Side
from composer.ui.widgets import LineEdit, Tabs
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.sandbox.place import BAD, GOOD, TWO, Place


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


async def test_good_and_bad_can_be_seen_apart_by_the_keyboard(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    await place.post(BAD, 2)
    named(place.page, "All, 2", QAbstractButton).setFocus()
    refused = "event submitted with an empty event name | 400 · refused"
    for found in (["e | d | Stored"], [], [refused], [refused]):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Right)
        assert place.rows == found
    click(place.page, "Lost, 0")
    assert place.emptiness == "Nothing lost"
    click(place.page, "Show everything")
    assert len(place.rows) == 2
    click(place.page, "Refused, 1")
    await place.post(BAD, 2)
    assert place.rows == [refused, refused]


async def test_the_search_narrows_while_typing_and_keeps_what_was_chosen(stage: Stage) -> None:
    place = Place(stage)
    await place.post(TWO, 2, "/batch/")
    await place.post(GOOD, 3)
    place.table.choose(2)
    type_into(named(place.page, "Search the sandbox", LineEdit), "a p")
    await wait_until(lambda: place.rows == ["a | p | Stored"], "the one that matches")
    assert place.pane.title == "a"
    type_into(named(place.page, "Search the sandbox", LineEdit), "nobody")
    await wait_until(lambda: place.emptiness == "Nothing matches", "the end of the search")
    click(place.page, "Show everything")
    assert len(place.rows) == 3


async def test_clear_forgets_everything(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    click(place.page, "Clear sandbox")
    await wait_until(lambda: not place.rows, "an empty list")
    assert stage.sandbox.arrivals() == ()
    assert place.feed.count == 0
    assert place.emptiness == "Nothing has arrived yet"
    await place.post(GOOD, 1)


async def test_what_a_script_clears_is_cleared_here(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    address = stage.sandbox.url.removeprefix("http://")
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.request("POST", "/_sandbox/reset", b"{}", {"Content-Type": "application/json"})
    assert connection.getresponse().status == 200
    connection.close()
    await wait_until(lambda: not place.rows, "an empty list")


async def test_a_sandbox_that_is_set_to_misbehave_says_so_and_can_be_reset(stage: Stage) -> None:
    place = Place(stage)
    assert not place.trouble.isVisible()
    stage.sandbox.behave(Behaviour(quota_reached=True))
    await wait_until(place.trouble.isVisible, "the notice")
    assert "quota reached" in place.trouble.text.lower()
    click(place.page, "Show what the sandbox is told to do")
    tabs = named(place.page, "Sandbox, views", Tabs)
    assert tabs.currentIndex() == View.BEHAVIOUR
    assert place.page.behaviour.isVisible()
    assert not place.trouble.isVisible(), "the view says it in its own head"
    place.page.show_view(View.ARRIVED)
    click(place.page, "Reset the sandbox to a good day")
    assert not place.trouble.isVisible()
    assert not stage.sandbox.behaviour.quota_reached
    assert stage.said[-1].action == "Undo"


async def test_the_views_change_by_the_keyboard(stage: Stage) -> None:
    place = Place(stage)
    await place.activate()
    tabs = named(place.page, "Sandbox, views", Tabs)
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert place.page.behaviour.isVisible()
    QTest.keyClick(tabs, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert place.page.arrived.isVisible()


async def test_the_address_with_tls_is_shown_while_there_is_one(stage: Stage) -> None:
    place = Place(stage)
    place.switches.change(serves_tls=True)
    assert await wait_for_tls(stage)
    await wait_until(lambda: stage.sandbox.tls_url in place.facts, "the second address")
    click(place.page, "Copy the sandbox's HTTPS address")
    assert stage.copied == [stage.sandbox.tls_url]
    place.switches.change(serves_tls=False)
    await wait_until(lambda: not any("https://" in text for text in place.facts), "its end")


async def wait_for_tls(stage: Stage) -> bool:
    await wait_until(lambda: stage.sandbox.tls_url, "the certificate")
    return stage.sandbox.await_tls()


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    place = Place(stage)
    await place.post(GOOD, 1)
    assert named(place.page, "Sandbox", Grid) is place.table
    for side in Side:
        await place.read(side)
        assert nameless(place.page) == []
