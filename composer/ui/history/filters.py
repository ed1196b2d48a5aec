"""Which filters are set over the history list, as one value: what it asks for and what it says.

Knows no widget and reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from composer.core.history import HistoryQuery, OutcomeKind
from composer.ui.history.periods import Period, Span

OUTCOME_WORDS = {
    OutcomeKind.ACCEPTED: "Accepted",
    OutcomeKind.REJECTED: "Rejected",
    OutcomeKind.UNREACHABLE: "No answer",
    OutcomeKind.CANCELLED: "Cancelled",
    OutcomeKind.INTERRUPTED: "Cut off",
    OutcomeKind.UNDER_WAY: "Under way",
}
_NAMED = 3
"""Values of one filter that are named in a sentence; of more only the number is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is chosen; an empty set lets everything through."""

    destinations: frozenset[str] = frozenset()
    """Ids"""
    events: frozenset[str] = frozenset()
    outcomes: frozenset[OutcomeKind] = frozenset()
    span: Span = field(default_factory=Span)
    pinned: bool = False

    @property
    def any_set(self) -> bool:
        """Whether something is filtered at all."""
        return self != Filters()

    def query(self, text: str, now: datetime) -> HistoryQuery:
        """What is asked of history; the days are those of ``now``."""
        since, until = self.span.bounds(now)
        return HistoryQuery(
            text=text.strip(),
            destinations=self.destinations,
            events=self.events,
            outcomes=self.outcomes,
            since=since,
            until=until,
            pinned=self.pinned,
        )

    def words(self, names: dict[str, str]) -> tuple[str, ...]:
        """Each filter that is set in words; ``names`` are those of the destinations by id."""
        said: list[str] = []
        if self.destinations:
            places = sorted(names.get(place, place) for place in self.destinations)
            said.append(_listed(places, "destinations"))
        if self.events:
            said.append(_listed(sorted(self.events), "events"))
        if self.outcomes:
            chosen = [word.lower() for kind, word in OUTCOME_WORDS.items() if kind in self.outcomes]
            said.append(_listed(chosen, "outcomes"))
        if self.span.period is not Period.ANY:
            words = self.span.words
            is_range = self.span.period is Period.RANGE
            said.append(words if is_range else words.lower())
        if self.pinned:
            said.append("pinned only")
        return tuple(said)


def _listed(values: list[str], many: str) -> str:
    if len(values) > _NAMED:
        return f"{len(values)} {many}"
    return " or ".join(values)
