"""Lists of objects: what of an object is shown, and the object or list after an edit.

Nothing that has no part of its own is lost or hidden: it gets a part made up from its key. Knows no
widgets, and no event types.
"""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.fields import Field, Kind, Part, Shape
from composer.core.jsontext import (
    Layout,
    Object,
    Path,
    Value,
    encode,
    get_at,
    has_at,
    remove_at,
    set_at,
)
from composer.core.rows import RowKind, text_of


def parts_of(shape: Shape, item: Object, variant: str = "") -> tuple[Part, ...]:
    """What is shown of an object: the parts of its variant, whatever else it has, in this order."""
    offered = (
        part for part in shape.parts if part.variant in ("", variant) or has_at(item, part.path)
    )
    return (*offered, *_others(shape, item, ()))


def fresh(shape: Shape, before: Value = None, variant: str = "") -> Object:
    """A new object of a list in which ``before`` is the last one so far."""
    made = Object()
    for part in shape.parts:
        if part.variant not in ("", variant):
            continue
        value = get_at(before, part.path) if part.repeats else None
        value = part.field.default if value is None else value
        if value is not None:
            made = set_at(made, part.path, value)
    return made


def title_of(shape: Shape, item: Value) -> str:
    """What tells an object from its neighbours, in one line."""
    if not isinstance(item, Object):
        return encode(item, Layout.COMPACT)
    values = (get_at(item, path) for path in shape.title)
    return " · ".join(text_of(value) for value in values if value not in (None, ""))


def variant_of(shape: Shape, item: Value, path: tuple[str, ...]) -> str:
    """Of which variant the list at ``path`` in ``item`` is, or will be with its first object."""
    if not shape.variant:
        return ""
    named = get_at(item, (*path[:-1], shape.variant), dict(shape.kin).get(shape.variant))
    return named if isinstance(named, str) else ""


def is_open_way(item: Value, path: tuple[str, ...]) -> bool:
    """Whether ``path`` can be written without losing something that stands in its way."""
    for step in path[:-1]:
        if not isinstance(item, Object):
            return False
        if step not in item:
            return True
        item = item.get(step)
    return isinstance(item, Object)


def with_part(item: Object, part: Part, value: Value) -> Object:
    """The object with another value; a list that becomes its first one brings its kin."""
    shape = part.field.shape
    for key, kin in shape.kin if shape and not has_at(item, part.path) else ():
        if not has_at(item, (*part.path[:-1], key)):
            item = set_at(item, (*part.path[:-1], key), kin)
    return set_at(item, part.path, value)


def without_part(item: Object, part: Part) -> Object:
    """The object without the value, its kin if nothing else is left there, and empty parents."""
    item = remove_at(item, part.path)
    shape, parent = part.field.shape, part.path[:-1]
    left = get_at(item, parent)
    if (
        shape
        and parent
        and isinstance(left, Object)
        and all(key in dict(shape.kin) for key, _ in left)
    ):
        item = remove_at(item, parent)
    while parent and get_at(item, parent) == Object():
        item = remove_at(item, parent)
        parent = parent[:-1]
    return item


def moved(items: tuple[Value, ...], index: int, step: int) -> tuple[Value, ...]:
    """The list with one of its values ``step`` places further."""
    kept = [*items[:index], *items[index + 1 :]]
    kept.insert(index + step, items[index])
    return tuple(kept)


def _others(shape: Shape, item: Object, inside: tuple[str, ...]) -> Iterator[Part]:
    """Parts for the members that have none, also of objects that parts stand in."""
    known = {part.path for part in shape.parts}
    for key, value in dict(item.members).items():
        path = (*inside, key)
        if path in known:
            continue
        leads_on = any(other[: len(path)] == path for other in known)
        if leads_on and isinstance(value, Object):
            yield from _others(shape, value, path)
        else:
            yield _other(path)


def _other(path: tuple[str, ...]) -> Part:
    field = Field(key=path[-1], label=".".join(path), kind=Kind.VALUE, kinds=tuple(RowKind))
    return Part(path=path, field=field, is_wide=True)


def inner(path: Path, part: Part) -> Path | None:
    """What of a path inside an object lies inside the part; ``None`` if it lies elsewhere."""
    return path[len(part.path) :] if path[: len(part.path)] == part.path else None
