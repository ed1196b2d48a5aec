"""What arrived, as rows: one for each stored event, each lost event, and each refused request.

A request that was answered but held no event (``/flags``, say) is a row too. Values and words only;
no widget is known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from composer.core.lost_why import lost_why
from composer.services.ports import Arrival, ArrivedEvent, LostEvent
from composer.ui.widgets import Severity


class Kind(StrEnum):
    """What became of a row's event or request."""

    STORED = "stored"
    LOST = "lost"
    """Thanked for and thrown away"""
    REFUSED = "refused"
    OTHER = "other"
    """Nothing in it to store"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event or request; ``place`` counts through the stored, then the lost events."""

    arrival: Arrival
    kind: Kind
    place: int = 0

    @property
    def event(self) -> ArrivedEvent | None:
        """The event, if it was stored."""
        return self.arrival.events[self.place] if self.kind is Kind.STORED else None

    @property
    def lost(self) -> LostEvent | None:
        """The event, if it was thrown away."""
        if self.kind is not Kind.LOST:
            return None
        return self.arrival.dropped[self.place - len(self.arrival.events)]

    @property
    def either(self) -> ArrivedEvent | LostEvent | None:
        """The event, whatever became of it."""
        return self.event or self.lost

    @property
    def order(self) -> tuple[int, int]:
        """Later rows have a greater one."""
        return self.arrival.number, self.place

    def matches(self, words: tuple[str, ...]) -> bool:
        """Whether every one of the lower-case words stands in what can be searched for."""
        text = self._searched()
        for word in words:  # noqa: SIM110 -- half the time of all(), ten thousand times
            if word not in text:
                return False
        return True

    def _searched(self) -> str:
        # Nearly all rows are stored events, and there may be ten thousand of them.
        if self.kind is Kind.STORED:
            event = self.arrival.events[self.place]
            told = f"{event.name}\n{event.distinct_id}\n{event.uuid}"
        else:
            lost = self.lost
            told = f"{lost.name}\n{lost.distinct_id}\n{lost.uuid}" if lost else ""
            told = f"{told}\n{reason(self)}"
        return f"{told}\n{self.arrival.client}".lower()


def rows_of(arrival: Arrival) -> Iterator[Row]:
    """The rows of a request, the first event first."""
    stored, lost = len(arrival.events), len(arrival.dropped)
    for place in range(stored):
        yield Row(arrival=arrival, kind=Kind.STORED, place=place)
    for place in range(stored, stored + lost):
        yield Row(arrival=arrival, kind=Kind.LOST, place=place)
    if not stored and not lost:
        yield Row(arrival=arrival, kind=Kind.REFUSED if is_refused(arrival) else Kind.OTHER)


def is_refused(arrival: Arrival) -> bool:
    """Whether the sender got a no, or no answer at all."""
    return arrival.status >= 400 or arrival.status == 0


def reason(row: Row) -> str:
    """Why the event or request was not stored; empty for one that was."""
    arrival = row.arrival
    match row.kind:
        case Kind.STORED:
            return ""
        case Kind.LOST:
            return lost_why(row.lost.reason if row.lost else "")
        case Kind.REFUSED if arrival.status == 0:
            return arrival.fault or "The connection was broken off"
        case Kind.REFUSED:
            return _first_line(arrival.answer) or arrival.fault or "Refused without a reason"
        case Kind.OTHER:
            return f"{arrival.method} {arrival.path}"


def badge(row: Row) -> tuple[str, Severity]:
    """The pill of a row."""
    status = row.arrival.status
    told = "no answer" if status == 0 else str(status)
    match row.kind:
        case Kind.STORED if is_refused(row.arrival):
            return f"Stored · {told}", Severity.WARNING
        case Kind.STORED:
            return "Stored", Severity.OK
        case Kind.LOST:
            return f"{told} · lost", Severity.WARNING
        case Kind.REFUSED:
            return ("No answer" if status == 0 else f"{told} · refused"), Severity.ERROR
        case Kind.OTHER:
            return "No event", Severity.NEUTRAL


def _first_line(answer: str) -> str:
    """An answer may be a whole web page, or JSON of many lines."""
    return answer.strip()[:300].partition("\n")[0].rstrip()
