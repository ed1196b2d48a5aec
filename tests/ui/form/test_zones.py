"""Respelling a time keeps its instant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from composer.core import times
from composer.ui.form.zones import common_zones, offset_name, respell, zone_name, zone_of

INDIA = timezone(timedelta(hours=5, minutes=30))


@given(st.integers(0, 200_000_000_000_000_000))
def test_the_instant_stays(microseconds: int) -> None:
    text = (datetime(1971, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).isoformat()
    for _, zone in common_zones():
        there = respell(text, zone)
        assert there is not None
        assert times.read(there) == times.read(text)
        assert times.read(respell(there, UTC) or "") == times.read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-14T09:30:00+01:00", "2026-03-14T14:00:00+05:30"),
        ("2026-03-14T09:30:00.120Z", "2026-03-14T15:00:00.120+05:30"),
        ("2026-03-14T09:30:00.123456789Z", "2026-03-14T15:00:00.123456789+05:30"),
        ("2026-03-14T09:30", "2026-03-14T15:00:00+05:30"),
    ],
)
def test_the_fraction_keeps_its_digits(text: str, expected: str) -> None:
    assert respell(text, INDIA) == expected


def test_what_is_no_time_has_no_zone() -> None:
    assert respell("tomorrow", UTC) is None
    assert respell("9999-12-31T23:00:00Z", INDIA) is None, "the calendar ends there"
    assert zone_of("tomorrow") is None
    assert zone_name(None) == ""


def test_zones_have_names() -> None:
    assert zone_name(zone_of("2026-03-14T09:30:00Z")) == "UTC"
    assert zone_name(zone_of("2026-03-14T09:30:00-03:30")) == "UTC-03:30"
    assert offset_name(5.5) == "UTC+05:30"
    assert next(name for name, _ in common_zones()) == "UTC-08:00"
