"""The rows that did not fit, read bit by bit as they come into sight; there may be a million."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject

from composer.core.tabular import RowProblem
from composer.ui.form.face import marked
from composer.ui.lists.model import Cell, Column
from composer.ui.lists.paged_model import PagedModel
from composer.ui.wording import shortened

_LONGEST = 200


class At(IntEnum):
    """The columns."""

    NUMBER = 0
    REASON = 1
    TEXT = 2


_COLUMNS = (
    Column(title="Row", sample="8,888,888", right=True),
    Column(title="Why it does not fit", share=5),
    Column(title="The row", share=4, needs=480),
)


class ProblemsModel(PagedModel[RowProblem]):
    """By the numbers of the rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, _number, parent)

    def cell(self, row: int, column: int) -> Cell:
        found = self._rows[row]
        match At(column):
            case At.NUMBER:
                return Cell(text=f"{found.number:,}", right=True)
            case At.REASON:
                return Cell(text=marked(found.reason))
            case At.TEXT:
                return Cell(text=shortened(marked(found.text), _LONGEST), mono=True, muted=True)


def _number(problem: RowProblem) -> int:
    return problem.number
