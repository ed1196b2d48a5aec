"""Values with references in them, made ready to be filled in again and again.

Whatever holds no reference stays the very value it was, so that a large event with two variables
costs no more than those two. Keys are never looked into.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from composer.core.jsontext import Object, Value
from composer.core.variables.references import (
    OPENING,
    Part,
    Reference,
    escaped,
    parts_of_live,
    parts_of_template,
    template_text,
)

Made: TypeAlias = "tuple[tuple[Value, ...], ...]"
"""For each generated reference its value, alone in a tuple; an empty one if it has none yet."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Text with references in it; ``made`` are the values of the generated ones, in order."""

    parts: tuple[Part, ...]
    made: Made = ()
    is_typed: bool = False
    """Whether it was typed by hand just now, so that it shows its references, answered or not."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """All references, in order."""
        return tuple(part for part in self.parts if isinstance(part, Reference))

    @property
    def generated(self) -> tuple[Reference, ...]:
        """Those whose values the app makes."""
        return tuple(reference for reference in self.references if reference.is_generated)

    @property
    def only(self) -> Reference | None:
        """The reference that is the whole text, so that its value keeps its type."""
        first = self.parts[0]
        return first if len(self.parts) == 1 and isinstance(first, Reference) else None


@dataclass(frozen=True, slots=True)
class Items:
    """An array with a reference somewhere in it."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """An object with a reference somewhere in it."""

    members: tuple[tuple[str, Pattern], ...]


Pattern: TypeAlias = "Value | Slot | Items | Members"


def pattern_of_template(value: Value) -> Pattern:
    """The pattern of a value whose text is a template's."""
    return _pattern(value, parts_of_template)


def pattern_of_live(value: Value) -> Pattern:
    """The pattern of a value that would be sent as it stands."""
    return _pattern(value, parts_of_live)


def template_of(pattern: Pattern) -> Value:
    """The pattern as a value whose text is a template's."""
    match pattern:
        case Slot(parts):
            return template_text(parts)
        case Items(items):
            return tuple([template_of(item) for item in items])
        case Members(members):
            return Object(tuple([(key, template_of(value)) for key, value in members]))
        case _:
            return escaped_value(pattern)


def escaped_value(value: Value) -> Value:
    """A value that is to stay as it is, as one whose text is a template's."""
    match value:
        case str():
            return escaped(value)
        case tuple():
            items = tuple([escaped_value(item) for item in value])
            return value if _is_same(items, value) else items
        case Object(members):
            changed = tuple([(key, escaped_value(item)) for key, item in members])
            return value if _has_same(changed, members) else Object(changed)
        case _:
            return value


def slots_of(pattern: Pattern) -> Iterator[Slot]:
    """Every slot, in order."""
    match pattern:
        case Slot():
            yield pattern
        case Items(items):
            for item in items:
                yield from slots_of(item)
        case Members(members):
            for _, value in members:
                yield from slots_of(value)
        case _:
            return


def has_braces(pattern: Pattern) -> bool:
    """Whether there is a slot, or text that might be taken for one."""
    match pattern:
        case Slot():
            return True
        case str():
            return OPENING in pattern
        case Items(items) | (tuple() as items):
            return any(map(has_braces, items))
        case Members(members) | Object(members):
            return any(has_braces(value) for _, value in members)
        case _:
            return False


def with_slots(pattern: Pattern, change: Callable[[Slot], Pattern]) -> Pattern:
    """The pattern with each slot changed, in order."""
    match pattern:
        case Slot():
            return change(pattern)
        case Items(items):
            return joined_items([with_slots(item, change) for item in items])
        case Members(members):
            return joined_members([(key, with_slots(value, change)) for key, value in members])
        case _:
            return pattern


def slot_of(parts: tuple[Part, ...], made: Made) -> Pattern:
    """A slot of these parts; plain text if none of them is a reference."""
    if any(isinstance(part, Reference) for part in parts):
        return Slot(parts, made)
    return "".join(part for part in parts if isinstance(part, str))


def joined_items(items: list[Pattern]) -> Pattern:
    """An array of patterns: a plain value if all of them are."""
    plain = [item for item in items if not isinstance(item, Slot | Items | Members)]
    return tuple(plain) if len(plain) == len(items) else Items(tuple(items))


def joined_members(members: list[tuple[str, Pattern]]) -> Pattern:
    """An object of patterns: a plain value if all of them are."""
    plain = [(key, v) for key, v in members if not isinstance(v, Slot | Items | Members)]
    return Object(tuple(plain)) if len(plain) == len(members) else Members(tuple(members))


def _pattern(value: Value, parts_of: Callable[[str], tuple[Part, ...]]) -> Pattern:
    match value:
        case str() if OPENING in value:
            parts = parts_of(value)
            generated = sum(isinstance(part, Reference) and part.is_generated for part in parts)
            slot = slot_of(parts, ((),) * generated)
            return value if slot == value else slot
        case tuple():
            items = [_pattern(item, parts_of) for item in value]
            return value if _is_same(items, value) else joined_items(items)
        case Object(members):
            changed = [(key, _pattern(item, parts_of)) for key, item in members]
            return value if _has_same(changed, members) else joined_members(changed)
        case _:
            return value


def _is_same(items: Sequence[Pattern], before: Sequence[Value]) -> bool:
    """Whether nothing was changed, so that the value itself can stay."""
    return all(map(operator.is_, items, before))


def _has_same(members: Sequence[tuple[str, Pattern]], before: Sequence[tuple[str, Value]]) -> bool:
    return all(new[1] is old[1] for new, old in zip(members, before, strict=True))
