"""What is known of a table of rows: how its text is to be read, its rows, and what is no row.

A row is what stands in the source, cells of text or a JSON object; that it may become an event is
not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from composer.core.errors import ComposerError
from composer.core.jsontext import Object

LONGEST_ROW = 4 * 1024 * 1024
"""Characters. Nothing that PostHog takes is longer than a quarter of this."""

LONGEST_TEXT = 10_000
"""Characters of a row that could not be read which are kept, for a person to see and mend."""

MOST_COLUMNS = 10_000

MOST_ROWS = 1_000
"""Rows and problems in a chunk."""


class RowFormat(StrEnum):
    """How the text of a source is divided into rows."""

    CSV = "csv"
    JSON_LINES = "json-lines"
    JSON_ARRAY = "json-array"
    """One JSON document or several, one after the other: an array, or values that stand alone."""


class Origin(StrEnum):
    """Which product's export the columns look like."""

    PLAIN = "plain"
    POSTHOG = "posthog"
    MIXPANEL = "mixpanel"
    AMPLITUDE = "amplitude"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How to read the bytes of a source. What concerns CSV only is not looked at otherwise."""

    format: RowFormat
    encoding: str = "utf-8"
    """A key of ``ENCODINGS``, or another name that Python has for one of them."""
    delimiter: str = ","
    quote: str = '"'
    """Empty: no character quotes."""
    has_header: bool = True
    skips_spaces: bool = False
    """CSV: spaces behind a delimiter do not count, as in ``a, "b"``."""
    within: str = ""
    """JSON array: the member of the document that holds the list, such as ``batch``."""


Row: TypeAlias = tuple[int, list[str] | Object]
"""The number, and cells of text or a JSON object.

The number is the one that a person finds it under: 1 is the first row after the header (blank ones
count, as they do in a spreadsheet), the first line, or the first element of an array.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A row that is left out, and why."""

    number: int
    reason: str
    text: str
    """The row as it stands in the source, at most ``LONGEST_TEXT`` characters of it."""


@dataclass(slots=True, kw_only=True)
class Chunk:
    """Some rows in their order, at most ``MOST_ROWS`` with the problems; there may be none."""

    rows: list[Row]
    problems: list[RowProblem]
    read: int
    """Bytes of the source so far, as it is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What the beginning of a source looks like."""

    dialect: Dialect
    columns: tuple[str, ...]
    """CSV: the names in the header, made unique, or ``Column 1`` and so on. JSON: the paths of keys
    in the sample, two levels deep (see ``column_of``)."""
    rows: tuple[Row, ...]
    """The first rows, at most 50."""
    misfits: int = 0
    """How many of the rows looked at do not fit."""
    origin: Origin = Origin.PLAIN
    notes: tuple[str, ...] = ()
    """Sentences on what was guessed, and on doubts."""


class TabularError(ComposerError):
    """The source as a whole cannot be read so. The text says why, and what to do."""


class BrokenOffError(ComposerError):
    """Raised by whoever hands in the bytes of a source when the rest of them cannot be had.

    The rows before are read. The text says why, and what to do.
    """


def column_of(path: Iterable[str]) -> str:
    """The name of a JSON column: its keys with dots between. A dot in a key has a backslash."""
    return ".".join(key.replace("\\", "\\\\").replace(".", "\\.") for key in path)


def path_of(column: str) -> tuple[str, ...]:
    """The keys that ``column_of`` joined."""
    keys = [""]
    characters = iter(column)
    for character in characters:
        if character == ".":
            keys.append("")
        else:
            keys[-1] += next(characters, "\\") if character == "\\" else character
    return tuple(keys)
