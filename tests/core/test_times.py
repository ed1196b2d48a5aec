"""Timestamps: what goes on the wire, what PostHog makes of it, and words for people."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from composer.core import times

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
PARIS = timezone(timedelta(hours=1))

zones = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
)
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=zones)  # noqa: DTZ001 -- hypothesis adds the zone


def test_utc_is_written_with_z_and_other_zones_with_their_offset() -> None:
    assert times.wire_text(NOW) == "2026-03-14T12:00:00.000Z"
    there = NOW.astimezone(PARIS) + timedelta(microseconds=1999)
    assert times.wire_text(there) == "2026-03-14T13:00:00.001+01:00"


@given(moments)
def test_what_is_written_is_read_as_the_same_millisecond(moment: datetime) -> None:
    read = times.read(times.wire_text(moment))
    assert read is not None
    assert timedelta(0) <= moment - read < timedelta(milliseconds=1)


@given(st.text(max_size=30) | st.text("0123456789-+:TZ. ", max_size=30))
def test_no_text_is_too_odd_to_be_judged_and_described(text: str) -> None:
    assert (times.describe(text, NOW) == "") == (times.read(text) is None)


def test_a_time_without_zone_is_utc() -> None:
    assert times.read(" 2026-03-14T12:00:00 ") == NOW


@pytest.mark.parametrize("text", ["yesterday", "14/03/2026", "2026-13-01T00:00:00Z", ""])
def test_what_posthog_cannot_read_is_not_described(text: str) -> None:
    assert times.read(text) is None
    assert times.describe(text, NOW) == ""


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_beyond_the_calendar_is_no_instant(text: str) -> None:
    assert times.read(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-14T12:00:30+00:00", "12:00:30 UTC · just now"),
        ("2026-03-14T11:59:00Z", "11:59:00 UTC · 1 minute ago"),
        ("2026-03-14T02:00:00+01:00", "01:00:00 UTC · 11 hours ago"),
        ("2026-03-17T13:00:00+01:00", "17 Mar 2026 12:00:00 UTC · in 3 days"),
        ("2024-03-14T12:00:00Z", "14 Mar 2024 12:00:00 UTC · 2 years ago"),
        ("nonsense", ""),
    ],
)
def test_a_time_is_described_in_utc_with_its_distance(text: str, words: str) -> None:
    assert times.describe(text, NOW) == words
