"""What arrived, as rows of a table: one for each stored event, one for each refused request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.services.ports import Arrival, ArrivedEvent
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.widgets import Severity
from composer.ui.widgets.painting import AnyIndex

MOST_ROWS = 10_000
"""A batch may hold thousands of events; older rows go."""


class At(IntEnum):
    """The columns."""

    TIME = 0
    EVENT = 1
    PERSON = 2
    STATUS = 3


class Shown(StrEnum):
    """Which requests the list shows."""

    ALL = "all"
    STORED = "stored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stored event within its request; ``place`` is ``None`` where nothing was stored."""

    arrival: Arrival
    place: int | None

    @property
    def event(self) -> ArrivedEvent | None:
        """The event as it was stored."""
        return None if self.place is None else self.arrival.events[self.place]

    @property
    def is_refused(self) -> bool:
        """Whether the sender got a no."""
        return self.arrival.status >= 400


_COLUMNS = (
    Column(title="Time", sample="00:00:00", mono=True),
    Column(title="Event", share=3),
    Column(title="Person", share=2),
    Column(title="Status", sample="200 · nothing", pill=True),
)


class SandboxModel(CellModel):
    """Newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._shown = Shown.ALL
        self._rows: list[Row] = []

    def at(self, row: int) -> Row | None:
        """The event or refused request in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @property
    def shown(self) -> Shown:
        """Which requests are shown."""
        return self._shown

    def reset(self, arrivals: Iterable[Arrival], shown: Shown) -> None:
        """Begin anew with these requests, oldest first."""
        self.beginResetModel()
        self._shown = shown
        self._rows = self._rows_of(arrivals)
        self.endResetModel()

    def add(self, arrivals: Iterable[Arrival]) -> None:
        """Put newer requests, oldest first, on top; beyond the limit the oldest rows go."""
        rows = self._rows_of(arrivals)
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), 0, len(rows) - 1)
        self._rows[0:0] = rows
        self.endInsertRows()
        self._keep(MOST_ROWS)

    def drop_before(self, number: int) -> None:
        """Let go of requests that came before the one of that number."""
        kept = len(self._rows)
        while kept and self._rows[kept - 1].arrival.number < number:
            kept -= 1
        self._keep(kept)

    def _keep(self, most: int) -> None:
        if len(self._rows) > most:
            self.beginRemoveRows(QModelIndex(), most, len(self._rows) - 1)
            del self._rows[most:]
            self.endRemoveRows()

    def _rows_of(self, arrivals: Iterable[Arrival]) -> list[Row]:
        rows = [row for arrival in arrivals for row in _rows_of(arrival) if self._shows(row)]
        return rows[::-1][:MOST_ROWS]

    def _shows(self, row: Row) -> bool:
        match self._shown:
            case Shown.ALL:
                return True
            case Shown.STORED:
                return row.place is not None
            case Shown.REFUSED:
                return row.is_refused

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        shown = self._rows[row]
        event = shown.event
        match At(column):
            case At.TIME:
                moment = shown.arrival.received_at.astimezone()
                return Cell(text=f"{moment:%H:%M:%S}", mono=True, muted=True)
            case At.EVENT:
                if event is not None:
                    return Cell(text=event.name, mono=True)
                return Cell(text=reason(shown.arrival), muted=True)
            case At.PERSON:
                return Cell(text=event.distinct_id if event else "")
            case At.STATUS:
                text, severity = badge(shown)
                return Cell(text=text, severity=severity)


def badge(row: Row) -> tuple[str, Severity]:
    """The pill of a row."""
    status = row.arrival.status
    if row.is_refused:
        return f"{status} · refused", Severity.ERROR
    if row.event is None:
        return f"{status} · nothing", Severity.NEUTRAL
    return "Stored", Severity.OK


def reason(arrival: Arrival) -> str:
    """Why nothing was stored, as the sender was told."""
    if arrival.status >= 400:
        return arrival.answer.strip() or "Refused without a reason"
    return f"{arrival.method} {arrival.path}"


def _rows_of(arrival: Arrival) -> list[Row]:
    """Later events of a request stand above earlier ones, as later requests do."""
    if not arrival.events:
        return [Row(arrival=arrival, place=None)]
    return [Row(arrival=arrival, place=place) for place in range(len(arrival.events))]
