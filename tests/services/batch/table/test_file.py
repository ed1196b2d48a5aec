"""The file of the table: damaged, newer, locked, full, and used by several at once."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.batch.table import TableQuery
from composer.core.errors import StoreError
from composer.services.batch.table import BatchTableStore
from composer.services.notices import Notices
from tests.helpers.batch_table import NAME, add_named, body, names_in, table_in


@pytest.fixture
def table(tmp_path: Path) -> Iterator[BatchTableStore]:
    table = table_in(tmp_path)
    yield table
    table.close()


@pytest.mark.parametrize("damage", ["text", "other tables", "pages"])
def test_a_damaged_file_is_put_aside_and_told_of(tmp_path: Path, damage: str) -> None:
    path = tmp_path / NAME
    if damage == "text":
        path.write_bytes(b"this is no database at all")
    elif damage == "other tables":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 1")
            connection.execute("CREATE TABLE event (x)")
    else:
        table = table_in(tmp_path)
        add_named(table, *(f"event {number}" for number in range(300)))
        table.close()
        data = path.read_bytes()
        path.write_bytes(data[:4096] + b"\x00" * (len(data) - 4096))
    before, notices = path.read_bytes(), Notices()
    table = table_in(tmp_path, notices=notices)
    add_named(table, "a")
    assert names_in(table) == ["a"]
    table.close()
    (aside,) = tmp_path.glob(f"{NAME}.broken-*")
    assert aside.read_bytes()[100:] == before[100:]  # SQLite has looked into its own header
    assert len(notices.all()) == 1


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path, notices = tmp_path / NAME, Notices()
    table_in(tmp_path).totals()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    table = table_in(tmp_path, notices=notices)
    add_named(table, "a")
    assert names_in(table) == ["a"]
    table.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (0,)
    assert "newer version" in notices.all()[0]


def test_a_file_that_another_program_holds_is_told_of_in_words(
    table: BatchTableStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.database.BUSY_SECONDS", 0.05)
    add_named(table, "a")
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as other:
        table.close()  # the next connection waits for a shorter time
        table.totals()
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is using the file"):
            add_named(table, "b")
        other.execute("COMMIT")
    add_named(table, "c")
    assert names_in(table) == ["a", "c"]


def test_a_full_disk_is_told_of_and_changes_nothing(table: BatchTableStore) -> None:
    add_named(table, "a")
    with table._file.mending() as connection:  # noqa: SLF001 -- the disk of this file is full
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    revision = table.totals().revision
    with pytest.raises(StoreError, match="no room on the disk"):
        table.add([("custom", body("b", properties={"x": "y" * 100_000}))])
    assert (names_in(table), table.totals().revision) == (["a"], revision)


def test_a_folder_in_its_place_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file")
    table = table_in(tmp_path / "profile")
    with pytest.raises(StoreError, match="cannot be used"):
        table.totals()


def test_many_threads_use_it_at_once(table: BatchTableStore) -> None:
    def work(name: str) -> None:
        for number in range(20):
            (identifier,) = add_named(table, f"{name} {number}")
            assert [event.name for event in table.rows([identifier])] == [f"{name} {number}"]
            table.order(TableQuery(text=name))
            if number % 2:
                table.remove([identifier])

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names_in(table)) == sorted(f"{n} {i}" for n in "abcd" for i in range(0, 20, 2))
    assert table.totals().events == 40


def test_it_opens_again_after_it_was_closed(table: BatchTableStore) -> None:
    add_named(table, "a")
    table.close()
    table.close()
    assert names_in(table) == ["a"]
