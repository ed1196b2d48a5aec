"""The run that is under way, from the table to its end; the window never has more than one.

It holds no widget and asks nothing: whoever starts a run has asked before.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.destination import DestinationKind
from composer.core.errors import ComposerError
from composer.services.ports import BatchServices
from composer.ui.preferences import Preferences
from composer.ui.sandbox.host import SandboxHost
from composer.ui.tasks import TaskScope

if TYPE_CHECKING:  # loaded with the Batch place
    from composer.core.batch.run import EventState, Run
    from composer.core.batch.table import TableProgress
    from composer.services.ports.batch_jobs import Running, RunProgress


class RunPhase(Enum):
    """What is being done now."""

    IDLE = "idle"
    PREPARING = "preparing"
    SENDING = "sending"


class RunController(QObject):
    """Owns the run that is being prepared or sent."""

    changed = Signal()
    """``phase``, ``preparing`` or ``progress`` is another"""
    begun = Signal(object)
    """``Run``: its first requests go out now"""
    ended = Signal(object)
    """``Run``: it has come to its end, or was stopped"""
    failed = Signal(str)
    """Nothing was sent, or no more; a sentence says why and what to do"""

    def __init__(
        self,
        services: BatchServices,
        *,
        host: SandboxHost,
        preferences: Preferences,
        tasks: TaskScope,
    ) -> None:
        super().__init__()
        self._services = services
        self._host = host
        self._preferences = preferences
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None
        self._running: Running | None = None
        self._run: Run | None = None
        self._phase = RunPhase.IDLE
        self._preparing: TableProgress | None = None
        self._progress: RunProgress | None = None
        self._has_warned = False

    @property
    def phase(self) -> RunPhase:
        """What is being done now."""
        return self._phase

    @property
    def is_busy(self) -> bool:
        """Whether a run is being prepared or sent."""
        return self._phase is not RunPhase.IDLE

    @property
    def run(self) -> Run | None:
        """The run that is being sent, as it was when that began."""
        return self._run

    @property
    def preparing(self) -> TableProgress | None:
        """How far the preparing is; ``None`` while nothing is prepared or known of it."""
        return self._preparing

    @property
    def progress(self) -> RunProgress | None:
        """How far the sending is; ``None`` while nothing is sent or known of it."""
        return self._progress

    def ask_to_close(self) -> str:
        """What closing the window would do to the run; empty without one, and the second time."""
        if not self.is_busy or self._has_warned:
            return ""
        self._has_warned = True
        if self._progress is None:
            return "A run is being prepared. Close again to close without it."
        counts = self._progress.counts
        return (
            f"A run is being sent: {counts.confirmed:,} of {counts.total:,} events are confirmed. "
            "Close again to stop it and close; it can be resumed the next time."
        )

    # What a person does

    def send_table(self, ids: array[int] | None = None) -> None:
        """Make a run of the events of the table, all of them without ``ids``, and send it."""
        self._begin(partial(self._from_table, ids), "prepare a run")

    def go_on(self, run: Run) -> None:
        """Send what is left of a run that was stopped, paused or cut off."""
        self._begin(partial(self._kept, run.id), "go on with a run")

    def resend(self, run: Run, states: Collection[EventState]) -> None:
        """Make a new run of the events of another that are in these states, and send it."""
        self._begin(partial(self._from_run, run.id, states), "resend events")

    @Slot()
    def pause(self) -> None:
        """Begin no more requests."""
        if self._running is not None:
            self._running.pause()

    @Slot()
    def resume(self) -> None:
        """Go on after a pause."""
        if self._running is not None:
            self._running.resume()

    @Slot()
    def stop(self) -> None:
        """End at once what is under way."""
        if self._running is not None:
            self._running.stop()
        elif self._task is not None:
            self._task.cancel()

    async def stop_all(self) -> None:
        """Stop what is under way, and return once it has ended."""
        self.stop()
        if self._task is not None:
            await asyncio.wait({self._task})

    # Inside

    def _begin(self, make: Callable[[], Awaitable[Run]], name: str) -> None:
        if self.is_busy:
            return
        self._task = self._tasks.start(self._work(make), name)
        if self._task is None:
            return
        self._task.add_done_callback(self._see_to_the_end)
        self._phase = RunPhase.PREPARING
        self.changed.emit()

    async def _work(self, make: Callable[[], Awaitable[Run]]) -> None:
        self._host.follow()  # the sandbox, where that is the destination
        try:
            run = await self._located(await make())
            await self._send(run)
        except ComposerError as error:
            self._rest()
            self.failed.emit(str(error))
            return
        ended = await asyncio.to_thread(self._services.runs.run, run.id)
        self._rest()
        if ended is not None:
            self.ended.emit(ended)

    async def _send(self, run: Run) -> None:
        self._running = self._services.control.go(run, self._on_progress)
        self._run, self._preparing = run, None
        self._phase = RunPhase.SENDING
        self.changed.emit()
        self.begun.emit(run)
        await self._running.ended()

    async def _from_table(self, ids: array[int] | None) -> Run:
        identifier = await self._services.table.prepare_run(
            self._preferences.destination,
            self._preferences.settings.batch,
            ids,
            self._on_prepared,
        )
        return await self._kept(identifier)

    async def _from_run(self, identifier: int, states: Collection[EventState]) -> Run:
        return await asyncio.to_thread(
            partial(self._services.runs.resend, identifier, states=states)
        )

    async def _kept(self, identifier: int) -> Run:
        run = await asyncio.to_thread(self._services.runs.run, identifier)
        if run is None:
            raise ComposerError("This run is gone. Begin a new one.")
        return run

    async def _located(self, run: Run) -> Run:
        """The sandbox listens elsewhere after each start."""
        if run.destination.kind is not DestinationKind.SANDBOX:
            return run
        self._host.ensure()
        places = self._preferences.destinations
        here = next(place for place in places if place.kind is DestinationKind.SANDBOX)
        destination = replace(run.destination, address=here.address)
        if destination != run.destination:
            await asyncio.to_thread(self._services.runs.readdress, run.id, destination)
        return replace(run, destination=destination)

    def _on_prepared(self, progress: TableProgress) -> None:
        self._preparing = progress
        self.changed.emit()

    def _on_progress(self, progress: RunProgress) -> None:
        if self._phase is RunPhase.SENDING:
            self._progress = progress
            self.changed.emit()

    def _see_to_the_end(self, task: asyncio.Task[None]) -> None:
        """A task that was cancelled has not told anybody."""
        if self._task is task:
            self._rest()

    def _rest(self) -> None:
        self._task = self._running = self._run = None
        self._preparing = self._progress = None
        self._phase = RunPhase.IDLE
        self._has_warned = False
        self.changed.emit()
