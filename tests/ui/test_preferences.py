"""The settings as the window holds them."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from composer.core.destination import DestinationKind
from composer.core.settings import Settings, ThemeChoice
from composer.core.tokens import KeyMode
from composer.ui.preferences import Preferences

ADDRESS = "http://127.0.0.1:8810"


class Held:
    def __init__(self) -> None:
        self.preferences = Preferences(Settings())
        self.told: list[Settings] = []
        self.preferences.changed.connect(self.told.append)


@pytest.fixture
def held(qapp: QApplication) -> Held:
    del qapp
    return Held()


def test_a_change_is_told_to_all_with_what_there_is_now(held: Held) -> None:
    held.preferences.change(theme=ThemeChoice.DARK, hide_key=True)
    assert held.told == [Settings(theme=ThemeChoice.DARK, hide_key=True)]
    assert held.preferences.settings == held.told[0]


def test_what_is_no_change_is_not_told(held: Held) -> None:
    held.preferences.change(hide_key=False)
    held.preferences.change_destination(held.preferences.settings.destination("eu"))
    assert held.told == []


def test_a_setting_that_does_not_exist_is_a_mistake(held: Held) -> None:
    with pytest.raises(TypeError):
        held.preferences.change(colour="red")


def test_the_sandbox_stands_where_it_listens_and_nowhere_else(held: Held) -> None:
    held.preferences.locate_sandbox(ADDRESS)
    assert len(held.told) == 1
    assert held.preferences.destination.address == ADDRESS
    assert [place.address == ADDRESS for place in held.preferences.destinations] == [
        place.kind is DestinationKind.SANDBOX for place in held.preferences.destinations
    ]


def test_the_address_of_the_sandbox_is_never_kept(held: Held) -> None:
    held.preferences.locate_sandbox(ADDRESS)
    sandbox = held.preferences.destination
    held.preferences.change_destination(replace(sandbox, path="/capture/"))
    (kept, *_) = held.preferences.settings.destinations
    assert (kept.address, kept.path) == ("", "/capture/")
    assert held.preferences.destination == replace(sandbox, path="/capture/")


def test_changing_one_destination_leaves_the_others_and_their_order(held: Held) -> None:
    before = held.preferences.destinations
    eu = replace(held.preferences.settings.destination("eu"), token="phc_mine")
    held.preferences.change_destination(eu)
    after = held.preferences.destinations
    assert [place.id for place in after] == [place.id for place in before]
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [eu]


def test_the_chosen_destination_follows_the_choice(held: Held) -> None:
    held.preferences.change(destination_id="us")
    assert held.preferences.destination.kind is DestinationKind.US


def test_a_destination_that_is_gone_gives_way_to_the_sandbox(held: Held) -> None:
    held.preferences.change(destination_id="removed")
    assert held.preferences.destination.kind is DestinationKind.SANDBOX


def test_unless_chosen_a_real_projects_key_stays_out_of_copies(held: Held) -> None:
    modes = {
        place.kind: held.preferences.copy_key_for(place) for place in held.preferences.destinations
    }
    assert modes.pop(DestinationKind.SANDBOX) is KeyMode.INLINE
    assert set(modes.values()) == {KeyMode.ENV}


@pytest.mark.parametrize("key", KeyMode)
def test_the_persons_choice_holds_for_every_destination(held: Held, key: KeyMode) -> None:
    held.preferences.change(copy_key=key)
    for place in held.preferences.destinations:
        held.preferences.change(destination_id=place.id)
        assert held.preferences.copy_key is key


def names(held: Held) -> list[str]:
    return [place.id for place in held.preferences.settings.destinations]


def test_a_project_is_added_moved_and_removed(held: Held) -> None:
    shop = replace(held.preferences.settings.destination("eu"), id="shop", name="Shop")
    held.preferences.add_destination(shop)
    assert names(held) == ["sandbox", "us", "eu", "self_hosted", "shop"]
    held.preferences.move_destination("shop", -3)
    assert names(held) == ["sandbox", "shop", "us", "eu", "self_hosted"]
    held.preferences.move_destination("shop", 99)
    assert names(held)[-1] == "shop"
    held.preferences.remove_destination("shop")
    held.preferences.add_destination(shop, before=1)
    assert names(held)[1] == "shop"


def test_when_the_chosen_project_is_removed_the_sandbox_is_chosen(held: Held) -> None:
    held.preferences.change(destination_id="eu")
    held.preferences.remove_destination("eu")
    assert held.preferences.destination.kind is DestinationKind.SANDBOX
    held.preferences.remove_destination("sandbox")
    assert "sandbox" in names(held)
