"""What differs between two JSON values, member by member.

The order of an object's members counts for nothing, the order of an array does; of a repeated key
the last one is read; a number differs where it is spelled differently. It knows nothing of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from composer.core.jsontext import Number, Object, Path, Value


class DifferenceKind(StrEnum):
    """In which way something differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RETYPED = "retyped"
    """Changed, and into another JSON type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two values differ.

    ``before`` is ``None`` for something ``ADDED``, ``after`` for something ``REMOVED``. The path is
    empty where the two values as a whole are of different types or are different scalars.
    """

    path: Path
    kind: DifferenceKind
    before: Value
    after: Value


def compare(before: Value, after: Value) -> tuple[Difference, ...]:
    """The differences, in the order of ``before``, then what is new in the order of ``after``."""
    return tuple(_compared((), before, after))


_Member: TypeAlias = "tuple[str | int, Value]"


def _compared(path: Path, before: Value, after: Value) -> Iterator[Difference]:
    match before, after:
        case Object(), Object():
            yield from _members(path, before.members, after.members)
        case tuple(), tuple():
            yield from _members(path, enumerate(before), enumerate(after))
        case _ if _kind(before) != _kind(after):
            yield Difference(path=path, kind=DifferenceKind.RETYPED, before=before, after=after)
        case _ if before != after:
            yield Difference(path=path, kind=DifferenceKind.CHANGED, before=before, after=after)
        case _:
            pass


def _members(
    path: Path, before: Iterable[_Member], after: Iterable[_Member]
) -> Iterator[Difference]:
    old, new = dict(before), dict(after)
    for key, value in old.items():
        place = (*path, key)
        if key in new:
            yield from _compared(place, value, new.pop(key))
        else:
            yield Difference(path=place, kind=DifferenceKind.REMOVED, before=value, after=None)
    for key, value in new.items():
        yield Difference(path=(*path, key), kind=DifferenceKind.ADDED, before=None, after=value)


def _kind(value: Value) -> type:
    """The JSON type, as the class that holds it."""
    match value:
        case Object() | Number() | str() | tuple() | bool():
            return type(value)
        case _:
            return type(None)
