"""Which PostHog the sandbox is: each switch is seen by the next request."""

from composer.core.behaviour import Behaviour, Edition
from composer.core.destination import SANDBOX_TOKEN
from tests.helpers.stage import Stage
from tests.ui.sandbox.behaviour.driver import Driver

OTHER = "phc_someOtherProject"


async def test_a_good_day_is_said_and_needs_no_reset(stage: Stage) -> None:
    driver = Driver(stage)
    assert driver.state == "A good day"
    assert driver.send().status == 200


async def test_the_older_posthog_knows_fewer_paths(stage: Stage) -> None:
    driver = Driver(stage)
    assert driver.send(path="/capture/").status == 200
    driver.choose("Version of PostHog", "Of 2024")
    assert driver.behaviour.edition is Edition.OF_2024
    assert driver.send(path="/capture/").status == 404
    assert driver.state == "PostHog of 2024"


async def test_without_v1_its_path_is_unknown(stage: Stage) -> None:
    driver = Driver(stage)
    path = "/i/v1/analytics/events"
    assert driver.send(path=path).status == 401
    driver.click("Serve the v1 endpoint")
    assert driver.send(path=path).status == 404


async def test_a_reached_quota_answers_200_and_stores_nothing(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Quota reached")
    assert driver.send().status == 200
    assert driver.sandbox.arrivals()[-1].events == ()


async def test_known_tokens_begin_with_the_sandboxs_own(stage: Stage) -> None:
    driver = Driver(stage)
    assert driver.send(OTHER).status == 200
    driver.click("Known tokens only")
    assert driver.line("Token 1").text() == SANDBOX_TOKEN
    assert (driver.send().status, driver.send(OTHER).status) == (200, 401)


async def test_a_token_that_is_typed_is_known(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Known tokens only")
    driver.click("Add token")
    driver.type("Token 2", OTHER)
    assert (driver.send().status, driver.send(OTHER).status) == (200, 200)
    driver.click("Remove token 1")
    assert driver.behaviour.known_tokens == {OTHER}
    assert driver.send().status == 401
    driver.click("Add the sandbox's own token")
    assert driver.send().status == 200


async def test_a_personal_key_is_told_and_does_not_become_known(stage: Stage) -> None:
    driver = Driver(stage)
    driver.click("Known tokens only")
    driver.click("Add token")
    driver.type("Token 2", "phx_mine")
    assert driver.behaviour.known_tokens == {SANDBOX_TOKEN}
    (problem,) = driver.problems()
    assert "project token" in problem
    driver.type("Token 2", "phc_mine")
    assert driver.problems() == []
    assert driver.behaviour.known_tokens == {SANDBOX_TOKEN, "phc_mine"}


async def test_a_switch_that_is_turned_off_forgets_no_token_in_sight(stage: Stage) -> None:
    driver = Driver(stage, Behaviour(known_tokens=frozenset({OTHER})))
    driver.click("Known tokens only")
    assert driver.behaviour.known_tokens is None
    driver.click("Known tokens only")
    assert driver.behaviour.known_tokens == {OTHER}


async def test_knowing_no_token_is_pointed_out(stage: Stage) -> None:
    driver = Driver(stage, Behaviour(known_tokens=frozenset({OTHER})))
    driver.click("Remove token 1")
    assert driver.behaviour.known_tokens == frozenset()
    assert driver.send(OTHER).status == 401
    assert driver.send().status == 401
