"""The stored time. The dates were read by the libraries that PostHog uses, for comparison."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from composer.core.dates import read_date
from composer.services.sandbox.v0.timestamps import read_sent_at
from tests.services.sandbox.client import NOW, TOKEN, known, submit

ARRIVAL = datetime(2026, 11, 21, 20, 34, 27, 500_000, tzinfo=UTC)
HALF_PAST_TWO = "2024-03-19T14:30:00+00:00"
FIVE_SECONDS_ON = "2024-03-19T14:30:05+00:00"
AT_TIME_OF_ARRIVAL = "2024-03-19T20:34:27.500000+00:00"
READ = [
    ("2024-03-19T14:30:00Z", HALF_PAST_TWO),
    ("2024-03-19t14:30:00z", HALF_PAST_TWO),
    ("2024-03-19 14:30:00+02:00", "2024-03-19T12:30:00+00:00"),
    ("2024-03-19T14:30:00.123456789Z", "2024-03-19T14:30:00.123456+00:00"),
    ("2024-03-19T14:30:00.1Z", "2024-03-19T14:30:00.100000+00:00"),
    ("2024-03-19T14:30:00+03", "2024-03-19T11:30:00+00:00"),
    ("2024-03-19T14:30:00-00", HALF_PAST_TWO),
    ("2024-03-19T14:30:00+23:59", "2024-03-18T14:31:00+00:00"),
    ("2024-03-19T23:59:60Z", "2024-03-20T00:00:00+00:00"),
    ("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.999999+00:00"),
    ("0001-01-01T00:00:00+01:00", "0001-01-01T00:00:00+00:00"),
    # An offset without a colon, or out of range, is passed over.
    ("2024-03-19T14:30:00+0300", HALF_PAST_TWO),
    ("2024-03-19T14:30:00+24:00", HALF_PAST_TWO),
    ("2024-03-19T14:30+02:00", HALF_PAST_TWO),
    ("2024-03-19T14:30:00+02:00[Europe/Paris]", HALF_PAST_TWO),
    ("2024-03-19T14:30:00", HALF_PAST_TWO),
    ("2024-03-19T14:30:00.5", "2024-03-19T14:30:00.500000+00:00"),
    ("20240319T143000", HALF_PAST_TWO),
    ("20240319", "2024-03-19T00:00:00+00:00"),
    ("2024-03-19 14:30", HALF_PAST_TWO),
    ("2024-03-19 14:30:05.25", "2024-03-19T14:30:05.250000+00:00"),
    ("2024-03-19 02:30:05 PM", FIVE_SECONDS_ON),
    ("2024-03-19 12:30 am", "2024-03-19T00:30:00+00:00"),
    ("2024-03-19 14:30:05 UTC", FIVE_SECONDS_ON),
    ("2024-03-19 14:30:05 +0200", "2024-03-19T12:30:05+00:00"),
    ("2024-03-19 14:30:05+02", "2024-03-19T12:30:05+00:00"),
    ("2024-03-19 14:30:05 PST", "2024-03-19T22:30:05+00:00"),
    ("2024-03-19 14:30:05 CET", FIVE_SECONDS_ON),
    ("2024/3/9 14:30", "2024-03-09T14:30:00+00:00"),
    ("03/19/2024 14:30:05", FIVE_SECONDS_ON),
    ("3/19/24 2:30 pm", HALF_PAST_TWO),
    ("Tue, 19 Mar 2024 14:30:00 +0200", "2024-03-19T12:30:00+00:00"),
    ("19 Mar 2024, 14:30:05", FIVE_SECONDS_ON),
    ("March 19, 2024 2:30pm", HALF_PAST_TWO),
    ("March 19, 2024 14:30:05 UTC", FIVE_SECONDS_ON),
    ("1710858600", HALF_PAST_TWO),
    ("1710858600000", HALF_PAST_TWO),
    ("1710858600000000000", HALF_PAST_TWO),
    # A date alone takes the time of day of its arrival.
    ("2024-03-19", AT_TIME_OF_ARRIVAL),
    ("2024-03-19 UTC", AT_TIME_OF_ARRIVAL),
    ("2024-03-19+02:00", AT_TIME_OF_ARRIVAL),
    ("2024/03/19", AT_TIME_OF_ARRIVAL),
    ("03/19/2024", AT_TIME_OF_ARRIVAL),
    ("2024.03.19", AT_TIME_OF_ARRIVAL),
    ("03.19.24", AT_TIME_OF_ARRIVAL),
    ("Mar. 19, 2024", AT_TIME_OF_ARRIVAL),
    ("19 March 2024", AT_TIME_OF_ARRIVAL),
    ("2024-Mar-19", AT_TIME_OF_ARRIVAL),
]
UNREADABLE = [
    "",
    "not a time",
    " 2024-03-19T14:30:00Z",
    "2024-03-19T14:30Z",
    "2024-03-19T14:30:00,1Z",
    "2024-02-30T00:00:00Z",
    "2024-03-19T24:00:00Z",
    "2024-03-19T14:30:61Z",
    "2024-03-19 2:30",
    "2024-03-19 13:30 pm",
    "19/03/2024",
    "19.03.2024",
    "Mon, 19 Mar 2024 14:30:00 GMT",
    "Mar 19 2024",
    "Foo 19, 2024",
    "17108586000",
    "1710858600.5",
    "10000-01-01T00:00:00Z",
    "2024-W12-2",
]


@pytest.mark.parametrize(("text", "instant"), READ)
def test_a_date_is_read_as_posthog_reads_it(text: str, instant: str) -> None:
    moment = read_date(text, ARRIVAL)
    assert moment is not None
    assert moment.isoformat() == instant


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_date_that_posthog_cannot_read_is_not_read(text: str) -> None:
    assert read_date(text, ARRIVAL) is None


@given(st.text() | st.text("0123456789-:./ TZ+aPpmMr,", max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = read_date(text, ARRIVAL)
    assert moment is None or moment.utcoffset() == timedelta()


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_exact_time_is_read_exactly(moment: datetime) -> None:
    assert read_date(moment.isoformat(), ARRIVAL) == moment


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-03-19T14:30:00Z", HALF_PAST_TWO),
        ("2024-03-19T16:30:00.000+02:00", HALF_PAST_TWO),
        ("2024-03-19T14:30:00", None),
        ("2024-03-19 14:30:00Z", None),
        ("Tomorrow", None),
        ("0001-01-01T00:00:00+10:00", None),
        ("", None),
        (None, None),
    ],
)
def test_sent_at_needs_a_zone(text: str | None, instant: str | None) -> None:
    moment = read_sent_at(text)
    assert (moment and moment.isoformat()) == instant


def stored_time(body: str, query: str = "") -> str:
    (stored,) = submit(body, "/batch", query=query).events
    return stored.timestamp.isoformat().removesuffix("+00:00")


def batch(members: str, sent_at: str) -> str:
    event = f'{{"event":"e","distinct_id":"d",{members}}}'
    return f'{{"api_key":"{TOKEN}","sent_at":"{sent_at}","batch":[{event}]}}'


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("", "2026-03-19T14:30:00"),
        ('"timestamp":"2026-03-01T00:00:00Z"', "2026-03-01T00:00:00"),
        ('"timestamp":"nonsense"', "2026-03-19T14:30:00"),
        ('"timestamp":"2026-03-20T13:30:00Z"', "2026-03-20T13:30:00"),
        ('"timestamp":"2026-03-20T13:30:00.001Z"', "2026-03-19T14:30:00"),
        ('"offset":1500', "2026-03-19T14:29:58.500000"),
        ('"offset":1500,"timestamp":"2026-03-01T00:00:00Z"', "2026-03-19T14:29:58.500000"),
        ('"offset":-86400000', "2026-03-19T14:30:00"),
        ('"offset":9223372036854775807', "1970-01-01T00:00:00"),
        ('"offset":-9223372036854775808', "2026-03-19T14:30:00"),
        ('"timestamp":"9999-12-31T23:59:59-01:00"', "2026-03-19T14:30:00"),
    ],
)
def test_a_single_event_gets_its_time(members: str, expected: str) -> None:
    assert stored_time(known(members)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ('"timestamp":"2026-03-19T14:00:00Z"', "2026-03-19T14:00:10"),
        ('"timestamp":"2026-03-19T14:00:00Z","offset":0', "2026-03-19T14:30:00"),
        (
            '"timestamp":"2026-03-19T14:00:00Z","properties":{"$ignore_sent_at":true}',
            "2026-03-19T14:00:00",
        ),
        (
            '"timestamp":"2026-03-19T14:00:00Z","properties":{"$ignore_sent_at":"true"}',
            "2026-03-19T14:00:10",
        ),
        ('"timestamp":"nonsense"', "2026-03-19T14:30:00"),
    ],
)
def test_a_batch_is_corrected_by_what_its_clock_is_off(members: str, expected: str) -> None:
    assert stored_time(batch(members, "2026-03-19T14:29:50Z")) == expected


def test_a_correction_beyond_the_calendar_gives_1970_or_now() -> None:
    early, late = '"timestamp":"0001-01-01T00:00:00Z"', '"timestamp":"9999-12-31T00:00:00Z"'
    assert stored_time(batch(early, "2036-01-01T00:00:00Z")) == "1970-01-01T00:00:00"
    assert stored_time(batch(late, "2016-01-01T00:00:00Z")) == "2026-03-19T14:30:00"


def test_the_query_says_when_a_request_was_sent_unless_the_batch_does() -> None:
    ten_seconds_slow = f"_={int(NOW.timestamp() - 10) * 1000}"
    members = '"timestamp":"2026-03-19T14:00:00Z"'
    assert stored_time(known(members), ten_seconds_slow) == "2026-03-19T14:00:10"
    told_twice = batch(members, "2026-03-19T14:29:00Z")
    assert stored_time(told_twice, ten_seconds_slow) == "2026-03-19T14:01:00"


def test_seconds_in_the_query_are_ignored() -> None:
    members = '"timestamp":"2026-03-19T14:00:00Z"'
    seconds = f"_={int(NOW.timestamp() - 10)}"
    assert stored_time(known(members), seconds) == "2026-03-19T14:00:00"
