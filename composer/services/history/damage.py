"""Reading around the pages of a history file that cannot be read, and mending what can be mended.

A damaged page of ``sends`` hides a few dozen neighbours; all others are still found by their ids.
A damaged index is made anew from the table. Knows nothing of what the columns mean.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from composer.services.database import primary_code, transaction

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Damage:
    """Which sends could not be read, from any thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._unread: set[range] = set()

    def note(self, first: int, last: int) -> None:
        with self._lock:
            self._unread.add(range(first, last + 1))

    def sentence(self) -> str:
        """What could not be read, and what to do about it; empty where all could be."""
        with self._lock:
            spans = sorted(self._unread, key=lambda span: (span.start, span.stop))
        if not spans:
            return ""
        named = ", ".join(_named(span) for span in spans[:3])
        if len(spans) > 3:  # noqa: PLR2004 -- as many as are named
            named = f"{named} and others"
        return (
            f"{self._name} is damaged: the sends numbered {named} cannot be read. The others are "
            "shown. Export them or restore a backup to be safe."
        )


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite found a page that is not what it should be."""
    return isinstance(error, sqlite3.Error) and primary_code(error) in DAMAGED


def read_around(
    connection: sqlite3.Connection,
    statement: str,
    values: dict[str, Any],
    damage: Damage,
) -> Iterator[tuple[Any, ...]]:
    """What ``statement`` gives from ``:top`` down to ``:low``, whatever cannot be read left out.

    It gives the id first, newest first, at most ``:limit`` of them, and uses no index of ``sends``
    but the table itself. Whoever wants no more than that stops reading.
    """
    top, low = int(values["top"]), int(values["low"])
    while top >= low:
        last = _last_readable(connection, top, low)
        if last <= top:
            span = range(last, top + 1)
            yield from _read_span(connection, statement, values, span, damage)
        if last <= low:
            return
        top = _below(connection, last - 1, damage)


def _read_span(
    connection: sqlite3.Connection,
    statement: str,
    values: dict[str, Any],
    span: range,
    damage: Damage,
) -> Iterator[tuple[Any, ...]]:
    """``statement`` over a span of ids; if that fails, over each of them by itself."""
    top = span[-1]
    try:
        for columns in connection.execute(statement, values | {"top": top, "low": span[0]}):
            top = int(columns[0]) - 1
            yield columns
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        for one in range(top, span[0] - 1, -1):
            yield from _read_one(connection, statement, values, one, damage)


def _read_one(
    connection: sqlite3.Connection,
    statement: str,
    values: dict[str, Any],
    one: int,
    damage: Damage,
) -> Iterator[tuple[Any, ...]]:
    # With a limit of one the damaged neighbour is not looked at.
    alone = values | {"top": one, "low": one, "limit": 1}
    try:
        yield from connection.execute(statement, alone).fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        damage.note(one, one)


def rebuild_indexes(connection: sqlite3.Connection) -> None:
    """Make all indexes anew; one that cannot be, for its table is damaged too, is done without.

    A damaged index cannot even be dropped in the usual way, for that reads its pages. So it is
    taken out of the schema; its pages stay unused in the file. Raises ``sqlite3.Error``.
    """
    statements = [sql for (sql,) in connection.execute(f"SELECT sql {_INDEXES}").fetchall()]
    try:
        _replace_indexes(connection, statements)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        _replace_indexes(connection, ())
        for statement in statements:
            with suppress(sqlite3.DatabaseError), transaction(connection):
                connection.execute(statement)


_INDEXES = "FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"


def _replace_indexes(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    connection.execute("PRAGMA writable_schema = ON")
    try:
        with transaction(connection):
            connection.execute(f"DELETE {_INDEXES}")
            connection.execute("PRAGMA writable_schema = RESET")
            for statement in statements:
                connection.execute(statement)
    finally:
        connection.execute("PRAGMA writable_schema = RESET")


def _last_readable(connection: sqlite3.Connection, top: int, low: int) -> int:
    """Down to which id the table can be read without a stop; ``top + 1`` if not even there."""
    last = top + 1
    walk = "SELECT id FROM sends NOT INDEXED WHERE id <= ? AND id >= ? ORDER BY id DESC LIMIT ?"
    try:
        for columns in connection.execute(walk, (top, low, top)):
            last = int(columns[0])
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    else:
        return low
    # Python asks for one row more than it gives, and loses this one to the fault of the next.
    with suppress(sqlite3.DatabaseError):
        found = connection.execute(walk, (last - 1, low, 1)).fetchone()
        return last if found is None else int(found[0])
    return last


def _below(connection: sqlite3.Connection, top: int, damage: Damage) -> int:
    """The highest id below the damaged page that holds ``top``; 0 if there is none."""
    bad, step = top, 1
    good = bad - step
    while good > 0 and not _is_readable(connection, good):
        bad, step = good, 2 * step
        good = bad - step
    good = max(good, 0)
    while bad - good > 1:
        middle = (bad + good) // 2
        if _is_readable(connection, middle):
            good = middle
        else:
            bad = middle
    damage.note(bad, top)
    return good


def _is_readable(connection: sqlite3.Connection, identifier: int) -> bool:
    probe = "SELECT id FROM sends NOT INDEXED WHERE id <= ? ORDER BY id DESC LIMIT 1"
    try:
        connection.execute(probe, (identifier,)).fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return False
    return True


def _named(span: range) -> str:
    first, last = span[0], span[-1]
    return f"{first}" if first == last else f"{first} to {last}"
