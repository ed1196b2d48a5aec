"""What the runner has the journal write down, in groups: many small requests end every second.

It knows when to write, not what follows from it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable

from composer.core.batch.claim import Settled
from composer.core.batch.run import RequestState, Try
from composer.core.errors import StoreError
from composer.core.outcome import Outcome, Unreachable, response_of
from composer.services.batch.runner.flights import Flight
from composer.services.batch.runs.journal import Journal

_GROUP = 64
_DELAY_S = 0.02
"""How long the end of a small request may wait for others. What ended within that is uncertain
after a kill."""
_SHOWN = 10


class Ledger:
    """``on_fault`` is called where something could not be written down."""

    def __init__(self, journal: Journal, on_fault: Callable[[StoreError], None]) -> None:
        self._journal = journal
        self._on_fault = on_fault
        self._ends: list[Settled] = []
        self._tries: list[Try] = []
        self._newest = deque[Try](maxlen=_SHOWN)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def newest(self) -> tuple[Try, ...]:
        """The last tries that failed, newest first."""
        return tuple(reversed(self._newest))

    def settle(self, flight: Flight, state: RequestState, words: str) -> None:
        """A request has come to its end."""
        self._ends.append(_settled(flight, state, words))
        if flight.claim.events > 1 or len(self._ends) >= _GROUP:
            self.flush_now()
        else:
            self._flush_soon()

    def show(self, attempt: Try) -> None:
        """A try has failed in a way that says nothing of the request: it is shown, not kept."""
        self._newest.append(attempt)

    def tried(self, attempt: Try) -> None:
        """A try has failed, and another one follows."""
        self._newest.append(attempt)
        self._tries.append(attempt)
        self._flush_soon()

    def flush(self) -> None:
        """Write down what has been put off. Raises ``StoreError``."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        ends, self._ends = self._ends, []
        tries, self._tries = self._tries, []
        if tries:
            self._journal.tried(*tries)
        if ends:
            self._journal.settle(ends)

    def flush_now(self) -> None:
        """The same; a fault is told to ``on_fault``."""
        try:
            self.flush()
        except StoreError as error:
            self._on_fault(error)

    def _flush_soon(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_DELAY_S, self.flush_now)


def _settled(flight: Flight, state: RequestState, words: str) -> Settled:
    """How a request ended, for the journal."""
    claim, outcome = flight.claim, flight.outcome
    return Settled(
        claim=claim,
        state=state,
        status=status_of(outcome),
        words=words,
        milliseconds=milliseconds_of(outcome),
        sha256=hashlib.sha256(claim.body).hexdigest(),
        tries=flight.number - claim.tries_before,
    )


def status_of(outcome: Outcome | None) -> int | None:
    """The HTTP status of an answer; ``None`` where none came."""
    response = response_of(outcome)
    return None if response is None else response.status


def milliseconds_of(outcome: Outcome | None) -> float:
    """How long the last try took; 0 where there was none."""
    if isinstance(outcome, Unreachable):
        return outcome.milliseconds
    response = response_of(outcome)
    return 0.0 if response is None else response.milliseconds
