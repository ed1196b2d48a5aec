"""From a pattern to the value that is sent, with answers put in; and what is not answered yet.

Within text a value stands as it does on the wire. What has no answer stands as its reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TypeAlias

from composer.core.jsontext import Layout, Object, Path, Value, encode
from composer.core.variables.patterns import Items, Members, Pattern, Slot, slot_of
from composer.core.variables.references import Part, Reference, joined


class Gap(Enum):
    """What stands where an optional variable was left empty."""

    LEFT_OUT = "left out"


Answers: TypeAlias = "Mapping[str, Value | Gap]"
"""By name; a name that is not there has no answer."""


def rendered(pattern: Pattern, answers: Answers) -> Value:
    """The value of a pattern that is more than one reference to something left out."""
    match pattern:
        case Slot():
            value = slot_value(pattern, answers)
            return "" if isinstance(value, Gap) else value
        case Items(items):
            return tuple([rendered(item, answers) for item in items if not is_gap(item, answers)])
        case Members(members):
            shown = [member for member in members if not is_gap(member[1], answers)]
            return Object(tuple([(key, rendered(value, answers)) for key, value in shown]))
        case _:
            return pattern


def is_gap(pattern: Pattern, answers: Answers) -> bool:
    """Whether the pattern is left out of the object or array that it stands in."""
    return isinstance(pattern, Slot) and isinstance(slot_value(pattern, answers), Gap)


def slot_value(slot: Slot, answers: Answers) -> Value | Gap:
    """What a slot shows; the value of its only reference keeps its type."""
    if slot.is_typed:
        return "".join(part if isinstance(part, str) else part.text for part in slot.parts)
    values = _values(slot, answers)
    if slot.only:
        return next(values)
    return "".join(map(_text, values))


def standing(pattern: Pattern, answers: Answers, inside: Path = ()) -> Iterator[tuple[str, Path]]:
    """Each reference that shows as itself, as ``now -2d``, with the path of its text."""
    match pattern:
        case Slot():
            for reference, value in _referred(pattern, answers):
                if pattern.is_typed or value is None:
                    yield reference.inner, inside
        case Items(items):
            shown = (item for item in items if not is_gap(item, answers))
            for place, item in enumerate(shown):
                yield from standing(item, answers, (*inside, place))
        case Members(members):
            for key, value in members:
                yield from standing(value, answers, (*inside, key))
        case _:
            return


def without_standing(slot: Slot, answers: Answers) -> Pattern:
    """The slot with those references as plain text that show as themselves."""
    referred = _referred(slot, answers)
    parts: list[Part] = []
    for part in slot.parts:
        if isinstance(part, str):
            parts.append(part)
        else:
            stands = next(referred)[1] is None or slot.is_typed
            parts.append(part.text if stands else part)
    made = tuple(value for value in slot.made if value and not slot.is_typed)
    return slot_of(joined(parts), made)


def _values(slot: Slot, answers: Answers) -> Iterator[Value | Gap]:
    """The value of each part; a reference without one is its own text."""
    referred = _referred(slot, answers)
    for part in slot.parts:
        if isinstance(part, str):
            yield part
        else:
            found = next(referred)[1]
            yield part.text if found is None else found[0]


def _referred(
    slot: Slot, answers: Answers
) -> Iterator[tuple[Reference, tuple[Value | Gap] | None]]:
    """Each reference with its value alone in a tuple, or ``None``: a value may be null itself."""
    made = iter(slot.made)
    for reference in slot.references:
        if reference.is_generated:
            value = next(made)
            yield reference, (value[0],) if value else None
        elif reference.name in answers:
            yield reference, (answers[reference.name],)
        else:
            yield reference, None


def _text(value: Value | Gap) -> str:
    match value:
        case str():
            return value
        case Gap():
            return ""
        case _:
            return encode(value, Layout.COMPACT)
