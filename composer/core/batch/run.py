"""What is known of a run: its state, its requests, the tries of each, and its events.

A run is one sending of many events. Its events lie in parcels; a request carries a range of one
parcel. Knows nothing of how any of it is kept or sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from composer.core.batch.options import BatchOptions
from composer.core.destination import Destination


class RunState(StrEnum):
    """``RUNNING`` without a living owner means that the run was cut off."""

    PREPARING = "preparing"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"


class RequestState(IntEnum):
    """How far a request is.

    ``UNCERTAIN``: it was sent, and no answer says what became of it. ``SPLIT``: the service refused
    it for its size or for one of its events, and two smaller ones stand in for it.
    """

    SENDING = 1
    CONFIRMED = 2
    REFUSED = 3
    UNCERTAIN = 4
    SPLIT = 5


class EventState(StrEnum):
    """The state of the smallest request that carries the event; ``WAITING`` without one.

    ``SET_ASIDE``: it is not sent in this run, for a reason that is kept with it.
    """

    WAITING = "waiting"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many events of a run are in each state."""

    waiting: int = 0
    sending: int = 0
    confirmed: int = 0
    refused: int = 0
    uncertain: int = 0
    set_aside: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.sending + self.done + self.set_aside

    @property
    def failures(self) -> int:
        """What can be sent again as a run of its own."""
        return self.refused + self.uncertain

    @property
    def done(self) -> int:
        """What was sent and has come to an end, good or bad."""
        return self.confirmed + self.refused + self.uncertain

    @property
    def left(self) -> int:
        """What a run that is resumed sends: what was never sent, and what is uncertain."""
        return self.waiting + self.uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One sending of many events.

    ``source`` says where they came from ("orders.csv", "Failures of run 3"), ``trouble`` why the
    run paused or stopped. ``requests`` and ``bytes`` (of bodies before compression) are of the
    requests that were begun so far; ``is_alive`` tells whether a process is at it.
    """

    id: int
    began_at: datetime
    ended_at: datetime | None
    state: RunState
    trouble: str
    destination: Destination
    options: BatchOptions
    source: str
    counts: Counts
    requests: int
    bytes: int
    is_alive: bool

    @property
    def is_cut_off(self) -> bool:
        """Whether its process died while it was sending."""
        return self.state is RunState.RUNNING and not self.is_alive

    @property
    def can_go_on(self) -> bool:
        """Whether there is something left to send, and nobody at it."""
        return not self.is_alive and self.state is not RunState.PREPARING and self.counts.left > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request that was begun.

    ``first`` is an index in the parcel; ``bytes`` and ``sha256`` (in hex; empty while unknown) are
    of the body before compression. ``parent`` is the request that was split and for a half of which
    this one stands.
    """

    id: int
    parcel: int
    first: int
    events: int
    bytes: int
    sha256: str
    state: RequestState
    tries: int
    status: int | None
    words: str
    milliseconds: float
    finished_at: datetime | None
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One sending of a request. ``waits``: seconds until the next; 0 where there is none."""

    request: int
    number: int
    at: datetime
    status: int | None
    words: str
    waits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent:
    """One event.

    ``number`` is its place in the run from 1 on, those set aside counted; ``row`` is the number it
    had in its source. ``words`` say how it ended or why it was set aside.
    """

    number: int
    row: int
    body: str
    name: str
    person: str
    uuid: str
    state: EventState
    request: int | None
    status: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was answered within ``span`` seconds from ``second`` on.

    Seconds are counted from the start of the run, without the time in which nobody was at it. Where
    there was no answer there is no sample.
    """

    second: int
    events: int
    requests: int
    median_ms: float
    slowest_ms: float
    span: int = 1
