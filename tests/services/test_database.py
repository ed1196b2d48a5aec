"""A database writes all or nothing, reads in any thread, stops when told, and explains itself."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.services.database import Database, connect, reason
from composer.services.ports import SearchStoppedError

ENDLESS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) "
    "SELECT count(*) FROM numbers"
)
REFUSED = "INSERT INTO things VALUES (NULL)"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "x.sqlite3"
    opened = Database(file, connect(file))
    with opened.writing() as connection:
        connection.execute("CREATE TABLE things (x INTEGER NOT NULL) STRICT")
    yield opened
    opened.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute("SELECT count(*) FROM things").fetchone()[0]


def count_for_ever(database: Database, begun: threading.Event) -> None:
    with database.reading() as connection:
        begun.set()
        connection.execute(ENDLESS).fetchall()


def insert(database: Database, value: object = 1) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (?)", (value,))


def insert_then(database: Database, action: Callable[[sqlite3.Connection], object]) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (1)")
        action(connection)


def test_what_was_written_is_read_in_every_thread(
    database: Database, threads: ThreadPoolExecutor
) -> None:
    insert(database)
    assert count(database) == 1
    assert list(threads.map(count, [database] * 20)) == [1] * 20
    insert(database)
    assert threads.submit(count, database).result() == 2


def test_a_transaction_is_written_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        insert_then(database, lambda _: 1 / 0)
    with pytest.raises(StoreError, match="could not be written"):
        insert_then(database, lambda connection: connection.execute(REFUSED))
    assert count(database) == 0
    insert(database)
    assert count(database) == 1


def test_a_mistake_of_ours_is_not_passed_off_as_the_worlds(database: Database) -> None:
    with pytest.raises(sqlite3.ProgrammingError), database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (?)", ())


def test_writing_from_another_thread_is_a_mistake(
    database: Database, threads: ThreadPoolExecutor
) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        threads.submit(insert, database).result()


def test_a_read_that_is_not_wanted_any_more_ends_at_once(
    database: Database, threads: ThreadPoolExecutor
) -> None:
    begun = threading.Event()
    running = threads.submit(count_for_ever, database, begun)
    assert begun.wait(5)
    waiting = threads.submit(count, database)
    while not running.done() or not waiting.done():
        database.stop_reading()
        time.sleep(0.01)
    for stopped in (running, waiting):
        with pytest.raises(SearchStoppedError):
            stopped.result()
    assert threads.submit(count, database).result() == 0


def test_stopping_does_not_touch_the_writer(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (1)")
        database.stop_reading()
    assert count(database) == 1


def test_closing_ends_what_is_being_read(database: Database, threads: ThreadPoolExecutor) -> None:
    begun = threading.Event()
    running = threads.submit(count_for_ever, database, begun)
    assert begun.wait(5)
    database.close()
    with pytest.raises(SearchStoppedError):
        running.result(5)
    with pytest.raises(SearchStoppedError):
        threads.submit(count, database).result()
    database.close()


def test_another_writer_is_waited_for(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    later = threading.Timer(0.2, other.execute, ["COMMIT"])
    later.start()
    insert(database)
    later.join()
    other.close()
    assert count(database) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "no room on the disk"),
        (sqlite3.SQLITE_BUSY, "another program"),
        (sqlite3.SQLITE_READONLY, "permissions"),
        (sqlite3.SQLITE_IOERR_WRITE, "free some space"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "it is damaged"),
        (sqlite3.SQLITE_NOTADB, "it is damaged"),
        (sqlite3.SQLITE_ERROR, "SQLite says: hm."),
    ],
)
def test_every_error_has_words(code: int, words: str) -> None:
    error = sqlite3.OperationalError("hm")
    error.sqlite_errorcode = code
    assert words in reason(error)
    assert reason(error).endswith(".")


def test_long_work_beside_goes_on_when_reading_is_stopped(
    database: Database, threads: ThreadPoolExecutor
) -> None:
    insert(database)

    def look() -> int:
        with database.beside("read") as connection:
            database.stop_reading()
            return connection.execute("SELECT count(*) FROM things").fetchone()[0]

    assert threads.submit(look).result() == 1


def test_faults_beside_are_in_words(database: Database) -> None:
    with (
        pytest.raises(StoreError, match="could not be exported: SQLite says"),
        database.beside("exported") as connection,
    ):
        connection.execute("SELECT * FROM nothing")


def test_mending_has_transactions_of_its_own(database: Database) -> None:
    with database.mending() as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO things VALUES (1)")
        connection.execute("COMMIT")
    assert count(database) == 1


def test_a_new_file_can_give_room_back_and_an_old_one_is_not_changed(tmp_path: Path) -> None:
    new, old = tmp_path / "new.sqlite3", tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("CREATE TABLE things (x)")
    for file, mode in ((new, 2), (old, 0)):
        with closing(connect(file)) as connection:
            assert connection.execute("PRAGMA auto_vacuum").fetchone() == (mode,)
