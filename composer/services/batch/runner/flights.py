"""Requests of a run while they are dealt with: ready to go, in the air, or waiting to go again.

Knows neither the network nor the file. The time is handed in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from composer.core.batch.claim import Claim
from composer.core.outcome import Outcome

MOST_WAITING = 256
"""Requests that may wait for another try before no new ones are begun."""
MOST_WAITING_BYTES = 64_000_000
"""The same in bytes of their bodies, for all of them are in memory."""


@dataclass(slots=True, eq=False)
class Flight:
    """A request under way.

    ``number`` counts its tries over all sittings, ``spent`` those that count against the most
    there may be. ``is_new``: no byte of it was ever sent, and what follows it waits.
    """

    claim: Claim
    number: int = 0
    spent: int = 0
    is_new: bool = False
    was_unanswered: bool = False
    """Of an earlier try, nobody knows what became."""
    outcome: Outcome | None = None
    """That of the last try."""
    history_id: int | None = None

    @classmethod
    def of(cls, claim: Claim, *, is_half: bool = False) -> Flight:
        before = claim.tries_before
        is_new = not (before or is_half)
        return cls(claim=claim, number=before, is_new=is_new, was_unanswered=before > 0)

    def take_off(self) -> None:
        """Its next try begins."""
        self.number += 1
        self.spent += 1
        self.is_new = False
        self.outcome = None

    @property
    def is_unsent(self) -> bool:
        """Whether this sitting has changed nothing about it."""
        before = self.claim.tries_before
        return self.number == before and (before > 0 or not self.was_unanswered)


@dataclass(slots=True)
class Flights:
    """All of them, but those that have come to an end."""

    air: set[Flight] = field(default_factory=set[Flight])
    _ready: deque[Flight] = field(default_factory=deque[Flight])
    _waiting: list[tuple[float, int, Flight]] = field(
        default_factory=list[tuple[float, int, Flight]]
    )
    _waiting_bytes: int = 0
    _numbers: count[int] = field(default_factory=count)

    def add(self, flights: Iterable[Flight]) -> None:
        """They can go, after the others that can."""
        self._ready.extend(flights)

    def put_first(self, flights: Iterable[Flight]) -> None:
        """They can go, before all others."""
        self._ready.extendleft(flights)

    def wait(self, flight: Flight, moment: float) -> None:
        """It can go again from ``moment`` on."""
        heappush(self._waiting, (moment, next(self._numbers), flight))
        self._waiting_bytes += len(flight.claim.body)

    def next(self, now: float) -> Flight | None:
        """The one to go now; those that have waited long enough come first."""
        if self._waiting and self._waiting[0][0] <= now:
            _, _, flight = heappop(self._waiting)
            self._waiting_bytes -= len(flight.claim.body)
            return flight
        return self._ready.popleft() if self._ready else None

    @property
    def due_at(self) -> float | None:
        """From when on the first of those that wait can go."""
        return self._waiting[0][0] if self._waiting else None

    @property
    def has_room(self) -> bool:
        """Whether new requests may be begun, as to memory."""
        few = len(self._waiting) < MOST_WAITING
        return few and self._waiting_bytes < MOST_WAITING_BYTES

    @property
    def is_empty(self) -> bool:
        return not (self.air or self._ready or self._waiting)

    @property
    def has_new(self) -> bool:
        """Whether there are some that were taken and never sent."""
        return any(flight.is_new for flight in self._ready)

    def new_ones(self) -> list[Flight]:
        """Those that were taken and never sent; they are forgotten here."""
        new = [flight for flight in self._ready if flight.is_new]
        self._ready = deque(flight for flight in self._ready if not flight.is_new)
        return new

    def on_the_ground(self) -> Iterator[Flight]:
        """Those that are not in the air; they are forgotten here."""
        ready, self._ready = self._ready, deque[Flight]()
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        yield from ready
        yield from (flight for _, _, flight in waiting)
