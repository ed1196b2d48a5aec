"""Databases are migrated step by step, backed up, put aside when broken, never lost."""

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.errors import ProfileError
from composer.services.database import Database, connect
from composer.services.notices import Notices
from composer.services.schema import Migration, migrations, open_database
from tests.helpers.clock import START

STEPS = (
    Migration(version=1, sql="CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT) STRICT;"),
    Migration(
        version=2,
        sql="""
        ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'a;b';
        -- a comment; with a semicolon
        UPDATE notes SET author = 'nobody';
        """,
    ),
    Migration(version=3, sql="CREATE INDEX notes_author ON notes (author);"),
)
PROBES = ("SELECT * FROM notes ORDER BY id DESC LIMIT 1",)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def opened(
    file: Path, steps: tuple[Migration, ...] = STEPS, notices: Notices | None = None
) -> Database:
    return open_database(
        file, steps=steps, probes=PROBES, moment=START, notices=notices or Notices()
    )


def write(file: Path, version: int, notes: int = 1) -> None:
    """A database of an older version of the app, with notes in it."""
    database = opened(file, STEPS[:version])
    with database.writing() as connection:
        for number in range(notes):
            connection.execute("INSERT INTO notes (text) VALUES (?)", (f"note {number} " * 30,))
    database.close()


def look(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_the_steps_are_numbered_without_a_gap() -> None:
    steps = migrations()
    assert [step.version for step in steps] == list(range(1, len(steps) + 1))
    assert all("STRICT" in step.sql for step in steps[:1])


def test_a_new_database_takes_every_step_and_needs_no_backup(file: Path) -> None:
    notices = Notices()
    opened(file, notices=notices).close()
    assert look(file, "PRAGMA user_version") == [(3,)]
    assert [place.name for place in file.parent.iterdir()] == ["history.sqlite3"]
    assert notices.all() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_database_and_what_lies_beside_it_are_private(file: Path) -> None:
    write(file, 1)
    database = opened(file)
    assert {stat.S_IMODE(place.stat().st_mode) for place in file.parent.iterdir()} == {0o600}
    assert len(list(file.parent.iterdir())) >= 3
    database.close()


def test_a_connection_is_set_up_for_two_processes_and_sudden_death(file: Path) -> None:
    with closing(connect(file)) as connection:
        settings = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert settings == ["wal", 1, 1, 5000]


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_database_is_copied_and_brought_up_to_date(file: Path, version: int) -> None:
    write(file, version)
    notices = Notices()
    opened(file, notices=notices).close()
    assert look(file, "PRAGMA user_version") == [(3,)]
    notes = look(file, "SELECT id, author FROM notes")
    assert notes == [(1, "nobody" if version == 1 else "a;b")]
    backup = file.with_name("history.sqlite3.before-3")
    assert look(backup, "PRAGMA user_version") == [(version,)]
    assert look(backup, "SELECT count(*) FROM notes") == [(1,)]
    assert {place.name for place in file.parent.iterdir()} == {file.name, backup.name}
    assert notices.all() == ()


def test_every_real_step_can_be_taken_from_every_older_version(tmp_path: Path) -> None:
    steps = migrations()
    schemas: list[object] = []
    for version in range(len(steps) + 1):
        file = tmp_path / f"{version}.sqlite3"
        for until in (version, len(steps)):
            if until:
                open_database(
                    file, steps=steps[:until], probes=(), moment=START, notices=Notices()
                ).close()
        schemas.append(look(file, "SELECT name, sql FROM sqlite_schema ORDER BY name"))
    assert all(schema == schemas[0] for schema in schemas)


def test_a_step_that_fails_leaves_the_step_before_and_the_data(file: Path) -> None:
    write(file, 1)
    faulty = Migration(version=2, sql="DELETE FROM notes; INSERT INTO missing VALUES (1);")
    notices = Notices()
    with pytest.raises(ProfileError, match="no such table: missing"):
        opened(file, (STEPS[0], faulty), notices)
    assert look(file, "PRAGMA user_version") == [(1,)]
    assert look(file, "SELECT count(*) FROM notes") == [(1,)]
    assert notices.all() == ()
    opened(file).close()
    assert look(file, "PRAGMA user_version") == [(3,)]


def test_a_newer_database_is_not_touched_and_another_stands_in(file: Path) -> None:
    write(file, 3)
    before = file.read_bytes()
    for _ in range(2):
        notices = Notices()
        opened(file, STEPS[:2], notices).close()
        assert "history-1.sqlite3" in notices.all()[0]
        assert "newer version" in notices.all()[0]
    assert file.read_bytes() == before
    assert {place.name for place in file.parent.iterdir()} == {file.name, "history-1.sqlite3"}


def test_where_the_stand_in_is_newer_too_the_next_one_is_taken(file: Path) -> None:
    write(file, 3)
    write(file.with_name("history-1.sqlite3"), 3)
    notices = Notices()
    opened(file, STEPS[:2], notices).close()
    assert "history-2.sqlite3" in notices.all()[0]


def garbage(file: Path) -> None:
    file.write_bytes(b"This is no database at all. " * 200)


def truncated(file: Path) -> None:
    write(file, 3, notes=500)
    file.write_bytes(file.read_bytes()[: 4096 * 3])


def scribbled(file: Path) -> None:
    write(file, 3, notes=500)
    data = bytearray(file.read_bytes())
    data[4096 : 4096 * 4] = b"\x5a" * (4096 * 3)
    file.write_bytes(bytes(data))


def torn_header(file: Path) -> None:
    write(file, 3)
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE other (x); PRAGMA user_version = 3;"
        )


def not_text(file: Path) -> None:
    write(file, 3)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE notes SET text = CAST(x'ff' AS TEXT)")
        connection.commit()


def folder(file: Path) -> None:
    file.mkdir()
    (file / "inside").write_bytes(b"kept")


@pytest.mark.parametrize(
    "damage", [garbage, truncated, scribbled, torn_header, foreign, not_text, folder]
)
def test_a_damaged_database_is_kept_under_another_name(file: Path, damage: object) -> None:
    assert callable(damage)
    damage(file)
    before = file.read_bytes() if file.is_file() else None
    notices = Notices()
    database = opened(file, notices=notices)
    with database.writing() as connection:
        connection.execute("INSERT INTO notes (text) VALUES ('new')")
    database.close()
    aside = file.with_name("history.sqlite3.broken-20261121-093000")
    if before is None:
        assert (aside / "inside").read_bytes() == b"kept"
    else:
        assert aside.read_bytes() == before
    assert len(notices.all()) == 1
    assert str(aside) in notices.all()[0]
    assert look(file, "SELECT text FROM notes") == [("new",)]


def test_an_empty_file_is_a_new_database(file: Path) -> None:
    file.write_bytes(b"")
    notices = Notices()
    opened(file, notices=notices).close()
    assert look(file, "PRAGMA user_version") == [(3,)]
    assert notices.all() == ()


@settings(max_examples=30)
@given(st.binary(min_size=1, max_size=2000))
def test_whatever_bytes_there_are_a_database_is_opened(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("database") / "history.sqlite3"
    file.write_bytes(data)
    notices = Notices()
    opened(file, notices=notices).close()
    kept = [place.read_bytes() for place in file.parent.glob("*.broken-*")]
    assert kept == [data]
    assert len(notices.all()) == 1


def test_a_database_that_somebody_holds_is_not_taken_for_damaged(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, 1)
    monkeypatch.setattr("composer.services.database.BUSY_SECONDS", 0.05)
    notices = Notices()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProfileError, match="another program is using the file"):
            opened(file, notices=notices)
        other.execute("ROLLBACK")
    assert notices.all() == ()
    opened(file).close()


def test_a_database_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="could not be opened"):
        opened(tmp_path / "missing" / "history.sqlite3")
