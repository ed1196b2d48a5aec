"""Long work in a thread that tells how far it is, and that stops when its task is cancelled.

Knows nothing of the work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

_T = TypeVar("_T")
_P = TypeVar("_P")


class WorkStoppedError(Exception):
    """The work is not wanted any more. Raised within the work, and nowhere else."""


class Steps(Generic[_P]):
    """Handed to the work, which calls ``done`` every few milliseconds."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, on_progress: Callable[[_P], None] | None
    ) -> None:
        self._loop = loop
        self._on_progress = on_progress
        self._is_stopped = False

    def check(self) -> None:
        """Raise ``WorkStoppedError`` if the work is not wanted any more."""
        if self._is_stopped:
            raise WorkStoppedError

    def done(self, progress: _P) -> None:
        """Tell how far it is, in the loop's thread; raises ``WorkStoppedError`` as ``check``."""
        self.check()
        if self._on_progress is not None:
            self._loop.call_soon_threadsafe(self._tell, progress)

    def stop(self) -> None:
        self._is_stopped = True

    def _tell(self, progress: _P) -> None:
        if self._on_progress is not None and not self._is_stopped:
            self._on_progress(progress)


async def run_in_steps(
    work: Callable[[Steps[_P]], _T], on_progress: Callable[[_P], None] | None = None
) -> _T:
    """What ``work`` returns. Cancelled, this waits until the work has put its things away."""
    loop = asyncio.get_running_loop()
    steps = Steps[_P](loop, on_progress)
    future = loop.run_in_executor(None, work, steps)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        steps.stop()
        with suppress(Exception):  # whatever it was, nobody is left to be told
            await to_the_end(future)
        raise


async def to_the_end(future: asyncio.Future[_T]) -> _T:
    """What the future comes to, also where the task that waits is cancelled meanwhile."""
    while not future.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({future})
    return future.result()
