"""Filters as a value: what they ask of history, and how they are told."""

from datetime import UTC, date, datetime

from composer.core.history import HistoryQuery, OutcomeKind
from composer.ui.history.filters import OUTCOME_WORDS, Filters
from composer.ui.history.periods import Period, Span

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_without_a_filter_everything_is_asked_for() -> None:
    assert Filters().query("  ", NOW).is_everything
    assert not Filters().any_set


def test_every_filter_reaches_the_query() -> None:
    filters = Filters(
        destinations=frozenset({"eu"}),
        events=frozenset({"a", "b"}),
        outcomes=frozenset({OutcomeKind.REJECTED}),
        span=Span(period=Period.RANGE, first=date(2026, 11, 1), last=date(2026, 11, 2)),
        pinned=True,
    )
    query = filters.query(" refund ", NOW)
    assert query == HistoryQuery(
        text="refund",
        destinations=frozenset({"eu"}),
        events=frozenset({"a", "b"}),
        outcomes=frozenset({OutcomeKind.REJECTED}),
        since=datetime(2026, 11, 1, tzinfo=UTC),
        until=datetime(2026, 11, 3, tzinfo=UTC),
        pinned=True,
    )
    assert filters.any_set


def test_every_outcome_has_words() -> None:
    assert set(OUTCOME_WORDS) == set(OutcomeKind)


def test_filters_are_told_by_name_and_many_by_their_number() -> None:
    filters = Filters(
        destinations=frozenset({"eu", "gone"}),
        events=frozenset("abcd"),
        outcomes=frozenset({OutcomeKind.UNREACHABLE, OutcomeKind.REJECTED}),
        span=Span(period=Period.WEEK),
        pinned=True,
    )
    assert filters.words({"eu": "EU cloud"}) == (
        "EU cloud or gone",
        "4 events",
        "rejected or no answer",
        "last 7 days",
        "pinned only",
    )
    assert Filters().words({}) == ()


def test_a_range_is_told_with_its_days() -> None:
    span = Span(period=Period.RANGE, first=date(2026, 11, 1), last=date(2026, 11, 2))
    assert Filters(span=span).words({}) == ("1 Nov – 2 Nov 2026",)
