"""History: a send compared with Compose, or with another send that is chosen next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from composer.core.compare.request import NamedRequest
from composer.ui.history.choosing import WITH_ANOTHER, WITH_COMPOSE, ChoiceLine, CompareButton
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, wait_until
from tests.ui.history.driver import Place


class Choice(Place):
    """A page with two sends."""

    def __init__(self, stage: Stage) -> None:
        for event in ("first", "second"):
            stage.remember(event, minutes=2 if event == "first" else 1)
        super().__init__(stage)

    @property
    def line(self) -> ChoiceLine:
        (line,) = self.page.findChildren(ChoiceLine)
        return line

    def choose_in_menu(self, text: str) -> None:
        """By the button beside the send."""
        (button,) = self.page.findChildren(CompareButton)
        (menu,) = button.findChildren(QMenu)
        next(action for action in menu.actions() if action.text() == text).trigger()


async def place_of(stage: Stage) -> Choice:
    place = Choice(stage)
    await wait_until(lambda: place.table.row == 1, "the list")
    return place


def press_enter(place: Choice) -> None:
    QTest.keyClick(place.table, Qt.Key.Key_Return)


def press_compare(place: Choice) -> None:
    click(place.page, "Compare")


async def test_a_send_is_compared_with_compose(stage: Stage) -> None:
    place = await place_of(stage)
    place.choose_in_menu(WITH_COMPOSE)
    place.command(WITH_COMPOSE).trigger()
    first, second = place.with_compose
    assert first == second
    assert (first.name, first.body) == ("Sent today at 09:29:00", b'{"event": "second"}')
    assert not place.line.isVisible()


@pytest.mark.parametrize("agree", [press_enter, press_compare])
async def test_two_sends_are_compared(stage: Stage, agree: Callable[[Choice], None]) -> None:
    place = await place_of(stage)
    place.choose_in_menu(WITH_ANOTHER)
    assert place.line.words == (
        "Compare what was sent today at 09:29:00 with which send? Choose one in the list."
    )
    assert not named(place.page, "Compare").isEnabled()
    place.table.choose(2)
    assert place.line.words == "Compare what was sent today at 09:29:00 with this send?"
    agree(place)
    ((left, right),) = place.pairs
    assert (left.name, right.name) == ("Sent today at 09:29:00", "Sent today at 09:28:00")
    assert not place.line.isVisible()
    assert place.opened == []


async def test_a_send_is_not_compared_with_itself(stage: Stage) -> None:
    place = await place_of(stage)
    place.command(WITH_ANOTHER).trigger()
    press_enter(place)
    assert place.pairs == []
    assert place.line.isVisible()


async def test_escape_ends_the_choice_and_enter_opens_again(stage: Stage) -> None:
    place = await place_of(stage)
    place.page.activateWindow()
    place.table.setFocus()
    place.command(WITH_ANOTHER).trigger()
    QTest.keyClick(place.table, Qt.Key.Key_Escape)
    assert not place.line.isVisible()
    press_enter(place)
    assert len(place.opened) == 1
    assert place.pairs == []


async def test_what_is_composed_can_be_the_first_of_the_two(stage: Stage) -> None:
    place = await place_of(stage)
    composed = NamedRequest(name="Composed", body=b"{}")
    place.page.choose_for(composed)
    assert place.line.words == "Compare what was composed with this send?"
    assert nameless(place.page) == []
    press_enter(place)
    ((left, right),) = place.pairs
    assert (left, right.name) == (composed, "Sent today at 09:29:00")


async def test_the_choice_can_be_cancelled(stage: Stage) -> None:
    place = await place_of(stage)
    place.command(WITH_ANOTHER).trigger()
    click(place.page, "Cancel")
    assert not place.line.isVisible()
    assert not place.page.choosing.is_on
