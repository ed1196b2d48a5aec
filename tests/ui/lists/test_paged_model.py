"""Rows that are read page by page."""

from __future__ import annotations

from operator import itemgetter

from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from composer.ui.lists.model import Cell, Column
from composer.ui.lists.paged_model import PAGE, PagedModel


class Numbers(PagedModel[tuple[int, str]]):
    def __init__(self) -> None:
        super().__init__((Column(title="Number"),), itemgetter(0))
        self.asked: list[int] = []
        self.more_wanted.connect(self.asked.append)

    def cell(self, row: int, column: int) -> Cell:
        assert column == 0
        return Cell(text=self._rows[row][1])


def page(after: int, count: int = PAGE) -> list[tuple[int, str]]:
    return [(number, str(number)) for number in range(after + 1, after + count + 1)]


def test_the_next_page_is_asked_for_once_and_by_the_last_key(
    qtmodeltester: ModelTester,
) -> None:
    model = Numbers()
    model.begin()
    model.fetchMore(QModelIndex())
    assert model.asked == [0]
    model.add(page(0))
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.asked == [0, PAGE]
    model.add(page(PAGE, 3))
    assert not model.canFetchMore(QModelIndex())
    assert model.rowCount() == PAGE + 3
    assert model.index(PAGE + 2, 0).data() == str(PAGE + 3)
    qtmodeltester.check(model)


def test_beginning_anew_forgets_what_was_read() -> None:
    model = Numbers()
    model.begin()
    model.add(page(0, 2))
    model.begin()
    assert (model.rowCount(), model.asked) == (0, [0, 0])
    model.clear()
    assert not model.canFetchMore(QModelIndex())
