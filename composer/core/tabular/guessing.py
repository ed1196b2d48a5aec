"""How the beginning of a source is to be read, its columns, and what a person should know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from composer.core.jsontext import Object
from composer.core.tabular.encodings import (
    BYTE_ORDER_MARK,
    decoder_for,
    guess_encoding,
    known_encoding,
    readable,
)
from composer.core.tabular.formats import guess_format
from composer.core.tabular.origins import origin_of
from composer.core.tabular.reading import reader_of
from composer.core.tabular.sniffing import (
    guess_delimiter,
    guess_quote,
    has_spaces,
    looks_like_header,
)
from composer.core.tabular.values import (
    LONGEST_ROW,
    MOST_COLUMNS,
    BrokenOffError,
    Dialect,
    Guess,
    Row,
    RowFormat,
    RowProblem,
    column_of,
)

HEAD = 256 * 1024
"""Bytes of the beginning that are enough for a guess. As many or more of them are taken to be cut
off somewhere; fewer are all there is."""

MOST_SAMPLES = 50


def tells_encoding(head: bytes) -> bool:
    """Whether it has letters by which the encoding can be guessed."""
    return not head.isascii() or guess_encoding(head)[0] != "utf-8"


def guess(
    head: bytes,
    *,
    name: str = "",
    dialect: Dialect | None = None,
    encoding: str = "",
    beyond: bytes = b"",
) -> Guess:
    """What begins with ``head`` (unpacked), which the source calls ``name``, is read so.

    With ``dialect`` nothing is guessed, and the head is only looked at with it; ``encoding`` is
    that of the source where it is known. ``beyond`` is a later piece of the source: the first with
    letters that tell the encoding, if the head has none. Raises ``TabularError`` where it cannot
    be read so.
    """
    notes: list[str] = []
    if dialect is None:
        encoding, note = (encoding, "") if encoding else guess_encoding(beyond or head)
        notes += [note] if note else []
        dialect = _guess_dialect(head, name, encoding)
    else:
        dialect = replace(dialect, encoding=known_encoding(dialect.encoding))
    sample = _read(head, dialect)
    if dialect.format is RowFormat.CSV:
        columns = _csv_columns(sample, dialect, notes)
    else:
        columns = _json_columns(sample.rows, notes)
    _note_rows(sample, columns, notes)
    return Guess(
        dialect=dialect,
        columns=columns,
        rows=sample.rows[:MOST_SAMPLES],
        misfits=len(sample.problems),
        origin=origin_of(columns),
        notes=tuple(notes),
    )


class _Sample(NamedTuple):
    columns: tuple[str, ...]  # of CSV
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]


def _guess_dialect(head: bytes, name: str, encoding: str) -> Dialect:
    text = readable(decoder_for(encoding).decode(head)).removeprefix(BYTE_ORDER_MARK)
    is_cut = len(head) >= HEAD
    format_, within = guess_format(text, name=name, is_cut=is_cut)
    dialect = Dialect(format=format_, encoding=encoding, within=within)
    if format_ is not RowFormat.CSV:
        return dialect
    if is_cut and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    quote = guess_quote(text)
    delimiter = guess_delimiter(text, quote, name)
    dialect = replace(
        dialect,
        quote=quote,
        delimiter=delimiter,
        has_header=False,
        skips_spaces=has_spaces(text, delimiter, quote),
    )
    rows = [cells for _, cells in _read(head, dialect).rows if isinstance(cells, list)]
    return replace(dialect, has_header=looks_like_header(rows[:MOST_SAMPLES]))


def _read(head: bytes, dialect: Dialect) -> _Sample:
    """The rows that are whole in the head."""
    pieces = _cut_off(head) if len(head) >= HEAD else [head]
    reader = reader_of(pieces, dialect, longest=max(LONGEST_ROW, len(head)))
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for chunk in reader.chunks():
        rows += chunk.rows
        problems += chunk.problems
    if len(head) >= HEAD:
        problems.pop()  # the row that is cut off
    return _Sample(reader.columns, tuple(rows), tuple(problems))


def _cut_off(head: bytes) -> Iterator[bytes]:
    yield head
    raise BrokenOffError("The sample ends here.")


def _csv_columns(sample: _Sample, dialect: Dialect, notes: list[str]) -> tuple[str, ...]:
    if not dialect.has_header and sample.columns:
        notes.append("The first row looks like data, so the columns have no names.")
    if len(sample.columns) == 1:
        notes.append("There is one column only. If there should be more, choose what divides them.")
    for name in sample.columns:
        first = name.removesuffix(" (2)")
        if dialect.has_header and first != name and first in sample.columns:
            notes.append(f"Several columns are called “{first}”: the second one is “{name}” here.")
            break
    return sample.columns


def _json_columns(rows: Iterable[Row], notes: list[str]) -> tuple[str, ...]:
    """The keys of all objects, and those of the objects in them, each below its parent."""
    found: dict[str, dict[str, None]] = {}
    for _, row in rows:
        if isinstance(row, Object):
            for key, value in row:
                below = found.setdefault(key, {})
                if isinstance(value, Object):
                    below.update((inner, None) for inner, _ in value)
    paths = [(key, *rest) for key, below in found.items() for rest in ((), *zip(below))]
    if len(paths) > MOST_COLUMNS:
        notes.append(
            f"There are more than {MOST_COLUMNS:,} different keys; the first of them are offered."
        )
    return tuple(map(column_of, paths[:MOST_COLUMNS]))


def _note_rows(sample: _Sample, columns: Sequence[str], notes: list[str]) -> None:
    if not columns and not sample.problems:
        notes.append("There is nothing in it. Choose another file.")
    elif not sample.rows and not sample.problems:
        notes.append("There is a header, and no row below it.")
    if sample.problems:
        first = sample.problems[0]
        count = len(sample.problems)
        notes.append(
            f"At the beginning {count:,} {'row does' if count == 1 else 'rows do'} not fit. "
            f"Row {first.number:,}: {first.reason}"
        )
