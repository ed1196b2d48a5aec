"""Two JSON bodies: events are paired first, by their uuid or else by their place, then compared.

One event, an array of events and a batch can be compared with each other. It makes no texts to
look at and finds no lines; it says at which path of either body a difference stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from composer.core.compare.values import (
    Difference,
    DifferenceKind,
    compare,
    compare_repeats,
    path_text,
)
from composer.core.jsontext import Object, Path, Value
from composer.core.tokens import ALIASES


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDifference:
    """``what`` names the place within its event, and ``event`` that event where there are several.

    ``at`` are the paths from the top of either body, that of the parent on the side without it; the
    path of ``difference`` itself begins at the event.
    """

    what: str
    event: str = ""
    at: tuple[Path, Path]
    difference: Difference
    is_fleeting: bool = False
    detail: str = ""


def compare_bodies(left: Value, right: Value) -> Iterator[BodyDifference]:
    """All differences, in the order of ``left``."""
    one, other = _taken_apart(left), _taken_apart(right)
    if one is None or other is None or (one.is_single and other.is_single):
        yield from _values(left, right, ((), ()), "")
        return
    if one.is_single or other.is_single or one.root != other.root:
        yield _form(one, other)
        one, other = one.opened(), other.opened()
    yield from _values(one.envelope, other.envelope, ((), ()), "")
    yield from _events(one, other)


FLEETING = frozenset(
    {
        ("uuid",),
        ("timestamp",),
        ("sent_at",),
        ("created_at",),
        ("properties", "$insert_id"),
        ("properties", "$time"),
    }
)
"""What differs between any two events, or any two requests; it is its own only while its type is
the same."""

_OF_REQUEST = ALIASES | {"sent_at", "historical_migration"}
"""Members that stand in the batch where there is one, else in the event."""
_BATCH: Path = ("batch",)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What stands around the events, and the events; ``root`` is the path of their array."""

    envelope: Object
    events: tuple[Value, ...]
    root: Path = ()
    is_single: bool = False

    def opened(self) -> _Body:
        """An event without what a batch would have said for it."""
        event = self.events[0]
        if not self.is_single or not isinstance(event, Object):
            return self
        envelope = tuple(member for member in event if member[0] in _OF_REQUEST)
        rest = tuple(member for member in event if member[0] not in _OF_REQUEST)
        return replace(self, envelope=Object(envelope), events=(Object(rest),))

    def path(self, place: int) -> Path:
        return () if self.is_single else (*self.root, place)

    @property
    def words(self) -> str:
        if self.is_single:
            return "one event"
        many = f"{len(self.events):,} event{'' if len(self.events) == 1 else 's'}"
        return f"a batch of {many}" if self.root else f"a list of {many}"


def _taken_apart(body: Value) -> _Body | None:
    match body:
        case Object() if isinstance(events := body.get("batch"), tuple):
            return _Body(envelope=body.without("batch"), events=events, root=_BATCH)
        case Object():
            return _Body(envelope=Object(), events=(body,), is_single=True)
        case tuple() if body and all(isinstance(event, Object) for event in body):
            return _Body(envelope=Object(), events=body)
        case _:
            return None


def _form(left: _Body, right: _Body) -> BodyDifference:
    difference = Difference(
        path=(), kind=DifferenceKind.CHANGED, before=left.words, after=right.words
    )
    return BodyDifference(what="form of the body", at=((), ()), difference=difference)


def _events(left: _Body, right: _Body) -> Iterator[BodyDifference]:
    alone = len(left.events) == len(right.events) == 1
    known = _uuids(left.events) & _uuids(right.events)
    for one, other in _paired(left.events, right.events):
        if one is None or other is None:
            yield _surplus(left, right, one, other, known)
            continue
        paths = left.path(one), right.path(other)
        place = "" if alone else _place(*paths)
        yield from _values(left.events[one], right.events[other], paths, place)


def _surplus(
    left: _Body, right: _Body, one: int | None, other: int | None, known: set[str]
) -> BodyDifference:
    """An event that stands at one side only, perhaps one that the other side has once."""
    before = left.events[one] if one is not None else None
    after = right.events[other] if other is not None else None
    paths = (
        left.path(one) if one is not None else left.root,
        right.path(other) if other is not None else right.root,
    )
    what = path_text(paths[0] if one is not None else paths[1])
    if _uuid(before if one is not None else after) in known:
        had = (before,) if one is not None else ()
        has = (after,) if other is not None else ()
        kind = DifferenceKind.REPEATED
        repeated = Difference(path=(), kind=kind, before=had, after=has)
        return BodyDifference(
            what=what, at=paths, difference=repeated, detail="PostHog counts a uuid once"
        )
    kind = DifferenceKind.REMOVED if one is not None else DifferenceKind.ADDED
    difference = Difference(path=(), kind=kind, before=before, after=after)
    return BodyDifference(what=what, at=paths, difference=difference)


def _paired(
    left: tuple[Value, ...], right: tuple[Value, ...]
) -> Iterator[tuple[int | None, int | None]]:
    """Places of events that belong together: by uuid where both have it, the others in order."""
    waiting: dict[str, list[int]] = {}
    for place in reversed(range(len(right))):
        if uuid := _uuid(right[place]):
            waiting.setdefault(uuid, []).append(place)
    pairs = {
        place: waiting[uuid].pop()
        for place, uuid in enumerate(map(_uuid, left))
        if waiting.get(uuid)
    }
    taken = frozenset(pairs.values())
    shared = _uuids(left) & _uuids(right)
    free = [n for n in range(len(left)) if n not in pairs and _uuid(left[n]) not in shared]
    others = [n for n in range(len(right)) if n not in taken and _uuid(right[n]) not in shared]
    partners: dict[int, int | None] = {**pairs, **dict(zip(free, others, strict=False))}
    for place in range(len(left)):
        yield place, partners.get(place)
    left_over = taken.union(others[: len(free)])
    yield from ((None, place) for place in range(len(right)) if place not in left_over)


def _uuids(events: tuple[Value, ...]) -> set[str]:
    return {uuid for uuid in map(_uuid, events) if uuid}


def _uuid(event: Value) -> str:
    found = event.get("uuid") if isinstance(event, Object) else None
    return found.lower() if isinstance(found, str) else ""


def _place(left: Path, right: Path) -> str:
    names = (path_text(path) or "the event" for path in (left, right))
    return " ↔ ".join(dict.fromkeys(names))


def _values(
    left: Value, right: Value, paths: tuple[Path, Path], place: str
) -> Iterator[BodyDifference]:
    for found in (*compare(left, right), *compare_repeats(left, right)):
        inner = path_text(found.path) or ("the event" if place else "the body")
        repeated = found.kind is DifferenceKind.REPEATED
        yield BodyDifference(
            what=inner,
            event=place,
            at=_standing(paths, found),
            difference=found,
            is_fleeting=found.kind is DifferenceKind.CHANGED and found.path in FLEETING,
            detail="the last one counts" if repeated else "",
        )


def _standing(paths: tuple[Path, Path], found: Difference) -> tuple[Path, Path]:
    """Where to look on either side: at what is around it where it is not there."""
    left, right = (found.path, found.path)
    if found.kind is DifferenceKind.ADDED:
        left = left[:-1]
    elif found.kind is DifferenceKind.REMOVED:
        right = right[:-1]
    return (*paths[0], *left), (*paths[1], *right)
