"""Results read well in a spreadsheet, do no harm there, and failures can be imported again."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from composer.core.batch.results import (
    EVENT_COLUMNS,
    FAILURE_COLUMNS,
    REQUEST_COLUMNS,
    ResultsFormat,
    event_pieces,
    failure_pieces,
    request_pieces,
)
from composer.core.batch.run import EventState, RequestRow, RequestState, RunEvent

BODY = '{"event":"=cmd|calc","distinct_id":"a,b","properties":{"n":1.00},"$set":{"x":"é"},"odd":1}'
EVENT = RunEvent(
    number=7,
    row=107,
    body=BODY,
    name="=cmd|calc",
    person="a,b",
    uuid="u",
    state=EventState.REFUSED,
    request=3,
    status=400,
    words="@refused",
)
REQUEST = RequestRow(
    id=3,
    parcel=0,
    first=0,
    events=2,
    bytes=900,
    sha256="ab",
    state=RequestState.UNCERTAIN,
    tries=2,
    status=None,
    words="No answer,\nnone",
    milliseconds=12.345,
    finished_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
)


def table(pieces: Iterable[str]) -> list[dict]:
    return list(csv.DictReader(io.StringIO("".join(pieces).removeprefix("\ufeff"))))


def lines(pieces: Iterable[str]) -> list[dict]:
    return [json.loads(line) for line in "".join(pieces).splitlines()]


def test_a_table_of_events_has_no_formulas() -> None:
    (row,) = table(event_pieces([EVENT], ResultsFormat.CSV))
    assert tuple(row) == EVENT_COLUMNS
    assert (row["number"], row["source_row"], row["request"]) == ("7", "107", "3")
    assert (row["event"], row["person"], row["words"]) == ("'=cmd|calc", "a,b", "'@refused")
    assert (row["state"], row["status"]) == ("refused", "400")


def test_lines_of_events_have_the_same_members_as_they_are() -> None:
    (row,) = lines(event_pieces([EVENT], ResultsFormat.JSON_LINES))
    assert tuple(row) == EVENT_COLUMNS
    assert (row["event"], row["number"], row["words"]) == ("=cmd|calc", 7, "@refused")


def test_requests_are_told_with_what_was_sent_and_answered() -> None:
    (row,) = table(request_pieces([REQUEST], ResultsFormat.CSV))
    assert tuple(row) == REQUEST_COLUMNS
    assert (row["state"], row["status"], row["milliseconds"]) == ("uncertain", "", "12.3")
    assert row["words"] == "No answer,\nnone"
    assert row["finished_at"] == "2026-11-21T09:30:00.000Z"
    (same,) = lines(request_pieces([REQUEST], ResultsFormat.JSON_LINES))
    assert (same["status"], same["bytes"], same["tries"]) == (None, 900, 2)


def test_failures_in_lines_are_the_bare_events() -> None:
    assert "".join(failure_pieces([EVENT, EVENT], ResultsFormat.JSON_LINES)) == f"{BODY}\n" * 2


def test_failures_in_a_table_have_the_members_of_the_event_and_the_reason() -> None:
    (row,) = table(failure_pieces([EVENT], ResultsFormat.CSV))
    assert tuple(row) == FAILURE_COLUMNS
    assert row["event"] == "'=cmd|calc"
    assert row["properties"] == '{"n":1.00}'
    assert row["$set"] == '{"x":"é"}'
    assert (row["timestamp"], row["words"]) == ("", "'@refused")
