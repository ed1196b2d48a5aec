"""Moments that are said relative to now: ``now -2d +3h``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

_OFFSET = re.compile(r"(?P<sign>[+-])(?P<count>\d{1,9}(?:\.\d{1,9})?)(?P<unit>[smhdw])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

OFFSET_HELP = "Write + or -, a number and one of s, m, h, d and w, such as -2d or +90m."


def offset_of(words: Iterable[str]) -> timedelta | None:
    """The sum of offsets such as ``-2d``; ``None`` if one of them is none, or is too far off."""
    total = timedelta()
    for word in words:
        match = _OFFSET.fullmatch(word)
        if match is None:
            return None
        try:
            size = timedelta(**{_UNITS[match["unit"]]: float(match["count"])})
            total += size if match["sign"] == "+" else -size
        except OverflowError:
            return None
    return total


def moved(moment: datetime, offset: timedelta) -> datetime | None:
    """``moment`` moved; ``None`` where no year has that number, in its own zone or in UTC."""
    try:
        there = moment + offset
        there.astimezone()
    except OverflowError:
        return None
    return there


def relative_offset(text: str) -> timedelta | None:
    """The offset in ``now``, ``now -2d`` or ``-2d``; ``None`` for any other text."""
    words = text.split()
    if words and words[0].casefold() == "now":
        return offset_of(words[1:])
    return offset_of(words) if words else None
