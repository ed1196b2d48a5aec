"""Mixpanel's events and profile changes, as the events that PostHog makes of them.

Its libraries can be pointed at PostHog, which reads what it knows and passes over the rest
(capture-server.md, 2.3 and 2.4). What is passed over is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from composer.core.draft import Draft
from composer.core.events import detect
from composer.core.jsontext import Object, Value, get_at
from composer.core.paste.shapes import events_in, is_of_people, is_track
from composer.core.remarks import Remark


def is_mixpanels(value: Value) -> bool:
    """Whether its first event looks like Mixpanel's."""
    events = events_in(value)
    return bool(events) and (is_track(events[0]) or is_of_people(events[0]))


def opened(value: Value) -> tuple[tuple[Draft, ...], tuple[Remark, ...]]:
    """The drafts, and what PostHog does not read."""
    drafts: list[Draft] = []
    remarks: dict[str, Remark] = {}
    for event in events_in(value):
        payload = Object(tuple(_of_people(event) if is_of_people(event) else _tracked(event)))
        drafts.append(Draft(type_id=detect(payload).id, payload=payload))
        remarks |= {name: Remark(name=name, words=words) for name, words in _unread(event)}
    told = Remark(name="Mixpanel", words=_TOLD)
    return tuple(drafts), (told, *remarks.values())


_TOLD = (
    "This was made for Mixpanel. It opens as PostHog reads it; Mixpanel's own properties stay "
    "where they are."
)


def _tracked(event: Object) -> Iterator[tuple[str, Value]]:
    """Token and person are read from the properties; here they stand where the form has them."""
    for name, inside in (("api_key", "token"), ("distinct_id", "distinct_id")):
        if name not in event and (value := get_at(event, ("properties", inside))) is not None:
            yield name, value
    yield from event


def _of_people(event: Object) -> Iterator[tuple[str, Value]]:
    if "$token" in event:
        yield "api_key", event.get("$token")
    yield "event", "$identify"
    yield "distinct_id", event.get("$distinct_id")
    for name in _SETS:
        if isinstance(found := event.get(name), Object):
            yield name, found


_SETS = ("$set", "$set_once")
_READ_OF_PEOPLE = frozenset({"$token", "$distinct_id", *_SETS})
_UNREAD_PROPERTIES = {
    "time": (
        "PostHog does not read Mixpanel's time: the event gets the time at which it is sent. "
        "Enter the time in the form to keep it."
    ),
    "$insert_id": (
        "PostHog does not read it, so that a repeated send counts twice. The event ID keeps one "
        "from doing so."
    ),
}


def _unread(event: Object) -> Iterable[tuple[str, str]]:
    if is_of_people(event):
        words = "PostHog does not read this part of a profile change, so it was left out."
        return [(name, words) for name, _ in event if name not in _READ_OF_PEOPLE]
    inside = event.get("properties")
    return [
        (name, words)
        for name, words in _UNREAD_PROPERTIES.items()
        if isinstance(inside, Object) and name in inside
    ]
