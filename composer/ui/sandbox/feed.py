"""The bridge from the sandbox's thread to the window: requests come in there, are shown here.

A thousand requests a second must not mean a thousand repaints: what arrives within a moment is
told at once, as one tuple.
"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from composer.services.ports import Arrival

MOST = 2_000
"""Requests that are kept."""
MOST_BYTES = 64 * 1024 * 1024
"""Bytes of bodies that are kept; the newest request always is."""
MOMENT = 50
"""Milliseconds that are gathered into one."""


class ArrivalFeed(QObject):
    """``receive`` is called in the server's thread; everything else belongs to the window's."""

    arrived = Signal(object)
    """``tuple[Arrival, ...]``, oldest first; empty when the list was cleared"""
    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._incoming: deque[Arrival] = deque(maxlen=MOST)
        self._is_awake = False
        self._kept: deque[Arrival] = deque()
        self._bytes = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT)
        self._timer.timeout.connect(self._flush)
        self._woken.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

    def receive(self, arrival: Arrival) -> None:
        """Take in a request; from any thread."""
        # First in, then look: ``_flush`` lowers the flag before it empties the queue, so whoever
        # still sees it raised has already put its request where it will be found.
        self._incoming.append(arrival)
        if not self._is_awake:
            self._is_awake = True
            self._woken.emit()

    @property
    def count(self) -> int:
        """How many requests are kept."""
        return len(self._kept)

    @property
    def oldest(self) -> int:
        """The number of the oldest request that is kept; 0 if there is none."""
        return self._kept[0].number if self._kept else 0

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """What is kept, oldest first."""
        return tuple(self._kept)

    def clear(self) -> None:
        """Forget what arrived."""
        self._incoming.clear()
        self._kept.clear()
        self._bytes = 0
        self.arrived.emit(())

    def _flush(self) -> None:
        self._is_awake = False
        fresh: list[Arrival] = []
        while self._incoming:
            fresh.append(self._incoming.popleft())
        for arrival in fresh:
            self._kept.append(arrival)
            self._bytes += len(arrival.body)
        while len(self._kept) > 1 and (len(self._kept) > MOST or self._bytes > MOST_BYTES):
            self._bytes -= len(self._kept.popleft().body)
        if fresh:
            self.arrived.emit(tuple(fresh))
