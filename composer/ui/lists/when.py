"""Times in lists: the person's wall clock, days by name. Pure; ``now`` is handed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from composer.core import times
from composer.core.jsontext import Layout, Value, encode


def local(moment: datetime, now: datetime) -> datetime:
    """``moment`` on the person's wall clock, whose zone is that of ``now``.

    ``now`` carries only today's offset. Where that is also the system's, the system's zone is
    used, since it knows that summer has another one.
    """
    here = now.astimezone()
    if here.utcoffset() == now.utcoffset():
        return moment.astimezone()
    return moment.astimezone(now.tzinfo)


def day_title(day: date, today: date) -> str:
    """``Today``, ``Yesterday``, ``Wednesday 18 November``, ``31 December 2025``."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if timedelta(0) < today - day < timedelta(days=7):
        return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_words(moment: datetime, now: datetime) -> str:
    """The same within a sentence: ``today``, ``yesterday``, ``on 18 November 2026``."""
    day, today = local(moment, now).date(), local(now, now).date()
    if day in {today, today - timedelta(days=1)}:
        return day_title(day, today).lower()
    return f"on {day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock_text(moment: datetime, now: datetime) -> str:
    """``09:38:52`` on the person's wall clock."""
    return f"{local(moment, now):%H:%M:%S}"


def date_text(moment: datetime) -> str:
    """``21 November 2026`` in the system's zone."""
    day = moment.astimezone()
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_text(moment: datetime) -> str:
    """``21 Nov 2026 09:30:00`` on the wall clock that ``moment`` carries."""
    return f"{moment.day} {_MONTHS[moment.month - 1][:3]} {moment.year} {moment:%H:%M:%S}"


def time_text(value: Value) -> str:
    """An event's ``timestamp`` in its own zone; a text that names none stands as it is."""
    if value is None:
        return "On arrival"
    text = value if isinstance(value, str) else encode(value, Layout.COMPACT)
    moment = times.read(text)
    return moment_text(moment) if moment else text


# Not %A and %B: Qt sets the C library's locale, and the rest of the window speaks English.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
