"""Projects in the settings file: wrong values, removed ones, names and personal keys."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from composer.core.destination import (
    SANDBOX_TOKEN,
    Destination,
    DestinationKind,
    ProjectColour,
)
from composer.core.settings import Settings, standard_destinations
from composer.services.notices import Notices
from composer.services.settings import SettingsStore
from tests.helpers.clock import StandingClock

MY_SERVER = Destination(
    id="mine",
    name="Mine \u2028 \U0001f680",
    kind=DestinationKind.SELF_HOSTED,
    address="https://events.example.com",
    token="phc_mine",
    path="/e/",
    colour=ProjectColour.PINK,
    production=False,
    ca_file="/etc/ca's.pem",
    proxy="http://proxy.example.com:3128",
    client_certificate="C:\\me.pem",
    client_key="/me.key",
    connect_timeout=3.0,
    answer_timeout=90.5,
    headers=(("X-Team", "support"), ("Authorization", "Basic eA==")),
)
CHANGED = Settings(destination_id="mine", destinations=(*standard_destinations(), MY_SERVER))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def store(file: Path) -> tuple[SettingsStore, Notices]:
    notices = Notices()
    return SettingsStore(file, StandingClock(), notices), notices


def content(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_projects_that_were_removed_stay_away_but_for_the_sandbox(file: Path) -> None:
    file.write_text('{"destinations": {"mine": {"name": "Mine"}, "eu": {"token": "phc_eu"}}}')
    settings, notices = store(file)
    places = settings.load().destinations
    assert [place.id for place in places] == ["sandbox", "mine", "eu"]
    assert settings.load().destination("eu").token == "phc_eu"
    assert settings.load().destination("eu").name == "EU cloud"
    assert settings.load().destination("sandbox").token == SANDBOX_TOKEN
    assert notices.all() == ()
    settings.save(replace(settings.load(), hide_key=True))
    assert [place.id for place in store(file)[0].load().destinations] == ["sandbox", "mine", "eu"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colour", "beige"),
        ("production", "no"),
        ("proxy", "http://me:secret@proxy:1"),
        ("ca_file", 1),
        ("connect_timeout", 0),
        ("answer_timeout", "long"),
        ("headers", []),
        ("token", "phx_personal"),
    ],
)
def test_a_wrong_value_of_a_project_costs_that_value_only(
    file: Path, key: str, value: object
) -> None:
    store(file)[0].save(CHANGED)
    damaged = content(file)
    damaged["destinations"]["mine"][key] = value
    file.write_text(json.dumps(damaged), encoding="utf-8")
    read, notices = store(file)
    bare = Destination(id="mine", name="", kind=DestinationKind.SELF_HOSTED, address="")
    expected = replace(MY_SERVER, **{key: getattr(bare, key)})
    assert read.load().destination("mine") == expected
    assert f"at their default: destinations > mine > {key}." in notices.all()[0]


def test_a_header_that_cannot_be_sent_is_dropped_and_named(file: Path) -> None:
    headers = {"X-A": "1", "Host": "other", "X-B": 2, "x-a": "3", "X-C": "ü"}
    file.write_text(json.dumps({"destinations": {"us": {"headers": headers}}}))
    read, notices = store(file)
    assert read.load().destination("us").headers == (("X-A", "1"),)
    for name in ("Host", "X-B", "x-a", "X-C"):
        assert f"us > headers > {name}" in notices.all()[0]


def test_a_personal_key_does_not_outlive_the_next_save(file: Path) -> None:
    key = "phx_" + "a1" * 20
    place = {"token": key, "headers": {"X-Key": key}}
    file.write_text(json.dumps({"destinations": {"us": place}, "note": f"my key is {key}"}))
    settings, notices = store(file)
    loaded = settings.load()
    assert "us > token" in notices.all()[0]
    assert key not in notices.all()[0]
    settings.save(loaded)
    assert key not in file.read_text(encoding="utf-8")
    assert content(file)["destinations"]["us"]["token"] == ""


def test_no_personal_key_is_written_as_a_token(file: Path) -> None:
    places = tuple(replace(place, token="phx_short") for place in standard_destinations())
    store(file)[0].save(Settings(destinations=places))
    assert "phx_" not in file.read_text(encoding="utf-8")


def test_of_two_projects_with_the_same_name_one_gets_a_number(file: Path) -> None:
    twice = {"a": {"name": "Shop"}, "b": {"name": "shop"}, "c": {"name": "Shop 2"}}
    file.write_text(json.dumps({"destinations": twice}))
    names = [place.name for place in store(file)[0].load().destinations]
    assert names == ["Sandbox", "Shop", "shop 2", "Shop 2 2"]
