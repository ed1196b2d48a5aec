"""Holds what arrived, within bounds: the newest requests. Any thread may call it.

The oldest go first, when there are too many requests or they take too much room, in memory or on
disk. The newest is kept even if it alone takes more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from composer.services.work import Worker, WorkerLostError

if TYPE_CHECKING:  # loaded with the web server, which brings what is kept here
    from composer.services.sandbox.arrivals.details import EventDetails, Trial
    from composer.services.sandbox.arrivals.stored import Arrival

MOST_ARRIVALS = 2_000
MOST_BYTES = 64 * 1024 * 1024
"""Estimated memory of all arrivals together."""
MOST_ON_DISK = 512 * 1024 * 1024
"""Bytes of the bodies in files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A request, how it can be judged again if its events have no values, and its room in bytes."""

    arrival: Arrival
    trial: Trial | None
    memory: int
    disk: int


class ArrivalStore:
    """A ring of arrivals, oldest first."""

    def __init__(
        self,
        most_arrivals: int = MOST_ARRIVALS,
        most_bytes: int = MOST_BYTES,
        most_on_disk: int = MOST_ON_DISK,
    ) -> None:
        self._lock = Lock()
        self._kept: deque[_Kept] = deque()
        self._memory = 0
        self._disk = 0
        self._most_arrivals = most_arrivals
        self._most_bytes = most_bytes
        self._most_on_disk = most_on_disk

    def add(self, arrival: Arrival, characters: int, trial: Trial | None = None) -> None:
        """``characters`` of JSON were read into the values of its events, which ``trial`` lacks."""
        body = arrival.body
        disk = body.size if body.is_on_disk else 0
        memory = body.size - disk + characters * _BYTES_A_CHARACTER + _frame(arrival)
        gone: list[_Kept] = []  # their files are removed once the lock is free again
        with self._lock:
            self._kept.append(_Kept(arrival=arrival, trial=trial, memory=memory, disk=disk))
            self._memory += memory
            self._disk += disk
            while len(self._kept) > 1 and self._is_full():
                oldest = self._kept.popleft()
                self._memory -= oldest.memory
                self._disk -= oldest.disk
                gone.append(oldest)

    def all(self) -> tuple[Arrival, ...]:
        with self._lock:
            return tuple(kept.arrival for kept in self._kept)

    def details(
        self, number: int, first: int, most: int | None, worker: Worker
    ) -> Sequence[EventDetails]:
        """As ``ports.Sandbox.details``; ``worker`` reads what has to be read again."""
        from composer.services.sandbox.arrivals.details import (  # noqa: PLC0415 -- as above
            details_of,
            read_again,
            with_first_uuids,
        )

        with self._lock:
            kept = next((kept for kept in self._kept if kept.arrival.number == number), None)
        if kept is None:
            return ()
        arrival, trial = kept.arrival, kept.trial
        if trial is None:
            events = (*arrival.events, *arrival.dropped)
            end = None if most is None else first + most
            return tuple(details_of(event) for event in events[first:end])
        try:
            found = worker.run(read_again, trial, first, most)
        except (OSError, WorkerLostError):
            return ()
        return with_first_uuids(found, arrival, first)

    def clear(self) -> None:
        with self._lock:
            gone, self._kept = self._kept, deque()
            self._memory = self._disk = 0
        gone.clear()

    def _is_full(self) -> bool:
        return (
            len(self._kept) > self._most_arrivals
            or self._memory > self._most_bytes
            or self._disk > self._most_on_disk
        )


_BYTES_A_CHARACTER = 8  # of an ordinary event's JSON text once it has become values
_BYTES_AN_EVENT = 800  # of what is told of it beside its values
_BYTES_A_HEADER = 200
_BYTES_A_REQUEST = 1_000


def _frame(arrival: Arrival) -> int:
    """The memory of a request without its body and values; long texts are what matters."""
    texts = len(arrival.path) + len(arrival.answer)
    headers = sum(len(name) + len(value) + _BYTES_A_HEADER for name, value in arrival.headers)
    events = (len(arrival.events) + len(arrival.dropped)) * _BYTES_AN_EVENT
    return _BYTES_A_REQUEST + texts + headers + events
