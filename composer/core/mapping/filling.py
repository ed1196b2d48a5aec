"""Templates made ready for many rows: all that is the same in each of them is JSON text already.

A pattern (``core.variables.patterns``) becomes functions that write a row's answers between that
text. What is left out where an optional variable is empty is left out here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from composer.core.jsontext import Object, Value, quoted
from composer.core.mapping.cells import text_of
from composer.core.mapping.writing import DEEP, Deep, Tree, written
from composer.core.variables import Maker, Reference
from composer.core.variables.generated import made
from composer.core.variables.patterns import Items, Members, Pattern, Slot
from composer.core.variables.rendering import Gap


@dataclass(frozen=True, slots=True)
class Answered:
    """What a row puts into a template. ``moment`` is the time of the event, for IDs within it."""

    values: Mapping[str, Value | Gap]
    maker: Maker
    moment: datetime


Fill: TypeAlias = Callable[[Answered], str]
"""The JSON text of a value for a row; empty where it is left out."""


@dataclass(frozen=True, slots=True)
class FillTree:
    """The members of an object that more may be put into."""

    members: tuple[tuple[str, Fill | FillTree], ...] = ()


def fill_tree(members: Iterable[tuple[str, Pattern]], deep: Deep = DEEP) -> FillTree:
    """Ready to be filled in again and again. Raises ``UnwritableError`` for what is fixed in it."""
    found: dict[str, Fill | FillTree] = {}
    for key, value in members:
        below = deep.members.get(key)
        if below is not None and isinstance(value, Object | Members):
            found[key] = fill_tree(value.members, below)
        else:
            found[key] = _fill(value)
    return FillTree(tuple(found.items()))


def filled(tree: FillTree, answered: Answered) -> Tree:
    """The members for a row. Raises ``UnwritableError``."""
    found: Tree = {}
    for key, fill in tree.members:
        if isinstance(fill, FillTree):
            found[key] = filled(fill, answered)
        elif text := fill(answered):
            found[key] = text
    return found


def _fill(pattern: Pattern) -> Fill:
    match pattern:
        case Slot():
            return _of_slot(pattern)
        case Items(items):
            fills = [_fill(item) for item in items]
            return lambda row: f"[{','.join(filter(None, [fill(row) for fill in fills]))}]"
        case Members(members):
            return _of_members([(f"{quoted(key)}:", _fill(value)) for key, value in members])
        case _:
            text = written(pattern)
            return lambda _: text


def _of_members(members: list[tuple[str, Fill]]) -> Fill:
    def fill(row: Answered) -> str:
        texts = ((key, member(row)) for key, member in members)
        return f"{{{','.join([key + text for key, text in texts if text])}}}"

    return fill


def _of_slot(slot: Slot) -> Fill:
    if only := slot.only:
        return _of_only(only)
    parts = slot.parts

    def fill(row: Answered) -> str:
        texts = [part if isinstance(part, str) else _text(_value(part, row)) for part in parts]
        return quoted("".join(texts))

    return fill


def _of_only(reference: Reference) -> Fill:
    def fill(row: Answered) -> str:
        value = _value(reference, row)
        return "" if isinstance(value, Gap) else written(value)

    return fill


def _value(reference: Reference, row: Answered) -> Value | Gap:
    """What stands for a reference; one that cannot be made stays as it is written."""
    if not reference.is_generated:
        return row.values.get(reference.name, reference.text)
    values = made(reference, row.maker, row.moment)
    return values[0] if values else reference.text


def _text(value: Value | Gap) -> str:
    return "" if isinstance(value, Gap) else text_of(value)
