"""The rows of CSV, whatever stands in it: what is no row is told, and the rest goes on.

Python's reader does the work, in its strict way: the lenient one would change cells silently.
Knows nothing of what the cells mean.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from composer.core.tabular.encodings import fault_in, readable
from composer.core.tabular.texts import Lines, Texts
from composer.core.tabular.values import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    Chunk,
    Dialect,
    Row,
    RowProblem,
    TabularError,
)


class DelimitedRows:
    """The rows of ``texts`` in chunks; to be gone through once.

    ``after`` rows came before these; ``expected``: the columns that the header has to have.
    """

    def __init__(
        self,
        texts: Texts,
        dialect: Dialect,
        *,
        longest: int,
        after: int = 0,
        expected: Sequence[str] = (),
    ) -> None:
        self.columns: tuple[str, ...] = ()
        self._texts = texts
        self._dialect = dialect
        self._longest = longest
        self._expected = tuple(expected)
        self._lines = Lines(texts, longest)
        self._stream = chain.from_iterable(self._lines)
        self._again: deque[str] = deque()  # lines that are to be read once more
        self._held: list[str] = []  # the lines of the row that is being read
        self._size = 0  # characters in them
        self._budget = _REREAD * longest
        self._one_line = False
        self._ended = False
        self.number = after
        """That of the last row so far."""
        self._width = 0
        self._rows: list[Row] = []
        self._problems: list[RowProblem] = []

    def chunks(self) -> Iterator[Chunk]:
        """One after each block of text, and whenever there are enough rows."""
        at = 1  # the block that is gone through
        for cells in self._read():
            if cells is not None:
                self._take(cells)
            if len(self._rows) + len(self._problems) >= MOST_ROWS or at != self._texts.blocks:
                at = self._texts.blocks
                yield self._chunk()
        if self._texts.broken is not None:
            if self._width == 0:
                self._check_count(self._lines.rest.count(self._dialect.delimiter) + 1)
            self.number += 1
            self._refuse(str(self._texts.broken), "".join(self._held) + self._lines.rest)
        yield self._chunk()

    def _read(self) -> Iterator[list[str] | None]:
        """The cells of each row; nothing where a row is refused."""
        while True:
            allow_long_cells(self._longest)  # what bounds a row is ``_feed``
            reader = csv.reader(
                self._feed(),
                delimiter=self._dialect.delimiter,
                quotechar=self._dialect.quote or None,
                quoting=csv.QUOTE_MINIMAL if self._dialect.quote else csv.QUOTE_NONE,
                skipinitialspace=self._dialect.skips_spaces,
                strict=True,
            )
            try:
                for cells in reader:
                    yield cells
                    self._held.clear()
                return
            except _RowError as error:
                reason = str(error)
            except csv.Error as error:
                reason = _LEFT_OPEN if len(self._held) > 1 else _reason(error)
            if self._texts.broken is not None and self._ended:
                return  # its last lines are missing: the next row would begin in its middle
            self._give_up(reason)
            yield None

    def _feed(self) -> Iterator[str]:
        """Lines for Python's reader. Raises ``_RowError`` in a row that goes on for too long."""
        held, longest, self._ended = self._held, self._longest, False
        for line in chain(_drained(self._again), self._stream):
            self._size = self._size + len(line) if held else len(line)
            held.append(line)
            if self._size > longest:
                raise _RowError(_LEFT_OPEN if len(held) > 1 else _too_long(longest))
            if self._one_line and len(held) > 1:
                raise _RowError(_LEFT_OPEN_AGAIN)
            yield line
        self._ended = True

    def _give_up(self, reason: str) -> None:
        """Leave out the first line of the row that could not be read, and go on with the next.

        A row that is left open may have taken in millions of characters, and each of its lines may
        be left open as well. So that the time stays in proportion, what is read again is limited;
        afterwards a row ends with its line.
        """
        first, *others = self._held
        self._held.clear()
        self._again.extendleft(reversed(others))
        self._budget -= self._size - len(first)
        self._one_line = self._one_line or self._budget < 0
        if self._width == 0 and self._dialect.has_header:
            self._check_count(first.count(self._dialect.delimiter) + 1)
            raise TabularError(f"The first row cannot be read. {reason}")
        self.number += 1
        self._refuse(reason, first)

    def _take(self, cells: list[str]) -> None:
        if not self._texts.is_sound and (fault := fault_in("".join(cells), self._texts.encoding)):
            if self._width == 0:
                cells = [readable(cell) for cell in cells]
            else:
                self.number += 1
                self._refuse(fault, "".join(self._held))
                return
        if self._width == 0:
            self._begin(cells)
            return
        self.number += 1
        if len(cells) != self._width:
            if not "".join(cells).strip():
                return
            if len(cells) < self._width or any(cells[self._width :]):
                self._refuse(self._ragged(len(cells)), "".join(self._held))
                return
            del cells[self._width :]
        if any(cells):
            self._rows.append((self.number, cells))

    def _begin(self, cells: list[str]) -> None:
        """The header, or the first row, says how many columns there are."""
        if not "".join(cells).strip() or _HINT.fullmatch(self._held[0]):
            return
        self._check_count(len(cells))
        self._width = len(cells)
        if not self._dialect.has_header:
            self.columns = numbered_columns(len(cells))
            self.number += 1
            self._rows.append((self.number, cells))
            return
        self.columns = column_names(cells)
        if self._expected and self.columns != self._expected:
            raise TabularError("The columns are not the same. Import this file on its own.")

    def _check_count(self, count: int) -> None:
        if count > MOST_COLUMNS:
            raise TabularError(
                f"There are {count:,} columns or more, and at most {MOST_COLUMNS:,} are read. "
                "Choose another character to divide the cells, or leave out columns."
            )

    def _ragged(self, count: int) -> str:
        cells = "There is 1 cell" if count == 1 else f"There are {count:,} cells"
        named = "header" if self._dialect.has_header else "first row"
        return f"{cells} here, and {self._width:,} in the {named}."

    def _refuse(self, reason: str, text: str) -> None:
        text = readable(text[: LONGEST_TEXT + 2]).rstrip("\r\n")[:LONGEST_TEXT]
        self._problems.append(RowProblem(number=self.number, reason=reason, text=text))

    def _chunk(self) -> Chunk:
        rows, self._rows = self._rows, []
        problems, self._problems = self._problems, []
        return Chunk(rows=rows, problems=problems, read=self._texts.read)


def allow_long_cells(longest: int) -> None:
    """Let Python's reader take cells of ``longest`` characters.

    The limit is one number for all of the process, 128 KB at first, and is looked at while a cell
    is read. So it is set where reading begins, and never made smaller: somebody else may be in the
    middle of a long cell.
    """
    if csv.field_size_limit() < longest + 2:
        csv.field_size_limit(longest + 2)


def column_names(header: Iterable[str]) -> tuple[str, ...]:
    """Names without spaces around them, none empty, none twice."""
    taken: dict[str, int] = {}
    for place, cell in enumerate(header, start=1):
        name = wanted = cell.strip() or f"Column {place}"
        while name in taken:
            taken[wanted] += 1
            name = f"{wanted} ({taken[wanted]})"
        taken[name] = 1
    return tuple(taken)


def numbered_columns(count: int) -> tuple[str, ...]:
    """Names for columns without a header."""
    return tuple(f"Column {place}" for place in range(1, count + 1))


class _RowError(Exception):
    """The text is the reason why a row is left out."""


def _drained(lines: deque[str]) -> Iterator[str]:
    while lines:
        yield lines.popleft()


def _reason(error: csv.Error) -> str:
    """Python's words for a row of one line."""
    if "expected after" in str(error):
        return "Text follows a closing quote. A quote within quotes is written twice."
    if "unexpected end" in str(error):
        return _LEFT_OPEN
    return f"This row cannot be read: {error}."


def _too_long(longest: int) -> str:
    return f"This row is longer than {longest:,} characters, the most that is read."


_LEFT_OPEN = "A quote is opened in this row and never closed."
_LEFT_OPEN_AGAIN = (
    "A quote is opened in this line and not closed. It happened too often before for rows that go "
    "on in the next line to be looked for."
)
_REREAD = 16  # times the longest row
_HINT = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)  # a first line that Excel understands
