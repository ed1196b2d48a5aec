"""The summary line and the list: what is said, in which order, and where it leads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from composer.core.jsontext import Number
from composer.ui.form.problem import Problem
from composer.ui.verdicts.listing import MOST
from composer.ui.widgets import ElidedLabel, Severity as Look
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import wait_until
from tests.ui.verdicts.driver import Driver


def counts(driver: Driver) -> str:
    (label,) = driver.strip.findChildren(ElidedLabel)
    return label.full_text


async def test_a_sound_event_will_be_stored(driver: Driver) -> None:
    assert driver.pill == ("Will be stored", Look.OK)
    assert (driver.items, counts(driver)) == ([], "")


async def test_nothing_is_said_before_the_rules_are_loaded(stage: Stage) -> None:
    driver = Driver(stage, begin=False)
    assert driver.pill == ("…", Look.NEUTRAL)
    driver.court.begin()
    await driver.settled()
    assert driver.pill == ("Will be stored", Look.OK)


async def test_what_is_stored_otherwise_is_named_with_its_place(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-21T09:30:00")
    assert driver.pill == ("Will be stored, but not as typed", Look.WARNING)
    assert counts(driver) == "1 altered"
    (item,) = driver.items
    assert (item.word, item.look, item.place) == ("Altered", Look.WARNING, "When")
    (row,) = driver.rows
    assert row.accessibleName().startswith("Altered: When. Without a time zone")
    assert nameless(driver.strip) == []


async def test_what_is_lost_stands_before_what_is_altered(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-21T09:30:00")
    driver.put("event", value="$identify")
    driver.put("properties", "$process_person_profile", value=False)
    assert driver.pill == ("Will be lost", Look.ERROR)
    words = [item.word for item in driver.items]
    assert words[0] == "Lost"
    assert "Altered" in words
    assert counts(driver).startswith(f"{words.count('Lost')} lost · {words.count('Altered')} al")


async def test_what_is_refused_says_so(driver: Driver) -> None:
    driver.put("distinct_id", value="")
    assert driver.pill == ("Will be refused", Look.ERROR)
    assert driver.rules[0] == "id.missing"
    driver.put("distinct_id", value="customer-42")
    assert driver.pill == ("Will be stored", Look.OK)
    assert driver.items == []


async def test_the_place_leads_to_the_field_by_mouse_and_by_keyboard(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-21T09:30:00")
    row = driver.row("time.no_zone")
    driver.button(row, "When").click()
    driver.strip.step(1)
    assert QApplication.focusWidget() is row
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert driver.wanted == [("timestamp",), ("timestamp",)]


async def test_the_keyboard_goes_through_the_verdicts_and_round(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-21T09:30:00")
    driver.put("properties", "$set", value="x")
    first, second = driver.rows
    for steps, wanted in ((1, first), (1, second), (1, first), (-1, second)):
        driver.strip.step(steps)
        assert driver.listing.current is wanted
        assert QApplication.focusWidget() is wanted


async def test_notes_are_folded_until_they_are_asked_for(driver: Driver) -> None:
    driver.put("distinct_id", value="anonymous")
    assert driver.pill == ("Will be stored", Look.OK)
    assert driver.rows == ()
    (fold,) = (b for b in driver.listing.findChildren(QPushButton) if "note" in b.text())
    assert fold.text() == "Show 1 note"
    fold.click()
    (item,) = driver.items
    assert (item.word, item.place) == ("Note", "Person's ID")
    fold.click()
    assert driver.rows == ()


async def test_more_says_how_sure_it_is_and_opens_the_page(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-21T09:30:00")
    row = driver.row("time.no_zone")
    driver.button(row, "More").click()
    QApplication.sendPostedEvents()
    words = [w.text() for w in row.findChildren(type(row.findChildren(QPushButton)[0]))]
    assert "Less" in words
    driver.button(row, "PostHog docs").click()
    (page,) = driver.pages
    assert page.startswith("https://posthog.com/docs")
    driver.button(row, "Less").click()
    assert not any(b.isVisible() for b in row.findChildren(QPushButton) if "docs" in b.text())


async def test_what_is_typed_and_no_value_yet_is_named_before_all_else(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-21T09:30:00")
    fault = Problem(path=("properties", "seats"), message="This is no number.")
    driver.strip.show_faults((fault,))
    item = driver.items[0]
    assert (item.word, item.place, item.fix) == ("Not sent", "seats", "This is no number.")
    driver.button(driver.rows[0], "seats").click()
    assert driver.wanted == [fault.path]
    driver.strip.show_faults(())
    assert len(driver.items) == 1


async def test_where_nothing_can_be_sent_it_says_so(driver: Driver) -> None:
    driver.stage.preferences.change(destination_id="self_hosted")
    assert driver.pill == ("Cannot be sent", Look.ERROR)
    driver.stage.preferences.change(destination_id="sandbox")
    assert driver.pill == ("Will be stored", Look.OK)


async def test_two_hundred_verdicts_do_not_stall_the_window(driver: Driver) -> None:
    event = '{"event": "x", "distinct_id": "p", "timestamp": "2026-11-21T09:30:00"}'
    token = driver.session.token
    driver.session.set_text(f'{{"api_key": "{token}", "batch": [{", ".join([event] * 200)}]}}')
    assert len(driver.report.verdicts) >= 200
    assert 0 < len(driver.rows) < MOST, "the others are built bit by bit"
    await wait_until(lambda: len(driver.rows) == MOST, "the rows to be built")
    (others,) = (b for b in driver.listing.findChildren(QPushButton) if "are left" in b.text())
    others.click()
    await wait_until(lambda: len(driver.rows) == 2 * MOST, "more rows")


async def test_the_list_is_no_higher_than_it_is_let_be(driver: Driver) -> None:
    driver.put("timestamp", value=Number("3"))
    driver.put("properties", "$set", value="x")
    driver.put("uuid", value="no")
    driver.strip.limit(300)
    QApplication.sendPostedEvents()
    assert driver.listing.height() <= 120
