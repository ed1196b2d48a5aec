"""The templates as rows of a table; a search narrows them down. Holds values, reads no file."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.records import Template
from composer.core.summary import summary_of
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import date_text
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    NAME = 0
    TYPE = 1
    SAVED = 2


_COLUMNS = (
    Column(title="Name", share=5),
    Column(title="Event type", share=3),
    Column(title="Saved", sample="28 September 2026", needs=420),
)


class TemplatesModel(CellModel):
    """Those templates that the search finds, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._all: tuple[Template, ...] = ()
        self._rows: tuple[Template, ...] = ()
        self._search = ""

    @property
    def total(self) -> int:
        """How many there are, found or not."""
        return len(self._all)

    def at(self, row: int) -> Template | None:
        """The template in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, identifier: str) -> int:
        """Where a template stands; -1 if it is not in the list."""
        rows = (row for row, found in enumerate(self._rows) if found.id == identifier)
        return next(rows, -1)

    def show_all(self, templates: Sequence[Template]) -> None:
        """Take over what is kept now."""
        self._all = tuple(templates)
        self._renew()

    def search(self, text: str) -> None:
        """Show those whose name, event type, event or person contain ``text``."""
        self._search = text.strip().casefold()
        self._renew()

    def _renew(self) -> None:
        self.beginResetModel()
        self._rows = tuple(found for found in self._all if self._search in _searched(found))
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        template = self._rows[row]
        match At(column):
            case At.NAME:
                return Cell(text=template.name)
            case At.TYPE:
                return Cell(text=template.draft.event_type.title)
            case At.SAVED:
                return Cell(text=date_text(template.saved_at), muted=True)


def _searched(template: Template) -> str:
    about = summary_of(template.draft.payload)
    words = (template.name, template.draft.event_type.title, about.event, about.person)
    return "\n".join(words).casefold()
