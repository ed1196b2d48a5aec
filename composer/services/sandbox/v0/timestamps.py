"""The time that PostHog stores with an event.

Source: capture-server.md, section 5. It reads no clock: the time of arrival is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from composer.core.dates import read_date
from composer.core.times import FUTURE_LIMIT
from composer.services.sandbox.v0.shapes import RawEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """When a request arrived, and when its sender says it was sent; both in UTC."""

    now: datetime
    sent_at: datetime | None = None


def read_sent_at(text: str | None) -> datetime | None:
    """A batch's ``sent_at``: ISO 8601 with a ``T`` and a zone; anything else is passed over."""
    if not text or "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def event_time(event: RawEvent, arrived: Arrived) -> datetime:
    """The stored time, in UTC: skew corrected, nothing far ahead, nothing without a year."""
    now = arrived.now
    moment = _claimed(event, arrived)
    return now if moment - now > FUTURE_LIMIT else moment


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FAR = 10**15  # milliseconds, some 30,000 years: beyond any year, within a timedelta


def _claimed(event: RawEvent, arrived: Arrived) -> datetime:
    """What the sender's fields say."""
    if event.offset is not None:
        return _minus(arrived.now, timedelta(milliseconds=max(-_FAR, min(_FAR, event.offset))))
    claimed = None if event.timestamp is None else read_date(event.timestamp, arrived.now)
    if claimed is None:
        return arrived.now
    if arrived.sent_at is None or event.properties.get("$ignore_sent_at") is True:
        return claimed
    return _minus(claimed, arrived.sent_at - arrived.now)


def _minus(moment: datetime, span: timedelta) -> datetime:
    """Before the year 1 is 1970; after 9999 is the end of time, which counts as the future."""
    try:
        return moment - span
    except OverflowError:
        return _EPOCH if span > timedelta() else datetime.max.replace(tzinfo=UTC)
