"""What is changed when an old shape becomes an event of today, as values and in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from composer.core.draft import Draft
from composer.core.events import fields_of
from composer.core.fields import EventType
from composer.core.jsontext import Path, Value


class Fate(Enum):
    """What becomes of a member."""

    MOVED = "moved"
    REWRITTEN = "rewritten"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One member of the old event, its value, and what becomes of it."""

    fate: Fate
    path: Path
    value: Value
    """What stood there."""
    to: Path = ()
    """Where it moves."""
    new: Value = None
    """What is written in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The event of today, what was changed for it, and what a person still has to fill in."""

    draft: Draft
    changes: tuple[Change, ...]
    missing: tuple[Path, ...]

    @property
    def title(self) -> str:
        """What the event is today."""
        return self.draft.event_type.title

    def saves(self, old: EventType) -> bool:
        """Whether something is kept that PostHog ignores where it stands in the old shape."""
        ignored = {known.path for known in old.fields if known.ignored}
        return any(c.fate is Fate.MOVED and c.path in ignored for c in self.changes)

    @property
    def words(self) -> tuple[str, ...]:
        """The changes as sentences."""
        kept = [_sentence(c) for c in self.changes if c.fate is not Fate.LEFT_OUT]
        lost = [_name(c.path) for c in self.changes if c.fate is Fate.LEFT_OUT]
        labels = {known.path: known.label for known in fields_of(self.draft.event_type)}
        wanted = [labels.get(path, str(path[-1])) for path in self.missing]
        if lost:
            kept.append(f"{_listed(lost)} {'is' if len(lost) == 1 else 'are'} left out.")
        if wanted:
            kept.append(f"Then fill in: {_listed(wanted)}.")
        return tuple(kept)


def _name(path: Path) -> str:
    match path:
        case ("properties", key):
            return f"{key} in the properties"
        case ("properties", holder, key):
            return f"{key} in {holder}"
        case _:
            return " in ".join(str(step) for step in reversed(path))


def _sentence(change: Change) -> str:
    old = change.path[-1]
    if change.fate is Fate.REWRITTEN:
        return f"{old} becomes {change.new}."
    place = " in the properties" if change.to[0] == "properties" else ""
    if old == change.to[-1]:
        return f"{old} moves {'into the properties' if place else 'to the top'}."
    return f"{old} becomes {change.to[-1]}{place}."


def _listed(words: list[str]) -> str:
    """As in ``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
