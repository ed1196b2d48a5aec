"""Reads the times in cells: ISO 8601, Unix time, or a pattern of ``strptime``.

A time without a zone is one of the zone that is handed in. Where the clocks went back, so that it
came twice, it is the first of the two; where they went forward, so that it never came, it counts
from before the change: 02:30 is then 03:30. Patterns are read here and not by ``strptime``, whose
names of months depend on the machine's language. Knows no clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

ISO, UNIX_SECONDS, UNIX_MILLISECONDS = "iso", "unix s", "unix ms"


class Moment(NamedTuple):
    """``text`` is ISO 8601 in UTC with milliseconds, or microseconds where they are needed."""

    text: str
    milliseconds: int
    """Unix time, rounded down."""
    day: str
    """``2026-11-21`` where the cell has a date and no time of day; else empty."""


Reader: TypeAlias = Callable[[str], "Moment | None"]
"""From the text of a cell, without space around it, to its moment; ``None`` if it is none."""

_PARTS = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d\d)",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "H": r"(?P<H>\d{1,2})",
    "I": r"(?P<I>\d{1,2})",
    "M": r"(?P<M>\d{1,2})",
    "S": r"(?P<S>\d{1,2})",
    "f": r"(?P<f>\d{1,9})",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
    "b": r"(?P<b>[A-Za-z]{3,9})",
    "B": r"(?P<B>[A-Za-z]{3,9})",
    "a": r"[A-Za-z]{3,9}",
    "A": r"[A-Za-z]{3,9}",
    "z": r"(?P<z>[Zz]|UTC|GMT|[+-]\d\d:?\d\d)",
    "%": "%",
}
DIRECTIVES = MappingProxyType(
    {
        "%Y": "year, 2026",
        "%y": "year, 26",
        "%m": "month, 1 to 12",
        "%b": "month, Nov",
        "%B": "month, November",
        "%d": "day",
        "%H": "hour, 0 to 23",
        "%I": "hour, 1 to 12",
        "%p": "AM or PM",
        "%M": "minute",
        "%S": "second",
        "%f": "fraction of a second",
        "%z": "zone, +02:00 or Z",
        "%a": "weekday, Sat",
        "%A": "weekday, Saturday",
        "%%": "the sign %",
    }
)
"""What a pattern may have."""


def format_problem(time_format: str) -> str:
    """Why this cannot be a time format, with the next step; empty if it can."""
    if time_format in {"", ISO, UNIX_SECONDS, UNIX_MILLISECONDS}:
        return ""
    found = re.findall("%(.?)", time_format, re.DOTALL)
    unknown = next((letter for letter in found if letter not in _PARTS), None)
    if unknown is not None:
        return f"%{unknown} is not known. Use {' '.join(DIRECTIVES)}."
    parts = [letter for letter in found if letter not in "aA%"]
    if twice := next((letter for letter in parts if parts.count(letter) > 1), ""):
        return f"%{twice} stands there twice. Remove one of them."
    if not {"d"} <= set(parts) or not {"Y", "y"} & set(parts) or not {"m", "b", "B"} & set(parts):
        return "A pattern needs a day, a month and a year, such as %d/%m/%Y."
    return ""


def reader(time_format: str, zone: tzinfo) -> Reader:
    """What reads cells of that format. Raises ``ValueError`` for one with a ``format_problem``."""
    if problem := format_problem(time_format):
        raise ValueError(problem)
    match time_format:
        case "":
            return lambda text: _iso(text, zone) or _unix(text, 0)
        case "iso":
            return lambda text: _iso(text, zone)
        case "unix s":
            return lambda text: _unix(text, 1)
        case "unix ms":
            return lambda text: _unix(text, 1000)
        case _:
            return _pattern(time_format, zone)


def moment_of(moment: datetime) -> Moment:
    """An instant with its zone. Raises ``OverflowError`` where UTC has no year for it."""
    return _moment(moment.astimezone(UTC))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAY = 10  # characters of 2026-11-21
_WHOLE = 20  # characters of 2026-11-21T09:30:00Z
# The week dates and the fractions of hours that Python reads too are far more likely to be IDs.
_HOUR = r"(?:[01]\d|2[0-3])"
_USUAL = rf"\d{{4}}-\d\d-\d\d[T ]{_HOUR}:\d\d:\d\d(?:\.\d\d\d)?Z"
_CANONICAL = re.compile(_USUAL, re.ASCII)
_ALL_CANONICAL = re.compile(rf"{_USUAL}(?:\n{_USUAL})*+", re.ASCII)
_ISO = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:[Tt ]{_HOUR}:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?"
    r"(?: ?(?:[Zz]|UTC|[+-]\d\d(?::?\d\d)?))?)?",
    re.ASCII,
)


def _iso(text: str, zone: tzinfo) -> Moment | None:
    if text[-1:] == "Z" and _CANONICAL.fullmatch(text):
        return _canonical(text)
    if not _ISO.fullmatch(text):
        return None
    if text.endswith("UTC"):
        text = f"{text[:-3].rstrip()}Z"
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "").upper())
        own = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        found = _moment(own.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
    return found if len(text) > _DAY else found._replace(day=text)


def _canonical(text: str) -> Moment | None:
    """The form that nearly all programs write, many times as quick as the others."""
    try:
        span = datetime.fromisoformat(text) - _EPOCH
    except ValueError:
        return None
    day, clock = text[:_DAY], text[_DAY + 1 : -1]
    clock += ".000" if len(text) == _WHOLE else ""
    milliseconds = span.days * 86_400_000 + span.seconds * 1000 + span.microseconds // 1000
    return Moment(f"{day}T{clock}Z", milliseconds, "")


def usual_moments(texts: Sequence[str]) -> tuple[Sequence[str], list[int]] | None:
    """The texts and the milliseconds of times of which all have that form; else ``None``.

    The same as what ``reader`` finds, at a fraction of the work.
    """
    together = "\n".join(texts)
    if not _ALL_CANONICAL.fullmatch(together):
        return None
    try:
        moments = list(map(datetime.fromisoformat, texts))
    except ValueError:
        return None
    if " " in together:
        texts = [text.replace(" ", "T") for text in texts]
    texts = [f"{text[:-1]}.000Z" if len(text) == _WHOLE else text for text in texts]
    return texts, [round(seconds * 1000) for seconds in map(datetime.timestamp, moments)]


def _moment(moment: datetime) -> Moment:
    fine = moment.microsecond % 1000
    text = moment.isoformat(timespec="microseconds" if fine else "milliseconds")
    return Moment(f"{text[:-6]}Z", (moment - _EPOCH) // _MILLISECOND, "")


_UNIX = re.compile(r"-?\d{1,19}(?:\.\d{1,12})?(?:[eE][+]?\d{1,2})?", re.ASCII)
_FIRST_SECOND = 10**8  # in 1973; a smaller number is more likely to be something else
_TICKS = ((10**11, 1), (10**14, 1000), (10**17, 10**6))
"""Up to which number a cell counts seconds, milliseconds or microseconds (else nanoseconds)."""


def _unix(text: str, ticks: int) -> Moment | None:
    """``ticks`` a second; 0 tells them by the size of the number."""
    if not _UNIX.fullmatch(text):
        return None
    try:
        number = Decimal(text)
        if not ticks and abs(number) < _FIRST_SECOND:
            return None
        ticks = ticks or next((t for most, t in _TICKS if abs(number) < most), 10**9)
        return _moment(_EPOCH + timedelta(microseconds=int(number * 1_000_000 / ticks)))
    except (OverflowError, InvalidOperation):
        return None


def _pattern(pattern: str, zone: tzinfo) -> Reader:
    expression = re.compile(
        "".join(
            _PARTS[part[1]] if part[0] == "%" else r"\s+" if part.isspace() else re.escape(part)
            for part in re.findall(r"%.|\s+|[^%\s]+", pattern, re.DOTALL)
        ),
        re.ASCII | re.IGNORECASE,
    )
    has_time = bool({"H", "I"} & set(expression.groupindex))

    def read(text: str) -> Moment | None:
        match = expression.fullmatch(text)
        if match is None:
            return None
        try:
            found = _moment(_matched(match.groupdict(), zone).astimezone(UTC))
        except (ValueError, OverflowError):
            return None
        return found if has_time else found._replace(day=_day(match.groupdict()))

    return read


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_CENTURY_TURN = 69  # as strptime has it: 69 is 1969, 68 is 2068
_NOON = 12


def _matched(parts: Mapping[str, str], zone: tzinfo) -> datetime:
    year, month, day = _date(parts)
    hour, micro = _hour(parts), int(f"{parts.get('f') or '':0<6.6}")
    minute, second = int(parts.get("M") or 0), int(parts.get("S") or 0)
    return datetime(year, month, day, hour, minute, second, micro, tzinfo=_zone(parts, zone))


def _date(parts: Mapping[str, str]) -> tuple[int, int, int]:
    year = int(parts.get("Y") or parts["y"])
    if "Y" not in parts:
        year += 1900 if year >= _CENTURY_TURN else 2000
    return year, _month(parts), int(parts["d"])


def _day(parts: Mapping[str, str]) -> str:
    year, month, day = _date(parts)
    return f"{year:04}-{month:02}-{day:02}"


def _month(parts: Mapping[str, str]) -> int:
    if "m" in parts:
        return int(parts["m"])
    name = (parts.get("b") or parts["B"]).lower()
    return (_MONTHS if name in _MONTHS else _FULL).index(name) + 1


def _hour(parts: Mapping[str, str]) -> int:
    if "I" not in parts:
        return int(parts.get("H") or 0)
    hour = int(parts["I"])
    if not 1 <= hour <= _NOON:
        raise ValueError("no such hour on a twelve-hour clock")
    is_late = (parts.get("p") or "am")[0] in "Pp"
    return hour % _NOON + (_NOON if is_late else 0)


def _zone(parts: Mapping[str, str], zone: tzinfo) -> tzinfo:
    name = parts.get("z")
    if not name:
        return zone
    if name[0] not in "+-":
        return UTC
    size = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
    return timezone(-size if name[0] == "-" else size)
