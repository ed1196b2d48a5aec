"""Writing history down: what was sent, how it ended, and what a person adds to it.

All of it takes a moment and belongs to the thread that opened the file. Each change of what a
search looks through gets the next revision, which the search index follows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC
from typing import TypeVar

from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.outcome import Interrupted, Outcome
from composer.core.records import Summary
from composer.core.wire import WireRequest
from composer.services.database import Database
from composer.services.history.columns import (
    Columns,
    content_columns,
    moment_text,
    outcome_columns,
    response_columns,
    sent_columns,
    storable,
)
from composer.services.history.damage import is_damage, rebuild_indexes
from composer.services.history.queries import insert, update
from composer.services.instance import InstanceLock
from composer.services.ports import Clock

_T = TypeVar("_T")

_NEXT = (
    "UPDATE counters SET revision = revision + 1, last_id = last_id + ? RETURNING revision, last_id"
)


class Recorder:
    """Everything raises ``StoreError``; what is written is safe from a kill on return."""

    def __init__(self, database: Database, clock: Clock, instance: InstanceLock) -> None:
        self._database = database
        self._clock = clock
        self._instance = instance

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int:
        """Write a send down; returns its id, which no other send ever had."""
        moment = self._clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
        row: Columns = {"slot": self._instance.slot, "run": self._instance.run, "sent_at": moment}
        row |= sent_columns(destination, summary, request)
        content = content_columns(request)

        def write(connection: sqlite3.Connection) -> int:
            revision, identifier = _next(connection, sends=1)
            columns = row | {"id": identifier, "revision": revision}
            connection.execute(insert("sends", columns), columns)
            columns = content | {"send_id": identifier}
            connection.execute(insert("contents", columns), columns)
            return identifier

        return self._write(write)

    def finish(self, identifier: int, outcome: Outcome) -> None:
        """Complete a row with how it ended."""
        row, content = outcome_columns(outcome), response_columns(outcome)

        def write(connection: sqlite3.Connection) -> None:
            _change(connection, identifier, row)
            if content:
                statement = update("contents", content, "send_id = :key")
                connection.execute(statement, content | {"key": identifier})

        self._write(write)

    def annotate(self, identifier: int, note: str, ticket: str) -> None:
        row: Columns = {"note": storable(note), "ticket": storable(ticket)}
        self._write(lambda connection: _change(connection, identifier, row))

    def mark(self, identifiers: Sequence[int], columns: Columns) -> None:
        """Set columns that no search looks through."""
        statement = update("sends", columns, "id = :key")
        rows = [columns | {"key": identifier} for identifier in identifiers]
        self._write(lambda connection: connection.executemany(statement, rows))

    def delete(self, identifiers: Sequence[int]) -> None:
        self.mark(identifiers, {"deleted_at": moment_text(self._clock.now())})

    def mark_cut_off(self) -> int:
        """Complete the rows under way whose process is gone; returns how many there were.

        A slot that is held may have older rows of a holder that was killed: each new holder
        completes those itself.
        """
        senders = self._mended(self._senders)
        mine = self._instance
        gone = [
            (slot, run)
            for slot, run in senders
            if run != mine.run and (slot == mine.slot or not mine.is_alive(slot))
        ]
        if not gone:
            return 0

        def write(connection: sqlite3.Connection) -> int:
            find = "SELECT id FROM sends WHERE outcome IS NULL AND slot = ? AND run = ?"
            left = [row for sender in gone for row in connection.execute(find, sender).fetchall()]
            for (identifier,) in left:
                _change(connection, identifier, outcome_columns(Interrupted()))
            return len(left)

        return self._write(write)

    def _senders(self) -> list[tuple[int, str]]:
        """Slot and run of whoever has sends under way."""
        find = "SELECT DISTINCT slot, run FROM sends WHERE outcome IS NULL"
        with self._database.reading() as connection:
            return connection.execute(find).fetchall()

    def _write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do it in one transaction."""

        def write() -> _T:
            with self._database.writing() as connection:
                return work(connection)

        return self._mended(write)

    def _mended(self, work: Callable[[], _T]) -> _T:
        """Do it; if an index may be damaged, once more after mending."""
        try:
            return work()
        except StoreError as error:
            if not is_damage(error.__cause__):
                raise
        with self._database.mending() as connection:
            rebuild_indexes(connection)
        return work()


def _next(connection: sqlite3.Connection, *, sends: int = 0) -> tuple[int, int]:
    """A new revision, and the last id that was given."""
    found = connection.execute(_NEXT, (sends,)).fetchall()
    revision, identifier = found[0]
    return int(revision), int(identifier)


def _change(connection: sqlite3.Connection, identifier: int, columns: Columns) -> None:
    revision, _ = _next(connection)
    changed = columns | {"revision": revision}
    statement = update("sends", changed, "id = :key")
    connection.execute(statement, changed | {"key": identifier})
