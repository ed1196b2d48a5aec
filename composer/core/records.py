"""What is kept between two starts of the app, as values: history, templates, open work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from composer.core.destination import Destination
from composer.core.draft import Draft
from composer.core.outcome import Outcome
from composer.core.wire import WireRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a request is about, for lists: ``$pageview`` of ``customer-42``, or ``3 events``."""

    event: str
    person: str
    events: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One send as the list shows it: everything but the bytes.

    ``outcome`` is ``None`` while it is under way; the response inside it has no headers and no
    body.
    """

    id: int
    sent_at: datetime
    summary: Summary
    destination: Destination
    path: str
    size: int
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One send, whole: the very bytes that went out and the very bytes that came back."""

    row: HistoryRow
    request: WireRequest
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A draft kept under a name. The project token is not part of it."""

    id: str
    name: str
    draft: Draft
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """An event waiting in the batch list; ``id`` is unique within the list."""

    id: int
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Everything typed and not yet sent: it is back after a crash."""

    draft: Draft
    parked: tuple[Draft, ...] = ()
    """The last draft of each other event type, so that going back finds it as it was."""
    batch: tuple[BatchItem, ...] = ()
    historical_migration: bool = False
