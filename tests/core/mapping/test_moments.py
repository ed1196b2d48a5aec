"""Times are read as they were meant, in every usual form, with zones, gaps and overlaps."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from composer.core.mapping import DIRECTIVES, format_problem
from composer.core.mapping.moments import moment_of, reader

PARIS = ZoneInfo("Europe/Paris")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(text: str, time_format: str = "", zone: str = "UTC") -> str:
    moment = reader(time_format, ZoneInfo(zone))(text)
    return "" if moment is None else moment.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21T09:30:00Z", "2026-11-21T09:30:00.000Z"),
        ("2026-11-21T09:30:00.123Z", "2026-11-21T09:30:00.123Z"),
        ("2026-11-21 09:30:00.123456 UTC", "2026-11-21T09:30:00.123456Z"),
        ("2026-11-21T09:30:00,5+02:00", "2026-11-21T07:30:00.500Z"),
        ("2026-11-21t09:30:00z", "2026-11-21T09:30:00.000Z"),
        ("2026-11-21 09:30:00 +0530", "2026-11-21T04:00:00.000Z"),
        ("2026-11-21 09:30:00-03", "2026-11-21T12:30:00.000Z"),
        ("2026-11-21 09:30", "2026-11-21T09:30:00.000Z"),
        ("2026-11-21", "2026-11-21T00:00:00.000Z"),
        ("2020-01-01 00:00:00.000000", "2020-01-01T00:00:00.000Z"),
        ("1795253400", "2026-11-21T09:30:00.000Z"),
        ("1795253400.25", "2026-11-21T09:30:00.250Z"),
        ("1795253400123", "2026-11-21T09:30:00.123Z"),
        ("1.7952534E9", "2026-11-21T09:30:00.000Z"),
        ("1795253400123456", "2026-11-21T09:30:00.123456Z"),
        ("-315619200", "1960-01-01T00:00:00.000Z"),
    ],
)
def test_iso_and_unix_time_are_told_apart_by_themselves(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "2026-11-31", "2026-13-01", "20261121", "2026-W47-6", "09:30", "12345"),
        *("2026-11-21T24:00:00Z", "2026-11-21x09:30:00Z", "21/11/2026", "1e99", "9" * 400),
        *("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "٢٠٢٦-11-21", "1 795 253 400"),
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    ("text", "time_format", "expected"),
    [
        ("21/11/2026 09:30", "%d/%m/%Y %H:%M", "2026-11-21T09:30:00.000Z"),
        ("3/4/26", "%m/%d/%y", "2026-03-04T00:00:00.000Z"),
        ("1/2/69", "%d/%m/%y", "1969-02-01T00:00:00.000Z"),
        ("Nov 21, 2026 9:30 PM", "%b %d, %Y %I:%M %p", "2026-11-21T21:30:00.000Z"),
        ("12:05 am on 21 NOVEMBER 2026", "%I:%M %p on %d %B %Y", "2026-11-21T00:05:00.000Z"),
        ("Sat, 21 Nov 2026 09:30:00 +0100", "%a, %d %b %Y %H:%M:%S %z", "2026-11-21T08:30:00.000Z"),
        ("2026.11.21 09h30", "%Y.%m.%d %Hh%M", "2026-11-21T09:30:00.000Z"),
        ("21.11.2026 09:30:00.5", "%d.%m.%Y %H:%M:%S.%f", "2026-11-21T09:30:00.500Z"),
        ("1795253400", "unix ms", "1970-01-21T18:40:53.400Z"),
        ("5", "unix s", "1970-01-01T00:00:05.000Z"),
        ("31/11/2026", "%d/%m/%Y", ""),
        ("21 Foo 2026", "%d %b %Y", ""),
        ("13:00 AM 21/11/2026", "%I:%M %p %d/%m/%Y", ""),
        ("1795253400", "iso", ""),
        ("2026-11-21", "unix s", ""),
    ],
)
def test_patterns_are_read_as_strptime_reads_them(
    text: str, time_format: str, expected: str
) -> None:
    assert read(text, time_format) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-01 12:00", "2026-07-01T10:00:00.000Z"),
        ("2026-12-01 12:00", "2026-12-01T11:00:00.000Z"),
        ("2026-03-29 02:30", "2026-03-29T01:30:00.000Z"),  # never came: 03:30 summer time
        ("2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),  # came twice: the first
        ("2026-07-01T12:00:00Z", "2026-07-01T12:00:00.000Z"),
        ("1795253400", "2026-11-21T09:30:00.000Z"),
    ],
)
def test_a_time_without_a_zone_is_one_of_the_zone(text: str, expected: str) -> None:
    assert read(text, zone="Europe/Paris") == expected


def test_a_date_alone_keeps_its_day() -> None:
    for text, time_format in (("2026-11-21", ""), ("21/11/2026", "%d/%m/%Y")):
        moment = reader(time_format, PARIS)(text)
        assert moment
        assert moment.day == "2026-11-21"
    timed = reader("", PARIS)("2026-11-21T00:00:00")
    assert timed
    assert timed.day == ""


@pytest.mark.parametrize(
    ("time_format", "words"),
    [
        ("%q %d %m %Y", "%q is not known. Use %Y"),
        ("%d/%m/%Y %d", "%d stands there twice. Remove one of them."),
        ("%H:%M", "A pattern needs a day, a month and a year, such as %d/%m/%Y."),
        ("tomorrow", "A pattern needs a day"),
        ("%d/%m/%Y %", "% is not known."),
    ],
)
def test_a_format_that_cannot_be_is_told(time_format: str, words: str) -> None:
    assert format_problem(time_format).startswith(words)
    with pytest.raises(ValueError, match=r"Use|Remove|needs"):
        reader(time_format, UTC)


def test_every_directive_that_is_offered_is_known() -> None:
    for directive in DIRECTIVES:
        rest = "".join(one for one in ("%d", "%m", "%Y") if one != directive)
        assert "not known" not in format_problem(directive + rest)


FIRST, LAST = datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("9000-01-01")
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
zones = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, zones)
def test_any_iso_text_is_read_as_python_reads_it(moment: datetime, zone: timezone) -> None:
    for text in (moment.isoformat(), moment.astimezone(zone).isoformat(" ")):
        found = reader("iso", UTC)(text)
        assert found == moment_of(moment)
        assert found
        assert datetime.fromisoformat(found.text) == moment
        assert found.milliseconds == (moment - EPOCH) // timedelta(milliseconds=1)


@given(moments, st.sampled_from(["%d/%m/%Y %H:%M:%S.%f", "%Y-%m-%d %I:%M:%S %p", "%B %d %Y"]))
def test_any_time_in_a_pattern_is_read_as_strptime_does(moment: datetime, pattern: str) -> None:
    text = moment.strftime(pattern).replace(f" {moment.year} ", f" {moment.year:04} ")
    expected = datetime.strptime(text, pattern).replace(tzinfo=UTC)
    assert reader(pattern, UTC)(text) is not None
    assert read(text, pattern) == moment_of(expected).text
