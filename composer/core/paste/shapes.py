"""What a JSON value from outside looks like: events, a question for flags, something of Mixpanel's.

Source: capture-server.md, 2.1 and 2.4. It judges looks only; whether PostHog takes it is for the
verdicts.
"""

from __future__ import annotations

from composer.core.jsontext import Number, Object, Value, get_at
from composer.core.tokens import ALIASES


def events_in(value: Value) -> tuple[Object, ...]:
    """The objects that stand where events stand: one, those of a list, or those of a batch."""
    match value:
        case Object() if isinstance(batch := value.get("batch"), tuple):
            items = batch
        case tuple():
            items = value
        case _:
            items = (value,)
    return tuple(item for item in items if isinstance(item, Object))


def holds_events(value: Value) -> bool:
    """Whether an event is among them that can be told by its looks."""
    return any(is_event(event) or is_of_people(event) for event in events_in(value))


def is_event(event: Object) -> bool:
    """Whether it has a name, or sets properties of a person."""
    return isinstance(event.get("event"), str) or (
        ("$set" in event or "$set_once" in event) and not _PERSON.isdisjoint(_keys(event))
    )


def is_flags_question(value: Value) -> bool:
    """Whether it asks for feature flags (``/flags`` and ``/decide``)."""
    if not isinstance(value, Object) or holds_events(value):
        return False
    keys = _keys(value)
    return not (_PERSON.isdisjoint(keys) or ALIASES.isdisjoint(keys) or _ASKS.isdisjoint(keys))


def is_track(event: Object) -> bool:
    """Whether it is an event as Mixpanel's libraries and its HTTP interface have it."""
    inside = event.get("properties")
    if not isinstance(inside, Object) or not isinstance(event.get("event"), str):
        return False
    if "mp_lib" in inside:
        return True
    has_time = isinstance(inside.get("time"), Number) and "$lib" not in inside
    return has_time and "token" in inside and _POSTHOG.isdisjoint(_keys(event))


def is_of_people(event: Object) -> bool:
    """Whether it changes a Mixpanel profile, as ``/engage`` takes it."""
    keys = _keys(event)
    return "event" not in keys and "$distinct_id" in keys and not _OPERATIONS.isdisjoint(keys)


def token_in(value: Value) -> str:
    """The project token that a body carries, of several the first; empty where there is none."""
    events = events_in(value)
    owners = (value, *events[:1]) if isinstance(value, Object) else events[:1]
    places = [(key,) for key in ("api_key", "token", "$token")] + [("properties", "token")]
    found = (get_at(owner, place) for owner in owners for place in places)
    return next((token for token in found if isinstance(token, str) and token), "")


def _keys(event: Object) -> set[str]:
    return {key for key, _ in event}


_PERSON = frozenset({"distinct_id", "$distinct_id"})
_POSTHOG = frozenset({*ALIASES, "uuid", "distinct_id", "$set", "$set_once", "offset"})
_ASKS = frozenset(
    {
        "$anon_distinct_id",
        "$device_id",
        "evaluation_contexts",
        "flag_keys_to_evaluate",
        "geoip_disable",
        "group_properties",
        "groups",
        "person_properties",
        "timezone",
    }
)
_OPERATIONS = frozenset(
    {
        "$add",
        "$append",
        "$delete",
        "$remove",
        "$set",
        "$set_once",
        "$token",
        "$union",
        "$unset",
    }
)
