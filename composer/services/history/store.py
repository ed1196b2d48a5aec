"""What the app asks of history: ``ports.History`` over one SQLite file and its search index.

A row without an outcome is under way. Whose process is gone was cut off, and says so. The bytes of
a request are kept whole; of a long answer the first megabyte.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime

from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.history import EVERYTHING, Facets, HistoryQuery, HistorySize
from composer.core.outcome import Outcome
from composer.core.records import HistoryEntry, HistoryRow, Summary
from composer.core.settings import Retention
from composer.core.wire import WireRequest
from composer.services.database import Database
from composer.services.history.columns import ENTRY_COLUMNS, entry_from
from composer.services.history.damage import Damage, is_damage
from composer.services.history.facets import facets_in
from composer.services.history.finding import HIGHEST, Finder
from composer.services.history.index import IndexUnusableError, SearchIndex
from composer.services.history.pruning import UNDO, Pruner, kept_bytes, prunable
from composer.services.history.recording import Recorder
from composer.services.instance import InstanceLock
from composer.services.ports import Clock, SearchStoppedError

_ENTRIES = f"SELECT {ENTRY_COLUMNS} FROM sends JOIN contents ON send_id = sends.id"  # noqa: S608
_ENTRY = f"{_ENTRIES} WHERE sends.id = ?"
_PAGE = 200
_PAUSE_S = 0.005
"""Between two steps in the background, for the sake of the window."""

PROBES = (
    f"{_ENTRIES} ORDER BY sends.id DESC LIMIT 1",
    "SELECT identity, last_id, revision, purges FROM counters",
)
"""Cheap queries that a sound history answers."""


class HistoryStore:
    """Implements ``ports.History``. Everything raises ``StoreError`` where the file fails."""

    def __init__(self, database: Database, clock: Clock, instance: InstanceLock) -> None:
        self._database = database
        self._damage = Damage(database.path.name)
        self._recorder = Recorder(database, clock, instance)
        self._index = SearchIndex(database.path)
        self._finder = Finder(database.reading, self._index, self._damage)

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int:
        """Write a send down, safe from a kill when this returns; returns its id."""
        return self._recorder.begin(request, destination, summary)

    def finish(self, identifier: int, outcome: Outcome) -> None:
        """Complete a row with how it ended."""
        self._recorder.finish(identifier, outcome)

    def mark_cut_off(self) -> int:
        """Complete the rows under way whose process is gone; returns how many there were."""
        return self._recorder.mark_cut_off()

    def annotate(self, identifier: int, *, note: str, ticket: str) -> None:
        """Put a person's own words to a send, in place of those that stood there."""
        self._recorder.annotate(identifier, note, ticket)

    def pin(self, identifiers: Sequence[int], pinned: bool) -> None:  # noqa: FBT001 -- reads well
        """Pinned sends stay whatever the retention says."""
        self._recorder.mark(identifiers, {"pinned": int(pinned)})

    def delete(self, identifiers: Sequence[int]) -> None:
        """Hide sends; they are removed for good at a start after a day."""
        self._recorder.delete(identifiers)

    def restore(self, identifiers: Sequence[int]) -> None:
        """Undo a ``delete``."""
        self._recorder.mark(identifiers, {"deleted_at": None})

    def rows(
        self, query: HistoryQuery = EVERYTHING, *, limit: int = 200, before: int | None = None
    ) -> list[HistoryRow]:
        """A page of what is found, newest first, that begins after the row with id ``before``."""
        return self._finder.rows(query, limit, HIGHEST if before is None else before - 1)

    def count(self, query: HistoryQuery = EVERYTHING) -> int:
        """How many rows ``rows`` would give without a limit."""
        return self._finder.count(query)

    def facets(self) -> Facets:
        """The destinations and events there are, with how often."""
        with self._database.reading() as connection:
            return facets_in(connection, self._damage)

    def size(self) -> HistorySize:
        """What is in the history, and its bytes in the file; deleted sends still take some."""
        rows = self.count()
        with self._database.reading() as connection:
            return HistorySize(rows=rows, bytes=kept_bytes(connection))

    def entry(self, identifier: int) -> HistoryEntry | None:
        """One send, whole; ``None`` if there is none of that id."""
        with self._database.reading() as connection:
            try:
                return _entry(connection, identifier)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                raise StoreError(
                    f"This send cannot be read: {self._database.path.name} is damaged there. Other "
                    "sends can be; export them or restore a backup to be safe."
                ) from error

    def entries(self, wanted: HistoryQuery | Sequence[int]) -> Iterator[HistoryEntry]:
        """Sends one by one, whole; see ``ports.History``."""
        unread = 0
        with (
            self._database.beside("read") as connection,
            closing(SearchIndex(self._database.path)) as index,
        ):
            finder = Finder(lambda: nullcontext(connection), index, self._damage)
            found = _found(finder, wanted) if isinstance(wanted, HistoryQuery) else wanted
            for identifier in found:
                try:
                    entry = _entry(connection, identifier)
                except sqlite3.DatabaseError as error:
                    if not is_damage(error):
                        raise
                    unread += 1
                    continue
                if entry is not None:
                    yield entry
        if unread:
            raise StoreError(f"{unread} of the sends could not be read. {self.damage()}".strip())

    def damage(self) -> str:
        """What could not be read so far because the file is damaged, as a sentence; else empty."""
        return self._damage.sentence()

    def prune(self, retention: Retention, now: datetime) -> int:
        """Remove for good what exceeds the limits, the oldest first; returns how many sends.

        In small steps and in any thread. ``close`` ends it after the step it is at.
        """
        if retention.keeps_everything:
            return 0
        with self._pruning() as pruner:
            return pruner.prune(retention, now)

    def prunable(self, retention: Retention, now: datetime) -> int:
        """How many sends ``prune`` would remove, more or less; in any thread."""
        with self._database.reading() as connection:
            return prunable(connection, retention, now)

    def empty_deleted(self) -> int:
        """Remove what was deleted for good; returns how many sends that were. In any thread."""
        with self._pruning() as pruner:
            return pruner.remove_deleted(None)

    def keep_house(self, retention: Retention, now: datetime) -> None:
        """What is due after a start, in a thread: prune, and take all into the search index."""
        try:
            with self._pruning() as pruner:
                pruner.remove_deleted(now - UNDO)
                pruner.prune(retention, now)
        except StoreError as error:
            if not is_damage(error.__cause__):
                raise  # of damage those are told who look at the sends
        while not self._database.is_closed:
            try:
                self._finder.catch_up(self._index.ticket, _PAUSE_S)
            except SearchStoppedError:
                continue  # by a search, which goes first
            except IndexUnusableError:
                pass  # the next search tries again, and finds the sends without it
            return

    def stop_searching(self) -> None:
        """End what other threads are reading; they raise ``SearchStoppedError``."""
        self._database.stop_reading()
        self._index.stop()

    def close(self) -> None:
        """End what other threads are doing, and close; a second call does nothing."""
        self._database.close()
        self._index.close()

    @contextmanager
    def _pruning(self) -> Generator[Pruner]:
        with self._database.beside("written") as connection:
            pruner = Pruner(connection, lambda: not self._database.is_closed)
            yield pruner
            pruner.give_back()


def _entry(connection: sqlite3.Connection, identifier: int) -> HistoryEntry | None:
    found = connection.execute(_ENTRY, (identifier,)).fetchone()
    return None if found is None else entry_from(found)


def _found(finder: Finder, query: HistoryQuery) -> Iterator[int]:
    top = HIGHEST
    while rows := finder.rows(query, _PAGE, top):
        yield from (row.id for row in rows)
        top = rows[-1].id - 1
