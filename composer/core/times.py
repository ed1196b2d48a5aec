"""Timestamps: text on the wire, an instant in between, words for people.

Knows no clock: "now" is always handed in, with its zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from composer.core.dates import read_date

FUTURE_LIMIT = timedelta(hours=23)
"""An event later than this is moved to the time of arrival (capture-server.md, section 5)."""


def wire_text(moment: datetime) -> str:
    """ISO 8601 with milliseconds and offset, as PostHog documents it; UTC is written ``Z``."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read(text: str) -> datetime | None:
    """The instant that ISO 8601 text names, UTC where it has no zone; ``None`` for other text.

    PostHog reads some texts otherwise: ``composer.core.dates`` does as PostHog does.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)  # hours before year 1 or after 9999 have no form in UTC
    except (ValueError, OverflowError):
        return None
    return moment


def describe(text: str, now: datetime) -> str:
    """The instant as PostHog reads it, in UTC, and how long ago it is; empty if unreadable."""
    in_utc = read_date(text, now.astimezone(UTC))
    if in_utc is None:
        return ""
    day = "" if in_utc.date() == now.astimezone(UTC).date() else f"{in_utc:%d %b %Y} "
    return f"{day}{in_utc:%H:%M:%S} UTC · {relative(in_utc, now)}"


def relative(moment: datetime, now: datetime) -> str:
    """``11 hours ago``, ``in 3 days``, ``just now``."""
    seconds = (now - moment).total_seconds()
    size = abs(seconds)
    if size < _MINUTE:
        return "just now"
    unit, name = next(step for step in _UNITS if size >= step[0])
    count = int(size // unit)
    words = f"{count} {name}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds > 0 else f"in {words}"


_MINUTE = 60
_UNITS = ((86_400 * 365, "year"), (86_400, "day"), (3_600, "hour"), (_MINUTE, "minute"))
