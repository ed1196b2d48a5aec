"""The behaviour view as a whole: kept, reset, changed from outside, copied from."""

import shlex
import subprocess
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from composer.core.behaviour import Behaviour, Edition, Flag, parse_rule
from composer.core.destination import SANDBOX_TOKEN
from composer.ui.sandbox.behaviour.section import CopyRow
from composer.ui.widgets import Severity
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import name_of, named, wait_until
from tests.services.sandbox.client import exchange
from tests.ui.sandbox.behaviour.driver import Driver

FULL = Behaviour(
    edition=Edition.OF_2024,
    known_tokens=frozenset({SANDBOX_TOKEN, "phc_other"}),
    quota_reached=True,
    serves_v1=False,
    flags=(Flag(key="beta", payload="1", only_for=("anna",)),),
    rules=(parse_rule("503"), parse_rule("slow=0.1 path=/batch off")),
)


async def test_a_change_is_kept_a_moment_later(stage: Stage) -> None:
    driver = Driver(stage)
    kept = stage.environment.behaviours
    driver.click("Quota reached")
    await wait_until(lambda: kept.load().quota_reached, "the file")
    assert stage.said == []


async def test_a_change_can_be_kept_at_once(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Add rule")
    driver.switches.keep()
    assert stage.environment.behaviours.load() == driver.behaviour


async def test_what_cannot_be_kept_is_told_and_still_applied(stage: Stage) -> None:
    driver = Driver(stage)
    stage.environment.profile.behaviour.mkdir()
    driver.click("Add rule")
    driver.switches.keep()
    assert stage.said[-1].severity is Severity.ERROR
    assert driver.send().status == 503


async def test_what_a_script_sets_is_shown_and_not_kept(stage: Stage) -> None:
    driver = Driver(stage)
    exchange(
        driver.sandbox,
        "POST",
        "/_sandbox/faults",
        b'["429 retry-after=5"]',
        {"Content-Type": "application/json"},
    )
    await wait_until(lambda: driver.state == "1 rule on", "the rule")
    assert driver.rows()[0][1] == "429 Too Many Requests, retry after 5 s"
    driver.switches.keep()
    assert stage.environment.behaviours.load() == Behaviour()


async def test_a_change_from_outside_takes_neither_focus_nor_what_is_half_typed(
    stage: Stage,
) -> None:
    driver = Driver(stage, Behaviour(rules=(parse_rule("503"),)))
    await driver.activate()
    driver.table().choose(0)
    field = driver.type("Path", "batch")
    assert field.hasFocus()
    others = Behaviour(quota_reached=True, rules=(parse_rule("500"), parse_rule("404")))
    thread = threading.Thread(target=driver.sandbox.behave, args=(others,))
    thread.start()
    thread.join()
    await wait_until(lambda: driver.state.startswith("2 rules on"), "the change")
    assert field.hasFocus()
    assert field.text() == "batch"
    assert driver.line("Status").text() == "500"
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClicks(field, "/")
    assert driver.behaviour.rules[0] == parse_rule("500 path=/batch")


async def test_a_change_from_outside_keeps_another_way_of_writing_the_same(stage: Stage) -> None:
    driver = Driver(stage, Behaviour(rules=(parse_rule("slow=1"),)))
    driver.table().choose(0)
    field = driver.type("Answer after", "1.0")
    driver.sandbox.behave(Behaviour(rules=(parse_rule("slow=1 path=/batch"),)))
    await wait_until(lambda: driver.line("Path").text() == "/batch", "the change")
    assert field.text() == "1.0"


async def test_a_bad_day_ends_with_one_click_and_comes_back_with_undo(stage: Stage) -> None:
    driver = Driver(stage, FULL)
    assert driver.send().status == 503
    driver.click("Back to a good day")
    assert driver.state == "A good day"
    assert driver.send().status == 200
    assert driver.behaviour.flags == FULL.flags
    assert [rule.enabled for rule in driver.behaviour.rules] == [False, False]
    driver.undo()
    assert driver.behaviour == FULL
    assert driver.state == "1 rule on, quota reached, known tokens only, PostHog of 2024, no v1"


async def test_every_control_has_a_name(stage: Stage) -> None:
    driver = Driver(stage, FULL)
    driver.table().choose(0)
    driver.table("Feature flags").choose(0)
    assert nameless(driver.view) == []


async def test_the_tab_key_goes_from_above_to_below(stage: Stage) -> None:
    driver = Driver(stage, FULL)
    await driver.activate()
    driver.table().choose(0)
    driver.table("Feature flags").choose(0)
    driver.click("Add token")
    visited: list[QWidget] = []
    now = named(driver.view, "Back to a good day")
    now.setFocus()
    while now is not None and now not in visited:
        visited.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
    names = [name_of(widget) for widget in visited]
    wanted = [
        *("Back to a good day", "Version of PostHog", "Serve the v1 endpoint", "Quota reached"),
        *("Known tokens only", "Token 1", "Remove token 1", "Token 2", "Remove token 2"),
        *("Token 3", "Remove token 3", "Add token"),
        *("Add a ready-made rule", "Add rule", "Rules", "Rule is on", "Move rule up"),
        *("Move rule down", "Duplicate rule", "Remove rule", "Close rule", "What happens"),
        *("Status", "Retry after", "Wait first", "Keep the events all the same", "Path"),
        *("Distinct ID", "How often", "Rule as text", "Copy the rule"),
        *("Add flag", "Feature flags", "Flag is on", "Duplicate flag", "Remove flag"),
        *("Close flag", "Flag key", "Variant", "Payload", "Person 1", "Remove person 1"),
        *("Add person", "Answer over HTTPS too", "Copy the curl command for events"),
    ]
    assert names[: len(wanted)] == wanted


async def test_what_gets_the_cursor_is_brought_into_sight(stage: Stage) -> None:
    driver = Driver(stage)
    driver.view.resize(816, 320)
    await driver.activate()
    scroller = driver.view.findChildren(QScrollArea)[0]
    link = named(driver.view, "Add flag")
    scroller.ensureWidgetVisible(link)
    QTest.keyClick(link, Qt.Key.Key_Space)
    key = driver.line("Flag key")
    await wait_until(lambda: not key.visibleRegion().isEmpty(), "the field")
    assert key.visibleRegion().boundingRect() == key.rect()


def command(driver: Driver, caption: str) -> str:
    rows = driver.view.findChildren(CopyRow)
    (row,) = (row for row in rows if row.button.accessibleName() == f"Copy the {caption}")
    row.button.click()
    assert driver.stage.copied[-1] == row.text
    return row.text


def run(line: str) -> str:
    done = subprocess.run(
        ["bash", "-c", line.replace("curl ", "curl -s --noproxy '*' ", 1)],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    return done.stdout


@pytest.mark.parametrize("what", ["events", "requests"])
async def test_what_arrived_can_be_asked_with_curl(stage: Stage, what: str) -> None:
    driver = Driver(stage)
    driver.send(person="customer-42")
    assert "customer-42" in run(command(driver, f"curl command for {what}"))
    run(command(driver, "curl command to forget"))
    assert driver.sandbox.arrivals() == ()


async def test_the_rules_can_be_set_with_curl(stage: Stage) -> None:
    rules = (parse_rule('slow=0.5 distinct_id="it\'s me"'), parse_rule("503 off"))
    driver = Driver(stage, Behaviour(rules=rules))
    line = command(driver, "curl command for the rules")
    driver.sandbox.behave(Behaviour())
    run(line)
    assert driver.behaviour.rules == rules


async def test_the_command_line_follows_the_switches(stage: Stage) -> None:
    driver = Driver(stage)
    port = driver.sandbox.url.rpartition(":")[2]
    assert command(driver, "sandbox command") == f"event-composer sandbox --port {port}"
    driver.click("Quota reached")
    assert shlex.split(command(driver, "sandbox command"))[-1] == "--quota-reached"


async def test_https_is_turned_on_and_trusted_by_curl(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Answer over HTTPS too")
    assert "curl command over HTTPS" in _copyable(driver)
    file = Path(command(driver, "certificate's path"))
    await wait_until(file.exists, "the certificate")
    assert command(driver, "HTTPS address") == driver.sandbox.tls_url
    assert run(command(driver, "curl command over HTTPS")) == "capture"
    driver.click("Answer over HTTPS too")
    assert "HTTPS address" not in _copyable(driver)


def _copyable(driver: Driver) -> str:
    rows = (row for row in driver.view.findChildren(CopyRow) if row.isVisible())
    return "; ".join(row.button.accessibleName() for row in rows)
