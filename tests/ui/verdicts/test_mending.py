"""A mend is shown before it is done, and is one step to undo."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from composer.core.jsontext import Layout, parse
from composer.ui.verdicts.diff_view import LINE_HEIGHT, DiffView
from composer.ui.verdicts.proposal import propose
from tests.helpers.window import wait_until
from tests.ui.verdicts.driver import Driver

NO_ZONE = "2026-11-21T09:30:00"


async def test_a_mend_shows_what_goes_and_what_comes_and_changes_nothing_yet(
    driver: Driver,
) -> None:
    driver.put("timestamp", value=NO_ZONE)
    before = driver.session.text
    driver.row("time.no_zone").mend.click()
    shown = driver.question.lines.texts
    assert f'−  "timestamp": "{NO_ZONE}",' in shown
    assert '+  "timestamp": "2026-11-21T09:30:00.000Z",' in shown
    assert driver.session.text == before
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Apply: Write it in UTC"


async def test_apply_is_one_step_that_brings_back_the_exact_text(driver: Driver) -> None:
    text = driver.session.text.replace('"plan"', '"plan"  ').replace("09:30:00+01:00", "09:30:00")
    text = json.dumps(json.loads(text) | {"timestamp": NO_ZONE}, indent=7)
    driver.session.set_text(text)
    driver.strip.mend_current()
    driver.answer("Apply")
    assert driver.value("timestamp") == "2026-11-21T09:30:00.000Z"
    assert driver.session.text == text.replace(NO_ZONE, "2026-11-21T09:30:00.000Z")
    assert "time.no_zone" not in driver.rules
    driver.session.undo_stack.undo()
    assert driver.session.text == text
    assert "time.no_zone" in driver.rules


async def test_text_that_we_laid_out_stays_laid_out(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    driver.strip.mend_current()
    driver.answer("Apply")
    assert driver.session.draft.source is None


async def test_cancel_and_escape_leave_all_as_it_was(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    before, row = driver.session.draft, driver.row("time.no_zone")
    row.mend.click()
    driver.answer("Cancel")
    assert (driver.listing.question, driver.session.draft) == (None, before)
    assert QApplication.focusWidget() is row.mend
    row.mend.click()
    QTest.keyClick(driver.question, Qt.Key.Key_Escape)
    assert (driver.listing.question, driver.session.draft) == (None, before)


async def test_all_mends_at_once_are_one_step(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    driver.put("userId", value="7")
    driver.put("properties", "$process_person_profile", value="false")
    before = driver.session.text
    mendable = [item for item in driver.items if item.mend is not None]
    assert len(mendable) > 1
    driver.strip.mend_all()
    assert len([line for line in driver.question.lines.texts if line.startswith("−")]) > 1
    driver.answer("Apply")
    assert not {item.says for item in mendable} & {item.says for item in driver.items}
    driver.session.undo_stack.undo()
    assert driver.session.text == before


async def test_what_one_mend_puts_right_takes_no_other(driver: Driver) -> None:
    driver.put("event", value="$identify")
    driver.put("properties", "$set", value={"plan": "pro"})
    driver.put("properties", "$process_person_profile", value=False)
    assert {"person.false_forbidden", "set.on_personless"} <= {*driver.rules}
    driver.strip.mend_all()
    driver.answer("Apply")
    assert driver.value("properties", "$set", "plan") == "pro"
    assert driver.rules == []


async def test_text_that_does_not_parse_is_repaired_the_same_way(driver: Driver) -> None:
    good = driver.session.draft.payload
    broken = driver.session.text.replace('"pro",', "“pro”, // the plan")
    driver.session.set_text(broken)
    assert driver.rules == ["json.syntax"]
    driver.strip.mend_current()
    driver.answer("Apply")
    assert parse(driver.session.text) == good
    assert driver.session.draft.fault is None
    driver.session.undo_stack.undo()
    assert driver.session.text == broken


async def test_after_a_mend_the_keyboard_goes_on_to_what_is_left(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    driver.put("properties", "$set", value="x")
    driver.row("time.no_zone").mend.click()
    driver.answer("Apply")
    assert driver.listing.current is driver.row("set.prop_not_object")


async def test_after_the_last_mend_the_keyboard_goes_to_what_was_mended(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    driver.row("time.no_zone").mend.click()
    driver.answer("Apply")
    assert driver.wanted == [("timestamp",)]


async def test_an_event_that_has_changed_meanwhile_is_not_mended(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    driver.row("time.no_zone").mend.click()
    proposal = driver.question.proposal
    assert proposal is not None
    driver.put("distinct_id", value="another")
    before = driver.session.draft
    driver.mender.apply(proposal)
    assert driver.session.draft == before
    assert driver.stage.said[-1].text == "The event has changed meanwhile. Mend it again."


async def test_where_nothing_can_be_mended_it_says_so(driver: Driver) -> None:
    driver.strip.mend_current()
    driver.strip.mend_all()
    assert [said.text for said in driver.stage.said] == [
        "Nothing here can be mended by the app."
    ] * 2
    assert driver.listing.question is None


async def test_a_hidden_token_is_not_shown_by_a_mend(driver: Driver) -> None:
    driver.stage.preferences.change(hide_key=True)
    driver.session.set_text(driver.session.text.replace('"event"', '"event_name"'))
    driver.strip.mend_current()
    shown = "".join(driver.question.lines.texts)
    assert "api_key" in shown
    assert driver.session.token not in shown


async def test_a_large_event_is_mended_in_a_thread(driver: Driver) -> None:
    driver.put("properties", "long", value="x" * 30_000)
    driver.put("timestamp", value=NO_ZONE)
    driver.strip.mend_current()
    assert driver.listing.question is None
    await wait_until(lambda: driver.listing.question, "the mend to be worked out")
    driver.answer("Apply")
    assert driver.value("timestamp") == "2026-11-21T09:30:00.000Z"


async def test_lines_that_are_left_out_leave_a_mark(driver: Driver) -> None:
    driver.put("properties", "a", value=[1, 2, 3, 4, 5, 6, 7, 8, 9])
    driver.put("properties", "$set", value="x")
    driver.put("userId", value="7")
    driver.put("timestamp", value=NO_ZONE)
    driver.strip.mend_all()
    view = driver.question.lines
    assert "⋯" in view.texts
    assert view.sizeHint().height() > len(view.texts) * LINE_HEIGHT


def test_a_mend_that_changes_nothing_has_no_lines(driver: Driver) -> None:
    driver.put("timestamp", value=NO_ZONE)
    mend = driver.items[0].mend
    assert mend is not None
    once = propose(driver.session.draft, mend, Layout.PRETTY)
    again = propose(once.after, mend, Layout.PRETTY)
    assert once.lines
    assert again.lines == ()
    view = DiffView()
    view.show_lines(again.lines)
    assert view.accessibleName() == "Nothing changes"
    view.deleteLater()
