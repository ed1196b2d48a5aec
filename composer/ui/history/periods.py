"""The span of days that history is looked for in, on the person's wall clock. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from composer.ui.lists.when import local


class Period(Enum):
    """How a span is chosen; the value is how it reads on its button."""

    ANY = "Any time"
    TODAY = "Today"
    WEEK = "Last 7 days"
    MONTH = "Last 30 days"
    RANGE = "From … to …"


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30}
"""How many days, today being the last of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period; ``first`` and ``last`` count for a range only, and may come in either order."""

    period: Period = Period.ANY
    first: date | None = None
    last: date | None = None

    def bounds(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """From when, and until before when; ``None`` where nothing bounds it."""
        match self.period:
            case Period.ANY:
                return None, None
            case Period.RANGE:
                days = sorted(day for day in (self.first, self.last) if day is not None)
                if not days:
                    return None, None
                return day_start(days[0], now), day_start(days[-1] + timedelta(days=1), now)
            case _:
                today = local(now, now).date()
                return day_start(today - timedelta(days=_DAYS[self.period] - 1), now), None

    @property
    def words(self) -> str:
        """``Last 7 days``; for a range ``3 Nov – 5 Nov 2026``."""
        days = sorted(day for day in (self.first, self.last) if day is not None)
        if self.period is not Period.RANGE or not days:
            return self.period.value
        one, two = days[0], days[-1]
        if one == two:
            return _day(two)
        begin = _day(one) if one.year != two.year else f"{one.day} {_MONTHS[one.month - 1]}"
        return f"{begin} – {_day(two)}"


def day_start(day: date, now: datetime) -> datetime:
    """Midnight at the begin of ``day`` where the person is."""
    plain = datetime.combine(day, time.min)
    here = plain.astimezone()  # with the offset that the system's zone has on that day
    same = now.astimezone().utcoffset() == now.utcoffset()
    return here if same else plain.replace(tzinfo=now.tzinfo)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
