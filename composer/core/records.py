"""What is kept between two starts of the app, as values: history, templates, open work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from composer.core.destination import Destination
from composer.core.outcome import Outcome
from composer.core.wire import WireRequest

if TYPE_CHECKING:  # drafts load the whole catalogue, which those who only send do without
    from composer.core.draft import Draft
    from composer.core.templates.filling import Filling


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
    body. ``note`` and ``ticket`` are a person's own words about it.
    """

    id: int
    sent_at: datetime
    summary: Summary
    destination: Destination
    path: str
    size: int
    outcome: Outcome | None
    note: str = ""
    ticket: str = ""
    pinned: bool = False


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
class OpenDraft:
    """One tab of Compose as it is kept; ``id`` is unique within the window.

    ``unread`` is text that stands in the JSON editor and has not been read yet. ``filling`` is how
    far the variables of a template are answered; ``None`` where there are none.
    """

    id: int
    draft: Draft
    parked: tuple[Draft, ...] = ()
    """The last draft of each other event type, so that going back finds it as it was."""
    filling: Filling | None = None
    unread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Everything typed and not yet sent: it is back after a crash.

    ``tabs`` in their order; ``current`` is the id of the one in front. There may be none, where
    only the batch could be read.
    """

    tabs: tuple[OpenDraft, ...]
    current: int = 1
    batch: tuple[BatchItem, ...] = ()
    historical_migration: bool = False
