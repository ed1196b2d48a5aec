"""One open draft: how it stands, its undo history, and what is known of its sends.

Holds no widget and tells nobody; only the session changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.core.destination import Destination
from composer.core.draft import Draft
from composer.core.jsontext import Layout, Value
from composer.core.records import OpenDraft
from composer.core.wire import WireRequest
from composer.ui.undo import draft_stack

if TYPE_CHECKING:
    from composer.core.templates.filling import Filling


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a draft stands at one moment; undo goes from one stand to another.

    ``opened`` is the draft as it was when it was brought in; edits leave this as it is.
    """

    draft: Draft
    opened: Draft
    filling: Filling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What Send would send: its text, and the request or the reason why there is none."""

    text: str
    request: WireRequest | None
    obstacle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a tab has followed so far: the destination, and the layout of the JSON."""

    destination: Destination
    layout: Layout


class Tab:
    """A draft among others. ``id`` is unique in the window and is never used twice."""

    def __init__(self, identifier: int, stand: Stand, followed: Surroundings) -> None:
        self.id = identifier
        self.stand = stand
        self.followed = followed
        self.parked: dict[str, Draft] = {}
        """The drafts of the other event types, as they were left"""
        self.tried: Value = None
        """The ID of the event whose send was begun last"""
        self.accepted: Value = None
        """The ID of the event that was accepted last"""
        self.sent: Draft | None = None
        """The very draft of the send that was begun last"""
        self.unread = ""
        """Text of the JSON editor that is still being read"""
        self.item: int | None = None
        """The event of the batch that is edited here"""
        self.outgoing: Outgoing | None = None
        """As it was worked out last; ``None`` after a change"""
        self.undo = draft_stack()

    @property
    def draft(self) -> Draft:
        """The event being composed."""
        return self.stand.draft

    @property
    def is_accepted(self) -> bool:
        """Whether this event has been accepted already."""
        return self.accepted is not None and self.accepted == self.draft.ids

    @property
    def kept(self) -> OpenDraft:
        """As it is written down."""
        return OpenDraft(
            id=self.id,
            draft=self.draft,
            parked=tuple(self.parked.values()),
            filling=self.stand.filling,
            unread=self.unread,
        )


def restored(kept: OpenDraft, followed: Surroundings) -> Tab:
    """The tab as it was written down."""
    stand = Stand(draft=kept.draft, opened=kept.draft, filling=kept.filling)
    tab = Tab(kept.id, stand, followed)
    tab.parked = {draft.type_id: draft for draft in kept.parked}
    tab.unread = kept.unread
    return tab
