"""The stamps of events: which IDs and times are made anew, and when.

Knows the clock and the tab that it is asked about, and changes neither.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from composer.core import times
from composer.core.draft import STAMPS, Draft, first_draft, new_draft
from composer.core.fields import EventType
from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Object
from composer.core.tokens import ALIASES
from composer.services.ports import Clock
from composer.ui.session.tab import Tab

STALE = timedelta(minutes=1)
"""A generated time older than this is renewed at the next edit of an event not sent yet."""


class Stamper:
    """Makes stamps by the clock; also what templates generate (``core.templates``: ``Maker``)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    # What templates ask for

    def now(self) -> datetime:
        """The time, with a zone."""
        return self._clock.now()

    def uuid7(self, moment: datetime) -> str:
        """A fresh version-7 UUID of that moment."""
        return self._clock.new_uuid(moment)

    def below(self, n: int) -> int:
        """A random number from 0 up to, but not, ``n``."""
        return secrets.randbelow(n)

    # Drafts

    def first(self, token: str) -> Draft:
        """The event of the very first start."""
        now = self._clock.now()
        return first_draft(
            token=token, uuid=self._clock.new_uuid(now), timestamp=times.wire_text(now)
        )

    def new(self, event_type: EventType, token: str) -> Draft:
        """An empty event of that type."""
        now = self._clock.now()
        return new_draft(
            event_type, token=token, uuid=self._clock.new_uuid(now), timestamp=times.wire_text(now)
        )

    def fresh(self, draft: Draft, tab: Tab) -> Draft:
        """Renew the generated stamps of a draft that was accepted or has grown stale."""
        if draft.event_type.is_batch:
            return draft  # its events are a person's own, with their times
        uuid, moment = draft.payload.get("uuid"), self.time_of(draft.payload)
        if tab.accepted is not None and uuid == tab.accepted:
            return self.stamped(draft)
        if draft.fault or (tab.tried is not None and uuid == tab.tried):
            return draft
        if "timestamp" in draft.generated:
            stale = moment is None or self._clock.now() - moment > STALE
            return self.stamped(draft) if stale else draft
        in_uuid = uuid7_milliseconds(uuid) if isinstance(uuid, str) else None
        moved = moment is not None and in_uuid != int(moment.timestamp() * 1000)
        return self.stamped(draft) if moved and "uuid" in draft.generated else draft

    def stamped(self, draft: Draft) -> Draft:
        """New stamps where they are generated; a person's own time also rules the event ID."""
        now = self._clock.now()
        own = None if "timestamp" in draft.generated else self.time_of(draft.payload)
        uuid = self._clock.new_uuid(own or now)
        return draft.stamped(uuid=uuid, timestamp=times.wire_text(now))

    def as_new(self, draft: Draft) -> Draft:
        """The same once more: with an ID of its own, so that it counts again."""
        return self.stamped(draft).with_new_ids(self._new_id)

    def all_made(self, draft: Draft, *, but: frozenset[str] = frozenset()) -> Draft:
        """As new, and also the stamps that a person chose are made anew; not those in ``but``."""
        stamps = frozenset(key for key in STAMPS - but if draft.has((key,)))
        return self.as_new(replace(draft, generated=stamps))

    def time_of(self, event: Object) -> datetime | None:
        """The time that stands in an event; ``None`` where none can be read."""
        stamp = event.get("timestamp")
        return times.read(stamp) if isinstance(stamp, str) else None

    def _new_id(self, event: Object) -> str:
        return self._clock.new_uuid(self.time_of(event) or self._clock.now())


def is_untouched(tab: Tab) -> bool:
    """Whether nothing would be lost with a tab: as it was made, and never tried."""
    draft = tab.draft
    if tab.unread or tab.tried is not None or tab.item is not None or tab.parked:
        return False
    if draft.source is not None or len(draft.payload) > _LONGEST_NEW:
        return False
    made = (
        new_draft(draft.event_type, token="", uuid="", timestamp=""),
        first_draft(token="", uuid="", timestamp=""),
    )
    return any(
        one.type_id == draft.type_id and _own(one.payload) == _own(draft.payload) for one in made
    )


_LONGEST_NEW = 20  # members of the body; a longer one need not be looked at
_NOT_OWN = {*STAMPS, *ALIASES}


def _own(payload: Object) -> tuple[object, ...]:
    return tuple(member for member in payload if member[0] not in _NOT_OWN)
