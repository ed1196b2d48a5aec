"""What the values of a column look like, as far as its first rows tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from functools import cache
from itertools import product

from composer.core.ids import is_uuid
from composer.core.jsontext import JsonError, Object, Value, parse
from composer.core.mapping.cells import (
    is_comma_number,
    is_empty,
    is_plain_number,
    is_plain_word,
    text_of,
)
from composer.core.mapping.giving import cell_of, places_of
from composer.core.mapping.mapping import CellKind
from composer.core.mapping.moments import ISO, UNIX_MILLISECONDS, UNIX_SECONDS, Reader, reader
from composer.core.tabular import Guess

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOST = 10**11  # a larger number counts milliseconds
_MOST_OF = 0.8
"""Of the values in a column, so many tell what it is; the rows of the others do not fit."""


class Samples:
    """What stands in the first rows of a source."""

    def __init__(self, guess: Guess) -> None:
        self._rows = guess.rows
        self._places = places_of(guess.columns)

    def of(self, column: str) -> list[Value]:
        """What stands in a column, without the empty cells."""
        cell = cell_of(column, self._places)
        found = (cell.of(cells) for _, cells in self._rows)
        return [value for value in found if not is_empty(value)]


def are_objects(samples: Sequence[Value]) -> bool:
    """Whether most are JSON objects, as such or as text."""
    return _are_most([one for one in samples if isinstance(_read(one), Object)], samples)


def are_uuids(samples: Sequence[Value]) -> bool:
    """Whether most are UUIDs."""
    found = [one for one in samples if isinstance(one, str) and is_uuid(one.strip())]
    return _are_most(found, samples)


def are_emails(samples: Sequence[Value]) -> bool:
    """Whether all are email addresses."""
    return bool(samples) and all(
        isinstance(one, str) and _EMAIL.fullmatch(one.strip()) for one in samples
    )


def are_times_of_day(samples: Sequence[Value]) -> bool:
    """Whether most are dates with a time of day, in words or figures; Unix time is none."""
    texts = [one.strip() for one in samples if isinstance(one, str)]
    timed = [text for text in texts if _CLOCK.search(text)]
    formats = time_formats(timed) if _are_most(timed, samples) else []
    return any(one == ISO or "%H" in one or "%I" in one for one in formats[:1])


def kind_of(samples: Sequence[Value], *, has_commas: bool = False) -> tuple[CellKind, str]:
    """The kind of a property, and of dates their format.

    ``has_commas``: the source is one in which ``9,90`` is a number.
    """
    texts = [one for one in samples if isinstance(one, str)]
    if not texts or len(texts) != len(samples):
        return CellKind.AUTO, ""
    if all(isinstance(_read(text), Object | tuple) for text in texts):
        return CellKind.VALUE, ""
    words = {text.strip().casefold() for text in texts}
    if words <= {"yes", "no"} or words <= {"y", "n"}:
        return CellKind.YES_NO, ""
    if has_commas and all(map(is_comma_number, texts)) and any("," in text for text in texts):
        return CellKind.NUMBER_COMMA, ""
    if any(is_plain_number(text) or is_plain_word(text) for text in texts):
        return CellKind.AUTO, ""
    patterns = _fitting(texts) if all(_LONG_YEAR.search(text) for text in texts) else []
    return (CellKind.DATE, patterns[0]) if patterns else (CellKind.AUTO, "")


def time_formats(samples: Sequence[Value]) -> list[str]:
    """Formats that all the times have, or else most; the likeliest first, none if there is none.

    An empty one stands for ISO 8601 and Unix time mixed. Of day before month and month before day
    the likelier one is that whose days lie closer together.
    """
    texts = [text_of(one).strip() for one in samples]
    if formats := _formats_of_all(texts):
        return formats
    readers = (reader("", UTC), *(read for _, read in _readers()))
    most = max(([text for text in texts if read(text)] for read in readers), key=len)
    return _formats_of_all(most) if _are_most(most, texts) else []


def _are_most(fitting: Sequence[Value], samples: Sequence[Value]) -> bool:
    return bool(fitting) and len(fitting) >= _MOST_OF * len(samples)


def _formats_of_all(texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    if all(map(reader(ISO, UTC), texts)):
        return [ISO]
    if all(map(reader("", UTC), texts)):
        try:
            numbers = [abs(float(text)) for text in texts]
        except ValueError:
            return [""]
        if max(numbers) < _MOST:
            return [UNIX_SECONDS]
        is_milliseconds = all(_MOST <= number < _MOST * 1000 for number in numbers)
        return [UNIX_MILLISECONDS if is_milliseconds else ""]
    return _fitting(texts)


_CLOCK = re.compile(r"\d:\d\d|[ T]\d?\d\.\d\d(?![\d.])", re.ASCII)
_LONG_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DATES = (
    *("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d"),
    *("%d %b %Y", "%b %d, %Y", "%b %d %Y", "%d-%b-%Y", "%d/%b/%Y", "%d. %b %Y"),
    *("%a, %d %b %Y", "%a %b %d %Y", "%a, %b %d, %Y"),
    *("%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%d-%b-%y"),
    "%Y-%m-%d",
)
_CLOCKS = (
    *("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p"),
    *(", %H:%M", ", %H:%M:%S", ", %I:%M %p", ", %I:%M:%S %p", " %H:%M:%S %z", " %H:%M %z"),
    *(" %H.%M", "T%H:%M:%S", ":%H:%M:%S %z", " at %I:%M %p", " %I:%M:%S%p"),
)


@cache
def _readers() -> tuple[tuple[str, Reader], ...]:
    patterns = (date + clock for date, clock in product(_DATES, _CLOCKS))
    return tuple((pattern, reader(pattern, UTC)) for pattern in patterns)


def _fitting(texts: Sequence[str]) -> list[str]:
    stripped = [text.strip() for text in texts]
    spans: list[tuple[int, str]] = []
    for pattern, read in _readers():
        moments = [read(stripped[0])]
        if moments[0] is not None:
            moments = [read(text) for text in stripped]
        times = [moment.milliseconds for moment in moments if moment is not None]
        if len(times) == len(stripped):
            spans.append((max(times) - min(times), pattern))
    return [pattern for _, pattern in sorted(spans, key=lambda one: one[0])]


def _read(value: Value) -> Value:
    """What a text that may be JSON says."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"{", "["}:
        return value
    try:
        return parse(value)
    except JsonError:
        return value
