"""Spans of days: they begin and end at the person's own midnight."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from composer.ui.history.periods import Period, Span, day_start

ZONE = timezone(timedelta(hours=5, minutes=45))
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=ZONE)
"""Still the 20th in UTC"""


def test_any_time_has_no_bounds() -> None:
    assert Span().bounds(NOW) == (None, None)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.TODAY, date(2026, 11, 21)),
        (Period.WEEK, date(2026, 11, 15)),
        (Period.MONTH, date(2026, 10, 23)),
    ],
)
def test_the_last_days_count_today_and_begin_at_midnight(period: Period, first: date) -> None:
    since, until = Span(period=period).bounds(NOW)
    assert until is None
    assert since == datetime(first.year, first.month, first.day, tzinfo=ZONE)


def test_a_range_takes_in_both_its_days_in_either_order() -> None:
    one, two = date(2026, 11, 3), date(2026, 11, 5)
    expected = (datetime(2026, 11, 3, tzinfo=ZONE), datetime(2026, 11, 6, tzinfo=ZONE))
    assert Span(period=Period.RANGE, first=one, last=two).bounds(NOW) == expected
    assert Span(period=Period.RANGE, first=two, last=one).bounds(NOW) == expected


def test_a_range_without_days_lets_everything_through() -> None:
    assert Span(period=Period.RANGE).bounds(NOW) == (None, None)


def test_days_left_over_from_a_range_do_not_count() -> None:
    span = Span(period=Period.ANY, first=date(2026, 1, 1), last=date(2026, 1, 2))
    assert span.bounds(NOW) == (None, None)
    assert span.words == "Any time"


def test_midnight_is_that_of_the_persons_zone() -> None:
    assert day_start(date(2026, 11, 21), NOW).astimezone(UTC) == datetime(
        2026, 11, 20, 18, 15, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 3), date(2026, 11, 5), "3 Nov – 5 Nov 2026"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 Dec 2025 – 1 Jan 2026"),
        (date(2026, 11, 3), date(2026, 11, 3), "3 Nov 2026"),
    ],
)
def test_a_range_is_told_in_words(first: date, last: date, words: str) -> None:
    assert Span(period=Period.RANGE, first=first, last=last).words == words
