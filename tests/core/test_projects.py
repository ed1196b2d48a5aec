"""Projects: new ones differ from the others, and the sandbox stays."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from composer.core.destination import CLOUD_ADDRESSES, DestinationKind
from composer.core.projects import (
    LONGEST_NAME,
    free_name,
    may_be_removed,
    name_problem,
    new_destination,
)
from composer.core.resolve import resolve
from composer.core.settings import standard_destinations

STANDARD = standard_destinations()


def test_a_new_project_has_the_address_of_its_region() -> None:
    place = new_destination(DestinationKind.EU, "Müller & Söhne", STANDARD)
    assert (place.name, place.id) == ("Müller & Söhne", "m_ller_s_hne")
    assert place.address == CLOUD_ADDRESSES[DestinationKind.EU]
    assert place.is_production
    assert new_destination(DestinationKind.SELF_HOSTED, "x").address == ""


@given(st.lists(st.text(max_size=70), max_size=6))
def test_new_projects_differ_by_id_and_by_name(names: list[str]) -> None:
    places = list(STANDARD)
    for name in names:
        place = new_destination(DestinationKind.US, name, places)
        assert place.id not in {other.id for other in places}
        assert name_problem(place.name, places) == ""
        places.append(place)
        assert resolve(place.name, places) == place


@pytest.mark.parametrize("name", ["us cloud", " US CLOUD ", "sandbox", "US", "self_hosted"])
def test_a_name_that_others_go_by_is_told(name: str) -> None:
    assert "Choose a different one" in name_problem(name, STANDARD)
    assert name_problem(free_name(name, STANDARD), STANDARD) == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a name"),
        ("  ", "Enter a name"),
        ("x" * (LONGEST_NAME + 1), "60 characters at most"),
        ("a\nb", "cannot be shown"),
        ("https://h", "reads like an address"),
    ],
)
def test_a_bad_name_is_told_with_the_next_step(name: str, words: str) -> None:
    assert words in name_problem(name, ())


def test_a_project_may_keep_its_own_name() -> None:
    us = STANDARD[1]
    others = [place for place in STANDARD if place != us]
    assert name_problem(us.name, others) == ""
    assert name_problem("Shop", others) == ""


def test_all_but_the_sandbox_may_be_removed() -> None:
    assert [place.id for place in STANDARD if not may_be_removed(place)] == ["sandbox"]
    assert may_be_removed(replace(STANDARD[1], production=False))
