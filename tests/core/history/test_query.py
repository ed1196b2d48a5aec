"""Queries know whether they leave anything out, and outcomes which kind they are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from composer.core.history import EVERYTHING, HistoryQuery, OutcomeKind, kind_of
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

NO = Response(status=400)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Accepted(response=Response(status=200)), OutcomeKind.ACCEPTED),
        (Rejected(response=NO, refusal=Refusal.BAD_EVENT), OutcomeKind.REJECTED),
        (Unreachable(fault=Fault.TLS), OutcomeKind.UNREACHABLE),
        (Cancelled(), OutcomeKind.CANCELLED),
        (Interrupted(), OutcomeKind.INTERRUPTED),
        (None, OutcomeKind.UNDER_WAY),
    ],
)
def test_every_outcome_is_of_a_kind(outcome: Outcome | None, kind: OutcomeKind) -> None:
    assert kind_of(outcome) is kind


def test_blanks_alone_leave_nothing_out() -> None:
    assert EVERYTHING.is_everything
    assert HistoryQuery(text="  ").is_everything


@pytest.mark.parametrize(
    "query",
    [
        HistoryQuery(text="a"),
        HistoryQuery(destinations=frozenset({"us"})),
        HistoryQuery(events=frozenset({""})),
        HistoryQuery(outcomes=frozenset({OutcomeKind.UNDER_WAY})),
        HistoryQuery(since=datetime(2026, 1, 1, tzinfo=UTC)),
        HistoryQuery(until=datetime(2026, 1, 1, tzinfo=UTC)),
        HistoryQuery(pinned=True),
    ],
)
def test_each_filter_leaves_something_out(query: HistoryQuery) -> None:
    assert not query.is_everything
    assert not replace(query, text=query.text or " ").is_everything
