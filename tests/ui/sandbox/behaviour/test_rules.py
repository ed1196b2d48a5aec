"""Faults by rule: added, edited in place, moved and removed; the next request meets them."""

import http.client

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from composer.core.behaviour import Behaviour, FaultKind, parse_rule, render_rule
from composer.ui.sandbox.behaviour.presets import PRESETS, Preset
from composer.ui.widgets import Switch
from tests.helpers.stage import Stage
from tests.helpers.window import named
from tests.ui.sandbox.behaviour.driver import Driver


def with_rules(stage: Stage, *lines: str) -> Driver:
    return Driver(stage, Behaviour(rules=tuple(map(parse_rule, lines))))


def lines(driver: Driver) -> list[str]:
    return [render_rule(rule) for rule in driver.behaviour.rules]


async def test_a_rule_is_added_and_met_by_the_next_request(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Add rule")
    assert driver.send().status == 503
    assert driver.state == "1 rule on"
    driver.type("Status", "429")
    driver.type("Retry after", "7")
    reply = driver.send()
    assert (reply.status, reply.headers["retry-after"]) == (429, "7")
    assert driver.rows()[0][1] == "429 Too Many Requests, retry after 7 s"


@pytest.mark.parametrize("preset", PRESETS, ids=[preset.line for preset in PRESETS])
async def test_a_ready_made_rule_does_what_its_name_says(stage: Stage, preset: Preset) -> None:
    driver = Driver(stage)
    place = PRESETS.index(preset)
    menu = driver.view.findChildren(QMenu)
    actions = next(m.actions() for m in menu if len(m.actions()) == len(PRESETS))
    assert actions[place].text() == PRESETS[place].name
    actions[place].trigger()
    assert lines(driver) == [PRESETS[place].line]


async def test_conditions_narrow_a_rule(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Add rule")
    driver.type("Path", "/batch")
    assert driver.send().status == 200
    assert driver.send(path="/batch/").status == 503
    driver.type("Path", "")
    driver.type("Distinct ID", "customer-42")
    assert driver.send().status == 200
    assert driver.send(person="customer-42").status == 503


async def test_one_single_request_or_an_even_share_can_be_meant(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Add rule")
    driver.choose("How often", "One single time")
    driver.type("Which request", "2")
    assert [driver.send().status for _ in range(4)] == [200, 503, 200, 200]
    driver.choose("How often", "An even share")
    driver.type("Share", "50")
    assert sorted(driver.send().status for _ in range(4)) == [200, 200, 503, 503]
    assert driver.rows()[0][2] == "Every 2nd request"


async def test_the_events_of_a_failed_request_can_be_kept(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Add rule")
    driver.send()
    assert len(driver.sandbox.arrivals()[-1].events) == 0
    driver.click("Keep the events all the same")
    assert driver.send().status == 503
    assert len(driver.sandbox.arrivals()[-1].events) == 1


async def test_each_kind_shows_its_own_fields(stage: Stage) -> None:
    driver = with_rules(stage, "503")
    driver.table().choose(0)
    driver.choose("What happens", "Reset the connection")
    with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
        driver.send()
    driver.choose("What happens", "Answer slowly")
    assert driver.behaviour.rules[0].fault.delay_s == 3
    driver.type("Answer after", "0.05")
    assert driver.send().status == 200
    driver.choose("What happens", "Answer with a web page")
    assert "<html" in driver.send().body


async def test_a_redirect_waits_for_its_address(stage: Stage) -> None:
    driver = with_rules(stage, "503")
    driver.table().choose(0)
    driver.choose("What happens", "Redirect elsewhere")
    (problem,) = driver.problems()
    assert "https://" in problem
    assert driver.behaviour.rules[0].fault.kind is not FaultKind.REDIRECT
    driver.type("Redirect to", "https://other.example/e")
    reply = driver.send()
    assert (reply.status, reply.headers["location"]) == (307, "https://other.example/e")


@pytest.mark.parametrize(
    ("rule", "field", "text", "word"),
    [
        ("503", "Status", "8000", "400 to 599"),
        ("503", "Status", "", "400 to 599"),
        ("503", "Status", "200", "400 to 599"),
        ("503", "Retry after", "soon", "whole seconds"),
        ("503", "Wait first", "-1", "seconds"),
        ("slow=3", "Answer after", "0", "how many"),
        ("503", "Path", "batch", "slash"),
        ("503 nth=2", "Which request", "0", "from 1"),
        ("503 share=0.5", "Share", "0", "above 0"),
        ("503", "Rule as text", "503 share=0", "share"),
        ("503", "Rule as text", "explode", "nothing that can happen"),
        ("redirect=https://a.example/", "Redirect to", "a.example", "whole address"),
    ],
)
async def test_what_is_wrong_is_told_in_place_and_not_applied(
    stage: Stage, rule: str, field: str, text: str, word: str
) -> None:
    driver = with_rules(stage, rule)
    driver.table().choose(0)
    line = driver.type(field, text)
    (problem,) = driver.problems()
    assert word in problem
    assert line.accessibleDescription() == problem
    assert line.property("problem") is True
    assert lines(driver) == [rule]


async def test_the_text_of_a_rule_follows_and_leads(stage: Stage) -> None:
    driver = with_rules(stage, "503")
    driver.table().choose(0)
    driver.type("Status", "500")
    assert driver.line("Rule as text").text() == "500"
    driver.type("Rule as text", "429 retry-after=5 path=/batch share=0.2")
    assert driver.line("Status").text() == "429"
    assert driver.line("Path").text() == "/batch"
    assert driver.line("Share").text() == "20"
    assert lines(driver) == ["429 retry-after=5 path=/batch share=0.2"]
    driver.click("Copy the rule")
    assert stage.copied == ["429 retry-after=5 path=/batch share=0.2"]


async def test_a_removed_rule_comes_back_with_undo(stage: Stage) -> None:
    driver = with_rules(stage, "503", "429", "500")
    driver.table().choose(1)
    driver.click("Remove rule")
    assert lines(driver) == ["503", "500"]
    assert driver.line("Status").text() == "500"
    assert driver.undo() == "Removed the rule “429 Too Many Requests”."
    assert lines(driver) == ["503", "429", "500"]
    assert driver.line("Status").text() == "429"


async def test_the_last_rule_leaves_no_form(stage: Stage) -> None:
    driver = with_rules(stage, "503")
    driver.table().choose(0)
    driver.click("Remove rule")
    assert driver.behaviour.rules == ()
    assert driver.send().status == 200
    assert not driver.view.findChildren(Switch, "On")


async def test_everything_is_done_by_keyboard(stage: Stage) -> None:
    driver = with_rules(stage, "503", "429 path=/batch")
    table = driver.table()
    table.choose(0)
    await driver.press(table, "Alt+Down")
    assert lines(driver) == ["429 path=/batch", "503"]
    assert table.row == 1
    await driver.press(table, "Space")
    assert lines(driver) == ["429 path=/batch", "503 off"]
    assert driver.send().status == 200
    await driver.press(table, "Ctrl+D")
    assert lines(driver) == ["429 path=/batch", "503 off", "503 off"]
    assert table.row == 2
    await driver.press(table, "Alt+Up")
    await driver.press(table, "Alt+Up")
    assert lines(driver) == ["503 off", "429 path=/batch", "503 off"]
    await driver.press(table, "Del")
    assert lines(driver) == ["429 path=/batch", "503 off"]
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert named(driver.view, "What happens").hasFocus()


async def test_a_rule_below_one_that_takes_all_is_marked(stage: Stage) -> None:
    driver = with_rules(stage, "429 path=/batch", "503", "500")
    assert [row[3] for row in driver.rows()] == ["On", "On", "Never reached"]


async def test_moving_past_the_ends_changes_nothing(stage: Stage) -> None:
    driver = with_rules(stage, "503", "429")
    table = driver.table()
    table.choose(0)
    await driver.press(table, "Alt+Up")
    table.choose(1)
    await driver.press(table, "Alt+Down")
    assert lines(driver) == ["503", "429"]


async def test_closing_the_form_chooses_nothing(stage: Stage) -> None:
    driver = with_rules(stage, "503")
    driver.table().choose(0)
    driver.click("Close rule")
    assert driver.table().row == -1
    assert driver.behaviour.rules[0].fault.kind is FaultKind.STATUS
    driver.table().choose(0)
    assert driver.line("Status").text() == "503"
