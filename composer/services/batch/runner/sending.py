"""A run from its file to its end, in this process: for commands, and within a process of its own.

It puts together what the runner needs, and knows no window.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field

from composer.core.batch.retrying import Backoff
from composer.core.batch.run import Run
from composer.core.destination import address_problem
from composer.core.errors import ComposerError, StoreError
from composer.core.route import USUAL_WAY, Route
from composer.core.urls import wire_url
from composer.services.batch.runner.chronicle import MOST_REQUESTS, Chronicle, Rows
from composer.services.batch.runner.runner import Runner
from composer.services.batch.runs import Journal, RunStore
from composer.services.ports import Clock
from composer.services.ports.batch_jobs import RunProgress
from composer.services.sending.line import Line
from composer.services.sending.way import Timeouts, way_to
from composer.services.trust import Trust, usual_context


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Which run to send, and how to reach its destination.

    ``waits_for_person``: where the run pauses by itself, somebody is there to resume it.
    """

    run_id: int
    route: Route = USUAL_WAY
    timeouts: Timeouts = field(default_factory=Timeouts)
    backoff: Backoff = field(default_factory=Backoff)
    waits_for_person: bool = True


class RunHere:
    """Implements ``ports.batch_jobs.Running`` in this process.

    ``history`` opens what small runs are written to besides; only they open it.
    """

    def __init__(
        self,
        store: RunStore,
        errand: Errand,
        clock: Clock,
        history: Callable[[], AbstractContextManager[Rows]],
        *,
        on_progress: Callable[[RunProgress], None] | None = None,
        trust: Trust | None = None,
    ) -> None:
        self._store = store
        self._errand = errand
        self._clock = clock
        self._history = history
        self._on_progress = on_progress
        self._trust = trust or Trust(usual_context)
        self._runner: Runner | None = None
        self._wish: Callable[[Runner], None] | None = None

    def pause(self) -> None:
        """Begin no more requests; those in the air may end."""
        self._tell(Runner.pause)

    def resume(self) -> None:
        """Go on after a pause."""
        self._tell(Runner.resume)

    def stop(self) -> None:
        """Cut off what is in the air, and end."""
        self._tell(Runner.stop)

    async def ended(self) -> RunProgress:
        """Begin, and return how it ended. Raises ``ComposerError``."""
        errand = self._errand
        run = await asyncio.to_thread(self._store.run, errand.run_id)
        if run is None:
            raise StoreError(f"There is no run {errand.run_id} any more. Begin a new one.")
        if problem := address_problem(run.destination.address):
            raise ComposerError(problem)
        url = wire_url(run.destination.url("/"))
        way = await asyncio.to_thread(way_to, url, errand.route, self._trust)
        patience = errand.timeouts.on(errand.route)
        with ExitStack() as opened:
            journal = Journal(self._store, errand.run_id)
            run = journal.open()
            opened.push(journal.__exit__)
            runner = Runner(
                run,
                journal,
                [Line(way, patience) for _ in range(run.options.workers)],
                self._clock,
                on_progress=self._on_progress,
                chronicle=self._chronicle(run, opened),
                backoff=errand.backoff,
                waits_for_person=errand.waits_for_person,
            )
            self._runner = runner
            if self._wish is not None:
                self._wish(runner)
            return await runner.run()

    def _chronicle(self, run: Run, opened: ExitStack) -> Chronicle | None:
        if run.options.one_each or self._store.parcels(run.id) > MOST_REQUESTS:
            return None
        return Chronicle(opened.enter_context(self._history()), run.destination)

    def _tell(self, wish: Callable[[Runner], None]) -> None:
        if self._runner is not None:
            wish(self._runner)
        elif self._wish is not Runner.stop:
            self._wish = wish
