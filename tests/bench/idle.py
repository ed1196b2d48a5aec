"""A process that wants to run every ten milliseconds and does nothing.

How long the machine lets it wait is no fault of the app beside it.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.ticking import TICK_S, Stopwatch


class Idle:
    """The process, from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def longest(self) -> float:
        """The longest wait since the last question, in seconds."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


@contextmanager
def idling() -> Iterator[Idle]:
    """Start it, and end it."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.bench.idle"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Idle(process)
        finally:
            process.kill()


def main() -> None:
    watch, end = Stopwatch(), threading.Event()

    def answer() -> None:
        for _ in sys.stdin:
            longest, watch.longest = watch.longest, 0.0
            print(longest, flush=True)
        end.set()

    threading.Thread(target=answer, daemon=True).start()
    while not end.wait(TICK_S):
        watch.tick()


if __name__ == "__main__":
    main()
