"""A pattern brought up to date after its value was edited by hand.

What still shows what was put there stays as it is, to be filled in again. What a person changed is
the person's own from then on; references typed by hand are references.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from composer.core.jsontext import Object, Value
from composer.core.variables.patterns import (
    Items,
    Members,
    Pattern,
    Slot,
    joined_items,
    joined_members,
    pattern_of_live,
    with_slots,
)
from composer.core.variables.rendering import Answers, is_gap, rendered, slot_value


def reconciled(pattern: Pattern, answers: Answers, present: Value) -> Pattern:
    """The pattern that shows ``present``: as much of ``pattern`` as still holds."""
    match pattern, present:
        case Slot(), _ if slot_value(pattern, answers) == present:
            return pattern
        case Members(members), Object(shown):
            return joined_members(_members(members, answers, shown))
        case Items(items), tuple():
            return joined_items(_items(items, answers, present))
        case ((Slot() | Members() | Items()), _):
            return typed(present)
        case _ if pattern is present or pattern == present:
            return present
        case Object(members), Object(shown):
            return joined_members(_members(members, answers, shown))
        case tuple(), tuple():
            return joined_items(_items(pattern, answers, present))
        case _:
            return typed(present)


def typed(value: Value) -> Pattern:
    """The pattern of a value that a person wrote: its references show as themselves."""
    return with_slots(pattern_of_live(value), lambda slot: replace(slot, is_typed=True))


def settled(pattern: Pattern) -> Pattern:
    """The pattern with what was typed by hand ready to be filled in."""
    return with_slots(pattern, lambda slot: replace(slot, is_typed=False))


_Member = tuple[str, Pattern]
_Placed = tuple[int | None, _Member]
"""A member with the place that it had in the pattern before, if it had one."""


def _members(
    before: Iterable[_Member], answers: Answers, present: tuple[tuple[str, Value], ...]
) -> list[_Member]:
    """The members of ``present``, in its order; what is left out goes on being so."""
    known: dict[str, list[tuple[int, Pattern]]] = {}
    gaps: dict[int, _Member] = {}
    for place, (key, pattern) in enumerate(before):
        if is_gap(pattern, answers):
            gaps[place] = (key, pattern)
        else:
            known.setdefault(key, []).append((place, pattern))
    placed: list[_Placed] = []
    for key, value in present:
        if known.get(key):
            place, pattern = known[key].pop(0)
            placed.append((place, (key, reconciled(pattern, answers, value))))
        else:
            placed.append((None, (key, typed(value))))
    there = {key for key, _ in present}
    return _with_gaps(placed, {at: gap for at, gap in gaps.items() if gap[0] not in there})


def _items(
    before: tuple[Pattern, ...], answers: Answers, present: tuple[Value, ...]
) -> list[Pattern]:
    """The same for an array, whose items have no names: those at either end are told by value."""
    gaps = {at: ("", item) for at, item in enumerate(before) if is_gap(item, answers)}
    shown = [(at, item) for at, item in enumerate(before) if at not in gaps]
    placed: list[_Placed] = []
    for value, old in zip(present, _partners(shown, answers, present), strict=True):
        if old is None:
            placed.append((None, ("", typed(value))))
        else:
            placed.append((old[0], ("", reconciled(old[1], answers, value))))
    return [pattern for _, pattern in _with_gaps(placed, gaps)]


def _partners(
    shown: list[tuple[int, Pattern]], answers: Answers, present: tuple[Value, ...]
) -> list[tuple[int, Pattern] | None]:
    """For each item its pattern: by place, where some came or went counted from the nearer end."""
    if len(shown) == len(present):
        return list(shown)
    least = min(len(shown), len(present))
    head = 0
    while head < least and rendered(shown[head][1], answers) == present[head]:
        head += 1
    tail = 0
    while tail < least - head and rendered(shown[-1 - tail][1], answers) == present[-1 - tail]:
        tail += 1
    middle = least - head - tail
    added: list[tuple[int, Pattern] | None] = [None] * (len(present) - least)
    return [*shown[: head + middle], *added, *shown[len(shown) - tail :]]


def _with_gaps(placed: list[_Placed], gaps: dict[int, _Member]) -> list[_Member]:
    """What is left out goes behind what stood before it."""
    for at, gap in gaps.items():
        earlier = [
            (was, now) for now, (was, _) in enumerate(placed) if was is not None and was < at
        ]
        placed.insert(max(earlier)[1] + 1 if earlier else 0, (at, gap))
    return [member for _, member in placed]
