"""The rows of differences: kept to Qt's contract, marked by icon and words, cut where very many."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from composer.core.compare.values import DifferenceKind
from composer.ui.compare.table import ICONS, MOST_ROWS, At, DifferenceModel, Line
from composer.ui.lists.model import Column

COLUMNS = tuple(Column(title=at.name) for at in At)


def line(kind: DifferenceKind = DifferenceKind.CHANGED, what: str = "a") -> Line:
    return Line(what=what, left="1", right="2", way="Another value", kind=kind)


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = DifferenceModel(COLUMNS)
    model.show(["Body", *(line(kind) for kind in DifferenceKind)])
    model.name_sides("Pasted", "Composed")
    qtmodeltester.check(model)


def test_each_kind_has_an_icon_of_its_own_before_its_words() -> None:
    model = DifferenceModel(COLUMNS)
    model.show([line(kind) for kind in DifferenceKind])
    icons = [model.cell(row, At.WAY).icon for row in range(model.rowCount())]
    assert icons == [ICONS[kind] for kind in DifferenceKind]
    assert len(set(icons)) == len(DifferenceKind)


def test_the_header_names_the_sides() -> None:
    model = DifferenceModel(COLUMNS)
    assert model.headerData(At.LEFT, Qt.Orientation.Horizontal) == "LEFT"
    model.name_sides("Pasted", "Composed")
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in At]
    assert titles == ["WHAT", "Pasted", "Composed", "WAY"]


def test_very_many_rows_are_cut() -> None:
    model = DifferenceModel(COLUMNS)
    model.show([line(what=str(number)) for number in range(MOST_ROWS + 5)])
    assert model.rowCount() == MOST_ROWS


def test_a_heading_is_no_difference() -> None:
    model = DifferenceModel(COLUMNS)
    model.show(["Body", line()])
    assert model.at(0) is None
    assert model.row_of(line()) == 1
    assert model.row_of(line(what="b")) == -1
