"""The time that is stored: corrected by the sender's clock, never far ahead."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.services.sandbox.v1.batches import batch, drop, event, outcome, submit

EARLY = {"posthog-request-timestamp": "2026-03-19T14:29:50Z"}  # ten seconds behind
LATE = {"posthog-request-timestamp": "2026-03-19T16:30:00+01:00"}  # an hour ahead
UNCORRECTED = {"disable_skew_correction": True}


def stored_time(timestamp: str, headers: dict[str, str], **members: Any) -> datetime:
    judgement = submit(batch(event(timestamp=timestamp, **members)), headers=headers)
    return judgement.events[0].timestamp


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("timestamp", "headers", "expected"),
    [
        ("2026-03-19T14:29:58.123Z", {}, "2026-03-19T14:29:58.123"),
        ("2026-03-19T14:29:58.123456789Z", {}, "2026-03-19T14:29:58.123456"),
        ("2026-03-19T16:29:58+02:00", {}, "2026-03-19T14:29:58"),
        ("2026-03-19T14:00:00Z", EARLY, "2026-03-19T14:00:10"),
        ("2026-03-19T14:00:00Z", LATE, "2026-03-19T13:00:00"),
        ("1969-01-01T00:00:00Z", {}, "1969-01-01T00:00:00"),
        ("2026-03-20T13:30:00Z", {}, "2026-03-20T13:30:00"),
        ("2026-03-20T13:30:00.001Z", {}, "2026-03-19T14:30:00"),
        ("2026-03-20T13:30:00Z", EARLY, "2026-03-19T14:30:00"),
        ("2026-03-20T14:30:00Z", LATE, "2026-03-20T13:30:00"),
        ("9999-12-31T23:59:59Z", EARLY, "2026-03-19T14:30:00"),
        ("0001-01-01T00:00:00Z", LATE, "0001-01-01T00:00:00"),
    ],
)
def test_an_event_is_corrected_by_what_the_clock_is_off(
    timestamp: str, headers: dict[str, str], expected: str
) -> None:
    assert stored_time(timestamp, headers) == at(expected)


@pytest.mark.parametrize("timestamp", ["2026-03-19T14:00:00Z", "2027-01-01T00:00:00Z"])
def test_without_correction_a_time_is_stored_as_sent_even_far_ahead(timestamp: str) -> None:
    expected = at(timestamp.removesuffix("Z"))
    assert stored_time(timestamp, LATE, options=UNCORRECTED) == expected


def test_a_correction_that_is_asked_for_is_made() -> None:
    options = {"disable_skew_correction": "0"}
    assert stored_time("2026-03-19T14:00:00Z", LATE, options=options) == at("2026-03-19T13:00:00")


@pytest.mark.parametrize(
    "timestamp",
    [
        *("", "noon", "2026-03-19", "2026-03-19T14:30:00", "2026-03-19T14:30Z", "1773930600"),
        *(" 2026-03-19T14:30:00Z", "2026-02-30T14:30:00Z", "2026-03-19T25:00:00Z"),
        *("2026-03-19T14:30:00+0100", "2026-03-19T14:30:00+01", "2026-03-19T14:30:00 Z"),
        *("2026-03-19T14:30:00+24:00", "Thu, 19 Mar 2026 14:30:00 GMT", "2026/03/19"),
    ],
)
def test_there_is_no_leniency_about_timestamps(timestamp: str) -> None:
    assert outcome(timestamp=timestamp) == drop("invalid_event_timestamp")
