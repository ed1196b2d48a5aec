"""Rules about the groups an event belongs to (ingestion-rules.md, 2.9).

The event that describes a group has ``group_identify``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from composer.core.jsontext import Number, Object, Path, Value
from composer.core.verdicts.mending import Mend, Put, Rename, Take, move
from composer.core.verdicts.request import Circumstances, Event, Request
from composer.core.verdicts.rule import Finding, Rule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.people import at, has_room, is_anonymous
from composer.core.verdicts.scales import Certainty, Severity, Subject

_GROUPS = at("$groups")
_MAX_TYPES = 5  # in a project (ingestion-rules.md, 1.6)


@event_rule(
    Rule(
        id="group.not_object",
        subject=Subject.GROUP,
        severity=Severity.ALTERED,
        when="$groups is text, a list, a number or yes/no",
        says="PostHog ignores groups that are not pairs of type and key.",
        fix="Give each group type its key, such as company: acme-881.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
    )
)
def not_object(event: Event, _: Circumstances) -> Iterator[Finding]:
    value = event.properties.get("$groups")
    if value is not None and not isinstance(value, Object):
        yield Finding(path=_GROUPS)


@event_rule(
    Rule(
        id="group.top_level",
        subject=Subject.GROUP,
        severity=Severity.ALTERED,
        when="groups or $groups stands at the top level",
        says="PostHog reads $groups only in properties: the event is linked to no group.",
        fix="Move it into properties, as $groups.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
        mends=True,
    )
)
def top_level(event: Event, _: Circumstances) -> Iterator[Finding]:
    room = has_room(event, "$groups")
    for key in ("$groups", "groups"):
        value = event.members.get(key)
        if value is None:
            continue
        edits = move((key,), _GROUPS, value)
        mend = Mend(label="Move it into properties", edits=edits)
        movable = room and isinstance(value, Object)
        yield Finding(path=(key,), mend=mend if movable else None)
        room = room and not movable


@request_rule(
    Rule(
        id="group.max_types",
        subject=Subject.GROUP,
        severity=Severity.ALTERED,
        when="More than five group types, counting those this app's history knows",
        says="A project has five group types. As far as this app knows, this is one more, and "
        "PostHog ignores it.",
        fix="Use one of the five, or delete one in PostHog.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
    )
)
def max_types(request: Request, known: Circumstances) -> Iterator[Finding]:
    counted, told = set(known.memory.group_types), set[str]()
    for index, event in enumerate(request.events):
        for name, path in _types(event):
            if name in counted or name in told:
                continue
            if len(counted) < _MAX_TYPES:
                counted.add(name)
            else:
                told.add(name)
                yield Finding(path=request.event_path(index) + path)


@event_rule(
    Rule(
        id="group.new_type_by_typo",
        subject=Subject.GROUP,
        severity=Severity.ADVICE,
        when="A group type that this app has not sent before, though it has sent others",
        says="This app has not sent this group type before. A new one takes one of five places.",
        fix="Check the spelling, or choose a type that is there.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
        mends=True,
    )
)
def new_type_by_typo(event: Event, known: Circumstances) -> Iterator[Finding]:
    types = known.memory.group_types
    if not types:
        return
    for name, path in _types(event):
        if name not in types:
            close = get_close_matches(name, sorted(types), n=1)
            fix = f"Did you mean {close[0]}? Otherwise go on." if close else ""
            mend = _respelled(event, path, close[0]) if close else None
            yield Finding(path=path, fix=fix, mend=mend)


@request_rule(
    Rule(
        id="group.no_profile",
        subject=Subject.GROUP,
        severity=Severity.WARNING,
        when="$groups names a group that was never described, though this app's history has "
        "others of its type",
        says="As far as this app knows, nobody has described this group: the event is linked, but "
        "the group is missing from PostHog's list.",
        fix="Send a $groupidentify event for it too.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.GROUPS,
    )
)
def no_profile(request: Request, known: Circumstances) -> Iterator[Finding]:
    described = known.memory.groups
    if not described:
        return  # then somebody else describes the groups
    types = {name for name, _ in described}
    settled = described.union(*(_described(event) for event in request.events))
    for index, event in enumerate(request.events):
        for name, value in _linked(event):
            key = _key_text(value)
            if name in types and key and (name, key) not in settled:
                settled |= {(name, key)}  # told once for a request
                yield Finding(path=(*request.event_path(index), *_GROUPS, name))


@event_rule(
    Rule(
        id="group.key_not_text",
        subject=Subject.GROUP,
        severity=Severity.WARNING,
        when="The key of a group in $groups is a list or an object",
        says="An event can belong to one group of each type, not to several.",
        fix="Send one event for each group.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.GROUPS,
        mends=True,
    )
)
def key_not_text(event: Event, _: Circumstances) -> Iterator[Finding]:
    groups = event.properties.get("$groups")
    for name, value in dict(groups.members).items() if isinstance(groups, Object) else ():
        if isinstance(value, tuple | Object):
            path = (*_GROUPS, name)
            yield Finding(path=path, mend=_only_key(path, value))


@event_rule(
    Rule(
        id="group.personless",
        subject=Subject.GROUP,
        severity=Severity.ALTERED,
        when="$groups stands beside $process_person_profile: false",
        says="PostHog links no anonymous event to a group. The values stay as a property.",
        fix="Remove $process_person_profile if the group matters.",
        certainty=Certainty.CODE,
        docs=docs.ANONYMOUS,
    )
)
def personless(event: Event, _: Circumstances) -> Iterator[Finding]:
    groups = event.properties.get("$groups")
    if isinstance(groups, Object) and len(groups) and is_anonymous(event):
        yield Finding(path=_GROUPS)


@event_rule(
    Rule(
        id="group.slot_props",
        subject=Subject.GROUP,
        severity=Severity.ALTERED,
        when="$group_0 to $group_4 are filled in by hand",
        says="PostHog fills this in itself and writes over it or removes it.",
        fix="Use $groups.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
        mends=True,
    )
)
def slot_props(event: Event, _: Circumstances) -> Iterator[Finding]:
    for key in _SLOTS:
        if key in event.properties:
            mend = Mend(label=f"Remove {key}", edits=(Take(path=at(key)),))
            yield Finding(path=at(key), mend=mend)


RULES = (
    not_object,
    top_level,
    max_types,
    new_type_by_typo,
    no_profile,
    key_not_text,
    personless,
    slot_props,
)

_SLOTS = tuple(f"$group_{number}" for number in range(_MAX_TYPES))


def _linked(event: Event) -> Iterable[tuple[str, Value]]:
    """The groups that PostHog links the event to, with their keys."""
    groups = event.properties.get("$groups")
    return groups.members if isinstance(groups, Object) and not is_anonymous(event) else ()


def _types(event: Event) -> Iterator[tuple[str, Path]]:
    """The group types that the event takes a place for, and where they stand."""
    for name, _ in _linked(event):
        yield name, (*_GROUPS, name)
    for name, _ in _described(event):
        yield name, at("$group_type")


def _described(event: Event) -> frozenset[tuple[str, str]]:
    """The group that the event describes, as type and key; none for any other event."""
    if event.name != "$groupidentify" or is_anonymous(event):
        return frozenset()
    name = _key_text(event.properties.get("$group_type"))
    key = _key_text(event.properties.get("$group_key"))
    return frozenset({(name, key)} if name and key else ())


def _key_text(value: Value) -> str:
    """A key or type as text; empty for what is neither text nor number."""
    match value:
        case str():
            return value
        case Number(text):
            return text
        case _:
            return ""


def _respelled(event: Event, path: Path, name: str) -> Mend | None:
    """The type spelled like one that is there; ``None`` where that is taken in the event."""
    label = f"Write {name}"
    if path == at("$group_type"):
        return Mend(label=label, edits=(Put(path=path, value=name),))
    if any(other == name for other, _ in _linked(event)):
        return None
    return Mend(label=label, edits=(Rename(path=path, key=name),))


def _only_key(path: Path, value: Value) -> Mend | None:
    """The one element of a list; ``None`` where more or less than one key stands there."""
    match value:
        case (str() | Number() as only,) if _key_text(only):
            return Mend(label="Take the only key", edits=(Put(path=path, value=only),))
        case _:
            return None
