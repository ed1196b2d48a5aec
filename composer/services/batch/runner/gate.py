"""Whether a request may go out at this moment, and the workers that wait until one may.

Knows no requests. The time is that of the event loop.
"""

from __future__ import annotations

import asyncio

from composer.services.batch.runner.pacing import Bucket


class Gate:
    """``is_open`` is up to whoever holds the run; a hold ends by itself. ``rate`` as in options."""

    def __init__(self, rate: float) -> None:
        self.is_open = True
        self._bucket = Bucket(rate)
        self._hold_until = 0.0
        self._waiters = set[asyncio.Future[None]]()

    @property
    def held_until(self) -> float:
        return self._hold_until

    @property
    def free_at(self) -> float:
        """From when on the next request may go, if the gate is open then."""
        return max(self._hold_until, self._bucket.free_at)

    def hold(self, until: float) -> None:
        """Let nothing through before that moment."""
        self._hold_until = max(self._hold_until, until)

    def forget_hold(self) -> None:
        self._hold_until = 0.0

    def let_through(self, events: int, now: float) -> None:
        """A request goes, with so many events."""
        self._bucket.take(events, now)

    async def rest(self, until: float | None) -> None:
        """Wait for that moment, or until something has changed."""
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        self._waiters.add(waiter)
        timer = None if until is None else loop.call_at(until, _release, waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)
            if timer is not None:
                timer.cancel()

    def wake(self) -> None:
        """Something has changed: have all that rest look again."""
        for waiter in self._waiters:
            _release(waiter)


def _release(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
