"""What is wrong with a draft, field by field, before it is sent.

Only what can be seen in the draft itself; each message says what PostHog does and the next step.
The rules and their effects: ingestion-rules.md, section 2. Nothing here stops anyone from sending.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from composer.core import times
from composer.core.derive import web_address
from composer.core.draft import Draft
from composer.core.events import fields_of
from composer.core.events.common import EVENT_NAME, MAX_GROUPS, PERSON
from composer.core.fields import Field, Kind, Place
from composer.core.ids import uuid7_milliseconds, uuid_problem
from composer.core.jsontext import Number, Object, Path, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A sentence about the member at ``path``, to stand beside its field."""

    path: Path
    message: str


def problems(draft: Draft, now: datetime) -> tuple[Problem, ...]:
    """Everything found, in the order of the form. ``now`` has a zone."""
    return tuple(_problems(draft, now))


PLACEHOLDER_IDS = frozenset(
    {
        "0",
        "00000000-0000-0000-0000-000000000000",
        "[object object]",
        "anonymous",
        "anonymous-user",
        "backend",
        "distinct_id",
        "distinctid",
        "email",
        "false",
        "guest",
        "id",
        "nan",
        "none",
        "not_authenticated",
        "null",
        "system",
        "true",
        "undefined",
        "user",
    }
)
"""IDs of nobody, compared trimmed and in small letters (ingestion-rules.md, section 1.2)."""

_NEED_A_PERSON = frozenset({"$identify", "$create_alias", "$merge_dangerously", "$groupidentify"})
"""Thrown away without a person profile (ingestion-rules.md, section 1.3)."""

_TEXT_ONLY = frozenset({"event", "distinct_id", "alias", "$anon_distinct_id"})
"""Where PostHog does not take a number as it would elsewhere."""


def _property(key: str) -> Path:
    return (Place.PROPERTIES.value, key)


def _problems(draft: Draft, now: datetime) -> Iterator[Problem]:
    for known in fields_of(draft.event_type):
        message = _field_problem(known, _value(draft, known), now)
        if message:
            yield Problem(path=known.path, message=message)
    for rule in (_person, _event_name, _event_id, _second_id, _profile, _window, _properties):
        yield from rule(draft)


def _event_id(draft: Draft) -> Iterator[Problem]:
    """PostHog makes an ID of its own then (event-catalogue.md, section 0.1)."""
    if not draft.has(("uuid",)):
        message = "Without an event ID a repeated send counts twice. Make one with the button."
        yield Problem(path=("uuid",), message=message)


def _value(draft: Draft, known: Field) -> Value:
    if known.kind is not Kind.ANSWERS:
        return draft.value(known.path)
    properties = draft.value((Place.PROPERTIES.value,))
    members = properties.members if isinstance(properties, Object) else ()
    return Object(tuple((key, value) for key, value in members if known.owns(_property(key))))


def _field_problem(known: Field, value: Value, now: datetime) -> str:
    if _is_empty(value):
        return _missing(known) if known.required else ""
    message = _WRONG_TYPE[known.kind] if not _has_type(known, value) else ""
    if message or not isinstance(value, str):
        return message or _too_many_groups(known, value)
    if known.max_length is not None and len(value) > known.max_length:
        return f"Longer than {known.max_length} characters: PostHog cuts or drops it. Shorten it."
    match known.kind:
        case Kind.TIME:
            return times.problem(value, now)
        case Kind.URL if value != "$direct" and web_address(value) is None:
            return "Begin with https:// and the host, or reports by host leave it out."
        case Kind.UUID:
            return _uuid_problem(known.key, value)
        case _:
            return ""


def _is_empty(value: Value) -> bool:
    match value:
        case str():
            return not value.strip()
        case Object(members):
            return not members
        case _:
            return value is None or value == ()


def _missing(known: Field) -> str:
    if known.place is Place.TOP:
        return "PostHog refuses the event without it. Fill it in."
    return "The event has no effect without it. Fill it in."


def _has_type(known: Field, value: Value) -> bool:
    match known.kind:
        case Kind.TEXT | Kind.CHOICE:
            return isinstance(value, str) or (
                isinstance(value, Number) and known.key not in _TEXT_ONLY
            )
        case Kind.URL | Kind.UUID | Kind.TIME:
            return isinstance(value, str)
        case Kind.NUMBER:
            return isinstance(value, Number)
        case Kind.YES_NO:
            return isinstance(value, bool)
        case Kind.PROPERTIES:
            return isinstance(value, Object)
        case Kind.MAP:
            return isinstance(value, Object) and all(isinstance(v, str | Number) for _, v in value)
        case Kind.ANSWERS:
            return isinstance(value, Object) and all(isinstance(v, str | tuple) for _, v in value)
        case Kind.RECORDS:
            return isinstance(value, tuple) and all(isinstance(item, Object) for item in value)


_WRONG_TYPE = {
    Kind.TEXT: "PostHog wants text here. Put the value in quotes.",
    Kind.CHOICE: "PostHog wants text here. Put the value in quotes.",
    Kind.URL: "PostHog wants an address as text here. Put it in quotes.",
    Kind.UUID: "PostHog wants a UUID as text here. Make a new one with the button.",
    Kind.TIME: "PostHog refuses a time that is not text. Write it like 2026-11-21T09:30:00Z.",
    Kind.NUMBER: "PostHog wants a number here. Write it without quotes.",
    Kind.YES_NO: "PostHog ignores everything but yes and no here. Choose one of them.",
    Kind.PROPERTIES: "PostHog wants names with values here and ignores the rest. Use the rows.",
    Kind.MAP: "One ID for each kind of group: PostHog ignores the rest. Use the rows.",
    Kind.ANSWERS: "Results show answers that are text or lists. Put the answer in quotes.",
    Kind.RECORDS: "PostHog wants a list of questions here. Use the rows.",
}


def _too_many_groups(known: Field, value: Value) -> str:
    if known.kind is Kind.MAP and isinstance(value, Object) and len(value) > MAX_GROUPS:
        return f"A project has {MAX_GROUPS} kinds of groups: PostHog ignores the rest. Remove some."
    return ""


def _uuid_problem(key: str, text: str) -> str:
    if key == "uuid":
        return uuid_problem(text)
    if uuid_problem(text):
        return "This is not a UUID, so PostHog does not use it. Make a new one with the button."
    if key == "$session_id" and uuid7_milliseconds(text) is None:
        return "Visits need a version 7 UUID. Make a new one with the button."
    return ""


def _person(draft: Draft) -> Iterator[Problem]:
    person = draft.value(PERSON.path)
    if not isinstance(person, str) or not person.strip():
        return
    if person.strip().lower() in PLACEHOLDER_IDS:
        message = "This does not look like a real person: all who share it become one. Use an ID."
        yield Problem(path=PERSON.path, message=message)
    if person != person.strip():
        message = "With the spaces around it this is another person. Remove them."
        yield Problem(path=PERSON.path, message=message)


def _event_name(draft: Draft) -> Iterator[Problem]:
    name = draft.value(EVENT_NAME.path)
    if not draft.event_type.event and isinstance(name, str) and name.startswith("$"):
        message = "Names with $ are PostHog's own. Leave out the $, or choose the event type."
        yield Problem(path=EVENT_NAME.path, message=message)


def _second_id(draft: Draft) -> Iterator[Problem]:
    for event, key in (("$create_alias", "alias"), ("$identify", "$anon_distinct_id")):
        path = _property(key)
        if draft.value(EVENT_NAME.path) != event or not draft.has(path):
            continue
        other = draft.value(path)
        if key == "$anon_distinct_id" and _is_empty(other):
            message = "PostHog takes the empty ID for an ID and joins nothing. Remove it."
            yield Problem(path=path, message=message)
        elif other == draft.value(PERSON.path) and not _is_empty(other):
            message = "Both IDs are the same, so PostHog joins nothing. Enter another one."
            yield Problem(path=path, message=message)


def _profile(draft: Draft) -> Iterator[Problem]:
    path = _property("$process_person_profile")
    if draft.value(path) is not False:
        return
    if draft.value(EVENT_NAME.path) in _NEED_A_PERSON:
        message = "PostHog throws this event away if it may not touch a person. Remove this."
        yield Problem(path=path, message=message)
    for key in ("$set", "$set_once"):
        if not _is_empty(draft.value(_property(key))):
            message = (
                "An anonymous event changes no person: PostHog removes this. Remove one of both."
            )
            yield Problem(path=_property(key), message=message)


def _window(draft: Draft) -> Iterator[Problem]:
    window, session = _property("$window_id"), _property("$session_id")
    if not _is_empty(draft.value(window)) and _is_empty(draft.value(session)):
        message = "PostHog wants a session ID beside the window ID. Add one, or remove this."
        yield Problem(path=window, message=message)


def _properties(draft: Draft) -> Iterator[Problem]:
    path = (Place.PROPERTIES.value,)
    if draft.has(path) and not isinstance(draft.value(path), Object):
        message = "PostHog refuses properties that are not names with values. Write { } here."
        yield Problem(path=path, message=message)
    for key in ("$set", "$set_once"):
        if draft.value((key,)) is not None and not isinstance(draft.value((key,)), Object):
            message = f"PostHog refuses a {key} that is not names with values. Write {{ }} here."
            yield Problem(path=(key,), message=message)
