"""Which sends are wanted, as one value, and what the lists of filters offer.

Knows nothing of how they are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from composer.core.outcome import (
    Accepted,
    Cancelled,
    Interrupted,
    Outcome,
    Rejected,
    Unreachable,
)


class OutcomeKind(StrEnum):
    """How a send ended, without its details."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    UNDER_WAY = "under way"


def kind_of(outcome: Outcome | None) -> OutcomeKind:
    """The kind of an outcome; ``None`` is a send that is under way."""
    match outcome:
        case Accepted():
            return OutcomeKind.ACCEPTED
        case Rejected():
            return OutcomeKind.REJECTED
        case Unreachable():
            return OutcomeKind.UNREACHABLE
        case Cancelled():
            return OutcomeKind.CANCELLED
        case Interrupted():
            return OutcomeKind.INTERRUPTED
        case None:
            return OutcomeKind.UNDER_WAY
        case _:
            assert_never(outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """Sends that contain the text *and* pass every filter; an empty filter lets all through.

    Of several words in ``text`` each must be found, in any order; quotes hold words together
    (``composer.core.history.words``). The moments have a zone; ``until`` is exclusive.
    """

    text: str = ""
    destinations: frozenset[str] = frozenset()
    """Ids"""
    events: frozenset[str] = frozenset()
    """As the list shows them"""
    outcomes: frozenset[OutcomeKind] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    pinned: bool = False
    """Only those that are pinned"""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.text.strip() and self == HistoryQuery(text=self.text)


EVERYTHING = HistoryQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationFacet:
    """A destination to filter by, under its latest name."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacet:
    """An event to filter by."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What there is to filter by, the most frequent first."""

    destinations: tuple[DestinationFacet, ...] = ()
    events: tuple[EventFacet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySize:
    """How many sends are kept, and the bytes they take in the file, its search index left out."""

    rows: int
    bytes: int
