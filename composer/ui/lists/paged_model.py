"""A list of rows that are read page by page as they come into sight; there may be a million."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Signal

from composer.ui.lists.model import CellModel, Column
from composer.ui.widgets.painting import AnyIndex

PAGE = 300
_T = TypeVar("_T")


class PagedModel(CellModel, Generic[_T]):
    """``more_wanted`` asks for the next page, ``add`` takes it. A subclass gives ``cell``."""

    more_wanted = Signal(int)
    """The key of the last row; 0 for the first page"""

    def __init__(
        self, columns: tuple[Column, ...], key: Callable[[_T], int], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._key = key
        self._rows: list[_T] = []
        self._is_whole = True
        self._is_waiting = False

    def at(self, row: int) -> _T | None:
        """What stands in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def begin(self) -> None:
        """Forget the rows, and ask for the first page."""
        self.clear()
        self._is_whole = False
        self.fetchMore(QModelIndex())

    def clear(self) -> None:
        """Forget the rows; no more are to come."""
        self.beginResetModel()
        self._rows = []
        self._is_whole, self._is_waiting = True, False
        self.endResetModel()

    def add(self, rows: Sequence[_T]) -> None:
        """Take the page that was asked for; one that is not full is the last."""
        self._is_waiting = False
        self._is_whole = len(rows) < PAGE
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and not self._is_whole and not self._is_waiting

    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(self._key(self._rows[-1]) if self._rows else 0)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)
