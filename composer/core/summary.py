"""What a request body is about, in three words, for lists such as history."""

from __future__ import annotations

from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse_bytes
from composer.core.records import Summary

UNREADABLE = Summary(event="(unreadable body)", person="", events=0)


def summary_of(event: Object) -> Summary:
    """The name and the person of one event; empty where there is none. A batch counts its own."""
    batch = event.get("batch")
    if isinstance(batch, tuple):
        return _several(batch)
    return Summary(event=_text(event.get("event")), person=_person(event))


def summarize(body: bytes) -> Summary:
    """The event and person of a body with one event; the number of events of a batch or a list.

    The shapes are told apart as the service does it (capture-server.md, 2.1). Never raises.
    """
    try:
        value = parse_bytes(body)
    except JsonError:
        return UNREADABLE
    match value:
        case Object():
            return summary_of(value)
        case tuple():
            return _several(value)
        case _:
            return UNREADABLE


def _several(events: tuple[Value, ...]) -> Summary:
    objects = [event for event in events if isinstance(event, Object)]
    if len(events) == len(objects) == 1:
        return summary_of(objects[0])
    people = {_person(event) for event in objects}
    person = people.pop() if len(people) == 1 else ""
    return Summary(event=f"{len(events)} events", person=person, events=len(events))


def _person(event: Object) -> str:
    """Where the service looks for it, in its order (capture-server.md, 2.3 and 2.5)."""
    properties = event.get("properties")
    inner = properties.get("distinct_id") if isinstance(properties, Object) else None
    named = (event.get("distinct_id"), event.get("$distinct_id"), inner)
    return _text(next((value for value in named if value is not None), None))


def _text(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else encode(value, Layout.COMPACT)
