"""When the session's request is judged, and in which thread."""

from __future__ import annotations

import asyncio

import pytest
from pytestqt.qtbot import QtBot

from composer.core.destination import DestinationKind
from composer.core.draft import first_draft
from composer.core.jsontext import parse
from composer.ui.verdicts.watch import AT_ONCE, body_of
from tests.helpers.stage import EU, OK, Stage
from tests.helpers.window import wait_until
from tests.ui.verdicts.driver import Driver

LARGE = "x" * (AT_ONCE + 1)


async def test_an_edit_is_judged_at_once(driver: Driver) -> None:
    driver.put("distinct_id", value="")
    assert driver.rules == ["id.missing"]
    assert not driver.watch.is_stale


async def test_the_destination_counts_too(driver: Driver) -> None:
    kinds: list[DestinationKind] = []
    driver.watch.changed.connect(lambda: kinds.append(driver.session.destination.kind))
    driver.stage.preferences.change_destination(EU)
    driver.stage.preferences.change(destination_id="eu")
    assert kinds == [DestinationKind.EU]
    assert driver.report.request.text == driver.session.text


async def test_what_is_the_same_is_told_once(driver: Driver) -> None:
    told: list[bool] = []
    driver.watch.changed.connect(lambda: told.append(True))
    driver.put("properties", "plan", value="basic")
    driver.put("properties", "plan", value="pro")
    driver.watch.look()
    assert told == []


async def test_a_large_event_is_judged_apart_and_the_old_verdicts_wait(driver: Driver) -> None:
    driver.put("distinct_id", value="")
    driver.put("properties", "note", value=LARGE)
    assert driver.watch.is_stale
    assert driver.rules == ["id.missing"]
    assert not driver.listing.isEnabled()
    assert driver.pill[0] == "Looking again…"
    await driver.settled()
    assert driver.listing.isEnabled()
    assert driver.rules == ["id.missing"]


async def test_of_several_large_events_only_the_last_is_told(driver: Driver) -> None:
    driver.put("properties", "note", value=LARGE)
    driver.put("distinct_id", value="")
    reports: list[list[str]] = []
    driver.watch.changed.connect(lambda: reports.append(driver.rules))
    await asyncio.sleep(0.12)
    driver.put("distinct_id", value="customer-42")
    driver.put("timestamp", value="2026-11-21T09:30:00")
    await driver.settled()
    assert "id.missing" not in driver.rules
    assert reports[-1] == driver.rules


async def test_a_small_event_after_a_large_one_is_judged_at_once(driver: Driver) -> None:
    driver.put("properties", "note", value=LARGE)
    driver.session.remove(("properties", "note"))
    driver.put("distinct_id", value="")
    assert not driver.watch.is_stale
    await asyncio.sleep(0.3)
    assert driver.rules == ["id.missing"]


async def test_large_text_that_is_being_read_makes_the_verdicts_wait(driver: Driver) -> None:
    text = driver.session.text.replace("pro", LARGE)
    driver.session.await_text(text)
    assert driver.watch.is_stale
    draft = driver.session.draft.with_text(text)
    driver.session.take_text(text, draft)
    await driver.settled()
    assert driver.report.request.value == parse(text)


async def test_after_some_minutes_a_time_may_be_judged_otherwise(driver: Driver) -> None:
    driver.put("timestamp", value="2026-11-22T08:35:00Z")
    assert "time.future" in driver.rules
    driver.stage.clock.go_on(minutes=11)
    driver.watch.look()
    assert "time.future" in driver.rules, "nothing has changed but the time"
    driver.watch.on_minute()
    assert "time.future" not in driver.rules


async def test_without_a_time_a_minute_changes_nothing(driver: Driver) -> None:
    driver.session.remove(("timestamp",))
    before = driver.report
    driver.watch.on_minute()
    assert driver.report is before


async def test_what_was_sent_is_known_afterwards(driver: Driver) -> None:
    body = driver.session.text.encode()
    driver.stage.remember("plan upgraded", body=body, outcome=OK)
    driver.put("properties", "plan", value="basic")

    def is_known() -> bool:
        return any(verdict.rule.id == "uuid.duplicate" for verdict in driver.report.verdicts)

    assert not is_known()
    driver.court.learn()
    await wait_until(is_known, "history to be read")


async def test_no_judge_can_be_had_before_the_rules_are_loaded(stage: Stage) -> None:
    driver = Driver(stage, begin=False)
    with pytest.raises(RuntimeError, match="not loaded"):
        driver.court.judge()
    assert not driver.court.is_open


async def test_loading_twice_changes_nothing(driver: Driver, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(driver.court.opened):
        driver.court.begin()
        driver.court.open(driver.court.judge())


def test_text_with_half_a_character_has_a_body_to_be_judged() -> None:
    text = '{"event": "\ud83d"}'
    draft = first_draft(token="", uuid="u", timestamp="t").with_text(text)
    assert draft.fault is not None
    assert body_of(draft, text) == text.encode("utf-8", "surrogatepass")
