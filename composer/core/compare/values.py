"""What differs between two JSON values, member by member.

The order of an object's members counts for nothing, the order of an array does; of a repeated key
the last one is read (``compare_repeats`` tells of the others); a number differs where it is spelled
differently. It knows nothing of events.
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
    RESPELLED = "respelled"
    """The same number, spelled differently: ``1`` and ``1.0``."""
    REPEATED = "repeated"
    """A key or an event that stands there more than once. Both values are tuples of all of them."""


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


def compare_repeats(before: Value, after: Value) -> Iterator[Difference]:
    """Keys of both that are repeated in one, and whose values before the last are not the same."""
    return _repeats((), before, after)


def same_number(one: str, other: str) -> bool:
    """Whether two spellings of a JSON number stand for the same number."""
    return one == other or _reduced(one) == _reduced(other)


def path_text(path: Path) -> str:
    """``properties.items[2].sku``; a place of an array counts from 0, as in JSON."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


_Member: TypeAlias = "tuple[str | int, Value]"


def _compared(path: Path, before: Value, after: Value) -> Iterator[Difference]:
    match before, after:
        case Object(), Object():
            yield from _members(path, before.members, after.members)
        case tuple(), tuple():
            yield from _members(path, enumerate(before), enumerate(after))
        case _ if _kind(before) != _kind(after):
            yield Difference(path=path, kind=DifferenceKind.RETYPED, before=before, after=after)
        case Number(one), Number(other) if one != other and same_number(one, other):
            yield Difference(path=path, kind=DifferenceKind.RESPELLED, before=before, after=after)
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


def _repeats(path: Path, before: Value, after: Value) -> Iterator[Difference]:
    match before, after:
        case Object(), Object():
            old, new = _grouped(before), _grouped(after)
            for key in old:
                if key in new:
                    yield from _repeats_of((*path, key), old[key], new[key])
        case tuple(), tuple():
            for place, (one, other) in enumerate(zip(before, after, strict=False)):
                yield from _repeats((*path, place), one, other)
        case _:
            pass


def _repeats_of(path: Path, old: list[Value], new: list[Value]) -> Iterator[Difference]:
    if old[:-1] != new[:-1]:
        yield Difference(
            path=path, kind=DifferenceKind.REPEATED, before=tuple(old), after=tuple(new)
        )
    yield from _repeats(path, old[-1], new[-1])


def _grouped(value: Object) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = {}
    for key, item in value:
        groups.setdefault(key, []).append(item)
    return groups


def _reduced(number: str) -> tuple[bool, str, int] | str:
    """Sign, digits and exponent without zeros at either end; as it is with an absurd exponent."""
    mantissa, _, exponent = number.lower().partition("e")
    if len(exponent) > _LONGEST_EXPONENT:
        return number
    whole, _, fraction = mantissa.removeprefix("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return "0"
    kept = digits.rstrip("0")
    power = int(exponent or "0") - len(fraction) + len(digits) - len(kept)
    return mantissa.startswith("-"), kept, power


_LONGEST_EXPONENT = 100


def _kind(value: Value) -> type:
    """The JSON type, as the class that holds it."""
    match value:
        case Object() | Number() | str() | tuple() | bool():
            return type(value)
        case _:
            return type(None)
