"""A sandbox in a process like the window's: a child process of ``sandbox``.

Its main thread wants to run every ten milliseconds, as a window does. It prints the address, and
for each line that it reads the longest wait since the last one, in seconds.
"""

from __future__ import annotations

import sys
import threading
import time

from composer.services.clock import SystemClock
from composer.services.sandbox.server import Sandbox

TICK_S = 0.01


class Stopwatch:
    """The longest time between two ticks, beyond the tick itself."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()

    def tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - TICK_S)
        self._last = now


def main() -> None:
    sandbox = Sandbox(clock=SystemClock().now)
    sandbox.start()
    sandbox.await_ready()
    print(sandbox.url, flush=True)
    watch = Stopwatch()
    end = threading.Event()

    def answer() -> None:
        for _ in sys.stdin:
            print(watch.longest, flush=True)
            watch.longest = 0.0
        end.set()

    threading.Thread(target=answer, daemon=True).start()
    while not end.wait(TICK_S):
        watch.tick()
    sandbox.stop()


if __name__ == "__main__":
    main()
