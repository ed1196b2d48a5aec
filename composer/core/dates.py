"""Reads a date as PostHog's capture service does: strictly first, then ever more leniently.

Source: capture-server.md, section 5, step 2. The lenient forms were compared with the libraries the
service uses (chrono, dateparser, jiff), whose surprises are imitated on purpose:

- A date without a time takes the time of day of its arrival.
- An offset without a colon behind a ``T`` time (``…T14:30:00+0200``) is ignored, as if it were UTC.
- Of zone names only the American ones count; any other word is read as UTC.

A time of day alone is not imitated; neither is the year 0, which Python's dates lack.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

_Match = re.Match[str]


def read_rfc3339(text: str) -> datetime | None:
    """The instant of a timestamp with a zone, in UTC; ``None`` for any other text.

    A space may stand for the ``T``, as the service's library allows. For instants outside the years
    that Python knows see ``read_date``.
    """
    match = _STRICT.fullmatch(text)
    try:
        return _in_utc(match, _zone(match["zone"])) if match else None
    except ValueError:
        return None


def read_date(text: str, now: datetime) -> datetime | None:
    """The instant that ``text`` names, in UTC; ``None`` if the service could not read it.

    ``now`` (UTC) supplies the time of day where the text has none. An instant that its offset moves
    out of the years 1 to 9999 becomes the first or the last that Python knows.
    """
    if strict := read_rfc3339(_with_whole_offset(text)):
        return strict
    try:  # an offset such as +24:00 is passed over by the last of these
        return _epoch(text) or _lenient(text, now) or _civil(text)
    except ValueError:
        return None


_MINUTES = r":(?P<M>\d\d)(?::(?P<S>\d\d)(?:\.(?P<F>\d{1,9}))?)?(?:\s*(?P<half>[AaPp][Mm]))?"
_CLOCK_2 = rf"(?P<H>\d\d){_MINUTES}"
_CLOCK_1 = rf"(?P<H>\d{{1,2}}){_MINUTES}"
_ZONE = r"(?P<zone>[+-]\d\d(?::?\d\d)?|[A-Za-z][A-Za-z0-9]{2,5})"
_YEAR = r"(?P<y>\d{4}|\d\d)"
_NAME = r"(?P<name>[A-Za-z]{3,9})"

_STRICT = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[Tt ](?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d)(?:\.(?P<F>\d+))?"
    r"(?P<zone>[Zz]|[+-]\d\d:[0-5]\d)",
    re.ASCII,
)
_HOUR_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?[+-]\d\d", re.ASCII)
_LENIENT = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)(?:\s+{_CLOCK_2})?(?:\s*{_ZONE})?",
        rf"(?P<y>\d{{4}})/(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?:\s+{_CLOCK_1})?",
        rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/{_YEAR}(?:\s+{_CLOCK_1})?",
        r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})",
        rf"(?P<m>\d{{1,2}})\.(?P<d>\d{{1,2}})\.{_YEAR}",
        rf"{_NAME}\.?\s+(?P<d>\d{{1,2}}),\s+{_YEAR}(?:,?\s+{_CLOCK_1})?(?:\s+{_ZONE})?",
        (
            rf"(?:(?P<weekday>[A-Za-z]{{3}}),\s+)?(?P<d>\d{{1,2}})\s+{_NAME}\s+{_YEAR}"
            rf"(?:,?\s+{_CLOCK_1}(?:\s+{_ZONE})?)?"
        ),
        rf"(?P<y>\d{{4}})-{_NAME}-(?P<d>\d\d)",
    )
)
_CIVIL = re.compile(
    r"(?P<y>\d{4})(?P<dash>-?)(?P<m>\d\d)(?P=dash)(?P<d>\d\d)"
    r"(?:[Tt ](?P<H>\d\d):?(?P<M>\d\d)(?::?(?P<S>\d\d)(?:[.,](?P<F>\d{1,9}))?)?)?"
    r"(?:[+-]\d\d(?::?\d\d)?)?(?:\[[^\]]+\])?",
    re.ASCII,
)
_DIGITS = re.compile(r"[0-9]{10,19}")
_TICKS_A_SECOND = {10: 1, 13: 1_000, 19: 1_000_000_000}
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZONES = {"E": -5, "C": -6, "M": -7, "P": -8}  # Eastern, Central, Mountain, Pacific; hours
_AMERICAN = re.compile("([ECMP])([SD])T")
_HUNDRED = 100
_CENTURY_TURN = 70  # two-digit years below are of this century
_NOON = 12
_LEAP_SECOND = 60
_NOTHING = timedelta()
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def _with_whole_offset(text: str) -> str:
    return f"{text}:00" if _HOUR_OFFSET.fullmatch(text) else text


def _epoch(text: str) -> datetime | None:
    """Ten digits are seconds, thirteen milliseconds, nineteen nanoseconds."""
    if not _DIGITS.fullmatch(text) or len(text) not in _TICKS_A_SECOND:
        return None
    seconds, rest = divmod(int(text), _TICKS_A_SECOND[len(text)])
    microseconds = rest * 1_000_000 // _TICKS_A_SECOND[len(text)]
    return _START + timedelta(seconds=seconds, microseconds=microseconds)


def _lenient(text: str, now: datetime) -> datetime | None:
    for pattern in _LENIENT:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            zone = _zone(parts.get("zone"))
            if parts.get("weekday") and not _is_weekday(match):
                return None
            if parts.get("H") is None:
                today = now.astimezone(zone)
                return _to_utc(datetime.combine(_date(match), today.time(), zone))
            return _in_utc(match, zone)
    return None


def _civil(text: str) -> datetime | None:
    match = _CIVIL.fullmatch(text)
    if not match:
        return None
    if match["H"] is None:
        return datetime.combine(_date(match), time(), UTC)
    return _in_utc(match, UTC)


def _in_utc(match: _Match, zone: timezone) -> datetime:
    """Date and time of a match. A leap second counts as the second after it."""
    second = int(match["S"] or 0)
    if second > _LEAP_SECOND:
        raise ValueError("no such second")
    clock = time(_hour(match), int(match["M"]), min(second, _LEAP_SECOND - 1))
    microseconds = int(f"{match['F'] or '':0<6.6}")
    extra = timedelta(seconds=second == _LEAP_SECOND, microseconds=microseconds)
    return _to_utc(datetime.combine(_date(match), clock, zone), extra)


def _to_utc(moment: datetime, extra: timedelta = _NOTHING) -> datetime:
    try:
        return moment.astimezone(UTC) + extra
    except OverflowError:
        return _FIRST if moment.year == 1 else _LAST


def _date(match: _Match) -> date:
    parts = match.groupdict()
    year = int(match["y"])
    if year < _HUNDRED and len(match["y"]) < len("2026"):
        year += 2000 if year < _CENTURY_TURN else 1900
    return date(year, int(parts["m"]) if "m" in parts else _month(match["name"]), int(match["d"]))


def _month(name: str) -> int:
    """From a full or three-letter name. Raises ``ValueError`` for another word."""
    for number, full in enumerate(_MONTHS, start=1):
        if name.lower() in (full, full[:3]):
            return number
    raise ValueError(f"{name} is no month")


def _is_weekday(match: _Match) -> bool:
    return _WEEKDAYS[_date(match).weekday()] == match["weekday"].lower()


def _hour(match: _Match) -> int:
    hour = int(match["H"])
    half = match.groupdict().get("half")
    if not half:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError("no such hour on a twelve-hour clock")
    return hour % _NOON + (_NOON if half.lower() == "pm" else 0)


def _zone(name: str | None) -> timezone:
    if not name or name[0] not in "+-":
        return timezone(timedelta(hours=_hours(name or "")))
    size = timedelta(hours=int(name[1:3]), minutes=int(name[3:].lstrip(":") or 0))
    return timezone(-size if name[0] == "-" else size)


def _hours(name: str) -> int:
    """Of ``EST``, ``EDT`` and their like; any other word is UTC."""
    match = _AMERICAN.fullmatch(name.upper())
    return _ZONES[match[1]] + (match[2] == "D") if match else 0
