"""A body on its way from an old shape to today's, step by step. Knows no event types."""

from __future__ import annotations

import re
from uuid import UUID

from composer.core.convert.changes import Change, Fate
from composer.core.convert.recipes import Move
from composer.core.draft import TOP_PERSON
from composer.core.jsontext import Object, Path, Value, get_at, has_at, remove_at, set_at

_OLD_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?")
_INSIDE: Path = ("properties", "distinct_id")
_BLANK: tuple[Value, ...] = (None, "", "{}", (), Object())


class Work:
    """A body on its way, and what has been done to it."""

    def __init__(self, payload: Object) -> None:
        self.payload = payload
        self.changes: list[Change] = []

    def rename_event(self, name: str) -> None:
        """Call the event what PostHog calls it today."""
        old = self.payload.get("event")
        if name and old != name:
            self._rewrite(("event",), name)

    def lift_person(self) -> None:
        """Old shapes have the person's ID in the properties, where PostHog also looks for it."""
        person = get_at(self.payload, _INSIDE)
        is_taken = self.payload.get("distinct_id") is not None or "$distinct_id" in self.payload
        if person is not None and not is_taken:
            before = ("uuid", "timestamp", "properties")
            self.payload = set_at(self._taken(_INSIDE), TOP_PERSON, person, before=before)
            self._note(Fate.MOVED, _INSIDE, person, to=TOP_PERSON)

    def mend_time(self) -> None:
        """Write a time of old SDKs (a space, no zone) as it is written today."""
        text = self.payload.get("timestamp")
        found = _OLD_TIME.fullmatch(text) if isinstance(text, str) else None
        if found is not None:
            new = f"{found[1]}T{found[2]}{found[3] or 'Z'}"
            if new != text:
                self._rewrite(("timestamp",), new)

    def move(self, move: Move) -> None:
        """Put a member where PostHog reads it today; what cannot stand there is left out."""
        if not has_at(self.payload, move.path):
            return
        value = get_at(self.payload, move.path)
        if value in _BLANK or (move.is_object and not isinstance(value, Object)):
            self.drop(move.path)
            return
        to = _as_id(value, move, self.payload)
        there = get_at(self.payload, to)
        self.payload = self._taken(move.path)
        if there in _BLANK:
            self.payload = set_at(self.payload, to, value)
        elif isinstance(value, Object) and isinstance(there, Object):
            self._join(move, value, there)
        elif value != there:
            self._settle(move, value, there)
            return
        self._note(Fate.MOVED, move.path, value, to=to)

    def drop(self, path: Path) -> None:
        """Leave a member out."""
        if has_at(self.payload, path):
            self._note(Fate.LEFT_OUT, path, get_at(self.payload, path))
            self.payload = self._taken(path)

    def _join(self, move: Move, value: Object, there: Object) -> None:
        """Make one object of two; of values under the same name one is left out."""
        joined = there
        for key, item in value:
            if key in there and there.get(key) != item:
                loser, lost = (move.to, there.get(key)) if move.wins else (move.path, item)
                self._note(Fate.LEFT_OUT, (*loser, key), lost)
            if move.wins or key not in there:
                joined = joined.with_member(key, item)
        self.payload = set_at(self.payload, move.to, joined)

    def _settle(self, move: Move, value: Value, there: Value) -> None:
        """Two values for one place: the one that counts today stays."""
        if move.wins:
            self.payload = set_at(self.payload, move.to, value)
            self._note(Fate.LEFT_OUT, move.to, there)
            self._note(Fate.MOVED, move.path, value, to=move.to)
        else:
            self._note(Fate.LEFT_OUT, move.path, value)

    def _rewrite(self, path: Path, new: str) -> None:
        self._note(Fate.REWRITTEN, path, get_at(self.payload, path), new=new)
        self.payload = set_at(self.payload, path, new, before=("distinct_id", "properties"))

    def _taken(self, path: Path) -> Object:
        return remove_at(self.payload, path)

    def _note(
        self, fate: Fate, path: Path, value: Value, *, to: Path = (), new: Value = None
    ) -> None:
        self.changes.append(Change(fate=fate, path=path, value=value, to=to, new=new))


def _as_id(value: Value, move: Move, payload: Object) -> Path:
    """A message ID that is a UUID becomes the event ID, if there is none yet."""
    if move.path != ("messageId",) or "uuid" in payload or not isinstance(value, str):
        return move.to
    try:
        UUID(value)
    except ValueError:
        return move.to
    return ("uuid",)
