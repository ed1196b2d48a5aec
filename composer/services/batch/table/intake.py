"""Events of an import on their way into the table: unseen until the last one is in.

Knows SQL, and nothing of where the events come from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from composer.core.batch.facts import instant_of, size_of
from composer.core.batch.table import ImportReport
from composer.core.errors import StoreError
from composer.core.mapping import Converted, NewEvent
from composer.core.personal_keys import without_personal_keys
from composer.services.batch.table import problems
from composer.services.batch.table.schema import GAP
from composer.services.batch.table.writing import ADD_BODY, ADD_EVENT, new_ids, revise
from composer.services.database import transaction

STEP = 5_000
"""Rows that are written together, at most about so many."""
_STEP_CHARACTERS = 16_000_000
"""Of their events: large ones are written sooner, for the memory's sake."""


class Intake:
    """Events on their way into the table, written some thousand at a time."""

    def __init__(self, connection: sqlite3.Connection, number: int, now: datetime) -> None:
        self._connection = connection
        self._number = number
        self._now = now
        self._waiting = Converted(events=[], problems=[])
        self._characters = 0
        self.added = 0
        self.problems = 0
        self._first = 0

    def take(self, converted: Converted) -> None:
        self._waiting.events += converted.events
        self._waiting.problems += converted.problems
        self.added += len(converted.events)
        self.problems += len(converted.problems)
        self._characters += sum(len(event.body) for event in converted.events)
        count = len(self._waiting.events) + len(self._waiting.problems)
        if count >= STEP or self._characters >= _STEP_CHARACTERS:
            self.write()

    def write(self) -> None:
        """Write what waits, in one transaction."""
        waiting, self._waiting = self._waiting, Converted(events=[], problems=[])
        self._characters = 0
        begin = self.added - len(waiting.events)
        with transaction(self._connection) as connection:
            ids = new_ids(connection, len(waiting.events))
            if ids and not self._first:
                self._first = ids[0]
            events = _masked(waiting.events)
            connection.executemany(ADD_EVENT, self._events(events, ids, begin))
            bodies = (event.body for event in events)
            connection.executemany(ADD_BODY, zip(ids, bodies, strict=True))
            problems.keep(connection, self._number, waiting.problems)

    def finish(self) -> ImportReport:
        """Show all of it, at the end of the table; within a transaction of the caller's."""
        connection, number = self._connection, self._number
        (last,) = connection.execute(
            "UPDATE state SET last_position = last_position + ? RETURNING last_position",
            (self.added * GAP,),
        ).fetchone()
        shown = connection.execute(
            "UPDATE event SET removal = 0, position = position + ? WHERE removal = ?",
            (last - self.added * GAP, -number),
        )
        if shown.rowcount != self.added:
            raise StoreError("Another window has opened the table meanwhile. Import it again.")
        connection.execute(
            "UPDATE import SET is_done = 1, problems = ? WHERE number = ?", (self.problems, number)
        )
        revise(connection)
        return ImportReport(
            number=number, added=self.added, problems=self.problems, first_id=self._first
        )

    def _events(
        self, events: list[NewEvent], ids: range, begin: int
    ) -> Iterator[tuple[object, ...]]:
        """The columns of each; positions are counted within the import."""
        removal, number, now = -self._number, self._number, self._now
        for place, (identifier, event) in enumerate(zip(ids, events, strict=True), begin + 1):
            row, body, name, person, moment = event
            instant = instant_of(moment, now)
            shown = ("", name, person, moment, instant, size_of(body))
            yield identifier, place * GAP, removal, number, row, *shown, 1


def _masked(events: list[NewEvent]) -> list[NewEvent]:
    """The events without personal keys. Looking at all of them at once takes a tenth of the time.

    What is shown of an event stands in its body too.
    """
    text = "\n".join(event.body for event in events)
    if without_personal_keys(text) == text:
        return events
    return [
        event._replace(
            body=without_personal_keys(event.body),
            name=without_personal_keys(event.name),
            person=without_personal_keys(event.person),
        )
        for event in events
    ]
