"""What the text of a sample looks like: what divides and quotes the cells, and is there a header.

Counts decide, not single characters: with the right delimiter every row has as many cells. Knows
nothing of bytes or of JSON.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from composer.core.tabular.delimited import allow_long_cells
from composer.core.tabular.origins import is_known_name

DELIMITERS = (",", ";", "\t", "|")


def guess_quote(text: str, delimiters: Sequence[str] = DELIMITERS) -> str:
    """The double quote, unless only single ones stand where cells begin and end."""
    if '"' in text:
        return '"'
    edges = "".join(map(re.escape, delimiters))
    quoted = len(re.findall(rf"(?:^|[{edges}])'[^'\n]*'(?=[{edges}]|$)", text, re.MULTILINE))
    return "'" if quoted and quoted * 2 >= len(text.splitlines()) else '"'


def guess_delimiter(text: str, quote: str, name: str) -> str:
    """The one that divides the rows most evenly; where none does, what the file's name says."""
    if hint := _HINT.match(text):
        return hint[1]
    best = max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter, quote))
    if _evenness(text, best, quote) > _UNEVEN:
        return best
    return "\t" if name.lower().endswith(_TAB_NAMES) else ","


def has_spaces(text: str, delimiter: str, quote: str) -> bool:
    """Whether cells in quotes stand behind a space, where a quote would not count."""
    return f"{delimiter} {quote}" in text and f"{delimiter}{quote}" not in text


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of ``rows`` names the columns. Where nothing tells, it does."""
    if not rows:
        return True
    first, others = rows[0], rows[1:]
    if any(is_known_name(cell) for cell in first):
        return True
    if any(_is_data(cell) for cell in first):
        return False
    for column, cell in enumerate(first):
        values = [row[column] for row in others if column < len(row) and row[column].strip()]
        if values and all(map(_is_data, values)):
            return True
        if cell.strip() and cell in values:
            return False  # a name is not one of its values
    return True


def _evenness(text: str, delimiter: str, quote: str) -> float:
    """From 0 (there is one column) to 1, and a little more for more columns."""
    counts = Counter(len(row) for row in _sample(text, delimiter, quote) if any(row))
    if not counts:
        return 0.0
    width, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
    if width == 1:
        return 0.0
    return rows / counts.total() + min(width, _MANY) / (_MANY * 10)


def _sample(text: str, delimiter: str, quote: str) -> Iterator[list[str]]:
    """The first rows. Read leniently: a quote too many says nothing of the delimiter."""
    allow_long_cells(len(text))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
    return islice(reader, _SAMPLE)


def _is_data(cell: str) -> bool:
    """Whether it is a number, a date, an address or the like, which no column is called."""
    cell = cell.strip()
    if cell[:1] + cell[-1:] in {"[]", "{}"}:
        return True
    return len(cell) > _LONG or bool(_DATA.fullmatch(cell))


_HINT = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE | re.MULTILINE)  # Excel writes such a line
_TAB_NAMES = (".tsv", ".tab")
_SAMPLE = 100
_UNEVEN = 0.3
_LONG = 200  # characters: no name is as long, and the pattern might take long
_MANY = 20
_DATA = re.compile(
    r"""
    [-+]?[0-9][0-9.,:/\ TZ+-]*              # numbers, dates, times
    | true | false | null
    | [0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}
    | [^@\s]+@[^@\s]+\.[^@\s]+
    | https?://\S+
    """,
    re.VERBOSE | re.IGNORECASE,
)
