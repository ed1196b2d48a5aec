"""Who sends what when: the loop that sends a run.

It belongs to one event loop. What is written down and how, the journal knows; what goes over the
wire and how, the lines know; what follows from an answer, ``following`` knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from composer.core.batch.bodies import gzipped, request_for
from composer.core.batch.retrying import Backoff
from composer.core.batch.run import Run, RunState
from composer.core.errors import StoreError
from composer.core.wire import WireRequest
from composer.services.batch.runner.chronicle import Chronicle
from composer.services.batch.runner.flights import Flight, Flights
from composer.services.batch.runner.following import Consequences
from composer.services.batch.runner.gate import Gate
from composer.services.batch.runner.landing import land
from composer.services.batch.runner.ledger import Ledger
from composer.services.batch.runner.pacing import Meter
from composer.services.batch.runs.journal import Journal
from composer.services.ports import Clock
from composer.services.ports.batch_jobs import RunProgress
from composer.services.sending.line import Line

_TICK_S = 0.1
_MOST_CLAIMED = 64
"""Requests with one event each that are taken from the journal together."""
_SMALL = 64 * 1024
"""Bytes that are compressed at once; more than that is done in a thread."""


class Runner:
    """Sends what is left of a run. ``run`` is awaited once.

    The run pauses by itself where the next request would fare no better; then it waits for
    ``resume``, or ends if ``waits_for_person`` is false.
    """

    def __init__(
        self,
        run: Run,
        journal: Journal,
        lines: Sequence[Line],
        clock: Clock,
        *,
        on_progress: Callable[[RunProgress], None] | None = None,
        chronicle: Chronicle | None = None,
        backoff: Backoff | None = None,
        waits_for_person: bool = True,
    ) -> None:
        self._run = run
        self._journal = journal
        self._lines = lines
        self._on_progress = on_progress
        self._chronicle = chronicle
        self._waits_for_person = waits_for_person
        self._flights = Flights()
        self._ledger = Ledger(journal, self._fail)
        self._gate = Gate(run.options.rate)
        self._consequences = Consequences(
            run,
            journal,
            flights=self._flights,
            ledger=self._ledger,
            gate=self._gate,
            chronicle=chronicle,
            clock=clock,
            backoff=backoff or Backoff(),
            halt=self._halt,
        )
        self._meter = Meter()
        self._workers: list[asyncio.Task[None]] = []
        self._state = RunState.RUNNING
        self._trouble = ""
        self._fault: StoreError | None = None
        self._is_exhausted = False
        self._is_stopped = False

    async def run(self) -> RunProgress:
        """Send, until all is done or it is stopped. Raises ``StoreError``.

        Cancelled, it leaves the journal as ``stop`` does.
        """
        self._journal.set_state(self._state)
        try:
            async with asyncio.TaskGroup() as group:
                ticker = group.create_task(self._tick())
                self._workers = [group.create_task(self._work(line)) for line in self._lines]
                await asyncio.wait(self._workers)
                ticker.cancel()
        except BaseException:  # cancelled, or a fault of our own: it does not go on
            self._is_stopped = True
            raise
        finally:
            self._conclude()
        if self._fault is not None:
            raise self._fault
        return self.progress()

    def pause(self) -> None:
        """Begin no more requests; those in the air may end."""
        if self._state is RunState.RUNNING and not self._is_stopped:
            self._enter(RunState.PAUSED)

    def resume(self) -> None:
        """Go on, also after a pause that the run has made by itself."""
        if self._state is RunState.PAUSED and not self._is_stopped:
            if self._trouble:  # else the server's wish to wait is not over
                self._gate.forget_hold()
            self._consequences.forget()
            self._enter(RunState.RUNNING)

    def stop(self) -> None:
        """Cut off what is in the air, and end."""
        self._is_stopped = True
        for worker in self._workers:
            worker.cancel()

    def progress(self) -> RunProgress:
        """How far it is."""
        counts = self._journal.counts()
        return RunProgress(
            state=self._state,
            counts=counts,
            rate=self._meter.rate,
            seconds_left=self._meter.seconds_for(counts.waiting + counts.sending),
            waits_s=self._waits() if self._state is RunState.RUNNING else None,
            tries=self._ledger.newest,
            trouble=self._trouble,
        )

    async def _work(self, line: Line) -> None:
        try:
            while (flight := await self._next()) is not None:
                await self._send(flight, line)
        except StoreError as error:
            self._fail(error)
        finally:
            await line.aclose()

    async def _next(self) -> Flight | None:
        """What to send now; waits until there is something. ``None``: there is no more."""
        loop = asyncio.get_running_loop()
        gate = self._gate
        while not self._is_over:
            now, until = loop.time(), gate.free_at
            if gate.is_open and until <= now:
                flight = self._flights.next(now) or self._claimed(now)
                if flight is not None:
                    self._flights.air.add(flight)
                    gate.let_through(flight.claim.events, now)
                    return flight
                until = self._flights.due_at
                if self._is_over:
                    break
            await gate.rest(until if gate.is_open else None)
        gate.wake()
        return None

    @property
    def _is_over(self) -> bool:
        if self._is_stopped:
            return True
        if not (self._gate.is_open or self._waits_for_person):
            return not self._flights.air
        return self._is_exhausted and self._flights.is_empty

    def _claimed(self, now: float) -> Flight | None:
        """A request that was never in the air in this sitting."""
        if self._is_exhausted or not self._flights.has_room:
            return None
        self._ledger.flush()
        options = self._run.options
        claims = self._journal.claim(_MOST_CLAIMED if options.one_each and not options.rate else 1)
        self._is_exhausted = not claims
        self._flights.add(Flight.of(claim) for claim in claims)
        return self._flights.next(now)

    async def _send(self, flight: Flight, line: Line) -> None:
        """One try, and what follows from it. Cancelled, it leaves the request in the air."""
        run = self._run
        request = request_for(flight.claim.body, run.destination, run.options)
        if self._chronicle is not None:
            self._chronicle.begin(flight, request)
        if run.options.gzip:
            request = await _packed(request)
        flight.take_off()
        reply = await line.send(request)
        flight.outcome = reply.outcome
        self._flights.air.discard(flight)
        self._consequences.follow(flight, reply)
        self._gate.wake()

    def _halt(self, words: str) -> None:
        """Pause by itself: what comes next would fare no better."""
        if self._state is RunState.RUNNING:
            self._enter(RunState.PAUSED, words)

    def _enter(self, state: RunState, trouble: str = "") -> None:
        self._state, self._trouble = state, trouble
        self._gate.is_open = state is RunState.RUNNING
        try:
            if not self._gate.is_open and (new := self._flights.new_ones()):
                self._journal.put_back([flight.claim for flight in new])
                self._is_exhausted = False
            self._journal.set_state(state, trouble)
        except StoreError as error:
            self._fail(error)
        self._gate.wake()

    def _fail(self, error: StoreError) -> None:
        """What happens can no longer be written down: nothing more may be sent."""
        self._fault = self._fault or error
        self._is_stopped = True
        for worker in self._workers:
            if worker is not asyncio.current_task():
                worker.cancel()

    def _waits(self) -> float | None:
        now = asyncio.get_running_loop().time()
        due = self._flights.due_at if not self._flights.air else None
        until = max(self._gate.held_until, due or 0.0)
        return until - now if until > now else None

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._meter.note(self._journal.counts().done, loop.time())
            if self._on_progress is not None:
                self._on_progress(self.progress())
            await asyncio.sleep(_TICK_S)

    def _conclude(self) -> None:
        is_done = self._is_exhausted and self._flights.is_empty and self._fault is None
        try:
            land(self._flights, self._ledger, self._journal, self._chronicle)
            if is_done:
                self._state, self._trouble = RunState.ENDED, ""
            elif self._is_stopped:
                self._state, self._trouble = RunState.STOPPED, str(self._fault or self._trouble)
            self._journal.set_state(self._state, self._trouble)
        except StoreError as error:
            self._fault = self._fault or error


async def _packed(request: WireRequest) -> WireRequest:
    if request.size <= _SMALL:
        return gzipped(request)
    return await asyncio.to_thread(gzipped, request)
