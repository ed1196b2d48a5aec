"""The table of the Batch place, as values: its rows, what is asked of it, what is told of it.

It knows neither the file that keeps the table nor how events are judged or sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from composer.core.verdicts.scales import Severity


class RowOutlook(IntEnum):
    """What becomes of one event, the best first."""

    STORED = 0
    ALTERED = 1
    """Stored, but not as typed."""
    LOST = 2
    """The server takes it and drops it afterwards."""
    REFUSED = 3
    """The server would refuse the whole request for it."""


OUTLOOKS: Mapping[Severity, RowOutlook] = {
    Severity.ERROR: RowOutlook.REFUSED,
    Severity.DROPPED: RowOutlook.LOST,
    Severity.ALTERED: RowOutlook.ALTERED,
    Severity.WARNING: RowOutlook.STORED,
    Severity.ADVICE: RowOutlook.STORED,
}
"""What an event comes to whose worst verdict is of that severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchEvent:
    """One event of the table.

    ``body`` is its JSON with no space, without a token, always with a ``uuid``. ``moment`` is its
    ``timestamp`` as it stands there, empty where there is none. ``size`` is that of the body in
    bytes. ``outlook`` is ``None`` until the event has been looked at; ``says`` is the sentence of
    the worst verdict on it, empty where there is nothing to say.
    """

    id: int
    type_id: str
    body: str
    name: str
    person: str
    moment: str
    size: int
    outlook: RowOutlook | None = None
    says: str = ""


PROPERTY = "property:"
"""How the ``sort`` of a query begins that names a property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuery:
    """Which events to show, and in which order.

    ``text`` stands anywhere in the event, in small or capital letters. ``outlooks`` are those
    wanted, none means all. ``sort`` is empty for the order of the table, or one of ``event``,
    ``person``, ``time``, ``verdict``, ``size`` or ``property:NAME``; what has nothing there comes
    last in either direction.
    """

    text: str = ""
    outlooks: frozenset[RowOutlook] = frozenset()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The whole table in numbers. Sizes are in bytes, of the bodies alone.

    ``revision`` is another one after each change of the events or of their order, not after they
    have been looked at. ``unseen`` events have not been looked at yet.
    """

    events: int = 0
    bytes: int = 0
    largest: int = 0
    by_outlook: Mapping[RowOutlook, int] = field(default_factory=dict[RowOutlook, int])
    unseen: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Events that were taken out together and can be put back until the app is closed."""

    number: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where moved events stood before: each run of them with the event in front of it.

    0 stands for the beginning of the table.
    """

    runs: tuple[tuple[int, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far an import is.

    ``read`` and ``size`` count bytes of the source as it is stored, or rows where the source is a
    number of rows; ``rate`` is in rows a second.
    """

    read: int = 0
    size: int = 0
    added: int = 0
    problems: int = 0
    rate: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """An import that has ended well: its number, and how many rows did not fit.

    ``first_id`` is the event of its first row; 0 where nothing was added.
    """

    number: int
    added: int
    problems: int
    first_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProgress:
    """How many events of how many have been looked at, or written into a run."""

    done: int
    total: int
