"""Changes that put something right, as data: they can be shown first, applied, and undone.

A mend is a list of small edits of a JSON value, or a new text where the old one does not parse.
It knows no rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.jsontext import Object, Path, Value, get_at, has_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Set the value at ``path``; missing objects on the way are made."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Remove what stands at ``path``."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give the member at ``path`` another key, where it stands."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """Another text for the whole body, which was no JSON."""

    text: str


Edit = Put | Take | Rename | Rewrite


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A change with its name on the button, such as ``Add the time zone``."""

    label: str
    edits: tuple[Edit, ...]


def move(path: Path, to: Path, value: Value) -> tuple[Edit, ...]:
    """The edits that move ``value`` from ``path`` to ``to``."""
    return (Take(path=path), Put(path=to, value=value))


def under(prefix: Path, mend: Mend) -> Mend:
    """The mend of an event as a mend of the body in which the event stands at ``prefix``."""
    return (
        mend
        if not prefix
        else Mend(label=mend.label, edits=tuple(_under(prefix, e) for e in mend.edits))
    )


def mended(value: Value, edits: tuple[Edit, ...]) -> Value:
    """``value`` with the edits carried out in order; raises ``TypeError`` for a ``Rewrite``."""
    for edit in edits:
        match edit:
            case Put(path=path, value=new):
                value = _put(value, path, new)
            case Take(path=path):
                value = _without(value, path)
            case Rename(path=path, key=key):
                value = _renamed(value, path, key)
            case Rewrite():
                raise TypeError("a text is rewritten, a value is not")
    return value


def _under(prefix: Path, edit: Edit) -> Edit:
    match edit:
        case Put(path=path, value=value):
            return Put(path=prefix + path, value=value)
        case Take(path=path):
            return Take(path=prefix + path)
        case Rename(path=path, key=key):
            return Rename(path=prefix + path, key=key)
        case Rewrite():
            return edit


def _put(value: Value, path: Path, new: Value) -> Value:
    if not path:
        return new
    step = path[0]
    match value, step:
        case tuple(), int() if 0 <= step < len(value):
            return (*value[:step], _put(value[step], path[1:], new), *value[step + 1 :])
        case Object(), str():
            return value.with_member(step, _put(value.get(step), path[1:], new))
        case _, str():
            return Object(((step, _put(None, path[1:], new)),))
        case _:
            return value


def _without(value: Value, path: Path) -> Value:
    if not path or not has_at(value, path):
        return value
    parent, step = get_at(value, path[:-1]), path[-1]
    match parent, step:
        case Object(), str():
            return _put(value, path[:-1], parent.without(step))
        case tuple(), int():
            return _put(value, path[:-1], (*parent[:step], *parent[step + 1 :]))
        case _:
            return value


def _renamed(value: Value, path: Path, key: str) -> Value:
    parent = get_at(value, path[:-1])
    if not path or not isinstance(parent, Object):
        return value
    members = tuple((key if name == path[-1] else name, item) for name, item in parent.members)
    return _put(value, path[:-1], Object(members))
