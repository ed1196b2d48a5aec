"""Destination, address and token at the top of the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QLineEdit

from composer.core.behaviour import Behaviour
from composer.core.destination import SANDBOX_TOKEN
from composer.ui.destination_bar import DestinationBar
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.session import Session
from composer.ui.widgets import Pill, Severity
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import type_into


class Bar:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.preferences = stage.preferences
        self.preferences.change_destination(EU)
        self.session = Session(stage.clock, stage.preferences)
        self.switches = Switches(stage.sandbox, stage.environment.behaviours, stage.messages)
        self.bar = DestinationBar(self.session, stage.preferences, self.switches)
        self.pill = self.bar.findChildren(Pill)[1]  # beside that of production
        stage.show(self.bar, 900, 46)

    def choose(self, identifier: str) -> None:
        """As a person does with the list."""
        index = self.bar.places.findData(identifier)
        self.bar.places.setCurrentIndex(index)
        self.bar.places.activated.emit(index)

    @property
    def said(self) -> str:
        return self.pill.text if self.pill.isVisible() else ""

    def kept(self, identifier: str) -> str:
        return self.preferences.settings.destination(identifier).token


@pytest_asyncio.fixture
async def bar(stage: Stage) -> Bar:
    return Bar(stage)


async def test_the_first_start_shows_the_sandbox_and_its_token(bar: Bar) -> None:
    assert bar.bar.places.currentText() == "Sandbox"
    assert bar.bar.token.text() == SANDBOX_TOKEN
    assert (bar.said, bar.pill.severity) == ("Token accepted here", Severity.OK)
    assert not bar.bar.address.isVisible()
    assert nameless(bar.bar) == []


async def test_all_destinations_can_be_chosen(bar: Bar) -> None:
    listed = [bar.bar.places.itemText(row) for row in range(bar.bar.places.count())]
    assert listed[:-2] == [place.name for place in bar.preferences.destinations]
    assert listed[-2:] == ["", "Projects…"]


async def test_the_last_entry_leads_to_the_projects_and_chooses_none(bar: Bar) -> None:
    wanted: list[None] = []
    bar.bar.projects_wanted.connect(lambda: wanted.append(None))
    bar.bar.places.setCurrentIndex(bar.bar.places.count() - 1)
    bar.bar.places.activated.emit(bar.bar.places.count() - 1)
    assert wanted == [None]
    assert bar.bar.places.currentText() == "Sandbox"
    assert bar.preferences.destination.id == "sandbox"


async def test_added_renamed_and_removed_projects_are_in_the_list_at_once(bar: Bar) -> None:
    shop = replace(EU, id="shop", name="Shop", colour="purple")
    bar.preferences.add_destination(shop)
    assert bar.bar.places.findText("Shop") == len(bar.preferences.destinations) - 1
    bar.preferences.change_destination(replace(shop, name="Shop (EU)"))
    assert bar.bar.places.findText("Shop (EU)") > 0
    bar.choose("shop")
    bar.preferences.remove_destination("shop")
    assert bar.bar.places.findText("Shop (EU)") == -1
    assert bar.bar.places.currentText() == "Sandbox"


async def test_a_production_project_says_so_in_words(bar: Bar) -> None:
    pills = {pill.text: pill for pill in bar.bar.findChildren(Pill)}
    assert not pills["Production"].isVisible()
    bar.choose("eu")
    assert pills["Production"].isVisible()
    bar.preferences.change_destination(replace(EU, production=False))
    assert not pills["Production"].isVisible()


async def test_choosing_a_destination_brings_its_token_into_field_and_request(bar: Bar) -> None:
    bar.choose("eu")
    assert bar.preferences.destination == EU
    assert bar.bar.token.text() == EU.token
    request = bar.session.request
    assert request is not None
    assert request.url.startswith(EU.address)
    assert EU.token.encode() in request.body
    assert bar.said == ""


async def test_a_destination_chosen_elsewhere_is_shown_here(bar: Bar) -> None:
    bar.preferences.change(destination_id="eu")
    assert bar.bar.places.currentText() == "EU cloud"
    assert bar.bar.token.text() == EU.token


async def test_a_typed_token_is_in_the_request_and_kept_for_this_destination(bar: Bar) -> None:
    bar.choose("us")
    type_into(bar.bar.token, "phc_typed")
    assert bar.session.token == "phc_typed"
    assert (bar.kept("us"), bar.kept("eu")) == ("phc_typed", EU.token)
    bar.choose("eu")
    bar.choose("us")
    assert bar.bar.token.text() == "phc_typed"


async def test_typing_in_the_middle_keeps_the_cursor_there(bar: Bar) -> None:
    bar.choose("us")
    type_into(bar.bar.token, "phc_ac")
    bar.bar.token.setCursorPosition(5)
    bar.bar.token.insert("b")
    bar.bar.token.textEdited.emit(bar.bar.token.text())
    assert (bar.bar.token.text(), bar.bar.token.cursorPosition()) == ("phc_abc", 6)


@pytest.mark.parametrize(
    ("token", "short", "long"),
    [
        ("", "Token missing", "Enter the project token"),
        ("  ", "Token missing", "Enter the project token"),
        ("phx_mine", "Personal key", "personal key"),
        ("nonsense", "Check the token", "begin with phc_"),
    ],
)
async def test_a_doubtful_token_is_said_in_short_and_spelled_out(
    bar: Bar, token: str, short: str, long: str
) -> None:
    bar.choose("us")
    bar.bar.token.setFocus()
    bar.bar.token.setText(token)
    bar.bar.token.textEdited.emit(token)
    assert (bar.said, bar.pill.severity) == (short, Severity.WARNING)
    for spelled in (
        bar.bar.token.accessibleDescription(),
        bar.bar.token.toolTip(),
        bar.pill.toolTip(),
    ):
        assert long in spelled


async def test_the_complaint_goes_with_its_reason(bar: Bar) -> None:
    bar.choose("us")
    type_into(bar.bar.token, "phc_typed")
    assert bar.said == ""
    assert (bar.bar.token.toolTip(), bar.bar.token.accessibleDescription()) == ("", "")


async def test_a_personal_key_is_complained_about_and_not_kept(bar: Bar) -> None:
    bar.choose("us")
    type_into(bar.bar.token, "phx_mine")
    assert bar.said == "Personal key"
    assert "phx_mine" not in bar.kept("us")


async def test_a_token_from_the_json_is_shown_in_the_field(bar: Bar) -> None:
    bar.session.set_text('{"api_key": "phc_other", "event": "x", "distinct_id": "p"}')
    assert bar.bar.token.text() == "phc_other"


async def test_only_ones_own_server_has_an_address_to_enter(bar: Bar) -> None:
    visible: dict[str, bool] = {}
    for place in bar.preferences.destinations:
        bar.choose(place.id)
        visible[place.id] = bar.bar.address.isVisible()
    assert visible == {"sandbox": False, "us": False, "eu": False, "self_hosted": True}


async def test_a_typed_address_is_where_it_goes(bar: Bar) -> None:
    bar.choose("self_hosted")
    assert bar.session.obstacle.startswith("Enter the address of your server")
    assert bar.bar.address.toolTip() == bar.session.obstacle
    type_into(bar.bar.address, "https://posthog.example.com")
    request = bar.session.request
    assert request is not None
    assert request.url == "https://posthog.example.com/i/v0/e/"
    assert bar.bar.address.toolTip() == ""
    kept = bar.preferences.settings.destination("self_hosted")
    assert kept.address == "https://posthog.example.com"


async def test_an_address_that_cannot_be_used_says_why_in_its_field(bar: Bar) -> None:
    bar.choose("self_hosted")
    type_into(bar.bar.address, "ftp://x")
    assert bar.bar.address.text() == "ftp://x"
    assert "https://" in bar.bar.address.toolTip()
    assert bar.session.request is None


async def test_the_token_is_hidden_on_screen_and_stays_the_same(bar: Bar) -> None:
    bar.preferences.change(hide_key=True)
    assert bar.bar.token.echoMode() is QLineEdit.EchoMode.Password
    assert bar.bar.token.text() == SANDBOX_TOKEN
    bar.preferences.change(hide_key=False)
    assert bar.bar.token.echoMode() is QLineEdit.EchoMode.Normal


async def test_showing_a_destination_changes_nothing(bar: Bar) -> None:
    before = bar.preferences.settings
    bar.preferences.locate_sandbox("http://127.0.0.1:9999")
    bar.choose("self_hosted")
    bar.choose("sandbox")
    assert bar.preferences.settings == before
    assert bar.preferences.destination == replace(
        before.destination("sandbox"), address="http://127.0.0.1:9999"
    )


async def test_going_to_the_token_selects_it_to_be_replaced(bar: Bar) -> None:
    bar.bar.activateWindow()
    bar.bar.focus_token()
    assert bar.bar.token.selectedText() == SANDBOX_TOKEN


async def test_a_token_that_the_sandbox_is_set_not_to_know_says_so(bar: Bar) -> None:
    bar.switches.put(Behaviour(known_tokens=frozenset({"phc_another"})))
    assert (bar.said, bar.pill.severity) == ("Token unknown here", Severity.WARNING)
    assert "other tokens" in bar.pill.toolTip()
    bar.switches.put(Behaviour(known_tokens=frozenset({SANDBOX_TOKEN})))
    assert bar.said == "Token accepted here"


async def test_a_sandbox_that_is_set_to_misbehave_says_so_until_it_is_not(bar: Bar) -> None:
    bar.switches.put(Behaviour(quota_reached=True))
    assert (bar.said, bar.pill.severity) == ("Set to misbehave", Severity.WARNING)
    assert "Quota reached" in bar.pill.toolTip()
    bar.choose("eu")
    assert bar.said != "Set to misbehave"
    bar.choose("sandbox")
    bar.switches.reset()
    assert bar.said == "Token accepted here"
