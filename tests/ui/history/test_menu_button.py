"""The filter button: a menu that stays open while lines are ticked, and says what is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from composer.ui.history.menu_button import MOST, MenuButton, Option

OPTIONS = [Option(value=name, text=name, detail="12") for name in ("a&b", "two", "three")]


class Shown:
    """A button on the screen, and what it told."""

    def __init__(self, qtbot: QtBot, *, several: bool = True) -> None:
        self.button = MenuButton("Event", "All events", several=several)
        qtbot.addWidget(self.button)
        self.button.resize(160, 30)
        self.button.show()
        qtbot.waitExposed(self.button)
        self.heard: list[object] = []
        self.button.changed.connect(self.heard.append)

    @property
    def lines(self) -> list[QAction]:
        return [line for line in self.button.menu_lines.actions() if not line.isSeparator()]

    @property
    def ticked(self) -> list[str]:
        return [line.text().split("\t")[0] for line in self.lines if line.isChecked()]

    def click(self, line: int) -> None:
        menu = self.button.menu_lines
        place = menu.actionGeometry(self.lines[line]).center()
        QTest.mouseMove(menu, place)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)


def test_lines_are_ticked_one_after_the_other_without_opening_it_again(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.button.open_with(OPTIONS)
    shown.click(1)
    shown.click(3)
    assert shown.button.menu_lines.isVisible()
    assert shown.heard == [frozenset({"a&b"}), frozenset({"a&b", "three"})]
    assert shown.ticked == ["a&&b", "three"]
    shown.click(1)
    assert shown.heard[-1] == frozenset({"three"})
    shown.click(0)
    assert shown.heard[-1] == frozenset()
    assert shown.ticked == ["All events"]
    shown.button.menu_lines.close()


def test_space_ticks_and_enter_ticks_and_closes(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.button.open_with(OPTIONS)
    menu = shown.button.menu_lines
    menu.setActiveAction(shown.lines[2])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert shown.heard == [frozenset({"two"})]
    menu.setActiveAction(shown.lines[3])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert not menu.isVisible()
    assert shown.heard[-1] == frozenset({"two", "three"})


def test_of_one_only_the_last_counts_and_the_menu_closes(qtbot: QtBot) -> None:
    shown = Shown(qtbot, several=False)
    shown.button.show_chosen(["two"], "two")
    shown.button.open_with(OPTIONS)
    assert shown.ticked == ["two"]
    shown.click(3)
    assert not shown.button.menu_lines.isVisible()
    assert shown.heard == [frozenset({"three"})]


def test_of_very_many_lines_those_that_are_chosen_stay_in_the_menu(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    options = [Option(value=number, text=f"event {number}") for number in range(MOST + 20)]
    shown.button.show_chosen([MOST + 10], "event")
    shown.button.open_with(options)
    assert len(shown.lines) == 1 + MOST + 1 + 1
    assert shown.ticked == [f"event {MOST + 10}"]
    assert shown.lines[-1].text() == "19 more: use the search field"
    assert not shown.lines[-1].isEnabled()
    shown.button.menu_lines.close()


@pytest.mark.parametrize(
    ("chosen", "words", "name"),
    [([], "Event", "Event: all events"), (["two"], "two", "Event: two")],
)
def test_it_tells_assistive_tools_what_is_chosen(
    qtbot: QtBot, chosen: list[str], words: str, name: str
) -> None:
    shown = Shown(qtbot)
    shown.button.show_chosen(chosen, words)
    assert shown.button.accessibleName() == name
    assert shown.button.text() == words


def test_a_long_choice_gives_way_and_stands_in_the_tooltip(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    long = "a destination with a very long name indeed"
    shown.button.show_chosen(["x"], long)
    shown.button.resize(120, 30)
    assert shown.button.text().endswith("…")
    assert shown.button.toolTip() == long
    shown.button.show_chosen(["x"], "R&D")
    assert shown.button.text() == "R&&D"
    assert shown.button.toolTip() == ""
