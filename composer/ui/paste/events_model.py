"""The events of a paste as rows of a table: what, of whom, when, and where they went."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.core.summary import summary_of
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.lists.when import time_text
from composer.ui.paste.reading import PastedEvent
from composer.ui.widgets.painting import AnyIndex


class At(IntEnum):
    """The columns."""

    EVENT = 0
    PERSON = 1
    TIME = 2
    WHERE = 3


_COLUMNS = (
    Column(title="Event", share=4),
    Column(title="Person", share=4),
    Column(title="Time", sample="28 Nov 2026 00:00:00"),
    Column(title="Sent to", share=4, needs=560),
)


class EventsModel(CellModel):
    """Rows are ``PastedEvent`` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._events: tuple[PastedEvent, ...] = ()

    def at(self, row: int) -> PastedEvent | None:
        """The event in a row."""
        return self._events[row] if 0 <= row < len(self._events) else None

    def show_events(self, events: tuple[PastedEvent, ...]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._events = events
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._events)

    def cell(self, row: int, column: int) -> Cell:
        event = self._events[row]
        payload = event.draft.payload
        match At(column):
            case At.EVENT:
                name = summary_of(payload).event
                return Cell(text=name or event.draft.event_type.title, mono=bool(name))
            case At.PERSON:
                return Cell(text=summary_of(payload).person)
            case At.TIME:
                return Cell(text=time_text(payload.get("timestamp")), muted=True)
            case At.WHERE:
                where = event.request.url.partition("://")[2].partition("?")[0]
                return Cell(text=where, muted=True)
