"""A new run, written event by event: packed, checked, and ready only when it is whole.

No more than a parcel is in memory at a time. Killed or broken off, the run was never there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Self

from composer.core.batch.bodies import Envelope, path_of
from composer.core.batch.options import BatchOptions
from composer.core.batch.packing import Aside, Packer, Parcel
from composer.core.batch.run import Run, RunState
from composer.core.destination import Destination, personal_key_words
from composer.core.errors import StoreError
from composer.core.personal_keys import PersonalKeyError, without_personal_keys
from composer.services.batch.runs.columns import (
    RUN_COLUMNS,
    destination_columns,
    options_text,
    run_from,
)
from composer.services.batch.runs.file import RunFile
from composer.services.batch.runs.owners import Ownership
from composer.services.batch.runs.parcels import write_parcel
from composer.services.history.columns import moment_text, storable
from composer.services.history.queries import insert
from composer.services.ports import Clock

_ASIDES = 1_000_000
"""Characters of events set aside that are written down together."""


class RunWriter:
    """Use it in a ``with`` statement: left without ``finish``, it discards the run.

    ``number`` is what an event has in its source. Everything raises ``StoreError``; making it also
    ``PersonalKeyError`` where the destination holds a personal key.
    """

    def __init__(
        self,
        file: RunFile,
        clock: Clock,
        destination: Destination,
        options: BatchOptions,
        source: str,
    ) -> None:
        _refuse_keys(destination, options)
        columns = destination_columns(destination) | {
            "began_at": moment_text(clock.now()),
            "state": RunState.PREPARING.value,
            "source": storable(source),
            "options": options_text(options),
        }
        self._packer = Packer(options, Envelope(destination, options).size)
        self._asides: list[tuple[int, int, int, str, str]] = []
        self._asides_size = 0
        self._parcels = 0
        self._is_over = False
        with ExitStack() as opened:
            self._database = file.connected()
            opened.callback(self._database.close)
            with file.gate():
                owner = Ownership.take(file)
                opened.callback(owner.release)
                self._id = self._begin(owner, columns)
            self._opened = opened.pop_all()

    @property
    def run_id(self) -> int:
        return self._id

    @property
    def events(self) -> int:
        """How many were handed in so far, with those set aside."""
        return self._packer.last

    def add(self, events: Iterable[tuple[int, str]]) -> None:
        """Take events in: number in the source and text. What cannot be sent is set aside."""
        for done in self._packer.pack(events):
            if isinstance(done, Aside):
                self._put_aside(done)
            else:
                with self._database.writing() as connection:
                    self._insert(connection, done)

    def set_aside(self, number: int, reason: str, body: str) -> None:
        """Keep an event with the reason why it is not sent."""
        self._packer.last += 1
        self._put_aside(Aside(self._packer.last, number, body, reason))

    def finish(self) -> Run:
        """The run, ready to be sent."""
        rest = self._packer.take()
        with self._database.writing() as connection:
            self._insert_asides(connection)
            if rest.bodies:
                self._insert(connection, rest)
            change = f"UPDATE run SET state = ?, owner = NULL WHERE id = ? RETURNING {RUN_COLUMNS}"  # noqa: S608 -- our own names
            ready = (RunState.READY.value, self._id)
            found = connection.execute(change, ready).fetchall()
        self._is_over = True
        self._opened.close()
        return run_from(found[0], is_alive=False)

    def discard(self) -> None:
        """Forget the run; harmless after ``finish``.

        On a disk that has failed it stays for the next ``RunStore.prune``, and is never shown.
        """
        if self._is_over:
            return
        self._is_over = True
        with self._opened, self._database.writing() as connection:
            connection.execute("DELETE FROM run WHERE id = ?", (self._id,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self.discard()
        except StoreError:
            if kind is None:
                raise

    def _begin(self, owner: Ownership, columns: dict[str, object]) -> int:
        columns |= {"owner": owner.slot, "owner_key": owner.key}
        with self._database.writing() as connection:
            owner.note(connection)
            return connection.execute(insert("run", columns), columns).lastrowid or 0

    def _put_aside(self, aside: Aside) -> None:
        reason, text = storable(aside.reason), storable(aside.text)
        self._asides.append((self._id, aside.number, aside.row, reason, text))
        self._asides_size += len(text)
        if self._asides_size > _ASIDES:
            with self._database.writing() as connection:
                self._insert_asides(connection)

    def _insert_asides(self, connection: sqlite3.Connection) -> None:
        connection.executemany(
            "INSERT INTO aside (run, number, source_row, reason, body) VALUES (?, ?, ?, ?, ?)",
            self._asides,
        )
        more = (len(self._asides), self._id)
        connection.execute("UPDATE run SET set_aside = set_aside + ? WHERE id = ?", more)
        self._asides, self._asides_size = [], 0

    def _insert(self, connection: sqlite3.Connection, parcel: Parcel) -> None:
        write_parcel(connection, self._id, self._parcels, parcel)
        more = (len(parcel.bodies), self._id)
        connection.execute("UPDATE run SET events = events + ? WHERE id = ?", more)
        self._parcels += 1


def _refuse_keys(destination: Destination, options: BatchOptions) -> None:
    if words := personal_key_words(destination.token):
        raise PersonalKeyError(f"{words} Nothing was sent.")
    path = path_of(destination, options)
    head = (destination.address, path, *(value for _, value in destination.headers))
    if any(without_personal_keys(text) != text for text in head):
        raise PersonalKeyError(
            "There is a personal key in the address or in a header. Take it out: nothing was sent."
        )
