"""Where the capture service looks for what, and how a member gets where it belongs.

Source: capture-server.md, 2.1 to 2.5. It knows no rule.
"""

from __future__ import annotations

from composer.core.destination import token_problem
from composer.core.jsontext import Object, Path, Value
from composer.core.spelling import text_of, trimmed
from composer.core.verdicts.mending import Edit, Mend, Put, Rename, Take, move
from composer.core.verdicts.request import Circumstances, Event, Request, Shape

TOKENS = ("api_key", "token", "$token")
"""The names of an event's token; the first two serve a batch as well."""

PERSONS = ("distinct_id", "$distinct_id")

FIELDS = frozenset(
    {*TOKENS, *PERSONS, "event", "uuid", "properties", "timestamp", "offset", "$set", "$set_once"}
)
"""What is read at the top of an event."""

_FIRST_NAMES = {name: names[0] for names in (TOKENS, PERSONS) for name in names}
_SECOND_NAMES = frozenset({*TOKENS[1:], *PERSONS[1:]})

DISCARDED = "$performance_event"
"""Thrown away before anything but the types of its fields is looked at."""

WRONG_NAME_KEYS = ("event_name", "eventName")

WRONG_ID_KEYS = ("distinctId", "distinctID", "userId", "user_id", "anonymousId", "id")
"""Names that other programs give to the person's ID, the likeliest first."""


def has_field_twice(event: Event) -> bool:
    """Whether a field stands twice at the top, under one name or two: the service refuses it."""
    members = event.members
    if len(members) == len(event.payload.members) and _SECOND_NAMES.isdisjoint(members):
        return False
    fields = [_FIRST_NAMES.get(key, key) for key, _ in event.payload.members if key in FIELDS]
    return len(fields) != len(set(fields))


def token_of(event: Event) -> tuple[Path, Value] | None:
    """Where an event's own token stands, and the token, which may be of a wrong type."""
    for key in TOKENS:
        value = event.members.get(key)
        if value is not None:
            return (key,), value
    value = event.properties.get("token")
    return (("properties", "token"), value) if isinstance(value, str) else None


def served_token(request: Request) -> tuple[Path, Value] | None:
    """The token that the service looks at: the batch's, or the first among single events."""
    if request.events and all(event.name == DISCARDED for event in request.events):
        return None
    if request.shape is Shape.BATCH:
        for key in TOKENS[:2]:
            value = request.top.get(key)
            if value is not None:
                return (key,), value
        return None
    for index, event in enumerate(request.events):
        found = token_of(event) if event.name != DISCARDED else None
        if found:
            return request.event_path(index) + found[0], found[1]
    return None


def token_of_destination(known: Circumstances, path: Path) -> Mend | None:
    """Put the destination's token at ``path``; ``None`` if there is no good one."""
    where = known.destination
    if where is None or token_problem(where.token):
        return None
    edits = (Put(path=path, value=where.token),)
    return Mend(label=f"Use the token of {where.name}", edits=edits)


def is_nameless_by_right(event: Event, known: Circumstances) -> bool:
    """Whether the path gives the event its name: ``/engage`` (capture-server.md, 2.4)."""
    return (
        known.shape is Shape.SINGLE
        and known.path == "/engage"
        and not isinstance(event.members.get("event"), str)
    )


def into_properties(event: Event, key: str, name: str, label: str) -> Mend | None:
    """Move the top-level member ``key`` into ``properties`` as ``name``.

    ``None`` where that would overwrite another value.
    """
    if not isinstance(event.members.get("properties", Object()), Object):
        return None
    value = event.members[key]
    if name not in event.properties:
        return Mend(label=label, edits=move((key,), ("properties", name), value))
    if event.properties[name] != value:
        return None
    return Mend(label=f"Remove {key}", edits=(Take(path=(key,)),))


def has_text(value: Value) -> bool:
    """Whether an ID that is not blank could be read from ``value``."""
    return value is not None and trimmed(text_of(value)) != ""


def stray_id(event: Event) -> Path | None:
    """Where a person's ID stands under a wrong name, the likeliest if there are several."""
    for key in WRONG_ID_KEYS:
        if has_text(event.members.get(key)):
            return (key,)
    for key in WRONG_ID_KEYS[:2]:
        if has_text(event.properties.get(key)):
            return ("properties", key)
    return None


def as_person(event: Event, stray: Path) -> Mend:
    """The ID at ``stray`` under its right name, in place of the empty one that may stand there."""
    empty: tuple[Edit, ...] = tuple(Take(path=(key,)) for key in PERSONS if key in event.members)
    if len(stray) == 1:
        edits: tuple[Edit, ...] = (*empty, Rename(path=stray, key=PERSONS[0]))
        return Mend(label="Rename it to distinct_id", edits=edits)
    value = event.properties[str(stray[1])]
    return Mend(label="Use it as the person's ID", edits=(*empty, *move(stray, PERSONS[:1], value)))
