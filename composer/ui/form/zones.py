"""The same instant, written in another time zone. Knows no widgets and no clock."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo

from composer.core import times

_FRACTION = re.compile(r":[0-9]{2}([.,][0-9]+)")


def offset_name(hours: float) -> str:
    """``UTC+05:30`` for 5.5."""
    minutes = round(abs(hours) * 60)
    return f"UTC{'-' if hours < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


def common_zones() -> tuple[tuple[str, tzinfo], ...]:
    """Zones to offer, west to east. Offsets: an instant needs no rules for summer time."""
    hours = (-8.0, -5.0, -3.0, 1.0, 2.0, 5.5, 8.0, 9.0, 10.0)
    return tuple((offset_name(h), timezone(timedelta(hours=h))) for h in hours)


def zone_of(text: str) -> tzinfo | None:
    """The zone that a readable time is in; UTC where it names none, as PostHog reads it."""
    moment = times.read(text)
    return moment.tzinfo if moment else None


def zone_name(zone: tzinfo | None) -> str:
    """``UTC`` or ``UTC+01:00``; empty for none."""
    offset = zone.utcoffset(None) if zone else None
    if offset is None:
        return ""
    return offset_name(offset / timedelta(hours=1)) if offset else "UTC"


def respell(text: str, zone: tzinfo) -> str | None:
    """The instant that ``text`` names, in ``zone``; its fraction of a second keeps its digits.

    ``None`` for text that names no instant.
    """
    moment = times.read(text)
    if moment is None:
        return None
    try:
        written = moment.astimezone(zone).isoformat(timespec="seconds")
    except OverflowError:  # year 1 or 9999, pushed over the edge of the calendar
        return None
    fraction = _FRACTION.search(text)
    digits = fraction[1].replace(",", ".") if fraction else ""
    written = written[:19] + digits + written[19:]
    return written.removesuffix("+00:00") + "Z" if zone is UTC else written
