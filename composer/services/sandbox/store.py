"""Holds what arrived, within bounds: the newest requests. Any thread may call it."""

from __future__ import annotations

from collections import deque
from threading import Lock

from composer.services.sandbox.stored import Arrival

MOST_ARRIVALS = 2_000
MOST_BYTES = 64 * 1024 * 1024
"""Estimated memory of all arrivals together. The newest is kept even if it alone takes more."""


class ArrivalStore:
    """A ring of arrivals, oldest first."""

    def __init__(self, most_arrivals: int = MOST_ARRIVALS, most_bytes: int = MOST_BYTES) -> None:
        self._lock = Lock()
        self._kept: deque[tuple[Arrival, int]] = deque()
        self._bytes = 0
        self._most_arrivals = most_arrivals
        self._most_bytes = most_bytes

    def add(self, arrival: Arrival, characters: int) -> None:
        """``characters`` of JSON were read into the values of its events."""
        weight = len(arrival.body) + characters * _BYTES_A_CHARACTER
        with self._lock:
            self._kept.append((arrival, weight))
            self._bytes += weight
            while len(self._kept) > 1 and self._is_full():
                self._bytes -= self._kept.popleft()[1]

    def all(self) -> tuple[Arrival, ...]:
        with self._lock:
            return tuple(arrival for arrival, _ in self._kept)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _is_full(self) -> bool:
        return len(self._kept) > self._most_arrivals or self._bytes > self._most_bytes


_BYTES_A_CHARACTER = 8  # of an ordinary event's JSON text once it has become values
