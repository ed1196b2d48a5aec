"""The History place: search, filters, and what is said when nothing fits."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateEdit

from composer.core.outcome import Cancelled
from composer.ui.history.filter_bar import PINNED_ONLY
from composer.ui.widgets import EmptyState, LinkButton
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import click, named, wait_until
from tests.ui.history.driver import Place


async def place_of(stage: Stage) -> Place:
    stage.remember("refund", destination=EU, days=40, outcome=Cancelled())
    stage.remember("signup", destination=EU, days=3)
    stage.remember("refund", days=1, outcome=Cancelled())
    stage.remember("signup")
    place = Place(stage)
    await place.lists("signup", "refund", "signup", "refund")
    return place


async def test_filters_narrow_each_other_and_the_count_says_so(stage: Stage) -> None:
    place = await place_of(stage)
    await place.tick("Destination", "EU cloud")
    await place.lists("signup", "refund")
    await wait_until(lambda: place.says("2 of 4 requests"), "the count")
    assert place.filter("Destination").text() == "EU cloud"
    await place.tick("Outcome", "Cancelled", "Cut off")
    await place.lists("refund")
    assert place.filter("Outcome").text() == "2 outcomes"
    await place.tick("Outcome", "Any outcome")
    await place.tick("Event", "signup")
    await place.lists("signup")
    assert nameless(place.page) == []


async def test_the_menus_offer_what_history_holds_with_its_count(stage: Stage) -> None:
    place = await place_of(stage)
    await place.tick("Destination")
    lines = [a.text() for a in place.filter("Destination").menu_lines.actions() if a.text()]
    assert sorted(lines) == ["All destinations", "EU cloud\t2", "Sandbox\t2"]


@pytest.mark.parametrize(
    ("period", "left"),
    [
        ("Today", ["signup"]),
        ("Last 7 days", ["signup", "refund", "signup"]),
        ("Last 30 days", ["signup", "refund", "signup"]),
        ("Any time", ["signup", "refund", "signup", "refund"]),
    ],
)
async def test_days_are_filtered(stage: Stage, period: str, left: list[str]) -> None:
    place = await place_of(stage)
    await place.tick("Time", "Last 7 days")
    await place.lists("signup", "refund", "signup")
    await place.tick("Time", period)
    await place.lists(*left)


async def test_a_range_of_days_is_set_in_two_fields(stage: Stage) -> None:
    place = await place_of(stage)
    assert not [f for f in place.page.findChildren(QDateEdit) if f.isVisible()]
    await place.tick("Time", "From … to …")
    await place.lists("signup", "refund", "signup")
    first, last = (named(place.page, name, QDateEdit) for name in ("From day", "To day"))
    assert place.page.focusWidget() is first
    assert last.date() == QDate(2026, 11, 21)
    last.setDate(QDate(2026, 11, 20))
    await place.lists("refund", "signup")
    first.setDate(QDate(2026, 10, 1))
    await place.lists("refund", "signup", "refund")
    assert place.filter("Time").accessibleName() == "Time: 1 Oct – 20 Nov 2026"
    assert nameless(place.page) == []


async def test_pinned_ones_are_shown_alone(stage: Stage) -> None:
    place = await place_of(stage)
    place.history.pin([2], True)
    click(place.page, PINNED_ONLY)
    await place.lists("signup")
    click(place.page, PINNED_ONLY)
    await place.lists("signup", "refund", "signup", "refund")


async def test_one_click_clears_every_filter(stage: Stage) -> None:
    place = await place_of(stage)
    await place.tick("Event", "refund")
    place.type("customer")
    await place.tick("Time", "Last 7 days")
    await place.lists("refund")
    click(place.page, "Clear the filters")
    await place.lists("signup", "refund", "signup", "refund")
    assert place.search.text() == "customer"
    assert place.filter("Event").accessibleName() == "Event: all events"
    links = [b for b in place.page.findChildren(LinkButton) if b.text() == "Clear the filters"]
    assert not any(link.isVisible() for link in links)


async def test_when_nothing_fits_the_filters_are_named(stage: Stage) -> None:
    place = await place_of(stage)
    await place.tick("Destination", "EU cloud")
    await place.tick("Outcome", "No answer")
    place.type("refund")
    await wait_until(lambda: place.emptiness == "No request matches", "the words")
    words = "No send holds “refund” with these filters: EU cloud; no answer."
    await wait_until(lambda: place.says(words), "the filters by name")
    (state,) = [s for s in place.page.findChildren(EmptyState) if s.isVisible()]
    click(state, "Show all requests")
    await place.lists("signup", "refund", "signup", "refund")
    assert place.page.focusWidget() is place.search


async def test_escape_empties_the_search(stage: Stage) -> None:
    place = await place_of(stage)
    place.page.activateWindow()
    place.type("refund")
    await place.lists("refund", "refund")
    await wait_until(place.search.hasFocus, "the focus")
    QTest.keyClick(place.search, Qt.Key.Key_Escape)
    await place.lists("signup", "refund", "signup", "refund")
    assert place.search.text() == ""


async def test_a_send_that_is_to_be_shown_is_found_whatever_is_filtered(stage: Stage) -> None:
    place = await place_of(stage)
    await place.tick("Event", "refund")
    await place.lists("refund", "refund")
    place.page.show_entry(2)
    await wait_until(lambda: place.chosen == "signup", "the send")
    await place.lists("signup", "refund", "signup", "refund")


async def test_another_day_moves_the_days_that_are_looked_at(stage: Stage) -> None:
    place = await place_of(stage)
    await place.tick("Time", "Today")
    await place.lists("signup")
    place.page.hide()
    stage.clock.go_on(days=1)
    stage.remember("later")
    place.page.show()
    await place.lists("later")


async def test_the_keyboard_reaches_every_filter(stage: Stage) -> None:
    place = await place_of(stage)
    place.page.activateWindow()
    place.search.setFocus()
    await wait_until(place.search.hasFocus, "the focus")
    reached: list[str] = []
    for _ in range(8):
        focused = place.page.focusWidget()
        reached.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert reached[:6] == [
        "Search history",
        PINNED_ONLY,
        "Destination: all destinations",
        "Event: all events",
        "Outcome: any outcome",
        "Time: any time",
    ]
