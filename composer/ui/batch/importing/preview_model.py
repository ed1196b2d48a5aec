"""The first rows as the events that they would be; a row that does not fit says why."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.mapping import Converted, NewEvent
from composer.core.tabular import RowProblem
from composer.ui.form.face import marked
from composer.ui.icons import IconName
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import time_text
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    NUMBER = 0
    EVENT = 1
    PERSON = 2
    TIME = 3


_COLUMNS = (
    Column(title="Row", sample="8,888", right=True),
    Column(title="Event", share=4),
    Column(title="Person", share=4),
    Column(title="Time", sample="30 Sep 2026 00:00:00", needs=470),
)


class PreviewModel(CellModel):
    """Events and problems in the order of their rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._rows: tuple[NewEvent | RowProblem, ...] = ()

    def at(self, row: int) -> NewEvent | RowProblem | None:
        """What stands in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def show_converted(self, converted: Converted) -> None:
        """Take over another preview."""
        rows = sorted((*converted.events, *converted.problems), key=_number)
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        found = self._rows[row]
        if column == At.NUMBER:
            return Cell(text=f"{found.number:,}", muted=True, right=True)
        if isinstance(found, RowProblem):
            if column == At.EVENT:
                return Cell(text="Does not fit", icon=IconName.ERROR, hint=found.reason)
            return Cell(text=marked(found.reason) if column == At.PERSON else "", muted=True)
        match At(column):
            case At.EVENT:
                return Cell(text=marked(found.name))
            case At.PERSON:
                return Cell(text=marked(found.person))
            case _:
                return Cell(text=time_text(found.moment or None), muted=True)


def _number(row: NewEvent | RowProblem) -> int:
    return row.number
