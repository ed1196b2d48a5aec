"""Rows read in one go, and bytes cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from composer.core.tabular import (
    LONGEST_ROW,
    Chunk,
    Dialect,
    Row,
    RowFormat,
    RowProblem,
    reader_of,
)
from composer.services.batch.sources import Source, chunks, look, size_of

CSV = Dialect(format=RowFormat.CSV)
LINES = Dialect(format=RowFormat.JSON_LINES)
ARRAY = Dialect(format=RowFormat.JSON_ARRAY)


def read_rows(pieces: Iterable[bytes], dialect: Dialect, **others: Any) -> Iterator[Chunk]:
    """The rows of the pieces in chunks."""
    return reader_of(pieces, dialect, **others).chunks()


def read(
    source: bytes | str | Iterable[bytes],
    dialect: Dialect = CSV,
    *,
    longest: int = LONGEST_ROW,
    block: int = 64,
) -> tuple[list[Row], list[RowProblem]]:
    """All rows and all problems; read a few bytes at a time, so that everything is cut once."""
    if isinstance(source, str):
        source = source.encode()
    pieces = [source] if isinstance(source, bytes) else source
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for chunk in read_rows(pieces, dialect, longest=longest, block=block):
        rows += chunk.rows
        problems += chunk.problems
    return rows, problems


def read_source(
    source: Source, dialect: Dialect | None = None
) -> tuple[list[Row], list[RowProblem]]:
    """All rows and problems; what was read grows up to the size."""
    rows: list[Row] = []
    problems: list[RowProblem] = []
    so_far = [0]
    for chunk in chunks(source, dialect or look(source).dialect):
        rows += chunk.rows
        problems += chunk.problems
        so_far.append(chunk.read)
    assert so_far == sorted(so_far)
    assert so_far[-1] <= size_of(source)
    return rows, problems


def cells_of(source: bytes | str, dialect: Dialect = CSV) -> list[list[str]]:
    """The cells of all rows; there has to be no problem."""
    rows, problems = read(source, dialect)
    assert problems == []
    return [cells for _, cells in rows if isinstance(cells, list)]


def cut(data: bytes, places: Sequence[int]) -> Iterator[bytes]:
    """``data`` in pieces that end at ``places``."""
    edges = [0, *sorted(min(place, len(data)) for place in places), len(data)]
    for start, end in pairwise(edges):
        yield data[start:end]


def repeated(first: bytes, piece: bytes, size: int) -> Iterator[bytes]:
    """``first``, and then ``piece`` until there are ``size`` bytes; nothing is kept."""
    yield first
    for _ in range(size // len(piece)):
        yield piece
