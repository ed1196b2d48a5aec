"""From bytes to rows: CSV, JSON Lines and JSON arrays, streamed and bounded in memory.

``guess`` looks at the beginning of a source and says how it is to be read; ``reader_of`` reads it.
What does not fit becomes a problem with its number and a reason, and the rest goes on. Where the
bytes come from, and what becomes of the rows, is not known here.

    values      rows, problems, chunks, dialects
    encodings   which encodings are read, and which one it is
    texts       from bytes to text in whole lines, bounded
    delimited   the rows of CSV
    documents   where the elements of a JSON array end, without reading them
    objects     the rows of JSON Lines and JSON arrays
    reading     the rows in chunks
    formats     whether a sample is CSV or JSON, and where its list stands
    sniffing    delimiter, quote and header of a sample
    origins     which product's export it is
    guessing    all of that as one guess, with the notes for a person
"""

from composer.core.tabular.encodings import ENCODINGS
from composer.core.tabular.guessing import guess
from composer.core.tabular.reading import reader_of
from composer.core.tabular.values import (
    LONGEST_ROW,
    LONGEST_TEXT,
    MOST_ROWS,
    BrokenOffError,
    Chunk,
    Dialect,
    Guess,
    Origin,
    Row,
    RowFormat,
    RowProblem,
    TabularError,
    column_of,
    path_of,
)

__all__ = [
    "ENCODINGS",
    "LONGEST_ROW",
    "LONGEST_TEXT",
    "MOST_ROWS",
    "BrokenOffError",
    "Chunk",
    "Dialect",
    "Guess",
    "Origin",
    "Row",
    "RowFormat",
    "RowProblem",
    "TabularError",
    "column_of",
    "guess",
    "path_of",
    "reader_of",
]
