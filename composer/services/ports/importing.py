"""What the window asks of an import before it begins: samples of files, mappings, a preview.

Not part of ``ports`` itself, for what reads files is loaded when there is one to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from composer.core.mapping import Converted, Mapping
from composer.core.tabular import Dialect, Guess
from composer.core.templates import Template
from composer.services.batch.sources import (
    CountSource,
    FileSource,
    Source,
    SourceError,
    TextSource,
)

__all__ = [
    "CountSource",
    "FileSource",
    "Mappings",
    "RowCount",
    "RowSources",
    "Source",
    "SourceError",
    "TextSource",
]


class Mappings(Protocol):
    """Mappings under names, for next time. Reads and writes a file; raises ``StoreError``."""

    def all(self) -> Sequence[Mapping]:
        """All that are kept, by name."""
        ...

    def save(self, mapping: Mapping) -> Mapping:
        """Keep a mapping under its name, in the place of another of that name."""
        ...

    def delete(self, name: str) -> None:
        """Remove a mapping; one that is gone already is no error."""
        ...

    def for_columns(self, columns: Sequence[str]) -> Mapping | None:
        """The kept one that fits these columns best, if one fits."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """How many rows a source has, those that do not fit among them."""

    rows: int
    is_exact: bool
    """Whether all were counted; else the number is what the first part of the source suggests"""


class RowSources(Protocol):
    """Files and pasted text as rows, and rows as events. All in any thread; none in the GUI's."""

    def look(self, source: Source, dialect: Dialect | None = None) -> Guess:
        """The first rows, and what was guessed of the rest. Raises ``SourceError``."""
        ...

    def size_of(self, source: Source) -> int:
        """Bytes; of a ``CountSource``, rows. Raises ``SourceError``."""
        ...

    def count(self, source: Source, dialect: Dialect) -> RowCount:
        """How many rows there are, found out within a moment. Raises ``SourceError``."""
        ...

    def preview(self, guess: Guess, mapping: Mapping, template: Template | None) -> Converted:
        """The events that the rows of the sample make, and the rows that do not fit.

        Raises ``ComposerError`` where the mapping makes no event at all.
        """
        ...

    def zone_names(self) -> Sequence[str]:
        """The names of all time zones that this computer knows."""
        ...
