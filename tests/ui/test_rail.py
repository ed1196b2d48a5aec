"""The rail: places, event types, filter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.core.events import ALL
from composer.core.fields import Priority
from composer.ui.rail import Place, Rail
from composer.ui.theme import LIGHT, apply
from composer.ui.widgets import LineEdit, NavList
from tests.helpers.stage import nameless
from tests.helpers.window import named, type_into

MORE = "More events"
TITLES = [event_type.title for event_type in ALL]
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class Shown:
    """A rail in Compose, and what it told."""

    def __init__(self) -> None:
        self.rail = Rail()
        self.rail.resize(self.rail.width(), 900)
        self.rail.show()
        self.rail.show_place(Place.COMPOSE)
        self.places = named(self.rail, "Places", NavList)
        self.types = named(self.rail, "Event types", NavList)
        self.filter = named(self.rail, "Filter event types", LineEdit)
        self.told: list[object] = []
        self.rail.place_chosen.connect(self.told.append)
        self.rail.type_chosen.connect(self.told.append)

    def visible_types(self) -> list[str]:
        model = self.types.model()
        rows = [row for row in range(model.rowCount()) if not self.types.isRowHidden(row)]
        return [model.index(row, 0).data() for row in rows]

    def spoken(self, text: str) -> object:
        return next(
            self.types.model().index(row, 0).data(ACCESSIBLE)
            for row in range(self.types.model().rowCount())
            if self.types.model().index(row, 0).data() == text
        )

    def click(self, listed: NavList, text: str) -> None:
        model = listed.model()
        index = next(
            model.index(row, 0)
            for row in range(model.rowCount())
            if model.index(row, 0).data() == text
        )
        listed.scrollTo(index)
        spot = listed.visualRect(index).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot) -> Iterator[Shown]:
    apply(qapp, LIGHT)
    shown = Shown()
    qtbot.addWidget(shown.rail)
    shown.rail.activateWindow()
    qtbot.waitUntil(shown.rail.isActiveWindow)
    yield shown
    qapp.setStyleSheet("")


def test_a_click_on_a_place_tells_it(shown: Shown) -> None:
    for place in Place:
        shown.click(shown.places, place.value)
    assert shown.told == list(Place)
    assert all(isinstance(place, Place) for place in shown.told)


def test_a_click_on_an_event_type_tells_its_id(shown: Shown) -> None:
    shown.click(shown.types, MORE)
    for event_type in ALL:
        shown.click(shown.types, event_type.title)
    assert shown.told == [event_type.id for event_type in ALL]


def test_every_event_type_stands_there_once() -> None:
    titles = [event_type.title for event_type in ALL]
    assert len(set(titles)) == len(titles)


def test_what_few_need_is_folded_away_until_it_is_wanted(shown: Shown) -> None:
    core = [t.title for t in ALL if t.priority is Priority.CORE]
    assert [title for title in TITLES if title in shown.visible_types()] == core
    assert shown.visible_types()[-1] == MORE
    shown.click(shown.types, MORE)
    assert set(TITLES) <= set(shown.visible_types())
    assert shown.spoken(MORE) == "More events, open"
    shown.click(shown.types, MORE)
    assert shown.visible_types()[-1] == MORE
    assert shown.spoken(MORE) == "More events, closed"


def test_folding_leaves_the_mark_where_it_is(shown: Shown) -> None:
    shown.rail.show_type("identify")
    shown.click(shown.types, MORE)
    assert shown.types.current_id() == "identify"
    assert shown.told == []


def test_the_fold_opens_by_keys_and_for_a_type_that_is_marked(shown: Shown) -> None:
    shown.rail.show_type("custom")
    shown.rail.focus_types()
    QTest.keyClick(shown.types, Qt.Key.Key_End)
    QTest.keyClick(shown.types, Qt.Key.Key_Space)
    assert "Rage click" in shown.visible_types()
    QTest.keyClick(shown.types, Qt.Key.Key_Return)
    assert "Rage click" not in shown.visible_types()
    assert shown.told == []
    shown.rail.show_type("rageclick")
    assert "Rage click" in shown.visible_types()
    assert shown.types.current_id() == "rageclick"


def test_the_filter_finds_what_is_folded_away_and_leaves_the_fold_as_it_was(shown: Shown) -> None:
    everything = shown.visible_types()
    type_into(shown.filter, "remove")
    assert shown.visible_types() == ["About a person", "Remove properties"]
    type_into(shown.filter, "Deep link")
    assert shown.visible_types() == ["Website and app", "App lifecycle"]
    type_into(shown.filter, " ")
    assert shown.visible_types() == everything


def test_marking_place_and_type_tells_nothing(shown: Shown) -> None:
    shown.rail.show_place(Place.HISTORY)
    shown.rail.show_place(Place.COMPOSE)
    shown.rail.show_type("identify")
    assert shown.told == []
    assert shown.places.current_id() == "Compose"
    assert shown.types.current_id() == "identify"


def test_event_types_are_there_in_compose_alone(shown: Shown) -> None:
    for place in (*Place, Place.COMPOSE):
        shown.rail.show_place(place)
        in_compose = place is Place.COMPOSE
        assert (shown.types.isVisible(), shown.filter.isVisible()) == (in_compose, in_compose)
        assert shown.places.isVisible()
        assert shown.places.current_id() == place.value


def test_the_filter_narrows_by_title_and_by_event_name(shown: Shown) -> None:
    everything = shown.visible_types()
    type_into(shown.filter, "$pagev")
    assert "Page view" in shown.visible_types()
    assert len(shown.visible_types()) < len(everything)
    type_into(shown.filter, "no such type")
    assert shown.visible_types() == []
    type_into(shown.filter, " ")
    assert shown.visible_types() == everything


def test_enter_in_the_filter_goes_to_the_list_where_enter_chooses(shown: Shown) -> None:
    shown.rail.show_type("custom")
    shown.rail.focus_filter()
    assert shown.filter.hasFocus()
    type_into(shown.filter, "identify")
    QTest.keyClick(shown.filter, Qt.Key.Key_Return)
    assert shown.types.hasFocus()
    assert shown.told == []
    QTest.keyClick(shown.types, Qt.Key.Key_Down)
    QTest.keyClick(shown.types, Qt.Key.Key_Return)
    assert shown.told == ["identify"]


def test_coming_to_the_filter_again_replaces_what_stands_there(shown: Shown) -> None:
    type_into(shown.filter, "identify")
    shown.rail.focus_types()
    shown.rail.focus_filter()
    assert shown.filter.selectedText() == "identify"


def test_a_count_is_spoken_with_its_place_and_goes_at_zero(shown: Shown) -> None:
    shown.rail.set_count(Place.BATCH, 3)
    index = shown.places.model().index(list(Place).index(Place.BATCH), 0)
    assert index.data(ACCESSIBLE) == "Batch, 3"
    shown.rail.set_count(Place.BATCH, 0)
    assert index.data(ACCESSIBLE) == "Batch"


def test_all_five_places_are_in_sight_and_everything_has_a_name(shown: Shown) -> None:
    assert not shown.places.verticalScrollBar().isVisible()
    model = shown.places.model()
    assert model.rowCount() == len(Place)
    last = shown.places.visualRect(model.index(len(Place) - 1, 0))
    assert shown.places.viewport().rect().contains(last)
    assert nameless(shown.rail) == []
