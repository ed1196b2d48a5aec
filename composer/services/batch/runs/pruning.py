"""Removing runs for good, in small steps, and giving the room back.

A run that is being removed looks as if it had never been made ready: nobody sees it any more, and
who finds it after a kill removes the rest. Knows nothing of what is in a run.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime, timedelta

from composer.core.batch.run import RunState
from composer.core.settings import Retention
from composer.services.batch.runs.file import RunFile
from composer.services.batch.runs.holding import RunBusyError
from composer.services.batch.runs.owners import is_alive
from composer.services.database import transaction
from composer.services.history.columns import moment_text
from composer.services.history.pruning import Pruner

PAUSE_S = 0.001
"""Between two steps, for the sake of those who write."""
_STEPS = (("parcel", 4), ("try", 5_000), ("request", 5_000), ("aside", 1_000))
"""Rows that are removed together: parcels have megabytes. Tries go before their requests, whose ids
the next run may be given."""
_HIDE = f"UPDATE run SET state = '{RunState.PREPARING.value}', owner = NULL WHERE id = ?"  # noqa: S608
_HIDDEN = f"SELECT id FROM run WHERE state = '{RunState.PREPARING.value}' AND owner IS NULL"  # noqa: S608


def remove_run(file: RunFile, run: int) -> None:
    """Remove a run; one that is gone already is no error. Raises ``RunBusyError``."""
    with file.beside("written") as connection:
        with file.gate(), transaction(connection):
            find = "SELECT owner, owner_key FROM run WHERE id = ? AND owner IS NOT NULL"
            for slot, key in connection.execute(find, (run,)).fetchall():
                if is_alive(file, connection, slot, key):
                    raise RunBusyError(f"Run {run} is being sent. Stop it first.")
            connection.execute(_HIDE, (run,))
        _remove_hidden(connection)


def remove_old(file: RunFile, retention: Retention, now: datetime) -> int:
    """Remove what nobody is at and is older than the days of ``retention``; returns how many."""
    with file.beside("written") as connection:
        if limit := _limit(retention, now):
            with file.gate(), transaction(connection):
                find = "SELECT id FROM run WHERE owner IS NULL AND ifnull(ended_at, began_at) < ?"
                old = connection.execute(find, (limit,)).fetchall()
                connection.executemany(_HIDE, old)
        return _remove_hidden(connection)


def remove_unready(file: RunFile) -> None:
    """Remove what somebody began to fill, or to remove, and died over."""
    with file.reading() as connection:
        if not connection.execute(f"{_HIDDEN} LIMIT 1").fetchall():
            return
    with file.beside("written") as connection:
        _remove_hidden(connection)


def _remove_hidden(connection: sqlite3.Connection) -> int:
    hidden = connection.execute(_HIDDEN).fetchall()
    for (run,) in hidden:
        for table, most in _STEPS:
            which = f"SELECT id FROM {table} WHERE run = ? LIMIT {most}"  # noqa: S608
            delete = f"DELETE FROM {table} WHERE id IN ({which})"  # noqa: S608
            while connection.execute(delete, (run,)).rowcount:
                time.sleep(PAUSE_S)
        connection.execute("DELETE FROM run WHERE id = ?", (run,))
    if hidden:
        Pruner(connection, lambda: True).give_back()
    return len(hidden)


def _limit(retention: Retention, now: datetime) -> str:
    """The moment so many days ago; empty where there is no limit or there was no such moment."""
    if retention.days is None:
        return ""
    try:
        return moment_text(now - timedelta(days=retention.days))
    except OverflowError:
        return ""
