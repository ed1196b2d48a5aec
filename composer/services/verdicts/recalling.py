"""What history remembers of earlier sends to a project, read bit by bit.

It only reads, and only what was accepted. Safe to be called from any thread.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from composer.core.destination import Destination, DestinationKind
from composer.core.errors import StoreError
from composer.core.outcome import Accepted
from composer.core.records import HistoryEntry, HistoryRow
from composer.core.verdicts.places import served_token
from composer.core.verdicts.remembering import Recollection
from composer.core.verdicts.request import Memory
from composer.services.ports import History, SearchStoppedError
from composer.services.verdicts.reading import Address, circumstances, read

MOST_SENDS = 2_000
"""The newest sends, of all projects, that are looked at."""
MOST_BYTES = 1_000_000
"""Larger bodies are left out: reading them would hold up the window, in whichever thread."""


class HistoryMemory:
    """The memory of each project, told apart by its token and by whether it is the sandbox's."""

    def __init__(self, history: History, *, pause_s: float = 0.001) -> None:
        self._history = history
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._one_reader = threading.Lock()
        self._projects: dict[tuple[str, bool], _Project] = {}
        self._last = 0
        self._under_way: set[int] = set()

    def of(self, token: str, destination: Destination | None) -> Memory:
        """What is known by now. The same object until something new is learned."""
        with self._lock:
            project = self._projects.get(_key(token, destination))
            return project.memory() if project else _NOTHING

    def recall(self) -> None:
        """Read what is new, oldest first; it pauses after each send, for the sake of the window.

        A search in history, or a fault of it, ends this early: the next call goes on from there.
        """
        with self._one_reader, suppress(SearchStoppedError, StoreError):
            for identifier in sorted(self._under_way):
                self._learn(identifier)
            for row in reversed(self._new_rows()):
                self._last = row.id
                if row.outcome is None:
                    self._under_way.add(row.id)
                elif isinstance(row.outcome, Accepted) and row.size <= MOST_BYTES:
                    self._learn(row.id)
                    time.sleep(self._pause_s)

    def _new_rows(self) -> list[HistoryRow]:
        found: list[HistoryRow] = []
        before: int | None = None
        while len(found) < MOST_SENDS:
            page = self._history.rows(limit=_PAGE, before=before)
            found += [row for row in page if row.id > self._last]
            if len(page) < _PAGE or page[-1].id <= self._last:
                break
            before = page[-1].id
        return found

    def _learn(self, identifier: int) -> None:
        entry = self._history.entry(identifier)
        if entry is not None and entry.outcome is None:
            return
        self._under_way.discard(identifier)
        if entry is None or not isinstance(entry.outcome, Accepted):
            return
        if entry.request.size <= MOST_BYTES:
            self._add(entry)

    def _add(self, entry: HistoryEntry) -> None:
        place = entry.row.destination
        path, _, query = entry.request.target.partition("?")
        request, to = read(entry.request.body, Address(path=path, query=query, destination=place))
        found = served_token(request)
        if found is None or not isinstance(found[1], str):
            return
        known = circumstances(request, to, now=entry.row.sent_at, memory=_NOTHING, randomness=0)
        with self._lock:
            project = self._projects.setdefault(_key(found[1], place), _Project())
            project.recollection.add(request, known)
            project.told = None


@dataclass(slots=True)
class _Project:
    """``told`` is the memory as it was last asked for."""

    recollection: Recollection = field(default_factory=Recollection)
    told: Memory | None = None

    def memory(self) -> Memory:
        if self.told is None:
            self.told = self.recollection.memory()
        return self.told


_PAGE = 200
_NOTHING = Memory()


def _key(token: str, destination: Destination | None) -> tuple[str, bool]:
    """A project, or the sandbox, whatever their tokens."""
    in_sandbox = destination is not None and destination.kind is DestinationKind.SANDBOX
    return token, not in_sandbox
