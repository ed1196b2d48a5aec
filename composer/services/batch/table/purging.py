"""What is cleared away when the file of the table is opened, and after an import that failed.

What was removed can be put back until then. Knows SQL only.
"""

from __future__ import annotations

import sqlite3
import time

from composer.services.database import transaction

_STEP_ROWS = 5_000
_FREED_PAGES = 25_000
"""Pages given back to the disk at a time: about 100 MB, which takes some tenths of a second."""


def purge(connection: sqlite3.Connection) -> None:
    """Delete what was removed, what an import that never ended has left, and old problems."""
    if _has_leftovers(connection):
        with transaction(connection):
            connection.execute(
                "DELETE FROM body WHERE id IN (SELECT id FROM event WHERE removal <> 0)"
            )
            connection.execute("DELETE FROM event WHERE removal <> 0")
            connection.execute(_OLD_IMPORTS)
    connection.execute(f"PRAGMA incremental_vacuum({_FREED_PAGES})").fetchall()


def discard_import(connection: sqlite3.Connection, number: int, *, seconds: float) -> None:
    """Delete what an import has brought in so far, for ``seconds`` at most.

    The rest is not seen in the table either, and is cleared away when the file is opened next.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with transaction(connection):
            ids = connection.execute(
                "SELECT id FROM event WHERE removal = ? LIMIT ?", (-number, _STEP_ROWS)
            ).fetchall()
            connection.executemany("DELETE FROM body WHERE id = ?", ids)
            connection.executemany("DELETE FROM event WHERE id = ?", ids)
            if not ids:
                connection.execute("DELETE FROM import WHERE number = ?", (number,))
        if not ids:
            return


def _has_leftovers(connection: sqlite3.Connection) -> bool:
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM event WHERE removal <> 0)"
        " OR (SELECT count(*) FROM import) > 1 OR EXISTS (SELECT 1 FROM import WHERE is_done = 0)"
    )
    return bool(found.fetchone()[0])


_OLD_IMPORTS = """
    DELETE FROM import WHERE is_done = 0
        OR number < (SELECT max(number) FROM import WHERE is_done = 1)
"""
"""The rows that did not fit the last time can still be exported."""
