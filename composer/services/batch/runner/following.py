"""What follows from each answer: the request ends, goes again, goes in halves, or the run pauses.

What an answer means is decided in ``core.batch.retrying``; here it is carried out. Knows nothing of
workers and connections.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from secrets import SystemRandom

from composer.core.batch.retrying import Attempt, Backoff, Decision, Step, decide, is_unanswered
from composer.core.batch.run import RequestState, Run, Try
from composer.services.batch.runner.chronicle import Chronicle
from composer.services.batch.runner.flights import Flight, Flights
from composer.services.batch.runner.gate import Gate
from composer.services.batch.runner.ledger import Ledger, milliseconds_of, status_of
from composer.services.batch.runs.journal import Journal
from composer.services.ports import Clock
from composer.services.sending.line import Reply

_FEWEST_USED_UP = 3
"""So many requests in a row of which all tries fail, at least one a worker, and the run pauses."""


class Consequences:
    """``halt`` is called with the reason where the next request would fare no better."""

    def __init__(
        self,
        run: Run,
        journal: Journal,
        *,
        flights: Flights,
        ledger: Ledger,
        gate: Gate,
        chronicle: Chronicle | None,
        clock: Clock,
        backoff: Backoff,
        halt: Callable[[str], None],
    ) -> None:
        self._run = run
        self._journal = journal
        self._flights = flights
        self._ledger = ledger
        self._gate = gate
        self._chronicle = chronicle
        self._clock = clock
        self._backoff = backoff
        self._halt = halt
        self._chance = SystemRandom()
        self._failed_tries = 0
        self._used_up = 0

    def forget(self) -> None:
        """A person says to go on: what has failed so far tells nothing any more."""
        self._failed_tries = self._used_up = 0

    def follow(self, flight: Flight, reply: Reply) -> None:
        """Do what follows from the answer to ``flight``. Raises ``StoreError``."""
        attempt = Attempt(
            outcome=reply.outcome,
            events=flight.claim.events,
            tries=flight.spent,
            most_tries=self._run.options.tries,
            was_unanswered=flight.was_unanswered,
            is_stale=reply.is_stale,
        )
        decision = decide(
            attempt,
            self._run.destination,
            backoff=self._backoff,
            chance=self._chance.random(),
            now=self._clock.now(),
        )
        flight.was_unanswered = flight.was_unanswered or is_unanswered(reply.outcome)
        match decision.step:
            case Step.CONFIRMED | Step.REFUSED | Step.UNCERTAIN:
                self._end(flight, RequestState[decision.step.name], decision)
            case Step.SPLIT:
                self._split(flight, decision.words)
            case Step.RETRY:
                self._try_again(flight, decision)
            case Step.HALT:
                self._put_off(flight, decision.words)

    def _end(self, flight: Flight, state: RequestState, decision: Decision) -> None:
        if self._chronicle is not None:
            self._chronicle.finish(flight)
        self._ledger.settle(flight, state, decision.words)
        if decision.is_used_up:
            self._count_used_up(decision.words)
        else:
            self.forget()

    def _count_used_up(self, words: str) -> None:
        self._used_up += 1
        is_more_left = self._flights.has_new or self._journal.counts().waiting > 0
        if is_more_left and self._used_up >= max(_FEWEST_USED_UP, self._run.options.workers):
            self._used_up = 0
            self._halt(f"The server does not answer as it should. {words} Resume when it does.")

    def _split(self, flight: Flight, words: str) -> None:
        if self._chronicle is not None:
            self._chronicle.finish(flight)
        self._ledger.flush()
        halves = self._journal.split(
            flight.claim,
            status=status_of(flight.outcome),
            words=words,
            milliseconds=milliseconds_of(flight.outcome),
        )
        self._flights.put_first(Flight.of(half, is_half=True) for half in reversed(halves))

    def _try_again(self, flight: Flight, decision: Decision) -> None:
        now = asyncio.get_running_loop().time()
        after = decision.after
        self._failed_tries += 1
        many = 2 * self._run.options.workers
        if decision.holds_all:
            self._gate.hold(now + after)
        elif self._failed_tries > many:  # nothing gets through: no use in trying all the others
            after = max(after, self._backoff.after(self._failed_tries - many, 0.0))
            self._gate.hold(now + after)
        self._ledger.tried(self._try(flight, decision.words, after))
        self._flights.wait(flight, now + after)

    def _put_off(self, flight: Flight, words: str) -> None:
        """The answer says nothing of this request: it goes again once the run goes on."""
        self._ledger.show(self._try(flight, words, 0.0))
        flight.number -= 1
        flight.spent -= 1
        self._flights.put_first((flight,))
        self._halt(words)

    def _try(self, flight: Flight, words: str, waits: float) -> Try:
        return Try(
            request=flight.claim.request_id,
            number=flight.number,
            at=self._clock.now(),
            status=status_of(flight.outcome),
            words=words,
            waits=waits,
        )
