"""How the search index follows the history: in steps, each of them one transaction.

A step takes over some of what is new or changed; where nothing is, it forgets sends that are gone,
or goes on with the older ones. The marks are written with it, so a kill costs one step at most.
Here ``main`` is the index's file; ``sends``, ``contents`` and ``counters`` are the history's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from composer.services.history.damage import is_damage
from composer.services.history.texts import size_of, text_of

VERSION = 1
"""Of the index's tables and of the texts in them; an index of any other is made anew."""
STEP_ROWS = 200
STEP_BYTES = 1_000_000
"""Of bodies: one step takes over at most as much, and one more send."""

_TABLES = (
    "CREATE TABLE marks (identity TEXT, revision INTEGER, purges INTEGER, oldest INTEGER)",
    "CREATE TABLE briefs (id INTEGER PRIMARY KEY, brief TEXT NOT NULL)",
    f"PRAGMA user_version = {VERSION}",
)
_TRIGRAMS = (
    "CREATE VIRTUAL TABLE texts"
    " USING fts5(whole, tokenize = 'trigram case_sensitive 1', detail = none)"
)
_PLAIN = "CREATE TABLE texts (whole TEXT NOT NULL)"
_MARKS = "SELECT identity, revision, purges, oldest FROM marks"
_COUNTERS = "SELECT identity, revision, purges, last_id + 1 FROM counters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All changes up to ``revision`` and ``purges`` are in, and all sends from ``oldest`` on.

    ``oldest`` is 0 once there are no older ones.
    """

    identity: str
    revision: int
    purges: int
    oldest: int

    def lags(self, now: Marks) -> bool:
        """Whether something was changed or removed since."""
        return self.revision != now.revision or self.purges != now.purges

    def follows(self, now: Marks) -> bool:
        """Whether this is an index of that history, and not of an older copy of it."""
        return self.identity == now.identity and self.revision <= now.revision


def marks_of(connection: sqlite3.Connection) -> Marks:
    return _marks(connection.execute(_MARKS).fetchone())


def now_in(connection: sqlite3.Connection) -> Marks:
    """Where the history stands; with these marks an empty index begins."""
    return _marks(connection.execute(_COUNTERS).fetchone())


def make_anew(connection: sqlite3.Connection, begin: Marks, *, trigrams: bool) -> None:
    """Replace whatever is in the index by empty tables, for all its users at once.

    ``trigrams`` is a wish: SQLite may not know them. Raises ``sqlite3.Error``.
    """
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in _TABLES:
            empty.execute(statement)
        try:
            empty.execute(_TRIGRAMS if trigrams else _PLAIN)
        except sqlite3.OperationalError:
            empty.execute(_PLAIN)
        values = (begin.identity, begin.revision, begin.purges, begin.oldest)
        empty.execute("INSERT INTO marks VALUES (?, ?, ?, ?)", values)
        empty.commit()
        empty.backup(connection)


def take_over(connection: sqlite3.Connection) -> Marks:
    """One step, in a transaction that has begun; returns how far the index is now."""
    marks, now = marks_of(connection), now_in(connection)
    if marks.revision != now.revision:
        marks = _take_changed(connection, marks, now)
    elif marks.purges != now.purges:
        marks = _forget(connection, marks, now)
    elif marks.oldest:
        marks = _take_older(connection, marks)
    values = (marks.revision, marks.purges, marks.oldest)
    connection.execute("UPDATE marks SET revision = ?, purges = ?, oldest = ?", values)
    return marks


def _take_changed(connection: sqlite3.Connection, marks: Marks, now: Marks) -> Marks:
    find = "SELECT id, revision FROM sends WHERE revision > ? ORDER BY revision LIMIT ?"
    changed = connection.execute(find, (marks.revision, STEP_ROWS)).fetchall()
    done = _put(connection, [identifier for identifier, _ in changed])
    if done == len(changed) < STEP_ROWS:
        return replace(marks, revision=now.revision)
    return replace(marks, revision=changed[done - 1][1])


def _forget(connection: sqlite3.Connection, marks: Marks, now: Marks) -> Marks:
    find = "SELECT id FROM briefs WHERE id NOT IN (SELECT id FROM sends) LIMIT ?"
    gone = connection.execute(find, (STEP_ROWS,)).fetchall()
    for (identifier,) in gone:
        _remove(connection, identifier)
    return replace(marks, purges=now.purges) if len(gone) < STEP_ROWS else marks


def _take_older(connection: sqlite3.Connection, marks: Marks) -> Marks:
    find = "SELECT id FROM sends WHERE id < ? ORDER BY id DESC LIMIT ?"
    try:
        found = connection.execute(find, (marks.oldest, STEP_ROWS)).fetchall()
        older = [identifier for (identifier,) in found]
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        older = list(range(marks.oldest - 1, max(0, marks.oldest - 1 - STEP_ROWS), -1))
    done = _put(connection, older)
    if done == len(older) < STEP_ROWS:
        return replace(marks, oldest=0)
    return replace(marks, oldest=older[done - 1])


def _put(connection: sqlite3.Connection, identifiers: Sequence[int]) -> int:
    """Take over sends until the step is full; returns how many of them."""
    done = _fitting(connection, identifiers)
    # In the order of ids: with each step backwards FTS5 would write out what it has gathered.
    for identifier in sorted(identifiers[:done]):
        text = text_of(connection, identifier)
        _remove(connection, identifier)
        if text is None:
            continue
        connection.execute("INSERT INTO briefs VALUES (?, ?)", (identifier, text.brief))
        row = (identifier, text.whole)
        connection.execute("INSERT INTO texts (rowid, whole) VALUES (?, ?)", row)
    return done


def _fitting(connection: sqlite3.Connection, identifiers: Sequence[int]) -> int:
    """How many of the sends one step takes."""
    taken = 0
    for done, identifier in enumerate(identifiers, 1):
        taken += size_of(connection, identifier)
        if taken >= STEP_BYTES:
            return done
    return len(identifiers)


def _remove(connection: sqlite3.Connection, identifier: int) -> None:
    if connection.execute("DELETE FROM briefs WHERE id = ?", (identifier,)).rowcount:
        connection.execute("DELETE FROM texts WHERE rowid = ?", (identifier,))


def _marks(columns: tuple[str, int, int, int]) -> Marks:
    identity, revision, purges, oldest = columns
    return Marks(identity=identity, revision=revision, purges=purges, oldest=oldest)
