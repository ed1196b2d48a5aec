"""An SQLite file in use: transactions, reading beside them from other threads, errors in words.

Knows nothing of tables. How a file is opened, migrated or put aside: ``composer.services.schema``.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from composer.core.errors import StoreError
from composer.services.ports import SearchStoppedError

BUSY_SECONDS = 5.0
"""How long a statement waits for another process that writes."""

_STEP = 0.05


def connect(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """Open ``path`` as this app uses it; a missing file is made. Raises ``sqlite3.Error``."""
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=not any_thread
    )
    try:
        # WAL: readers and the writer do not wait for each other. NORMAL: a commit survives the end
        # of the process at once, and a power cut a moment later; it costs no wait for the disk.
        if connection.execute("PRAGMA page_count").fetchone() == (0,):
            # What is removed can then be given back; it only works for a file that is new.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:  # the caller gets the error, nobody would get the connection
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[sqlite3.Connection]:
    """All or nothing; other writers wait from the first moment. Raises ``sqlite3.Error``."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:  # whatever happens, the next transaction must find none open
        if connection.in_transaction:  # on a full disk SQLite has rolled back already
            connection.execute("ROLLBACK")
        raise


class Database:
    """One file: written by the thread that opened it, read by any thread.

    Other threads share a second connection, one after the other. All errors are ``StoreError``.
    """

    def __init__(self, path: Path, writer: sqlite3.Connection) -> None:
        self._path = path
        self._writer = writer
        self._owner = threading.get_ident()
        self._reader: sqlite3.Connection | None = None
        self._one_reader = threading.Lock()
        self._wanted = 0
        """Counts up with each ``stop_reading``; a read that began earlier is off."""
        self._closed = False

    @property
    def path(self) -> Path:
        return self._path

    @property
    def is_closed(self) -> bool:
        return self._closed

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A transaction that is on the disk, safe from a kill, when the block is left."""
        with self._in_words("written"), transaction(self._writer) as connection:
            yield connection

    @contextmanager
    def mending(self) -> Generator[sqlite3.Connection]:
        """The connection that writes, for transactions of the caller's own."""
        with self._in_words("written"):
            yield self._writer

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A connection for queries. Raises ``SearchStoppedError`` after ``stop_reading``."""
        if threading.get_ident() == self._owner:
            with self._in_words("read"):
                yield self._writer
            return
        wanted = self._wanted
        with self._one_reader, self._in_words("read"):
            if wanted != self._wanted or self._closed:
                raise SearchStoppedError("The search was stopped.")
            if self._reader is None:
                self._reader = connect(self._path, any_thread=True)
            yield self._reader

    @contextmanager
    def beside(self, done: str) -> Generator[sqlite3.Connection]:
        """Another connection, for long work in any thread; nothing here ends it.

        ``done`` says in errors what could not be done with the file, such as ``read``.
        """
        with (
            self._in_words(done),
            closing(connect(self._path, any_thread=True)) as connection,
        ):
            yield connection

    def stop_reading(self) -> None:
        """End at once what other threads are reading, or are waiting to read."""
        self._wanted += 1
        if self._reader is not None:
            self._reader.interrupt()

    def close(self) -> None:
        """Stop reading and close; a second call does nothing."""
        self._closed = True
        self.stop_reading()
        while not self._one_reader.acquire(timeout=_STEP):
            self.stop_reading()  # the query had not begun when it was stopped
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._one_reader.release()
        self._writer.close()

    def _in_words(self, done: str) -> AbstractContextManager[None]:
        return in_words(self._path, done)


@contextmanager
def in_words(path: Path, done: str) -> Generator[None]:
    """Turn SQLite's errors about ``path`` into ``StoreError``, an interrupt into its own error.

    ``done`` says what could not be done with the file, such as ``read``.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours
    except sqlite3.DatabaseError as error:
        if primary_code(error) == sqlite3.SQLITE_INTERRUPT:
            raise SearchStoppedError("The search was stopped.") from error
        raise StoreError(f"{path.name} could not be {done}: {reason(error)}") from error


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its details; 0 where Python itself found the fault."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def reason(error: sqlite3.Error) -> str:
    """Why SQLite said no, with the next step: the second half of a sentence."""
    match primary_code(error):
        case sqlite3.SQLITE_FULL:
            return "there is no room on the disk. Free some space and try again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another program is using the file. Try again in a moment."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return "the file may not be used. Check its permissions and those of its folder."
        case sqlite3.SQLITE_IOERR:
            return "the disk has a fault or no room. Check it, free some space and try again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return "it is damaged. Close the app and move the file away; a new one is then made."
        case _:
            return f"SQLite says: {error}."
