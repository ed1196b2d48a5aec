"""JSON values as they are kept: numbers with their spelling, objects with order and repetition.

Python's own ``float`` and ``dict`` would lose both, so a value is ``None``, ``bool``, ``str``,
``Number``, ``tuple`` (an array) or ``Object``. All are immutable. Knows nothing of JSON text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

Value: TypeAlias = "bool | str | Number | tuple[Value, ...] | Object | None"
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as it is spelled: ``1.00`` stays ``1.00``."""

    text: str

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.text):
            raise ValueError(f"{self.text!r} is not a JSON number")


@dataclass(frozen=True, slots=True)
class Object:
    """A JSON object: its members in order. A repeated key is kept; the last one is read."""

    members: tuple[tuple[str, Value], ...] = ()

    def __contains__(self, key: str) -> bool:
        return any(name == key for name, _ in self.members)

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self.members)

    def get(self, key: str, default: Value = None) -> Value:
        """The value of the last member called ``key``."""
        for name, value in reversed(self.members):
            if name == key:
                return value
        return default

    def with_member(self, key: str, value: Value, *, before: Sequence[str] = ()) -> Object:
        """Set ``key`` where it stands, or add it: before the first of ``before``, else last."""
        names = [name for name, _ in self.members]
        members = list(self.members)
        if key in names:
            members[len(names) - 1 - names[::-1].index(key)] = (key, value)
        else:
            place = next((i for i, name in enumerate(names) if name in before), len(names))
            members.insert(place, (key, value))
        return Object(tuple(members))

    def without(self, key: str) -> Object:
        """The object with every member called ``key`` removed."""
        return Object(tuple(member for member in self.members if member[0] != key))


def get_at(value: Value, path: Path, default: Value = None) -> Value:
    """The value at ``path``, or ``default`` where the path leads nowhere."""
    for step in path:
        match value, step:
            case Object(), str() if step in value:
                value = value.get(step)
            case tuple(), int() if 0 <= step < len(value):
                value = value[step]
            case _:
                return default
    return value


def has_at(value: Value, path: Path) -> bool:
    """Whether something, be it ``null``, stands at ``path``."""
    parent = get_at(value, path[:-1])
    match parent, path[-1]:
        case Object(), str() as key:
            return key in parent
        case tuple(), int() as index:
            return 0 <= index < len(parent)
        case _:
            return False


def set_at(value: Object, path: Path, new: Value, *, before: Sequence[str] = ()) -> Object:
    """A copy with ``new`` at ``path`` (object keys only); missing objects on the way are made.

    ``before`` orders a newly added last step among its neighbours.
    """
    key = str(path[0])
    if len(path) == 1:
        return value.with_member(key, new, before=before)
    child = value.get(key)
    inner = child if isinstance(child, Object) else Object()
    return value.with_member(key, set_at(inner, path[1:], new, before=before))


def remove_at(value: Object, path: Path) -> Object:
    """A copy without the member at ``path``; unchanged where there is none."""
    key = str(path[0])
    if len(path) == 1:
        return value.without(key)
    child = value.get(key)
    if not isinstance(child, Object):
        return value
    return value.with_member(key, remove_at(child, path[1:]))


def from_python(source: object) -> Value:
    """Turn plain Python data (``dict``, ``list``, ``int``, ``float`` …) into a value."""
    match source:
        case None | bool() | str() | Number() | Object():
            return source
        case int() | float():
            return Number(repr(source))
        case Mapping():
            pairs = cast("Mapping[object, object]", source)
            return Object(tuple((str(key), from_python(item)) for key, item in pairs.items()))
        case Sequence():
            items = cast("Sequence[object]", source)
            return tuple(from_python(item) for item in items)
        case _:
            raise TypeError(f"{type(source).__name__} has no JSON form")


def to_python(value: Value) -> object:
    """Turn a value into plain Python data; spelling and repeated keys are lost."""
    match value:
        case Number(text):
            return int(text) if _SHORT_INTEGER.fullmatch(text) else float(text)
        case Object(members):
            return {key: to_python(item) for key, item in members}
        case tuple():
            return [to_python(item) for item in value]
        case _:
            return value


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SHORT_INTEGER = re.compile(r"-?[0-9]{1,4000}")  # Python refuses to read longer ones
