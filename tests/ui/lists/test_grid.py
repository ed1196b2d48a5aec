"""The table of the list places: columns, headings, keys, and staying where one looks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from composer.ui.lists.grid import SECTION_HEIGHT, Grid
from composer.ui.lists.model import CELL_ROLE, AnyIndex, Cell, CellModel, Column
from composer.ui.theme import DARK, LIGHT, apply
from composer.ui.theme.tokens import ROW_HEIGHT
from composer.ui.widgets import Severity

COLUMNS = (
    Column(title="Time", sample="00:00:00", mono=True),
    Column(title="Name", share=2),
    Column(title="Place", needs=500),
    Column(title="State", sample="200 · ok", pill=True),
)


class Rows(CellModel):
    """Names; those in capitals are headings."""

    has_sections = True

    def __init__(self, names: list[str]) -> None:
        super().__init__(COLUMNS)
        self.names = names

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.names)

    def section(self, row: int) -> str | None:
        name = self.names[row] if 0 <= row < len(self.names) else ""
        return name if name.isupper() else None

    def cell(self, row: int, column: int) -> Cell:
        if column == 3:
            return Cell(text="ok", severity=Severity.OK)
        return Cell(text=self.names[row], mono=column == 0, right=column == 2)

    def put_on_top(self, names: list[str]) -> None:
        self.beginInsertRows(QModelIndex(), 0, len(names) - 1)
        self.names[0:0] = names
        self.endInsertRows()


def grid_of(names: list[str], qtbot: QtBot, width: int = 600) -> tuple[Grid, Rows]:
    model = Rows(names)
    grid = Grid("Names", model)
    qtbot.addWidget(grid)
    grid.resize(width, 300)
    grid.show()
    return grid, model


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply(qapp, LIGHT)
    yield
    qapp.setStyleSheet("")


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(Rows(["TODAY", "one", "two"]), force_py=True)


def test_a_heading_is_read_but_not_chosen(qtbot: QtBot) -> None:
    grid, model = grid_of(["TODAY", "one", "YESTERDAY", "two"], qtbot)
    heading = model.index(0, 0)
    assert heading.data() == "TODAY"
    assert model.index(0, 1).data() is None
    assert heading.data(CELL_ROLE) is None
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable
    grid.choose_something()
    assert grid.row == 1
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.row == 3
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert grid.row == 1


def test_headings_are_lower_than_rows(qtbot: QtBot) -> None:
    grid, model = grid_of(["TODAY", "one"], qtbot)
    model.put_on_top(["TOMORROW", "zero"])
    heights = [grid.rowHeight(row) for row in range(4)]
    assert heights == [SECTION_HEIGHT, ROW_HEIGHT] * 2


@pytest.mark.parametrize("width", [360, 499, 500, 900])
def test_the_columns_fill_the_width_exactly(width: int, qtbot: QtBot) -> None:
    grid, _ = grid_of(["one"], qtbot, width)
    shown = [n for n in range(4) if not grid.isColumnHidden(n)]
    assert (2 in shown) == (width >= 500)
    assert sum(grid.columnWidth(n) for n in shown) == grid.viewport().width()


def test_rows_that_come_in_above_do_not_move_what_is_looked_at(qtbot: QtBot) -> None:
    grid, model = grid_of([f"row {n}" for n in range(100)], qtbot)
    grid.choose(60)
    grid.verticalScrollBar().setValue(40 * ROW_HEIGHT + 7)
    before = grid.visualRect(model.index(45, 1)).top()
    model.put_on_top(["NEW", "a", "b"])
    assert grid.visualRect(model.index(48, 1)).top() == before
    assert grid.row == 63


def test_at_the_top_new_rows_come_into_sight(qtbot: QtBot) -> None:
    grid, model = grid_of([f"row {n}" for n in range(100)], qtbot)
    model.put_on_top(["new"])
    assert grid.rowAt(5) == 0


def test_choosing_beyond_the_end_takes_the_last_row(qtbot: QtBot) -> None:
    grid, _ = grid_of(["one", "two"], qtbot)
    chosen: list[int] = []
    grid.chosen.connect(chosen.append)
    grid.choose(9)
    assert grid.row == 1
    assert chosen[-1] == 1


def test_a_line_break_in_a_name_stays_on_the_line(qtbot: QtBot) -> None:
    _, model = grid_of(["two\nlines"], qtbot)
    assert model.index(0, 1).data() == "two lines"


def test_a_pill_is_spoken_with_its_severity(qtbot: QtBot) -> None:
    _, model = grid_of(["one"], qtbot)
    assert model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole) == "OK: ok"


def test_commands_answer_to_keys_and_stand_in_a_menu(qtbot: QtBot) -> None:
    grid, _ = grid_of(["one"], qtbot)
    ran: list[str] = []
    grid.add_command("Remove", lambda: ran.append("remove"), "Del")
    grid.add_command("Open", lambda: ran.append("open"), hint="Enter")
    grid.choose(0)
    grid.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert ran == ["remove"]
    grid.customContextMenuRequested.emit(QPoint(5, 5))
    menu = grid.findChild(QMenu)
    assert menu is not None
    assert menu.isVisible()
    assert [action.text() for action in menu.actions()] == ["Remove", "Open\tEnter"]
    menu.close()


def test_only_a_cut_off_cell_has_a_tooltip(qtbot: QtBot) -> None:
    grid, model = grid_of(["short", "a very long name " * 20], qtbot)
    for row, expected in ((0, ""), (1, "a very long name " * 20)):
        index = model.index(row, 1)
        option = QStyleOptionViewItem()
        option.rect = grid.visualRect(index)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(3, 3), QPoint(3, 3))
        grid.itemDelegate().helpEvent(event, grid, option, index)
        assert QToolTip.text() == expected
    QToolTip.hideText()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_chosen_row_and_the_headings_have_their_own_ground(
    theme: object, qapp: QApplication, qtbot: QtBot
) -> None:
    assert theme in {LIGHT, DARK}
    chosen = LIGHT if theme is LIGHT else DARK
    apply(qapp, chosen)
    grid, model = grid_of(["TODAY", "one", "two"], qtbot)
    grid.choose(1)
    picture = grid.viewport().grab().toImage()
    grounds = {
        picture.pixelColor(picture.width() - 2, grid.visualRect(model.index(row, 0)).center().y())
        .name()
        .upper()
        for row in range(3)
    }
    assert grounds == {chosen.window, chosen.accent_ground, chosen.surface}
