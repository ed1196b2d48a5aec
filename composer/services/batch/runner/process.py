"""Runs that are sent in a process of their own, so that the window is free.

A window that dies takes the process with it, and a process that does not stop when told to is
killed: the journal knows in either case what was in the air.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from composer.core.batch.retrying import Backoff
from composer.core.batch.run import Run, RunState
from composer.core.destination import Destination
from composer.core.errors import ProfileError, StoreError
from composer.core.route import Route
from composer.services.batch.runner.sending import Errand, RunHere
from composer.services.batch.runs import Journal, RunStore
from composer.services.clock import SystemClock
from composer.services.database import Database, connect, reason
from composer.services.files import reason_of
from composer.services.history.recording import Recorder
from composer.services.instance import InstanceLock, Role, gate
from composer.services.jobs import STOP, Job, JobLostError, Reporter
from composer.services.paths import Profile
from composer.services.ports.batch_jobs import Running, RunProgress
from composer.services.sending.way import Timeouts


class RunProcesses:
    """Implements ``ports.batch_jobs.RunControl``.

    ``timeouts`` and ``route_to`` are asked anew for each run: what is set may have changed.
    """

    def __init__(
        self,
        profile: Profile,
        store: RunStore,
        timeouts: Callable[[], Timeouts],
        route_to: Callable[[Destination], Route],
        *,
        backoff: Backoff | None = None,
    ) -> None:
        self._profile = profile
        self._store = store
        self._timeouts = timeouts
        self._route_to = route_to
        self._backoff = backoff or Backoff()

    def go(self, run: Run, on_progress: Callable[[RunProgress], None]) -> Running:
        """Send what is left of the run; it begins when ``ended`` is awaited."""
        errand = Errand(
            run_id=run.id,
            route=self._route_to(run.destination),
            timeouts=self._timeouts(),
            backoff=self._backoff,
        )
        return RunProcess(self._profile, self._store, errand, on_progress)


class _Command(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"


class RunProcess:
    """Implements ``ports.batch_jobs.Running``."""

    def __init__(
        self,
        profile: Profile,
        store: RunStore,
        errand: Errand,
        on_progress: Callable[[RunProgress], None],
    ) -> None:
        self._store = store
        self._run_id = errand.run_id
        self._is_stopped = False
        self._job = Job(_send, str(profile.folder), errand, on_progress=on_progress)

    def pause(self) -> None:
        """Begin no more requests; those in the air may end."""
        self._job.send(_Command.PAUSE)

    def resume(self) -> None:
        """Go on after a pause."""
        self._job.send(_Command.RESUME)

    def stop(self) -> None:
        """Cut off what is in the air, and end: at once, or the process is killed."""
        self._is_stopped = True
        self._job.stop()

    async def ended(self) -> RunProgress:
        """Begin, and return how it ended. Raises ``ComposerError``."""
        try:
            return await self._job.result()
        except JobLostError:
            if not self._is_stopped:
                raise
            return await asyncio.to_thread(self._stopped)

    def _stopped(self) -> RunProgress:
        """Say for the process that was killed what it could not say."""
        with Journal(self._store, self._run_id) as journal:
            journal.set_state(RunState.STOPPED)
            return RunProgress(state=RunState.STOPPED, counts=journal.counts())


def _send(reporter: Reporter[RunProgress], folder: str, errand: Errand) -> RunProgress:
    """In the other process: send the run."""
    profile, clock = Profile(Path(folder)), SystemClock()
    store = RunStore(profile.runs, clock)
    sending = RunHere(
        store, errand, clock, lambda: _history(profile, clock), on_progress=reporter.tell
    )
    acts = {STOP: sending.stop, _Command.PAUSE: sending.pause, _Command.RESUME: sending.resume}
    loop = asyncio.SelectorEventLoop()

    def hear(command: object) -> None:
        act = acts.get(str(command))
        if act is not None:
            with suppress(RuntimeError):  # the loop is closed: it is over anyway
                loop.call_soon_threadsafe(act)

    reporter.listen(hear)
    try:
        return loop.run_until_complete(sending.ended())
    finally:
        loop.close()  # unlike asyncio.run, it waits for no thread that looks a name up
        store.close()


@contextmanager
def _history(profile: Profile, clock: SystemClock) -> Generator[Recorder]:
    """History, written as an instance of its own: what a kill cuts off is known to be cut off."""
    try:
        with gate(profile):
            instance = InstanceLock.acquire(profile, Role.COMMAND)
    except (OSError, ProfileError) as error:
        why = reason_of(error) if isinstance(error, OSError) else str(error)
        raise StoreError(f"{profile.history.name} could not be opened: {why}") from error
    try:
        try:
            database = Database(profile.history, connect(profile.history))
        except sqlite3.Error as error:
            words = f"{profile.history.name} could not be opened: {reason(error)}"
            raise StoreError(words) from error
        try:
            yield Recorder(database, clock, instance)
        finally:
            database.close()
    finally:
        instance.release()
