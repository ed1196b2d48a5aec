"""The search index: a file of its own beside the history, which can always be made anew.

A send costs the window's thread nothing here: what was written since is taken over in small steps
by whoever searches, and in the background (``following``). A send's text is described in
``composer.core.history``: a body of up to 256 KB whole, of a larger one the events' names and IDs.
Project tokens are not in it.

Texts are found by their groups of three characters, which SQLite keeps for us (FTS5 with trigrams,
from 3.34 on), and then compared; an older SQLite compares every text. Knows no queries.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from composer.services.database import connect, primary_code
from composer.services.history import following
from composer.services.history.damage import is_damage
from composer.services.history.following import Marks
from composer.services.ports import SearchStoppedError

_STEP_SECONDS = 0.05
_FILES = ("", "-wal", "-shm", "-journal")


class IndexUnusableError(Exception):
    """There is no index to search in: the disk is full, say. History can be read without it."""


class SearchIndex:
    """One connection, used by one thread after the other; ``sends`` can be asked there too.

    ``trigrams`` is ``False`` for an index as SQLite makes it that knows none.
    """

    def __init__(self, history: Path, *, trigrams: bool = True) -> None:
        self._history = history
        self._path = history.with_stem(f"{history.stem}-search")
        self._trigrams = trigrams
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._interrupting = threading.Lock()
        """Held while a connection is interrupted, so that it is not closed meanwhile."""
        self._wanted = 0
        self._is_closed = False

    @property
    def ticket(self) -> int:
        """What a search has to show; it is void after the next ``stop``."""
        return self._wanted

    @contextmanager
    def using(self, ticket: int) -> Generator[sqlite3.Connection]:
        """The connection. Raises ``SearchStoppedError`` and ``IndexUnusableError``.

        An index that is found to be damaged is made anew; whoever found it has to begin again.
        """
        with self._lock:
            if self._is_closed or ticket != self._wanted:
                raise SearchStoppedError("The search was stopped.")
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except sqlite3.ProgrammingError:
                raise  # a mistake of ours
            except sqlite3.DatabaseError as error:
                if primary_code(error) == sqlite3.SQLITE_INTERRUPT:
                    # FTS5 may be left with a statement of its own that is not over. As long as
                    # it is not, SQLite would end whatever is asked of this connection.
                    self._let_go()
                    raise SearchStoppedError("The search was stopped.") from error
                if is_damage(error):
                    self._mend(error)
                raise IndexUnusableError(str(error)) from error
            except OSError as error:
                raise IndexUnusableError(str(error)) from error

    def step(self, ticket: int) -> tuple[Marks, bool]:
        """Take over some of what is new; how far the index is, and whether it still lags.

        Errors as with ``using``.
        """
        with self.using(ticket) as connection:
            now = following.now_in(connection)
            marks = following.marks_of(connection)
            if not marks.follows(now):
                following.make_anew(connection, now, trigrams=self._trigrams)
            elif not marks.lags(now) and not marks.oldest:
                return marks, False
            marks = _take_over(connection)
            return marks, marks.lags(now)

    def stop(self) -> None:
        """End at once what any thread does with the index."""
        self._wanted += 1
        with self._interrupting:
            if self._connection is not None:
                self._connection.interrupt()

    def close(self) -> None:
        """Stop and close; a second call does nothing."""
        self._is_closed = True
        self.stop()
        while not self._lock.acquire(timeout=_STEP_SECONDS):
            self.stop()  # the statement had not begun when it was stopped
        self._let_go()
        self._lock.release()

    def _let_go(self) -> None:
        with self._interrupting:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._opened()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        self._remove()
        return self._opened()

    def _opened(self) -> sqlite3.Connection:
        self._path.touch(mode=0o600)
        connection = connect(self._path, any_thread=True)
        try:
            connection.execute("ATTACH DATABASE ? AS history", (str(self._history),))
            if connection.execute("PRAGMA main.user_version").fetchone() != (following.VERSION,):
                begin = following.now_in(connection)
                following.make_anew(connection, begin, trigrams=self._trigrams)
        except BaseException:  # the caller gets the error, nobody would get the connection
            connection.close()
            raise
        return connection

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        """Give up an index that is damaged; it may also be the history, which is not ours."""
        with self._interrupting:
            connection, self._connection = self._connection, None
        if connection is None:
            return
        with closing(connection):
            if not _is_damaged(connection, error):
                return
            try:
                begin = following.now_in(connection)
                following.make_anew(connection, begin, trigrams=self._trigrams)
            except sqlite3.DatabaseError:
                pass
            else:
                return
        self._remove()

    def _remove(self) -> None:
        """What is in it is all in the history too. Raises ``OSError``."""
        for ending in _FILES:
            self._path.with_name(f"{self._path.name}{ending}").unlink(missing_ok=True)


def _take_over(connection: sqlite3.Connection) -> Marks:
    # Not BEGIN IMMEDIATE: that would lock the history too, which is only read here.
    connection.execute("BEGIN")
    try:
        connection.execute("UPDATE marks SET purges = purges")
        marks = following.take_over(connection)
        connection.execute("COMMIT")
    except BaseException:  # whatever happens, the next step must find no transaction open
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return marks


def _is_damaged(connection: sqlite3.Connection, error: sqlite3.DatabaseError) -> bool:
    if error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT_VTAB:
        return True
    try:
        return connection.execute("PRAGMA main.quick_check(1)").fetchone() != ("ok",)
    except sqlite3.DatabaseError:
        return True
