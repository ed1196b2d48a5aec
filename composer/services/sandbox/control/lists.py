"""The events and requests that are asked for, as JSON text piece by piece, and how many there are.

What is kept may be many megabytes, so nothing here holds all of it as text. Iterating may take
seconds, where the values of a large request have to be read again. It knows nothing of HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from composer.core.jsontext import Layout, Number, Object, encode
from composer.services.ports import Arrival, ArrivedEvent, EventDetails, Sandbox
from composer.services.sandbox.control.records import event_facts, request_record

_T = TypeVar("_T")


class Outcome(StrEnum):
    """What became of a request; more than one may hold."""

    STORED = "stored"
    """At least one event was stored."""
    REFUSED = "refused"
    """The answer, if there was one, was no success."""
    DROPPED = "dropped"
    """At least one event was thanked for and thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events are wanted: of each, one of the texts; an empty one allows all."""

    names: Sequence[str] = ()
    distinct_ids: Sequence[str] = ()
    uuids: Sequence[str] = ()

    def holds(self, event: ArrivedEvent) -> bool:
        return (
            (not self.names or event.name in self.names)
            and (not self.distinct_ids or event.distinct_id in self.distinct_ids)
            and (not self.uuids or event.uuid in self.uuids)
        )


def events_text(sandbox: Sandbox, wanted: EventFilter, limit: int | None) -> Iterator[str]:
    """``{"events":[…]}``, oldest first; with a ``limit`` the newest so many."""
    found = [
        (arrival, place)
        for arrival in sandbox.arrivals()
        for place, event in enumerate(arrival.events)
        if wanted.holds(event)
    ]
    record = _Records(sandbox).record
    return _listed("events", (record(arrival, place) for arrival, place in _newest(found, limit)))


def requests_text(sandbox: Sandbox, outcome: Outcome | None, limit: int | None) -> Iterator[str]:
    """``{"requests":[…]}``, oldest first; with a ``limit`` the newest so many."""
    wanted = _OUTCOMES[outcome] if outcome else _any
    found = [arrival for arrival in sandbox.arrivals() if wanted(arrival)]
    return _listed("requests", (request_record(arrival) for arrival in _newest(found, limit)))


def summary(sandbox: Sandbox) -> Object:
    """How many requests arrived and were refused, how many events were stored and dropped."""
    arrivals = sandbox.arrivals()
    counts = {
        "total": len(arrivals),
        "stored": sum(_count(arrival.events, arrival.beyond) for arrival in arrivals),
        "refused": sum(_is_refused(arrival) for arrival in arrivals),
        "dropped": sum(
            _count(arrival.dropped, 0 if arrival.events else arrival.beyond) for arrival in arrivals
        ),
    }
    return Object(tuple((name, Number(str(count))) for name, count in counts.items()))


class _Records:
    """The stored records of events, reading those of a large request again a page at a time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._number = 0
        self._first = 0
        self._page: Sequence[EventDetails] = ()

    def record(self, arrival: Arrival, place: int) -> Object:
        event = arrival.events[place]
        if event.record is not None:
            return event.record
        end = self._first + len(self._page)
        if arrival.number != self._number or not self._first <= place < end:
            self._number = arrival.number
            self._first = place
            self._page = self._sandbox.details(arrival.number, place, _PAGE)
        known = self._page[place - self._first].record if self._page else None
        return known or event_facts(event)


_PAGE = 1_000  # events that are read again at once


def _count(listed: Sequence[object], beyond: int) -> int:
    """Those that are not listed because there were too many went the way of the listed ones."""
    return len(listed) + beyond if listed else 0


def _is_refused(arrival: Arrival) -> bool:
    return not _FIRST_SUCCESS <= arrival.status <= _LAST_SUCCESS


def _any(_: Arrival) -> bool:
    return True


_FIRST_SUCCESS, _LAST_SUCCESS = 200, 299
_OUTCOMES: dict[Outcome, Callable[[Arrival], bool]] = {
    Outcome.STORED: lambda arrival: bool(arrival.events),
    Outcome.REFUSED: _is_refused,
    Outcome.DROPPED: lambda arrival: bool(arrival.dropped),
}


def _newest(found: list[_T], limit: int | None) -> list[_T]:
    return found if limit is None else found[max(0, len(found) - limit) :]


def _listed(name: str, records: Iterable[Object]) -> Iterator[str]:
    """One record a line."""
    start = f'{{"{name}":['
    for record in records:
        yield f"{start}\n{encode(record, Layout.COMPACT)}"
        start = ","
    yield "\n]}\n" if start == "," else f"{start}]}}\n"
