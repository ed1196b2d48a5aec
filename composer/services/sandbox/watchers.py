"""Who is told when the sandbox is emptied or told to behave otherwise."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from composer.core.behaviour import Behaviour
from composer.services.ports import SandboxWatcher


class Watchers:
    """Any number of them; any thread may come and go, and tell."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._watchers: list[SandboxWatcher] = []

    def add(self, watcher: SandboxWatcher) -> None:
        with self._lock:
            self._watchers.append(watcher)

    def remove(self, watcher: SandboxWatcher) -> None:
        """Harmless if it is none."""
        with self._lock:
            self._watchers = [each for each in self._watchers if each is not watcher]

    def tell_cleared(self) -> None:
        self._tell(lambda watcher: watcher.cleared())

    def tell_behaviour(self, behaviour: Behaviour) -> None:
        self._tell(lambda watcher: watcher.behaviour_changed(behaviour))

    def _tell(self, say: Callable[[SandboxWatcher], None]) -> None:
        with self._lock:
            watchers = tuple(self._watchers)
        for watcher in watchers:
            try:
                say(watcher)
            except Exception:  # its fault must not stop the change, nor what others are told
                _LOGGER.exception("A watcher of the sandbox failed")


_LOGGER = logging.getLogger(__name__)
