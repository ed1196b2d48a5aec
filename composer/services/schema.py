"""Opening a database: migrated in order, backed up before, and never at the cost of a file.

A damaged file is put aside, a file of a newer version is left alone; in both cases the app goes on
with another one and says so. Knows nothing of what the tables mean.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from composer.core.errors import ProfileError, StoreError
from composer.services.database import Database, connect, primary_code, reason, transaction
from composer.services.files import put_aside, reason_of
from composer.services.notices import Notices

_MAGIC = b"SQLite format 3\0"
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_OURS = {sqlite3.SQLITE_ERROR, 0}
"""A table or column is missing, or text is no text: found by a probe, this is damage too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The step that makes a database ``version`` of one of the version before."""

    version: int
    sql: str


class NewerDatabaseError(StoreError):
    """A newer version of the app has written the database; this one must not touch it."""


class _DamagedError(StoreError):
    """The file is no database, or not one of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is damaged. Move it away; a new one is then made.")


def migrations() -> tuple[Migration, ...]:
    """The steps in ``migrations/NNNN_name.sql``, in order."""
    folder = files("composer.services") / "migrations"
    scripts = sorted(
        (script for script in folder.iterdir() if re.match(r"\d{4}_\w+\.sql$", script.name)),
        key=lambda script: script.name,
    )
    return tuple(
        Migration(version=int(script.name[:4]), sql=script.read_text(encoding="utf-8"))
        for script in scripts
    )


def open_database(
    path: Path,
    *,
    steps: Sequence[Migration],
    probes: Sequence[str],
    moment: datetime,
    notices: Notices,
    any_thread: bool = False,
) -> Database:
    """The database at ``path``, or the one that stands in for it.

    ``probes`` are cheap queries that a sound database answers. Call it with the profile's gate
    held: one process at a time may migrate or put aside. ``any_thread``: another thread than this
    one may close it. Raises ``ProfileError`` or ``StoreError`` where there can be none.
    """
    number = 0
    while True:
        place = path if number == 0 else path.with_stem(f"{path.stem}-{number}")
        try:
            database = _open_or_renew(place, steps, probes, moment, notices, any_thread=any_thread)
        except NewerDatabaseError:
            number += 1
            continue
        if number:
            notices.add(
                f"A newer version of Event Composer has written {path}, so this version does not "
                f"touch it. What is sent now is kept in {place.name}. Update to see everything."
            )
        return database


def _open_or_renew(
    path: Path,
    steps: Sequence[Migration],
    probes: Sequence[str],
    moment: datetime,
    notices: Notices,
    *,
    any_thread: bool,
) -> Database:
    try:
        return Database(path, _open(path, steps, probes, any_thread=any_thread))
    except _DamagedError:
        aside = put_aside(path, moment)
    notices.add(f"The file {path.name} was damaged. It is kept as {aside}; a new one was made.")
    return Database(path, _open(path, steps, probes, any_thread=any_thread))


def _open(
    path: Path,
    steps: Sequence[Migration],
    probes: Sequence[str],
    *,
    any_thread: bool,
) -> sqlite3.Connection:
    try:
        if path.is_dir() or (path.exists() and not _begins_well(path)):
            raise _DamagedError(path)
        path.touch(mode=0o600)
        connection = connect(path, any_thread=any_thread)
        try:
            migrate(connection, path, steps)
            _probe(connection, path, probes)
        except BaseException:  # the caller gets the error, nobody would get the connection
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        if primary_code(error) in _BROKEN:
            raise _DamagedError(path) from error
        raise ProfileError(f"{path} could not be opened: {reason(error)}") from error
    except OSError as error:
        raise ProfileError(f"{path} could not be opened: {reason_of(error)}") from error
    return connection


def _begins_well(path: Path) -> bool:
    """Whether a file is empty or begins as a database; SQLite itself writes over short others."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) in {b"", _MAGIC}


def _probe(connection: sqlite3.Connection, path: Path, probes: Sequence[str]) -> None:
    try:
        for probe in probes:
            connection.execute(probe).fetchall()
    except sqlite3.DatabaseError as error:
        if primary_code(error) in _NOT_OURS:
            raise _DamagedError(path) from error
        raise


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Migration]) -> None:
    """Take the steps that are missing, each in one transaction with the note that it was taken.

    A database with something in it is copied to ``name.before-N`` first, N being the version it is
    brought to. Raises ``NewerDatabaseError``, ``sqlite3.Error`` and ``OSError``.
    """
    latest = steps[-1].version
    version = _version(connection)
    if version > latest:
        raise NewerDatabaseError(f"{path.name} was written by a newer version of the app.")
    if 0 < version < latest:
        _back_up(connection, path.with_name(f"{path.name}.before-{latest}"))
    for step in steps:
        if step.version > version:
            with transaction(connection):
                for statement in _statements(step.sql):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {step.version}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy under another name and rename, so that half a copy never looks like a whole one."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.backup(copy)
    unfinished.replace(target)


def _statements(script: str) -> Iterator[str]:
    """The statements of an SQL script; ``executescript`` would commit before the first."""
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
