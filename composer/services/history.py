"""Every send, in SQLite: written before its first byte leaves, completed when it has ended.

A row without an outcome is under way. Whose process is gone was cut off, and says so. The bytes of
a request are kept whole; of a long answer the first megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

from composer.core.destination import Destination
from composer.core.jsontext import encode_string
from composer.core.outcome import Interrupted, Outcome
from composer.core.records import HistoryEntry, HistoryRow, Summary
from composer.core.wire import WireRequest
from composer.services.database import Database
from composer.services.history_rows import (
    ENTRY_COLUMNS,
    ROW_COLUMNS,
    Columns,
    content_columns,
    entry_from,
    outcome_columns,
    response_columns,
    row_from,
    sent_columns,
    storable,
)
from composer.services.instance import InstanceLock
from composer.services.ports import Clock

# The names in the statements of this module are all its own; values are always bound.
_ENTRIES = f"SELECT {ENTRY_COLUMNS} FROM sends JOIN contents ON send_id = sends.id"  # noqa: S608
_ENTRY = f"{_ENTRIES} WHERE sends.id = ?"

PROBES = (
    f"{_ENTRIES} ORDER BY sends.id DESC LIMIT 1",
    "SELECT slot, run FROM sends WHERE outcome IS NULL",
)
"""Cheap queries that a sound history answers."""

_SIGNS = re.compile(r"[%_\\]")
_LONGEST_SEARCH = 4_000
"""Characters. SQLite refuses patterns of over 50,000 bytes."""

_MATCHES = """
    event LIKE :text ESCAPE '\\' OR person LIKE :text ESCAPE '\\'
    OR destination_name LIKE :text ESCAPE '\\'
    OR (status || ' ' || reason) LIKE :text ESCAPE '\\'
    OR CASE outcome WHEN 'unreachable' THEN 'no answer' WHEN 'interrupted' THEN 'cut off'
       ELSE ifnull(outcome, 'under way') END LIKE :text ESCAPE '\\'
    OR (SELECT CAST(body AS TEXT) LIKE :text ESCAPE '\\'
        OR CAST(body AS TEXT) LIKE :json ESCAPE '\\' FROM contents WHERE send_id = sends.id)
"""


class HistoryStore:
    """Implements ``ports.History``. Everything raises ``StoreError`` where the file fails."""

    def __init__(self, database: Database, clock: Clock, instance: InstanceLock) -> None:
        self._database = database
        self._clock = clock
        self._instance = instance

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int:
        """Write a send down, safe from a kill when this returns; returns its id."""
        who = {
            "slot": self._instance.slot,
            "run": self._instance.run,
            "sent_at": self._clock.now().astimezone(UTC).isoformat(timespec="milliseconds"),
        }
        row = who | sent_columns(destination, summary, request)
        with self._database.writing() as database:
            identifier = database.execute(_insert("sends", row), row).lastrowid
            content = {"send_id": identifier} | content_columns(request)
            database.execute(_insert("contents", content), content)
        return identifier or 0

    def finish(self, identifier: int, outcome: Outcome) -> None:
        """Complete a row with how it ended."""
        row = outcome_columns(outcome)
        content = response_columns(outcome)
        with self._database.writing() as database:
            database.execute(_update("sends", row, "id = :key"), row | {"key": identifier})
            if content:
                statement = _update("contents", content, "send_id = :key")
                database.execute(statement, content | {"key": identifier})

    def rows(self, search: str = "", *, limit: int = 200, offset: int = 0) -> list[HistoryRow]:
        """A page of the list, newest first, of all rows or of those that contain ``search``.

        Looked through are event, person, destination, status, outcome and the request's body.
        """
        where, values = _condition(search)
        order = "ORDER BY id DESC LIMIT :limit OFFSET :offset"
        values |= {"limit": limit, "offset": offset}
        with self._database.reading() as database:
            statement = f"SELECT {ROW_COLUMNS} FROM sends {where} {order}"  # noqa: S608
            found = database.execute(statement, values).fetchall()
        return [row_from(columns) for columns in found]

    def count(self, search: str = "") -> int:
        """How many rows ``rows`` would give without a limit."""
        where, values = _condition(search)
        with self._database.reading() as database:
            found = database.execute(f"SELECT count(*) FROM sends {where}", values)  # noqa: S608
            return int(found.fetchone()[0])

    def entry(self, identifier: int) -> HistoryEntry | None:
        """One send, whole; ``None`` if there is none of that id."""
        with self._database.reading() as database:
            found = database.execute(_ENTRY, (identifier,)).fetchone()
        return None if found is None else entry_from(found)

    def mark_cut_off(self) -> int:
        """Complete the rows under way whose process is gone; returns how many there were.

        A slot that is held may have older rows of a holder that was killed: each new holder
        completes those itself.
        """
        with self._database.reading() as database:
            statement = "SELECT DISTINCT slot, run FROM sends WHERE outcome IS NULL"
            senders = database.execute(statement).fetchall()
        mine = self._instance
        gone = [
            {"slot": slot, "run": run}
            for slot, run in senders
            if run != mine.run and (slot == mine.slot or not mine.is_alive(slot))
        ]
        if not gone:
            return 0
        cut_off = outcome_columns(Interrupted())
        statement = _update("sends", cut_off, "outcome IS NULL AND slot = :slot AND run = :run")
        with self._database.writing() as database:
            done = [database.execute(statement, cut_off | sender).rowcount for sender in gone]
        return sum(done)

    def stop_searching(self) -> None:
        """End what other threads are reading; they raise ``SearchStoppedError``."""
        self._database.stop_reading()

    def close(self) -> None:
        self._database.close()


def _condition(search: str) -> tuple[str, Columns]:
    """The WHERE clause for a search text, and what is bound in it.

    In a body, a quote or a line break stands as JSON writes it, so that form is looked for too.
    """
    text = search.strip()[:_LONGEST_SEARCH]
    if not text:
        return "", {}
    return f"WHERE {_MATCHES}", {"text": _like(text), "json": _like(encode_string(text)[1:-1])}


def _like(text: str) -> str:
    """The pattern for "contains this text", with the signs of LIKE itself taken literally."""
    literal = _SIGNS.sub(r"\\\g<0>", storable(text))
    return f"%{literal}%"


def _insert(table: str, columns: Mapping[str, object]) -> str:
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608


def _update(table: str, columns: Mapping[str, object], where: str) -> str:
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    return f"UPDATE {table} SET {changes} WHERE {where}"  # noqa: S608
