"""What the production guard asks, and what it remembers."""

from dataclasses import replace

from composer.core.destination import Destination, DestinationKind
from composer.ui.send.guard import ProductionGuard
from tests.helpers.stage import EU

SANDBOX = Destination(id="sandbox", name="Sandbox", kind=DestinationKind.SANDBOX, address="")


def test_the_sandbox_and_test_projects_are_never_asked_about() -> None:
    guard = ProductionGuard()
    for place in (SANDBOX, replace(EU, production=False)):
        assert guard.question(place) == ""
        assert guard.question(place, 500) == ""


def test_one_agreement_is_good_for_single_events_to_that_project_alone() -> None:
    guard = ProductionGuard()
    assert "first send" in guard.question(EU)
    guard.agree(EU)
    assert guard.question(EU) == ""
    assert guard.question(replace(EU, id="shop", name="Shop")).startswith("Shop is a production")
    assert guard.question(replace(EU, address="https://other.example.com"))


def test_several_events_are_asked_about_however_often_it_was_agreed() -> None:
    guard = ProductionGuard()
    for _ in range(2):
        assert guard.question(EU, 1_200) == ("Send 1,200 events to EU cloud, a production project?")
        guard.agree(EU)
