"""The inside of a job: the process that does the work, and what it says to the one that waits.

It ends with its work or with the process that began it. It does not know what the work is.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from composer.core.errors import ComposerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_P = TypeVar("_P")

STOP = "stop"
"""The command that every job knows."""
_NICER = 10
"""By how much other programs go before a job."""
_PACE_S = 0.1
"""Seconds between two messages on how far it is."""


class JobLostError(ComposerError):
    """The process ended before its work was done, or did not stop when told to."""


class JobStoppedError(Exception):
    """The work is not wanted any more. Raised within the work, by ``Reporter.check``."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A message: how far it is."""

    value: Any


@dataclass(frozen=True, slots=True)
class Result:
    """The last message: what the function has returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The last message instead: what the function has raised."""

    error: Exception


End = Result | Raised
LOST = "The work in the background was ended before it was done. Try it again."
"""What is said where there is neither."""


class Reporter(Generic[_P]):
    """What the work is handed, in its own process: how it tells, and how it is told."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._sending = threading.Lock()
        self._latest = deque[_P](maxlen=1)  # told in one thread, taken out in another
        self._heard: list[object] = []
        self._listener: Callable[[object], None] | None = None
        self._listening = threading.Lock()
        self._is_stopped = False

    def tell(self, progress: _P) -> None:
        """Say how far it is, as often as one likes: about ten a second go out, and the last."""
        self._latest.append(progress)

    def check(self) -> None:
        """Raise ``JobStoppedError`` if the work is not wanted any more."""
        if self._is_stopped:
            raise JobStoppedError

    def listen(self, listener: Callable[[object], None]) -> None:
        """Have each command told to ``listener``, in another thread; ``STOP`` is one of them."""
        with self._listening:
            self._listener = listener
            heard, self._heard = self._heard, []
            for command in heard:
                listener(command)

    def follow(self) -> None:
        """The other thread. It ends the process once the one that began it is gone."""
        while True:
            try:
                while not self._pipe.poll(_PACE_S):
                    self.flush()
                command = self._pipe.recv()
            except (EOFError, OSError):
                os._exit(1)  # nobody is left who could want the rest
            self._is_stopped = self._is_stopped or command == STOP
            with self._listening:
                if self._listener is None:
                    self._heard.append(command)
                else:
                    self._listener(command)

    def flush(self) -> None:
        """Send what was told last, if it was not sent yet: not after what is told later."""
        with self._sending, suppress(IndexError):
            self._pipe.send(Progress(self._latest.popleft()))

    def send(self, message: object) -> None:
        """Send a whole message; two threads may at once."""
        with self._sending:
            self._pipe.send(message)


def work(pipe: Connection, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """The life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that started this
    if sys.platform != "win32":
        os.nice(_NICER)  # where processors are few, the window goes first
    reporter = Reporter[Any](pipe)
    threading.Thread(target=reporter.follow, name="commands", daemon=True).start()
    try:
        done: End = Result(function(reporter, *args))
    except JobStoppedError:
        done = Raised(JobLostError(LOST))
    except Exception as error:  # noqa: BLE001 -- it is raised where the job is awaited
        done = Raised(_portable(error))
    reporter.flush()
    reporter.send(done)


def _portable(error: Exception) -> Exception:
    """The error, with the way it came; another that says the same if it cannot travel."""
    trail = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- of our own making, a line before
    except Exception:  # noqa: BLE001 -- whatever an exception's own pickling may raise
        error = RuntimeError(repr(error))
    error.add_note(trail)
    return error
