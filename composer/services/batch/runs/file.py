"""The file of all runs: opened when it is first needed, used by any thread.

What stands in it is known elsewhere.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from composer.core.errors import ProfileError, StoreError
from composer.services.batch.runs.schema import PROBES, STEPS
from composer.services.database import Database, connect, reason, transaction
from composer.services.files import make_folder, reason_of
from composer.services.locks import FileLock
from composer.services.notices import Notices
from composer.services.ports import Clock
from composer.services.schema import open_database

_CHECKPOINT_PAGES = 8_000
"""After so many (32 MB) what was written is copied to its place; each time waits for the disk."""
_GATE_SECONDS = 10.0


class RunFile:
    """Everything raises ``StoreError``, and nothing else, where the file fails."""

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self.path = path
        self._clock = clock
        self._notices = notices
        self._opening = threading.Lock()
        self._database: Database | None = None

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A connection for short queries."""
        with self._opened().reading() as connection:
            yield connection

    @contextmanager
    def beside(self, done: str = "read") -> Generator[sqlite3.Connection]:
        """A connection of one's own; ``done`` says in errors what could not be done."""
        with self._opened().beside(done) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A transaction that is safe from a kill when the block is left."""
        with self.beside("written") as connection, transaction(connection):
            yield connection

    def connected(self) -> Database:
        """The file for one's own use alone, from any thread, one after the other; to be closed."""
        path = self._opened().path
        try:
            connection = connect(path, any_thread=True)
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            return Database(path, connection)
        except sqlite3.Error as error:
            raise StoreError(f"{path.name} could not be opened: {reason(error)}") from error

    @contextmanager
    def gate(self) -> Generator[None]:
        """Keep other processes from opening the file or changing who is at a run."""
        lock = FileLock(self.path.with_name(f"{self.path.stem}.lock"))
        try:
            if not lock.take(_GATE_SECONDS):
                raise StoreError(
                    f"Another Event Composer is still opening {self.path.name}. Try again in a "
                    "moment."
                )
        except OSError as error:
            raise StoreError(f"{self.path.name} cannot be used: {reason_of(error)}") from error
        with lock:
            yield

    def close(self) -> None:
        """Close it; what comes afterwards opens it again."""
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _opened(self) -> Database:
        with self._opening:
            if self._database is None:
                self._database = self._open()
            return self._database

    def _open(self) -> Database:
        try:
            make_folder(self.path.parent)
        except OSError as error:
            raise StoreError(f"{self.path.name} cannot be used: {reason_of(error)}") from error
        with self.gate():
            try:
                return open_database(
                    self.path,
                    steps=STEPS,
                    probes=PROBES,
                    moment=self._clock.now(),
                    notices=self._notices,
                    any_thread=True,
                )
            except ProfileError as error:
                raise StoreError(str(error)) from error
