"""The bridge from the sandbox's thread to the window: requests come in there, are shown here.

A thousand requests a second must not mean a thousand repaints: what arrives within a moment is
told at once, as one tuple. What is kept, and for how long, is the sandbox's affair alone.
"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from composer.core.behaviour import Behaviour
from composer.services.ports import Arrival, Sandbox

MOST = 2_000
"""Requests that are told at once; of more, the newest."""
MOMENT = 50
"""Milliseconds that are gathered into one."""


class ArrivalFeed(QObject):
    """A watcher of the sandbox: ``receive`` and ``cleared`` are called in any thread.

    Everything else belongs to the window's.
    """

    arrived = Signal(object)
    """``tuple[Arrival, ...]``, oldest first; empty when the list was cleared"""
    _woken = Signal()

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._incoming: deque[Arrival | None] = deque(maxlen=MOST)  # None: all before was cleared
        self._is_awake = False
        self._kept: deque[Arrival] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOMENT)
        self._timer.timeout.connect(self._flush)
        self._woken.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        sandbox.listen(self.receive)
        sandbox.watch(self)

    def receive(self, arrival: Arrival) -> None:
        """Take in a request; from any thread."""
        self._take_in(arrival)

    def cleared(self) -> None:
        """What had arrived was forgotten, by the window or by a script; from any thread."""
        self._take_in(None)

    def behaviour_changed(self, behaviour: Behaviour) -> None:
        """The switches are another view's business."""

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
        """What has been told and is still kept, oldest first."""
        return tuple(self._kept)

    def _take_in(self, arrival: Arrival | None) -> None:
        # First in, then look: ``_flush`` lowers the flag before it empties the queue, so whoever
        # still sees it raised has already put its request where it will be found.
        self._incoming.append(arrival)
        if not self._is_awake:
            self._is_awake = True
            self._woken.emit()

    def _flush(self) -> None:
        self._is_awake = False
        fresh: list[Arrival] = []
        was_cleared = False
        while self._incoming:
            arrival = self._incoming.popleft()
            if arrival is None:
                was_cleared = True
                fresh.clear()
            else:
                fresh.append(arrival)
        if was_cleared:
            self._kept.clear()
            self.arrived.emit(())
        self._kept.extend(fresh)
        stored = self._sandbox.arrivals()
        while stored and self._kept and self._kept[0].number < stored[0].number:
            self._kept.popleft()
        if fresh:
            self.arrived.emit(tuple(fresh))
