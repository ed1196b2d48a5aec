"""Runs whose process is gone: what was in the air is uncertain from then on.

Knows nothing of how a run is sent.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from composer.core.batch.run import RequestState
from composer.services.batch.runs.file import RunFile
from composer.services.batch.runs.owners import is_alive
from composer.services.batch.runs.schema import OPEN
from composer.services.database import transaction

CUT_OFF = "It was cut off while it was being sent. Whether it arrived is not known."

_OWNED = "SELECT id, owner, owner_key FROM run WHERE owner IS NOT NULL"


def give_up(connection: sqlite3.Connection, run: int, moment: str) -> None:
    """Nobody is at the run any more; within a transaction."""
    connection.execute(
        "UPDATE request SET state = ?, tries = tries + 1, words = ?, finished_at = ?"  # noqa: S608
        f" WHERE run = ? AND {OPEN} AND state = ?",
        (RequestState.UNCERTAIN, CUT_OFF, moment, run, RequestState.SENDING),
    )
    connection.execute(
        "UPDATE run SET uncertain = uncertain + sending, sending = 0, owner = NULL WHERE id = ?",
        (run,),
    )


def living(file: RunFile, moment: str) -> set[int]:
    """The runs that a process is at. Those whose process is gone are given up, if that can be.

    Raises ``StoreError``.
    """
    with file.reading() as connection:
        if not connection.execute(f"{_OWNED} LIMIT 1").fetchall():
            return set()
    alive: set[int] = set()
    with file.gate(), file.beside("written") as connection:
        for run, slot, key in connection.execute(_OWNED).fetchall():
            if is_alive(file, connection, slot, key):
                alive.add(run)
                continue
            # At the gate, so nobody takes the run over meanwhile. A full disk keeps no one from
            # looking: then it is for the next time.
            with suppress(sqlite3.OperationalError), transaction(connection):
                give_up(connection, run, moment)
    return alive
