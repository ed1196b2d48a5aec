"""Which events go into one request: in their order, as many as fit within the limits.

Pure arithmetic over sizes and texts. What may not be sent is told apart with a reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from composer.core.batch.options import LARGEST_EVENT, BatchOptions
from composer.core.personal_keys import without_personal_keys

PARCEL_BYTES = 1_000_000
PARCEL_EVENTS = 2_000
"""The most in a parcel whose events are sent one by one."""


@dataclass(slots=True)
class Parcel:
    """A block of events, growing: for each its body, its number in the run and in the source.

    ``offsets`` tells where each begins once they are joined by commas, ``size`` how long that is.
    """

    bodies: list[bytes] = field(default_factory=list[bytes])
    numbers: list[int] = field(default_factory=list[int])
    rows: list[int] = field(default_factory=list[int])
    offsets: list[int] = field(default_factory=list[int])
    size: int = -1
    """The first event has no comma before it."""


@dataclass(frozen=True, slots=True)
class Aside:
    """An event that is not sent, and why."""

    number: int
    row: int
    text: str
    reason: str


class Packer:
    """Fills parcels greedily. ``envelope`` is the bytes of a body beside its events.

    ``last`` is the number of the last event that was taken in; whoever puts events aside by other
    reasons counts it up.
    """

    def __init__(self, options: BatchOptions, envelope: int) -> None:
        self.last = 0
        self._room = options.request_bytes - envelope
        self._bytes, self._events = self._room, options.most_events
        if options.one_each:
            self._bytes, self._events = PARCEL_BYTES, PARCEL_EVENTS
        self._limit = min(LARGEST_EVENT, self._room)
        self._parcel = Parcel()

    def pack(self, events: Iterable[tuple[int, str]]) -> Iterator[Parcel | Aside]:
        """Take events in, with the number each has in its source; gives what is full or in vain.

        It is to be read to its end. Characters that have no UTF-8 become escapes.
        """
        if isinstance(events, list):
            bodies = [_encoded(text) for _, text in events]
            if self._are_good(events, bodies):
                return self._pack_together([row for row, _ in events], bodies)
        return self._pack_each(events)

    def _are_good(self, events: list[tuple[int, str]], bodies: list[bytes]) -> bool:
        """Whether a look at all of them at once tells that none is set aside."""
        longest = max(map(len, bodies), default=0)
        text = "".join([text for _, text in events])
        return longest <= self._limit and not _may_hold_key(text)

    def _pack_together(self, rows: list[int], bodies: list[bytes]) -> Iterator[Parcel | Aside]:
        """Many events that are in memory, none of them to be set aside."""
        begin = 0
        while begin < len(bodies):
            parcel = self._parcel
            part = bodies[begin : begin + self._events - len(parcel.bodies)]
            lengths = [len(body) + 1 for body in part]
            offsets = list(accumulate(lengths, initial=parcel.size + 1))
            fitting = bisect_right(offsets, self._bytes + 1) - 1
            if not fitting:
                yield self.take()
                continue
            parcel.offsets += offsets[:fitting]
            parcel.bodies += part[:fitting]
            parcel.numbers += range(self.last + 1, self.last + 1 + fitting)
            parcel.rows += rows[begin : begin + fitting]
            parcel.size = offsets[fitting] - 1
            self.last += fitting
            begin += fitting

    def _pack_each(self, events: Iterable[tuple[int, str]]) -> Iterator[Parcel | Aside]:
        """The same, with only one event in memory beside the parcel."""
        most, room, limit = self._events, self._bytes, self._limit
        for row, text in events:
            self.last += 1
            body = _encoded(text)
            length = len(body)
            if problem := key_problem(text) or (length > limit and self.problem(length)):
                yield Aside(self.last, row, text, problem)
                continue
            parcel = self._parcel
            end = parcel.size + 1 + length
            if end > room or len(parcel.bodies) >= most:
                if parcel.bodies:
                    yield self.take()
                parcel, end = self._parcel, length
            parcel.offsets.append(end - length)
            parcel.bodies.append(body)
            parcel.numbers.append(self.last)
            parcel.rows.append(row)
            parcel.size = end

    def take(self) -> Parcel:
        """What is in it so far; it is empty then."""
        parcel, self._parcel = self._parcel, Parcel()
        return parcel

    def problem(self, size: int) -> str:
        """Why an event of ``size`` bytes cannot be sent, with the next step; empty if it can."""
        if size > LARGEST_EVENT:
            return (
                f"The event has {size:,} bytes, and PostHog takes no event over "
                f"{LARGEST_EVENT:,}. Shorten its longest properties."
            )
        if size > self._room:
            return (
                f"The event has {size:,} bytes and does not fit into a request of the size that "
                "is set. Allow larger requests."
            )
        return ""


def key_problem(body: str) -> str:
    """Why an event with a personal key in it is not sent; empty for one without."""
    if not _may_hold_key(body):
        return ""  # nearly always, and this is asked of every event
    if without_personal_keys(body) == body:
        return ""
    return "There is a personal key in the event. Take it out."


def _may_hold_key(text: str) -> bool:
    return "phx_" in text or "\\u00" in text


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def requests_needed(events: int, size: int, options: BatchOptions, envelope: int) -> int:
    """About how many requests so many events of ``size`` bytes in all will take."""
    if options.one_each:
        return events
    room = max(1, options.request_bytes - envelope)
    commas = max(0, events - 1)
    return max(-(-events // options.most_events), -(-(size + commas) // room))
