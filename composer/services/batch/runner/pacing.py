"""Events a second: those that are wanted, and those that are reached. The time is handed in."""

from __future__ import annotations

from collections import deque


class Bucket:
    """Lets events through at a rate, however many come together.

    Many that belong together go at once, and what comes next waits the longer for it.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._free_at = 0.0

    @property
    def free_at(self) -> float:
        """From which moment on the next may go."""
        return self._free_at

    def take(self, events: int, now: float) -> None:
        """Some go now. What was not used before is lost, but for a moment's worth."""
        if self._rate > 0.0:
            due = max(self._free_at, now - _SLACK_S) if self._free_at else now
            self._free_at = due + events / self._rate


class Meter:
    """How many events have come to an end a second, over the last seconds."""

    def __init__(self) -> None:
        self._seen = deque[tuple[float, int]]()

    def note(self, done: int, now: float) -> None:
        """So many have by now, counted from the start."""
        self._seen.append((now, done))
        while len(self._seen) > _FEW and now - self._seen[0][0] > _SPAN_S:
            self._seen.popleft()

    @property
    def rate(self) -> float:
        if len(self._seen) < _FEW:
            return 0.0
        (began, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - began) if now > began else 0.0

    def seconds_for(self, events: int) -> float | None:
        """How long so many more take; ``None`` while nothing gets done."""
        return events / self.rate if self.rate > 0.0 else None


_SLACK_S = 0.1
"""Timers and answers come late at times: what was missed within that is made up for."""
_SPAN_S = 5.0
_FEW = 2
