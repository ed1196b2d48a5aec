"""Feature flags: added, edited in place, removed; the next call of /flags has them."""

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from composer.core.behaviour import Behaviour, Flag
from composer.core.destination import SANDBOX_TOKEN
from tests.helpers.stage import Stage
from tests.helpers.window import named
from tests.services.sandbox.client import post
from tests.ui.sandbox.behaviour.driver import Driver


def with_flags(stage: Stage, *flags: Flag) -> Driver:
    driver = Driver(stage, Behaviour(flags=flags))
    driver.table("Feature flags").choose(0)
    return driver


def asked(driver: Driver, person: str = "anna") -> dict[str, Any]:
    """What an SDK would be told of each flag."""
    body = json.dumps({"api_key": SANDBOX_TOKEN, "distinct_id": person})
    return json.loads(post(driver.sandbox, body, "/flags/?v=2").body)["flags"]


async def test_a_flag_is_added_named_and_answered(stage: Stage) -> None:
    driver = Driver(stage)
    assert asked(driver) == {}
    driver.click("Add flag")
    assert driver.line("Flag key").selectedText() == "new-flag"
    driver.type("Flag key", "beta")
    assert asked(driver)["beta"]["enabled"] is True
    driver.type("Variant", "green")
    assert asked(driver)["beta"]["variant"] == "green"
    assert driver.rows("Feature flags") == [["beta", "green", "", "Everybody", "On"]]


async def test_a_flag_can_be_off_and_for_some_people_alone(stage: Stage) -> None:
    driver = with_flags(stage, Flag(key="beta"))
    driver.click("Add person")
    driver.type("Person 1", "anna")
    assert driver.behaviour.flags[0].only_for == ("anna",)
    assert asked(driver, "anna")["beta"]["enabled"] is True
    assert asked(driver, "bob")["beta"]["enabled"] is False
    driver.click("Flag is on")
    assert asked(driver, "anna")["beta"]["enabled"] is False


async def test_a_payload_is_json(stage: Stage) -> None:
    driver = with_flags(stage, Flag(key="beta"))
    driver.type("Payload", '{"color": ')
    (problem,) = driver.problems()
    assert problem.startswith("Line 1, column ")
    assert driver.behaviour.flags[0].payload == ""
    driver.type("Payload", '{"color": "green"}')
    assert driver.problems() == []
    assert json.loads(asked(driver)["beta"]["metadata"]["payload"]) == {"color": "green"}


@pytest.mark.parametrize(("key", "word"), [("", "Give the flag a key"), ("one", "Another flag")])
async def test_a_key_that_cannot_be_is_told(stage: Stage, key: str, word: str) -> None:
    driver = with_flags(stage, Flag(key="two"), Flag(key="one"))
    driver.type("Flag key", key)
    (problem,) = driver.problems()
    assert word in problem
    assert [flag.key for flag in driver.behaviour.flags][1] == "one"
    assert driver.behaviour.flags[0].key not in {"", "one"}


async def test_a_copy_gets_a_key_of_its_own(stage: Stage) -> None:
    driver = with_flags(stage, Flag(key="beta", variant="green"))
    driver.click("Duplicate flag")
    assert [flag.key for flag in driver.behaviour.flags] == ["beta", "beta-2"]
    assert driver.line("Flag key").text() == "beta-2"
    assert driver.behaviour.flags[1].variant == "green"


async def test_a_removed_flag_comes_back_with_undo(stage: Stage) -> None:
    flags = (Flag(key="one", payload="1"), Flag(key="two"))
    driver = with_flags(stage, *flags)
    driver.click("Remove flag")
    assert driver.behaviour.flags == flags[1:]
    assert driver.undo() == "Removed the flag “one”."
    assert driver.behaviour.flags == flags


async def test_the_table_has_its_keys(stage: Stage) -> None:
    driver = with_flags(stage, Flag(key="one"), Flag(key="two"))
    table = driver.table("Feature flags")
    await driver.press(table, "Space")
    assert driver.behaviour.flags[0].enabled is False
    await driver.press(table, "Return")
    assert named(driver.view, "Flag key", QWidget).hasFocus()
    await driver.press(table, "Del")
    assert [flag.key for flag in driver.behaviour.flags] == ["two"]
