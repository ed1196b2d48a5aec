"""A send is told in words that a person understands."""

from datetime import UTC, datetime

import pytest

from composer.core.outcome import (
    Accepted,
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Refusal,
    Rejected,
    Response,
    Unreachable,
)
from composer.core.records import HistoryRow, Summary
from composer.core.settings import Retention
from composer.ui.history import words
from composer.ui.widgets import Severity
from tests.helpers.stage import EU

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
GOOD = Accepted(response=Response(status=200, milliseconds=84))
BAD = Rejected(response=Response(status=401, milliseconds=61), refusal=Refusal.BAD_TOKEN)
LOST = Unreachable(fault=Fault.ANSWER_TIMEOUT, milliseconds=10_000)

CASES = [
    (None, "Sending…", Severity.INFO, "still under way"),
    (GOOD, "200 · 84 ms", Severity.OK, "answered 200 in 84 ms"),
    (BAD, "401 · 61 ms", Severity.ERROR, "answered 401 in 61 ms"),
    (LOST, "No answer", Severity.ERROR, "no answer came within 10 s"),
    (Unreachable(fault=Fault.REFUSED), "No answer", Severity.ERROR, "no answer came"),
    (Cancelled(milliseconds=2100), "Cancelled", Severity.WARNING, "cancelled after 2.1 s"),
    (Interrupted(), "Cut off", Severity.WARNING, "cut off when the app was closed"),
]


@pytest.mark.parametrize(("outcome", "text", "severity", "ending"), CASES)
def test_every_ending_has_a_pill_and_a_sentence(
    outcome: Outcome | None, text: str, severity: Severity, ending: str
) -> None:
    row = HistoryRow(
        id=1,
        sent_at=NOW,
        summary=Summary(event="e", person="p"),
        destination=EU,
        path="/e/",
        size=1,
        outcome=outcome,
    )
    assert words.badge(outcome) == (text, severity)
    sentence = words.sentence(row, NOW)
    assert sentence == f"Sent to <b>EU cloud</b> today at 12:00:00, {ending}."


@pytest.mark.parametrize(
    ("found", "total", "searching", "text"),
    [
        (12_408, 12_408, False, "12,408 requests"),
        (1, 1, False, "1 request"),
        (8, 12_408, True, "8 of 12,408 requests"),
    ],
)
def test_the_count_tells_how_many_of_how_many(
    found: int, total: int, searching: bool, text: str
) -> None:
    assert words.count_words(found, total, searching=searching) == text


@pytest.mark.parametrize(
    ("retention", "said"),
    [
        (Retention(), "Everything is kept"),
        (Retention(days=1), "Kept for 1 day"),
        (Retention(rows=5_000), "Kept up to 5,000 sends"),
        (
            Retention(days=90, rows=5_000, megabytes=500),
            "Kept for 90 days and up to 5,000 sends, up to 500 MB",
        ),
    ],
)
def test_what_is_kept_is_told(retention: Retention, said: str) -> None:
    assert words.kept_words(retention) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 byte"),
        (812, "812 bytes"),
        (4_210, "4.2 kB"),
        (12_400_000, "12 MB"),
        (999_600, "1.0 MB"),
        (1_300_000_000, "1.3 GB"),
    ],
)
def test_sizes_are_told_in_thousands(size: int, said: str) -> None:
    assert words.bytes_text(size) == said


def test_what_was_looked_for_in_vain_is_named() -> None:
    assert "ticket" in words.nothing_words("x", ())
    assert words.nothing_words("", ("EU cloud", "pinned only")) == (
        "No send fits these filters: EU cloud; pinned only."
    )
