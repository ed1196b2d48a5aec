"""The time zones that this computer knows, by the names that IANA gives them."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_UTC = "UTC"
_NOT_PLACES = ("posix/", "right/", "Etc/", "SystemV/")
"""Copies of the others, and offsets whose signs are the other way round."""


def zone(name: str) -> tzinfo:
    """The zone of that name. Raises ``LookupError`` for a name without one."""
    if name == _UTC:  # known without the system's files
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError) as error:  # a path out of the files, or a folder of them
        raise ZoneInfoNotFoundError(name) from error


@cache
def zone_names() -> tuple[str, ...]:
    """All names, ``UTC`` first and the others sorted: places, and short names such as ``CET``."""
    places = {name for name in available_timezones() if not name.startswith(_NOT_PLACES)}
    return (_UTC, *sorted(places - {_UTC, "localtime", "Factory"}))
