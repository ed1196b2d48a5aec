"""Holding a run: it is this process's, and what it takes to go on with it is at hand."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from composer.core.batch.bodies import Envelope
from composer.core.batch.run import RequestState, Run, RunState
from composer.core.errors import StoreError
from composer.services.batch.runs.claiming import Claimer, Position
from composer.services.batch.runs.columns import RUN_COLUMNS, run_from
from composer.services.batch.runs.file import RunFile
from composer.services.batch.runs.owners import Ownership, is_alive
from composer.services.batch.runs.recovery import give_up
from composer.services.batch.runs.sampling import Sampler, next_second
from composer.services.batch.runs.schema import OPEN
from composer.services.database import Database
from composer.services.history.columns import moment_text
from composer.services.ports import Clock


class RunBusyError(StoreError):
    """Another process sends the run."""


@dataclass(slots=True, kw_only=True)
class Held:
    """``release`` gives it back, and the system does if the process dies."""

    run: Run
    database: Database
    claimer: Claimer
    sampler: Sampler
    position: Position
    opened: ExitStack

    @classmethod
    def take(cls, file: RunFile, clock: Clock, run: int) -> Held:
        """Take a run that nobody is at; it is ``RUNNING`` then. Raises ``StoreError``."""
        with ExitStack() as opened:
            database = file.connected()
            opened.callback(database.close)
            with file.gate():
                with database.writing() as connection:
                    _refuse(file, connection, run)
                owner = Ownership.take(file)
                opened.callback(owner.release)
                with database.writing() as connection:
                    held = _held(connection, owner, run, clock.now(), database)
            held.opened = opened.pop_all()
        return held

    def release(self) -> None:
        self.opened.close()


def _refuse(file: RunFile, connection: sqlite3.Connection, run: int) -> None:
    find = "SELECT owner, owner_key, state FROM run WHERE id = ?"
    found = connection.execute(find, (run,)).fetchone()
    if found is None:
        raise StoreError(f"There is no run {run} any more. Begin a new one.")
    slot, key, state = found
    if slot is not None and is_alive(file, connection, slot, key):
        raise RunBusyError(
            f"Another window or command is busy with run {run}. Wait for it, or stop it there."
        )
    if state == RunState.PREPARING:
        raise StoreError(f"Run {run} was never made ready. Begin a new one.")


def _held(
    connection: sqlite3.Connection, owner: Ownership, run: int, now: datetime, database: Database
) -> Held:
    give_up(connection, run, moment_text(now))
    owner.note(connection)
    connection.execute(
        "UPDATE run SET state = ?, trouble = '', ended_at = NULL, owner = ?, owner_key = ?"
        " WHERE id = ?",
        (RunState.RUNNING.value, owner.slot, owner.key, run),
    )
    find = f"SELECT {RUN_COLUMNS} FROM run WHERE id = ?"  # noqa: S608 -- our own names
    value = run_from(connection.execute(find, (run,)).fetchone(), is_alive=True)
    find = (  # these are our own words
        "SELECT next_parcel, next_first,"  # noqa: S608
        " (SELECT ifnull(max(number), -1) + 1 FROM parcel WHERE run = :run),"
        f" (SELECT ifnull(max(id), 0) FROM request WHERE run = :run AND {OPEN} AND state = :state)"
        " FROM run WHERE id = :run"
    )
    values = {"run": run, "state": RequestState.UNCERTAIN}
    parcel, first, parcels, last = connection.execute(find, values).fetchone()
    envelope = Envelope(value.destination, value.options)
    return Held(
        run=value,
        database=database,
        claimer=Claimer(run, envelope, one_each=value.options.one_each, parcels=parcels, last=last),
        sampler=Sampler(run, now, next_second(connection, run)),
        position=Position(parcel=parcel, first=first),
        opened=ExitStack(),
    )
