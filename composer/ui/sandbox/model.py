"""The table of what arrived: all rows that are kept, and those of them that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from composer.services.ports import Arrival
from composer.ui.lists.model import Cell, CellModel, Column
from composer.ui.sandbox.rows import Kind, Row, badge, reason, rows_of
from composer.ui.widgets.painting import AnyIndex

MOST_ROWS = 10_000
"""A batch may hold thousands of events; older rows go."""


class At(IntEnum):
    """The columns."""

    TIME = 0
    EVENT = 1
    PERSON = 2
    CLIENT = 3
    STATUS = 4


_COLUMNS = (
    Column(title="Time", sample="00:00:00", mono=True),
    Column(title="Event", share=5),
    Column(title="Person", share=3),
    Column(title="Client", share=3, needs=560),
    Column(title="Status", sample="400 · refused", pill=True),
)


class SandboxModel(CellModel):
    """Newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._kind: Kind | None = None
        self._words: tuple[str, ...] = ()
        self._all: list[Row] = []
        self._rows: list[Row] = []
        self._counts: Counter[Kind] = Counter()

    def at(self, row: int) -> Row | None:
        """The event or request in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def find(self, wanted: Row) -> int:
        """Where a row stands; -1 if it is not shown."""
        for number, row in enumerate(self._rows):
            if row.order == wanted.order:
                return number
        return -1

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def count(self, kind: Kind) -> int:
        """How many rows of a kind there are, shown or not."""
        return self._counts[kind]

    @property
    def kind(self) -> Kind | None:
        """The one kind that is shown; ``None`` for all."""
        return self._kind

    @property
    def is_searching(self) -> bool:
        """Whether only what has certain words is shown."""
        return bool(self._words)

    def narrow(self, kind: Kind | None, search: str) -> None:
        """Show one kind, or all, and of it what has every word of ``search``."""
        self.beginResetModel()
        self._kind, self._words = kind, tuple(search.lower().split())
        self._rows = [row for row in self._all if self._shows(row)]
        self.endResetModel()

    def reset(self, arrivals: Iterable[Arrival]) -> None:
        """Begin anew with these requests, oldest first."""
        self.beginResetModel()
        self._all = [row for arrival in arrivals for row in rows_of(arrival)][: -MOST_ROWS - 1 : -1]
        self._counts = Counter(row.kind for row in self._all)
        self._rows = [row for row in self._all if self._shows(row)]
        self.endResetModel()

    def add(self, arrivals: Iterable[Arrival]) -> None:
        """Put newer requests, oldest first, on top; beyond the limit the oldest rows go."""
        fresh = [row for arrival in arrivals for row in rows_of(arrival)][: -MOST_ROWS - 1 : -1]
        self._all[0:0] = fresh
        self._counts.update(row.kind for row in fresh)
        shown = [row for row in fresh if self._shows(row)]
        if shown:
            self.beginInsertRows(QModelIndex(), 0, len(shown) - 1)
            self._rows[0:0] = shown
            self.endInsertRows()
        self._keep(MOST_ROWS)

    def drop_before(self, number: int) -> None:
        """Let go of requests that came before the one of that number."""
        kept = len(self._all)
        while kept and self._all[kept - 1].arrival.number < number:
            kept -= 1
        self._keep(kept)

    def _keep(self, most: int) -> None:
        """The newest ``most`` of all rows, and of those shown what is among them."""
        if len(self._all) <= most:
            return
        gone = set(map(id, self._all[most:]))
        self._counts.subtract(row.kind for row in self._all[most:])
        kept = len(self._rows)
        while kept and id(self._rows[kept - 1]) in gone:
            kept -= 1
        if kept < len(self._rows):
            self.beginRemoveRows(QModelIndex(), kept, len(self._rows) - 1)
            del self._rows[kept:]
            self.endRemoveRows()
        del self._all[most:]

    def _shows(self, row: Row) -> bool:
        return (self._kind is None or row.kind is self._kind) and (
            not self._words or row.matches(self._words)
        )

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 -- as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        shown = self._rows[row]
        either = shown.either
        match At(column):
            case At.TIME:
                moment = shown.arrival.received_at.astimezone()
                return Cell(text=f"{moment:%H:%M:%S}", mono=True, muted=True)
            case At.EVENT:
                if either is not None:
                    return Cell(text=either.name, mono=True)
                return Cell(text=reason(shown), muted=shown.kind is Kind.OTHER)
            case At.PERSON:
                return Cell(text=either.distinct_id if either else "")
            case At.CLIENT:
                return Cell(text=shown.arrival.client, muted=True)
            case At.STATUS:
                text, severity = badge(shown)
                return Cell(text=text, severity=severity)
