"""Differences as rows of a table: what, the two values, and in which way they differ.

It knows neither requests nor the sandbox; who shows something makes ``Line`` values of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QObject, Qt

from composer.core.compare.values import DifferenceKind
from composer.ui.icons import IconName
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.widgets.painting import AnyIndex

MOST_ROWS = 2_000
MOST_TEXT = 300
"""Characters of a value that are shown."""
NONE = "–"
"""Stands for a value that is not there."""

ICONS = {
    DifferenceKind.ADDED: IconName.PLUS,
    DifferenceKind.REMOVED: IconName.MINUS,
    DifferenceKind.CHANGED: IconName.EDIT,
    DifferenceKind.RETYPED: IconName.WARNING,
    DifferenceKind.RESPELLED: IconName.INFO,
    DifferenceKind.REPEATED: IconName.COPY,
}


class At(IntEnum):
    """The columns."""

    WHAT = 0
    LEFT = 1
    RIGHT = 2
    WAY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A difference as it is written. ``places`` are lines of two texts, from 1; 0 for none."""

    what: str
    left: str
    right: str
    way: str
    kind: DifferenceKind
    places: tuple[int, int] = (0, 0)


Row: TypeAlias = "Line | str"
"""A difference, or the heading over some."""


class DifferenceModel(CellModel):
    """One row for each difference."""

    has_sections = True

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._rows: tuple[Row, ...] = ()
        self._titles: dict[int, str] = {}

    def show(self, rows: Sequence[Row]) -> None:
        """Take other rows; very many are cut."""
        self.beginResetModel()
        self._rows = tuple(rows[:MOST_ROWS])
        self.endResetModel()

    def name_sides(self, left: str, right: str) -> None:
        """Say in the header whose values stand in which column."""
        self._titles = {At.LEFT: left, At.RIGHT: right}
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, At.LEFT, At.RIGHT)

    def at(self, row: int) -> Line | None:
        """The difference in a row; ``None`` for a heading or beyond the end."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Line) else None

    def row_of(self, line: Line) -> int:
        """Where a line stands; -1 if it is not there."""
        return self._rows.index(line) if line in self._rows else -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def section(self, row: int) -> str | None:
        found = self._rows[row]
        return found if isinstance(found, str) else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        own = section in self._titles and orientation is Qt.Orientation.Horizontal
        if own and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return super().headerData(section, orientation, role)

    def cell(self, row: int, column: int) -> Cell:
        shown = self._rows[row]
        if isinstance(shown, str):  # a heading, which has no cells
            return Cell(text=shown)
        match At(column):
            case At.WHAT:
                return Cell(text=shown.what, mono=True)
            case At.LEFT:
                return Cell(text=shown.left, mono=True, muted=True)
            case At.RIGHT:
                return Cell(text=shown.right, mono=True)
            case At.WAY:
                return Cell(text=shown.way, muted=True, icon=ICONS[shown.kind])


def cut(text: str) -> str:
    """A value as far as a row shows it."""
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
