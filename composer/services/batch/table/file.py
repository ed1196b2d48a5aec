"""The file of the table: opened when it is first needed, for any thread; its errors in words.

It belongs to one window (its slot), whose other processes use ``connected``. It knows of the table
only what has to be put right when the file is opened.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from composer.core.errors import ProfileError, StoreError
from composer.services.batch.table.purging import purge
from composer.services.batch.table.schema import PROBES, STEPS
from composer.services.database import connect, in_words, transaction
from composer.services.files import make_folder, reason_of
from composer.services.notices import Notices
from composer.services.ports import Clock, SearchStoppedError
from composer.services.schema import open_database

_CACHE = "PRAGMA cache_size = -32000"
"""Kilobytes: a table of a hundred thousand rows is then sorted without the disk."""


class TableFile:
    """Three connections: one writes, one reads rows, one searches and can be stopped."""

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self._path = path
        self._clock = clock
        self._notices = notices
        self._opening = threading.Lock()
        self._place: Path | None = None
        self._writer = _Line()
        self._reader = _Line()
        self._searcher = _Line()
        self._stops = 0
        """Counts up with each ``stop_searching``; a search that began earlier is off."""

    def place(self) -> Path:
        """The path of the file in use, which is open from now on. Raises ``StoreError``."""
        with self._opening:
            if self._place is None:
                self._place = self._open()
            return self._place

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A transaction that is on the disk when the block is left; one thread at a time."""
        with self.mending() as connection, transaction(connection):
            yield connection

    @contextmanager
    def mending(self) -> Generator[sqlite3.Connection]:
        """The connection that writes, for transactions of the caller's own."""
        with self._writer.used(self.place(), "written") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A connection for quick queries; one thread at a time."""
        with self._reader.used(self.place(), "read") as connection:
            yield connection

    @contextmanager
    def searching(self) -> Generator[sqlite3.Connection]:
        """A connection for queries that take a while.

        Raises ``SearchStoppedError`` after ``stop_searching``.
        """
        stops = self._stops
        with self._searcher.used(self.place(), "read") as connection:
            if stops != self._stops:
                raise SearchStoppedError("The search was stopped.")
            yield connection

    def stop_searching(self) -> None:
        """End at once what other threads search, or are waiting to."""
        self._stops += 1
        self._searcher.interrupt()

    def close(self) -> None:
        """Close it, once what is being written is written; what comes later opens it again."""
        self.stop_searching()
        with self._opening:
            for line in (self._searcher, self._reader, self._writer):
                line.close()
            self._place = None

    def _open(self) -> Path:
        try:
            make_folder(self._path.parent)
            database = open_database(
                self._path,
                steps=STEPS,
                probes=PROBES,
                moment=self._clock.now(),
                notices=self._notices,
            )
        except OSError as error:
            raise StoreError(f"{self._path.name} cannot be used: {reason_of(error)}") from error
        except ProfileError as error:
            raise StoreError(str(error)) from error
        try:
            with suppress(StoreError), database.mending() as connection:
                purge(connection)  # where there is no room for that, the table can still be read
        finally:
            database.close()
        return database.path


@contextmanager
def connected(place: Path) -> Generator[sqlite3.Connection]:
    """The file in another process of the window's. Raises ``StoreError``, also from the block."""
    with in_words(place, "used"):
        connection = connect(place)
        try:
            yield connection
        finally:
            connection.close()


class _Line:
    """A connection that is made when it is first used, for one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def used(self, place: Path, done: str) -> Generator[sqlite3.Connection]:
        with self._lock, in_words(place, done):
            if self._connection is None:
                self._connection = connect(place, any_thread=True)
                self._connection.execute(_CACHE)
            yield self._connection

    def interrupt(self) -> None:
        connection = self._connection
        if connection is not None:
            connection.interrupt()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
