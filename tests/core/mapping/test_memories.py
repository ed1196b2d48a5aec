"""Times that are read block by block are the same as those that are read one by one."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.mapping import ColumnRule, Target, WhenEmpty
from composer.core.mapping.giving import Cell, FromCell
from composer.core.mapping.memories import BAD, Moments, Times
from composer.core.mapping.moments import reader, usual_moments
from composer.core.mapping.plan import TimeGiver

PARIS = ZoneInfo("Europe/Paris")
CELLS = (
    "2026-03-01 09:30:17",
    "2026-03-01T09:30:17.500",
    "2026-03-01T09:30",
    "2026-03-01",
    "2026-03-01T09:30:17Z",
    "2026-03-01 09:30:05Z",
    "1969-12-31T23:59:58.001Z",
    "9999-12-31T23:59:59.999Z",
    "2026-03-01T09:30:05.250Z",
    "2026-03-01T09:30:05+01:00",
    "2026-02-30T09:30:05Z",
    "2026-03-01T09:30:60Z",
    "2026-03-01T09:30:٠٥Z",
    "2026-03-01T09:30:05Z\n2026-03-01T09:30:06Z",
    " 2026-03-01T09:30:05Z ",
    "2026-W09-7T09:30:05Z",
    "soon",
    "",
)


def times(
    time_format: str = "",
    when_empty: WhenEmpty = WhenEmpty.LEAVE_OUT,
    zone: tzinfo = UTC,
) -> Times:
    rule = ColumnRule(
        column="at", target=Target.TIME, time_format=time_format, when_empty=when_empty
    )
    read = reader(time_format, zone)
    return Times(TimeGiver(FromCell.of(rule, Cell(0, ("at",)), read), read, zone is UTC))


def one_by_one(cells: list[str], zone: tzinfo) -> Moments:
    found = [times(zone=zone).of([["soon", cell]]) for cell in cells]
    return Moments(
        [moments.texts[1] for moments in found],
        [moments.members[1] for moments in found],
        [moments.milliseconds[1] for moments in found],
    )


def as_lists(moments: Moments) -> list[list[object]]:
    return [list(column) for column in moments]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5), st.sampled_from((UTC, PARIS)))
def test_a_block_has_the_times_that_its_cells_have_one_by_one(
    cells: list[str], zone: tzinfo
) -> None:
    assert as_lists(times(zone=zone).of([cells])) == as_lists(one_by_one(cells, zone))


def test_a_block_of_times_without_a_zone_has_those_of_its_zone() -> None:
    cells = ["2026-03-01 09:30:17", "2026-03-01T09:30:17.500"]
    utc = ["2026-03-01T09:30:17.000Z", "2026-03-01T09:30:17.500Z"]
    assert list(times().of([cells]).texts) == utc
    assert list(times(zone=PARIS).of([cells]).texts) == [text.replace("09", "08") for text in utc]


@settings(max_examples=100)
@given(st.datetimes(), st.sampled_from(("seconds", "milliseconds")), st.sampled_from("T "))
def test_the_usual_form_is_read_as_the_reader_does(
    moment: datetime, timespec: str, between: str
) -> None:
    text = f"{moment.isoformat(between, timespec)}Z"
    alone = reader("", UTC)(text)
    assert alone is not None
    assert usual_moments([text, text]) == ([alone.text] * 2, [alone.milliseconds] * 2)


@pytest.mark.parametrize("cell", ["2026-02-30T09:30:05Z", "2026-03-01", "", "2026-W09-7T09:30:05Z"])
def test_what_has_not_the_usual_form_is_left_to_the_reader(cell: str) -> None:
    assert usual_moments(["2026-03-01T09:30:17Z", cell]) is None


def test_a_pattern_is_read_as_it_says() -> None:
    found = times("%Y-%d-%mT%H:%M:%SZ").of([["2026-03-01T09:30:17Z", "2026-03-01T09:30:18Z"]])
    assert list(found.texts) == ["2026-01-03T09:30:17.000Z", "2026-01-03T09:30:18.000Z"]


def test_an_empty_cell_fits_unless_it_must_not_be() -> None:
    assert times().of([["", " "]]).members == ("", "")
    assert times(when_empty=WhenEmpty.PROBLEM).of([["", " "]]).members == (BAD, BAD)
