"""A job as the one who waits for it sees it: begun, told, stopped, and seen off."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar, TypeVarTuple

from composer.services.files import reason_of
from composer.services.jobs.inside import (
    LOST,
    STOP,
    End,
    JobLostError,
    Progress,
    Raised,
    Reporter,
    Result,
    work,
)

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_T = TypeVar("_T")
_P = TypeVar("_P")
_Args = TypeVarTuple("_Args")

PATIENCE_S = 0.15
"""Seconds that a job has to put its things away once it is told to stop."""


class Job(Generic[_T, _P]):
    """A function on its way in a process of its own. ``result`` begins it, and may be awaited once.

    ``function`` stands in a module; its arguments, result and progress can be pickled.
    ``on_progress`` is called in the loop's thread.
    """

    def __init__(
        self,
        function: Callable[[Reporter[_P], *_Args], _T],
        *args: *_Args,
        on_progress: Callable[[_P], None] | None = None,
    ) -> None:
        self._function = function
        self._args = args
        self._on_progress = on_progress
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._waiting: list[object] = []
        self._pipe: Connection | None = None
        self._process: SpawnProcess | None = None
        self._kill: asyncio.TimerHandle | None = None
        self._is_stopped = False
        self._is_killed = False

    async def result(self) -> _T:
        """What the function returns; raises what it raises, or ``JobLostError``.

        Stopped before, the work is not begun at all.

        Cancelled, it tells the work to stop, kills the process if it does not, and is done once
        the process is gone.
        """
        if self._is_stopped:
            raise JobLostError(LOST)
        self._loop = asyncio.get_running_loop()
        end: asyncio.Future[End] = self._loop.create_future()
        threading.Thread(target=self._accompany, args=(end,), name="job", daemon=True).start()
        try:
            done = await asyncio.shield(end)
        except asyncio.CancelledError:
            self.stop()
            while not end.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.shield(end)
            raise
        finally:
            if self._kill is not None:
                self._kill.cancel()
        if isinstance(done, Raised):
            raise done.error
        return done.value

    def send(self, command: object) -> None:
        """Give a command to the work (``Reporter.listen``); harmless once it has ended."""
        with self._lock:
            if self._pipe is None:
                self._waiting.append(command)
                return
            with suppress(OSError):
                self._pipe.send(command)

    def stop(self) -> None:
        """Tell the work to stop; the process is killed if it has not ended in a moment."""
        self._is_stopped = True
        self.send(STOP)
        if self._loop is not None and self._kill is None:
            self._kill = self._loop.call_later(PATIENCE_S, self.kill)

    def kill(self) -> None:
        """End the process at once."""
        with self._lock:
            self._is_killed = True
            if self._process is not None:
                self._process.kill()

    def _accompany(self, end: asyncio.Future[End]) -> None:
        """A thread: start the process, hand on what it tells, and see it off."""
        try:
            done = self._converse()
        except Exception as error:  # noqa: BLE001 -- it is raised where the job is awaited
            done = Raised(error)
        self._in_loop(_settle, end, done)

    def _converse(self) -> End:
        try:
            pipe, process = self._begin()
        except OSError as error:
            why = f"The work in the background could not be begun: {reason_of(error)}"
            raise JobLostError(why) from error
        with self._lock:
            self._process = process
            self._pipe = pipe
            for command in self._waiting:
                with suppress(OSError):
                    pipe.send(command)
            if self._is_killed:
                process.kill()
        try:
            return self._listen(pipe)
        finally:
            with self._lock:
                self._pipe, self._process, self._waiting = None, None, []
            process.kill()  # it has said its last, and what it had to put away is
            process.join()
            process.close()
            pipe.close()

    def _begin(self) -> tuple[Connection, SpawnProcess]:
        from multiprocessing import get_context  # noqa: PLC0415 -- takes 10 ms to load

        context = get_context("spawn")
        pipe, there = context.Pipe()
        with there:
            process = context.Process(
                target=work, args=(there, self._function, self._args), name="job", daemon=True
            )
            process.start()
        return pipe, process

    def _listen(self, pipe: Connection) -> End:
        while True:
            try:
                message: object = pipe.recv()
            except (EOFError, OSError):
                return Raised(JobLostError(LOST))
            if isinstance(message, (Result, Raised)):
                return message
            if isinstance(message, Progress):
                self._in_loop(self._tell, message.value)

    def _in_loop(self, function: Callable[..., None], *args: object) -> None:
        assert self._loop is not None  # noqa: S101 -- ``result`` has set it
        with suppress(RuntimeError):  # the loop was closed, and nobody waits
            self._loop.call_soon_threadsafe(function, *args)

    def _tell(self, progress: Any) -> None:
        if self._on_progress is not None:
            self._on_progress(progress)


async def run_job(
    function: Callable[[Reporter[_P], *_Args], _T],
    *args: *_Args,
    on_progress: Callable[[_P], None] | None = None,
) -> _T:
    """Run ``function`` in a process of its own: see ``Job``."""
    return await Job(function, *args, on_progress=on_progress).result()


def _settle(end: asyncio.Future[End], done: End) -> None:
    if not end.done():
        end.set_result(done)
