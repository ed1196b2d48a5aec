"""The rows of a source, in chunks, by the dialect that it is in. Bounded in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from composer.core.tabular.delimited import DelimitedRows
from composer.core.tabular.objects import ObjectArray, ObjectLines
from composer.core.tabular.texts import BLOCK, Texts
from composer.core.tabular.values import LONGEST_ROW, Chunk, Dialect, RowFormat, TabularError


class RowReader(Protocol):
    """The rows of one source; to be gone through once."""

    columns: tuple[str, ...]
    """CSV: known as soon as the first row is."""
    number: int
    """That of the last row so far."""

    def chunks(self) -> Iterator[Chunk]: ...


def reader_of(
    pieces: Iterable[bytes],
    dialect: Dialect,
    *,
    longest: int = LONGEST_ROW,
    block: int = BLOCK,
    after: int = 0,
    expected: Sequence[str] = (),
) -> RowReader:
    """The rows in ``pieces``, and the problems, in chunks of at most ``MOST_ROWS`` together.

    A chunk comes after every few hundred kilobytes, also an empty one, so that whoever shows the
    progress or may want to stop gets to do so. A row of more than ``longest`` characters becomes a
    problem. ``block`` is how many bytes are looked at together.

    ``after`` rows of the same source came before these, and CSV has to have the columns
    ``expected``, if there are any. Where ``pieces`` raises ``BrokenOffError``, the last problem
    tells it. Raises ``TabularError`` where nothing can be read so, also from the chunks.
    """
    texts = Texts(pieces, dialect.encoding, block)
    match dialect.format:
        case RowFormat.CSV:
            _check(dialect)
            return DelimitedRows(texts, dialect, longest=longest, after=after, expected=expected)
        case RowFormat.JSON_LINES:
            return ObjectLines(texts, longest=longest, after=after)
        case RowFormat.JSON_ARRAY:
            return ObjectArray(texts, within=dialect.within, longest=longest, after=after)


def _check(dialect: Dialect) -> None:
    """Raises ``TabularError`` for what Python's reader would not take."""
    delimiter, quote = dialect.delimiter, dialect.quote
    if len(delimiter) != 1 or delimiter in _RESERVED:
        raise TabularError("One character divides the cells, such as a comma. Choose another one.")
    if len(quote) > 1 or (quote and quote in _RESERVED) or quote == delimiter:
        raise TabularError("One character quotes cells, or none. Choose another one.")


_RESERVED = "\r\n\0"
