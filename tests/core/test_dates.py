"""Timestamps with a zone, read as strictly as PostHog's v1 endpoint reads them."""

from datetime import UTC, datetime

import pytest

from composer.core.dates import read_date, read_rfc3339

NOW = datetime(2026, 3, 19, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-19T14:30:00Z", "2026-03-19T14:30:00"),
        ("2026-03-19t14:30:00z", "2026-03-19T14:30:00"),
        ("2026-03-19 14:30:00.5Z", "2026-03-19T14:30:00.5"),
        ("2026-03-19T14:30:00.123456999-00:00", "2026-03-19T14:30:00.123456"),
        ("2026-03-19T14:30:00+05:30", "2026-03-19T09:00:00"),
        ("2026-03-19T14:30:00-23:59", "2026-03-20T14:29:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00"),
    ],
)
def test_a_timestamp_with_a_zone_is_an_instant(text: str, expected: str) -> None:
    moment = read_rfc3339(text)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert moment == read_date(text, NOW)
    assert moment is not None
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        *("", "noon", "2026-03-19", "2026-03-19T14:30:00", "2026-03-19T14:30Z", "1773930600"),
        *("2026-03-19T14:30:00+01", "2026-03-19T14:30:00+0100", "2026-03-19T14:30:00 Z"),
        *("2026-03-19T14:30:00+24:00", "2026-03-19T14:30:00+01:60", "2026-03-19T14:30:00.Z"),
        *("2026-02-29T14:30:00Z", "2026-03-19T24:00:00Z", "2026-03-19T14:30:61Z", "٢026"),
    ],
)
def test_any_other_text_is_none(text: str) -> None:
    assert read_rfc3339(text) is None


@pytest.mark.parametrize("offset", ["+24:00", "+01:60"])
def test_an_offset_that_is_none_is_passed_over_by_the_lenient_reading(offset: str) -> None:
    assert read_date(f"2026-03-19T14:00:00{offset}", NOW) == NOW.replace(minute=0)
