"""From requests that were accepted to what later ones are judged by: people, groups, event IDs.

Requests are added in the order in which they were sent. It reads no history itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import TypeVar
from uuid import UUID

from composer.core.ids import is_uuid
from composer.core.jsontext import Number, Object, Value
from composer.core.verdicts.kinds import kind_of
from composer.core.verdicts.request import Circumstances, Event, Memory, Request, Sent
from composer.core.verdicts.rules.merge_ids import FORCED, pair
from composer.core.verdicts.rules.parts import stored_time
from composer.core.verdicts.rules.people import id_text, is_anonymous

MOST = 20_000
"""People, and event IDs, that are remembered; the oldest are forgotten first."""


class Recollection:
    """A memory that grows with each request that is added to it."""

    def __init__(self) -> None:
        self._people: dict[str, frozenset[str]] = {}
        self._sent: dict[str, Sent] = {}
        self._groups: set[tuple[str, str]] = set()
        self._group_types: set[str] = set()
        self._joined: dict[str, str] = {}
        self._kinds: dict[str, str] = {}

    def add(self, request: Request, known: Circumstances) -> None:
        """Add what was sent; ``known`` is what was known then, ``now`` the time of sending."""
        for event in request.events:
            self._add(event, known)
        _forget_oldest(self._people)
        _forget_oldest(self._sent)

    def memory(self) -> Memory:
        """What is known by now, as a value of its own."""
        return Memory(
            people=dict(self._people),
            sent=dict(self._sent),
            group_types=frozenset(self._group_types),
            groups=frozenset(self._groups),
            joined=dict(self._joined),
            kinds=dict(self._kinds),
        )

    def _add(self, event: Event, known: Circumstances) -> None:
        person = id_text(event.person)
        small = person.lower()
        self._people[small] = self._people.get(small, frozenset()) | {person}
        uuid = event.members.get("uuid")
        if isinstance(uuid, str) and is_uuid(uuid):
            day = stored_time(event, known).astimezone(UTC).date()
            sent = Sent(event=event.name, distinct_id=person, day=day)
            self._sent.setdefault(str(UUID(uuid)), sent)
        for key, value in event.properties.items():
            kind = None if key in self._kinds else kind_of(key, value, known.now)
            if kind:
                self._kinds[key] = kind
        if not is_anonymous(event):
            self._add_groups(event)
        self._join(event)

    def _add_groups(self, event: Event) -> None:
        self._group_types.update(_linked(event))
        if event.name == "$groupidentify":
            name = _text(event.properties.get("$group_type"))
            key = _text(event.properties.get("$group_key"))
            if name and key:
                self._group_types.add(name)
                self._groups.add((name, key))

    def _join(self, event: Event) -> None:
        """As PostHog joins two people: not a second time, unless it is forced to."""
        both = pair(event)
        if both is None:
            return
        kept, folded = (self._end(one) for one in both)
        if kept != folded and (event.name == FORCED or folded not in self._joined.values()):
            self._joined[folded] = kept

    def _end(self, one: str) -> str:
        """The ID that ``one`` was folded into in the end; itself if it was not."""
        seen = {one}
        while (further := self._joined.get(one)) is not None and further not in seen:
            seen.add(further)
            one = further
        return one


_T = TypeVar("_T")


def _forget_oldest(table: dict[str, _T]) -> None:
    for key in list(table)[: max(0, len(table) - MOST)]:
        del table[key]


def _linked(event: Event) -> Iterator[str]:
    groups = event.properties.get("$groups")
    if isinstance(groups, Object):
        yield from (name for name, _ in groups)


def _text(value: Value) -> str:
    """A group's key or type; empty for what is neither text nor number."""
    return value.text if isinstance(value, Number) else value if isinstance(value, str) else ""
