"""Rows that did not fit, as the text of a file to mend them in and to import again.

Rows of CSV stay CSV with the same heading, rows of JSON become JSON Lines. The reason stands first,
in a column or member of its own, so that nothing of the row moves. It writes no file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from composer.core.exporting.csvtext import csv_line, harmless
from composer.core.jsontext import JsonError, Layout, Object, encode, parse
from composer.core.tabular import LONGEST_TEXT, Dialect, RowFormat, RowProblem

REASON = "Reason"
_CUT = f" Only its first {LONGEST_TEXT:,} characters stand here: complete it from the source."
_TEXT = "Text"
_BOM = "\ufeff"


def mending_pieces(
    problems: Iterable[RowProblem], dialect: Dialect, columns: Sequence[str]
) -> Iterator[str]:
    """The file in pieces; ``dialect`` and ``columns`` are those of the source."""
    if dialect.format is RowFormat.CSV:
        yield from _csv_pieces(problems, dialect, columns)
    else:
        yield from (_json_line(problem) for problem in problems)


def _csv_pieces(
    problems: Iterable[RowProblem], dialect: Dialect, columns: Sequence[str]
) -> Iterator[str]:
    old = columns.index(REASON) if REASON in columns else None  # mended once, and still not right
    yield _BOM + csv_line((REASON, *map(_cell, _without(columns, old))))
    for problem in problems:
        cells = _without(_cells(problem.text, dialect), old)
        yield csv_line((_reason(problem), *map(_cell, cells)))


def _cells(text: str, dialect: Dialect) -> list[str]:
    quoting = csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE
    source = io.StringIO(text, newline="")
    reader = csv.reader(
        source, delimiter=dialect.delimiter, quotechar=dialect.quote or None, quoting=quoting
    )
    try:
        rows = list(reader)
    except csv.Error:
        return [text]
    return rows[0] if len(rows) == 1 else [text]


def _without(cells: Sequence[str], place: int | None) -> Iterable[str]:
    return (cell for index, cell in enumerate(cells) if index != place)


def _cell(text: str) -> str:
    """No formula; a number that is less than nothing is none, and stays as it is."""
    return text if _NUMBER.fullmatch(text) else harmless(text)


_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def _json_line(problem: RowProblem) -> str:
    try:
        value = parse(problem.text)
    except JsonError:
        value = None
    members = value.members if isinstance(value, Object) else ((_TEXT, problem.text),)
    rest = (member for member in members if member[0] != REASON)
    return encode(Object(((REASON, _reason(problem)), *rest)), Layout.COMPACT) + "\n"


def _reason(problem: RowProblem) -> str:
    is_cut = len(problem.text) >= LONGEST_TEXT
    return f"Row {problem.number}: {problem.reason}{_CUT if is_cut else ''}"
