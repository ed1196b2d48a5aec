"""What an import shows before it begins: samples of sources, how many rows, a preview of events.

Reads files, in whatever thread calls it. The import itself is the table's.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from composer.core.mapping import Converted, Converter, Mapping
from composer.core.tabular import Dialect, Guess
from composer.core.templates import Template
from composer.services.batch.sources import CountSource, Source, chunks, look, size_of
from composer.services.batch.zones import zone, zone_names
from composer.services.ports import Clock
from composer.services.ports.importing import RowCount

ENOUGH = 20_000
"""Rows after which it is said how many there are about."""
MOST_COUNTED = 200_000
"""Rows that are counted where what they take of the source is not known: it is packed."""


@dataclass(frozen=True, slots=True)
class ClockMaker:
    """Time from a clock and chance from the system; implements ``core.variables.Maker``."""

    clock: Clock

    def now(self) -> datetime:
        """The time, with a zone."""
        return self.clock.now()

    def uuid7(self, moment: datetime) -> str:
        """A fresh version-7 UUID of that moment."""
        return self.clock.new_uuid(moment)

    def below(self, n: int) -> int:
        """A random number from 0 up to, but not, ``n``."""
        return secrets.randbelow(n)


class RowSamples:
    """Implements ``ports.importing.RowSources``."""

    def __init__(self, clock: Clock) -> None:
        self._maker = ClockMaker(clock)

    def look(self, source: Source, dialect: Dialect | None = None) -> Guess:
        """The first rows, and what was guessed of the rest. Raises ``SourceError``."""
        return look(source, dialect)

    def size_of(self, source: Source) -> int:
        """Bytes; of a ``CountSource``, rows. Raises ``SourceError``."""
        return size_of(source)

    def count(self, source: Source, dialect: Dialect) -> RowCount:
        """How many rows there are, found out within a moment. Raises ``SourceError``."""
        if isinstance(source, CountSource):
            return RowCount(rows=source.count, is_exact=True)
        size, rows = size_of(source), 0
        read = used = rows_of_used = 0
        for chunk in chunks(source, dialect):
            if chunk.read > read:  # only now are all rows of what was read before used up
                read, used, rows_of_used = chunk.read, read, rows
            rows += len(chunk.rows) + len(chunk.problems)
            if rows >= (ENOUGH if used else MOST_COUNTED):
                found = round(rows_of_used * size / used) if used else rows
                return RowCount(rows=max(rows, found), is_exact=False)
        return RowCount(rows=rows, is_exact=True)

    def preview(self, guess: Guess, mapping: Mapping, template: Template | None) -> Converted:
        """The events that the rows of the sample make, and the rows that do not fit."""
        converter = Converter(
            mapping,
            guess.columns,
            template,
            zone=zone,
            maker=self._maker,
            delimiter=guess.dialect.delimiter,
        )
        return converter.convert(list(guess.rows))

    def zone_names(self) -> Sequence[str]:
        """The names of all time zones that this computer knows."""
        return zone_names()
