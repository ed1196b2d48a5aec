"""The rows of an import that did not fit: kept with it, listed, written to a file for mending."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from composer.core.batch.mending import mending_pieces
from composer.core.errors import StoreError
from composer.core.jsontext import Value, encode, parse
from composer.core.tabular import Dialect, RowFormat, RowProblem
from composer.services.batch.table.file import TableFile
from composer.services.files import reason_of, replacing
from composer.services.history.columns import storable
from composer.services.threads import Steps

_PAGE = 1_000
_PROBLEMS = "SELECT id, row, reason, text FROM problem WHERE import = ?"


def begin(
    connection: sqlite3.Connection, number: int, dialect: Dialect, columns: Sequence[str]
) -> None:
    """Note how the source of an import is written."""
    connection.execute(
        "INSERT INTO import (number, format, delimiter, quote, columns) VALUES (?, ?, ?, ?, ?)",
        (number, dialect.format.value, dialect.delimiter, dialect.quote, _written(columns)),
    )


def keep(connection: sqlite3.Connection, number: int, problems: Iterable[RowProblem]) -> None:
    """Keep rows that did not fit."""
    connection.executemany(
        "INSERT INTO problem (import, row, reason, text) VALUES (?, ?, ?, ?)",
        ((number, one.number, storable(one.reason), storable(one.text)) for one in problems),
    )


def problems(
    connection: sqlite3.Connection, number: int, limit: int, after: int
) -> list[RowProblem]:
    """At least ``limit`` of them if there are as many, from behind the row ``after`` on, in order.

    A row may have several; they are not torn apart.
    """
    found = connection.execute(
        f"{_PROBLEMS} AND row > ? ORDER BY row, id LIMIT ?", (number, after, limit)
    ).fetchall()
    if len(found) == limit:
        last, row = found[-1][:2]
        found += connection.execute(f"{_PROBLEMS} AND row = ? AND id > ?", (number, row, last))
    return [RowProblem(number=row, reason=reason, text=text) for _, row, reason, text in found]


def export(file: TableFile, number: int, path: str, steps: Steps[int]) -> int:
    """Write them to a file, whole or not at all; returns how many. Raises ``StoreError``."""
    target, count = Path(os.path.realpath(path)), 0  # a link stays a link
    dialect, columns = _source_of(file, number)

    def counted() -> Iterator[RowProblem]:
        nonlocal count
        for problem in _all(file, number):
            count += 1
            steps.check()
            yield problem

    try:
        with replacing(target) as output:
            for piece in mending_pieces(counted(), dialect, columns):
                output.write(piece.encode("utf-8", "backslashreplace"))
    except OSError as error:
        words = f"{target.name} could not be written: {reason_of(error)}"
        raise StoreError(words) from error
    return count


def _all(file: TableFile, number: int) -> Iterator[RowProblem]:
    after = 0
    while True:
        with file.reading() as connection:
            page = problems(connection, number, _PAGE, after)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].number


def _source_of(file: TableFile, number: int) -> tuple[Dialect, tuple[str, ...]]:
    with file.reading() as connection:
        found = connection.execute(
            "SELECT format, delimiter, quote, columns FROM import WHERE number = ?", (number,)
        ).fetchone()
    if found is None:
        raise StoreError("These rows are kept no longer. Import the file again to see them.")
    form, delimiter, quote, columns = found
    dialect = Dialect(format=RowFormat(form), delimiter=delimiter, quote=quote)
    return dialect, _read(columns)


def _written(columns: Sequence[str]) -> str:
    return storable(encode(tuple(columns)))


def _read(text: str) -> tuple[str, ...]:
    found: Value = parse(text)
    names = found if isinstance(found, tuple) else ()
    return tuple(name for name in names if isinstance(name, str))
