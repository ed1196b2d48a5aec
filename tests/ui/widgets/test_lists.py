"""The rail's lists, tabs and tables."""

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QImage, QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from composer.ui.icons import IconName
from composer.ui.theme import LIGHT
from composer.ui.widgets import NavList, NavStyle, TableView, Tabs


def make_nav(qtbot: QtBot, style: NavStyle) -> NavList:
    nav = NavList("Event types", style)
    nav.add_heading("Something happened")
    nav.add_entry("custom", "Custom event", IconName.COMPOSE)
    nav.add_heading("About a person")
    nav.add_entry("identify", "Identify", tip="$identify")
    nav.add_entry("alias", "Alias", tip="$create_alias")
    qtbot.addWidget(nav)
    nav.resize(200, 300)
    nav.show()
    qtbot.waitExposed(nav)
    return nav


def heard_from(nav: NavList) -> list[str]:
    heard: list[str] = []
    nav.chosen.connect(heard.append)
    return heard


def shown(nav: NavList) -> list[str]:
    model = nav.model()
    rows = range(model.rowCount())
    return [model.index(row, 0).data() for row in rows if not nav.isRowHidden(row)]


def has_color(image: QImage, rect: QRect, color: str) -> bool:
    wanted = QColor(color)
    xs, ys = range(rect.left(), rect.right() + 1), range(rect.top(), rect.bottom() + 1)
    return any(image.pixelColor(x, y) == wanted for x in xs for y in ys)


def test_places_are_chosen_by_the_arrows_at_once_and_headings_passed_over(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.PLACES)
    heard = heard_from(nav)
    nav.select("custom")
    qtbot.keyClick(nav, Qt.Key.Key_Down)
    qtbot.keyClick(nav, Qt.Key.Key_Down)
    qtbot.keyClick(nav, Qt.Key.Key_Up)
    qtbot.keyClick(nav, Qt.Key.Key_Up)
    assert heard == ["identify", "alias", "identify", "custom"]


def test_entries_are_chosen_by_enter_or_space_only(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.ENTRIES)
    heard = heard_from(nav)
    nav.select("custom")
    qtbot.keyClick(nav, Qt.Key.Key_Down)
    assert heard == []
    qtbot.keyClick(nav, Qt.Key.Key_Return)
    qtbot.keyClick(nav, Qt.Key.Key_Space)
    assert heard == ["identify", "identify"]


@pytest.mark.parametrize("style", list(NavStyle))
def test_a_click_chooses_an_entry_and_a_heading_never(qtbot: QtBot, style: NavStyle) -> None:
    nav = make_nav(qtbot, style)
    heard = heard_from(nav)
    for row in range(5):
        place = nav.visualRect(nav.model().index(row, 0)).center()
        qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == ["custom", "identify", "alias"]


def test_selecting_is_silent(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.PLACES)
    heard = heard_from(nav)
    nav.select("alias")
    assert nav.current_id() == "alias"
    nav.select("unknown")
    assert (nav.current_id(), nav.selectedIndexes(), heard) == ("", [], [])


def test_narrowing_searches_text_and_tip_and_hides_empty_headings(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.ENTRIES)
    assert nav.narrow("$CREATE ali") == 1
    assert shown(nav) == ["About a person", "Alias"]
    assert nav.narrow("nothing like it") == 0
    assert shown(nav) == []
    assert nav.narrow("") == 3
    assert len(shown(nav)) == 5


def test_a_count_is_spoken_with_the_entry(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.PLACES)
    nav.set_count("alias", 12)
    index = nav.model().index(4, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Alias, 12"
    nav.set_count("alias", 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Alias"


def test_the_ring_shows_for_the_keyboard_and_not_for_the_mouse(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.ENTRIES)
    nav.activateWindow()
    nav.setFocus()
    qtbot.waitUntil(nav.hasFocus)
    row = nav.visualRect(nav.model().index(1, 0))
    qtbot.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert not has_color(nav.viewport().grab().toImage(), row, LIGHT.accent)
    qtbot.keyClick(nav, Qt.Key.Key_Return)
    assert has_color(nav.viewport().grab().toImage(), row, LIGHT.accent)


def test_a_list_that_never_scrolls_takes_the_height_of_its_rows(qtbot: QtBot) -> None:
    nav = make_nav(qtbot, NavStyle.PLACES)
    nav.fit_height()
    assert nav.height() == 2 * 28 + 3 * 32


def test_the_current_tab_is_underlined_and_no_text_is_cut(qtbot: QtBot) -> None:
    tabs = Tabs("Preview")
    for text in ("JSON", "curl", "Request"):
        tabs.addTab(text)
    qtbot.addWidget(tabs)
    tabs.resize(tabs.sizeHint())
    tabs.setCurrentIndex(1)
    image = tabs.grab().toImage()
    lines = [
        image.pixelColor(tabs.tabRect(index).center().x(), tabs.height() - 1).name().upper()
        for index in range(3)
    ]
    assert [line == LIGHT.accent for line in lines] == [False, True, False]
    assert tabs.accessibleName() == "Preview"
    widths = [tabs.tabRect(index).width() for index in range(3)]
    tabs.setCurrentIndex(2)
    assert [tabs.tabRect(index).width() for index in range(3)] == widths


def make_table(qtbot: QtBot) -> TableView:
    table = TableView("History")
    model = QStandardItemModel(3, 2, table)
    for row in range(3):
        model.setItem(row, 0, QStandardItem(f"event {row}"))
        model.setItem(row, 1, QStandardItem("200 · 12 ms"))
    table.setModel(model)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    qtbot.waitExposed(table)
    return table


def test_rows_have_the_height_of_the_design_and_a_line_beneath(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    assert [table.row_rect(row).height() for row in range(3)] == [34, 34, 34]
    image = table.viewport().grab().toImage()
    assert image.pixelColor(50, 33) == QColor(LIGHT.line)
    assert image.pixelColor(50, 150) == QColor(LIGHT.surface)


def test_enter_and_a_double_click_open_a_row(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    opened: list[QModelIndex] = []
    table.opened.connect(opened.append)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.row_rect(2).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [index.row() for index in opened] == [1, 2]


def test_the_row_with_the_keyboard_has_a_ring(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table.hasFocus)
    assert table.currentIndex().row() == 0
    image = table.viewport().grab().toImage()
    assert has_color(image, table.row_rect(0), LIGHT.accent)
    assert not has_color(image, table.row_rect(2), LIGHT.accent)
