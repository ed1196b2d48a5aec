"""Times in lists are told by the person's own clock and calendar."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from composer.ui.lists import when

TODAY = date(2026, 11, 21)
PLUS_TWO = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (TODAY, "Today"),
        (date(2026, 11, 20), "Yesterday"),
        (date(2026, 11, 15), "Sunday 15 November"),
        (date(2026, 11, 14), "14 November 2026"),
        (date(2026, 11, 22), "22 November 2026"),
        (date(2025, 12, 31), "31 December 2025"),
    ],
)
def test_a_day_is_called_as_people_call_it(day: date, title: str) -> None:
    assert when.day_title(day, TODAY) == title


def test_a_moment_is_shown_in_the_zone_of_now() -> None:
    now = datetime(2026, 11, 21, 1, 0, tzinfo=PLUS_TWO)
    moment = datetime(2026, 11, 20, 22, 30, 5, tzinfo=UTC)
    assert when.clock_text(moment, now) == "00:30:05"
    assert when.day_words(moment, now) == "today"
    assert when.day_words(moment - timedelta(hours=1), now) == "yesterday"
    assert when.day_words(moment - timedelta(days=9), now) == "on 12 November 2026"


def test_a_date_and_a_moment_are_spelled_out_in_english() -> None:
    moment = datetime(2026, 3, 4, 8, 15, tzinfo=PLUS_TWO)
    assert when.moment_text(moment) == "4 Mar 2026 08:15:00"
    assert when.date_text(moment + timedelta(hours=6)).endswith("March 2026")
