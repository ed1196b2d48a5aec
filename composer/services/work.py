"""A process of its own for heavy work, so that no other thread of this one has to wait for it.

Reading many megabytes of JSON holds Python's global lock, and the window lives in this process. The
worker is started at first need, takes one task at a time, and ends by itself after some rest.
It does not know what the tasks are about.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_P = ParamSpec("_P")
_T = TypeVar("_T")

REST_S = 10.0
"""Seconds without a task after which the process ends, and gives its memory back."""
MOST_MEMORY = 4 * 1024**3
"""Bytes that the process may ask for, where the system can be told (not on Windows, not on macOS).
100 MB of ordinary events, the most that one request may hold, need less than half of it."""


class WorkerLostError(Exception):
    """The process ended over its task, or the worker was stopped."""


class Worker:
    """Runs functions of modules, whose arguments and results can be pickled, elsewhere."""

    def __init__(self, *, rest_s: float = REST_S, most_memory: int = MOST_MEMORY) -> None:
        self._rest_s = rest_s
        self._most_memory = most_memory
        self._turn = Lock()
        self._state = Lock()
        self._hand: _Hand | None = None
        self._stopped = False

    def run(self, function: Callable[_P, _T], *args: _P.args, **named: _P.kwargs) -> _T:
        """Wait for the turn, then for the result. Raises what it raises, or ``WorkerLostError``."""
        with self._turn:
            while True:
                hand = self._ready_hand()
                try:
                    done = hand.run((function, args, named))
                except (OSError, EOFError):
                    rested = hand.went_to_rest()
                    self._dismiss(hand)
                    if not rested:
                        raise WorkerLostError from None
                else:
                    if isinstance(done, _Raised):
                        raise done.error
                    return done

    def stop(self) -> None:
        """End the process at once, whatever it does; tasks that wait are not begun."""
        with self._state:
            self._stopped = True
            hand, self._hand = self._hand, None
        if hand is not None:
            hand.end()

    def _ready_hand(self) -> _Hand:
        with self._state:
            if self._stopped:
                raise WorkerLostError
            if self._hand is None or not self._hand.process.is_alive():
                self._hand = _Hand(self._rest_s, self._most_memory)
            return self._hand

    def _dismiss(self, hand: _Hand) -> None:
        with self._state:
            if self._hand is hand:
                self._hand = None
        hand.end()


class _Hand:
    """One process, from its start to its end, and the pipe to it."""

    def __init__(self, rest_s: float, most_memory: int) -> None:
        from multiprocessing import get_context  # noqa: PLC0415 -- most sandboxes never need it

        context = get_context("spawn")
        self._pipe, there = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(there, rest_s, most_memory), name="worker", daemon=True
        )
        self.process.start()
        there.close()

    def run(self, task: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]) -> Any:
        """Raises ``OSError`` or ``EOFError`` if the process has ended."""
        self._pipe.send(task)
        return self._pipe.recv()

    def went_to_rest(self) -> bool:
        """Whether it ended because nothing was to do. It has ended, or is about to."""
        self.process.join(_PATIENCE_S)
        return self.process.exitcode == 0

    def end(self) -> None:
        """The pipe closes with its last reference, for somebody may be reading from it."""
        self.process.kill()
        self.process.join(_PATIENCE_S)


@dataclass(frozen=True, slots=True)
class _Raised:
    """What comes back instead of a result."""

    error: Exception


_PATIENCE_S = 1.0


def _serve(pipe: Connection, rest_s: float, most_memory: int) -> None:
    """The life of the process. It also ends when the one that started it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that started this
    _limit_memory(most_memory)
    gc.disable()  # it would look through millions of values that hold no cycle, again and again
    with suppress(EOFError, ConnectionError):
        while pipe.poll(rest_s):
            function, args, named = pipe.recv()
            try:
                done = function(*args, **named)
            except MemoryError:
                sys.exit(1)
            except Exception as error:  # noqa: BLE001 -- it is raised where the task came from
                done = _Raised(error)
            pipe.send(done)
            del function, args, named, done
            gc.collect()


def _limit_memory(most: int) -> None:
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 -- not every system has it

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
