"""The events of a request body, as far as any library of PostHog's can carry them.

Where the service reads what: capture-server.md, section 2. It knows no particular library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from composer.core.jsontext import JsonError, Number, Object, Value, parse_bytes
from composer.core.times import read
from composer.core.tokens import ALIASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event that a library can be given. ``time`` and ``uuid`` are empty where it has none."""

    name: str
    distinct_id: str
    uuid: str
    time: str
    """The timestamp as it is spelled; it can be read."""
    properties: Object
    notes: tuple[str, ...]
    """What no library can carry, without the number of the event."""

    @property
    def moment(self) -> datetime | None:
        """The timestamp, in UTC."""
        moment = read(self.time)
        return moment.astimezone(UTC) if moment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """All events of a body; ``notes`` are about the rest of it."""

    events: tuple[Event, ...]
    is_historical: bool
    notes: tuple[str, ...]


def sending_of(body: bytes) -> Sending:
    """The events of ``body``; none where it is not JSON or holds no event."""
    try:
        value = parse_bytes(body)
    except JsonError:
        return Sending(events=(), is_historical=False, notes=("The body is not JSON.",))
    notes: list[str] = []
    items: tuple[Value, ...] = value if isinstance(value, tuple) else (value,)
    is_historical = False
    if isinstance(value, Object) and isinstance(batch := value.get("batch"), tuple):
        items = batch
        is_historical = value.get("historical_migration") is True
        notes += [_left_out(name) for name in _names(value) if name not in _BATCH]
    read_events = [_event(item) for item in items]
    said = [event.notes if isinstance(event, Event) else (event,) for event in read_events]
    return Sending(
        events=tuple(event for event in read_events if isinstance(event, Event)),
        is_historical=is_historical,
        notes=(*notes, *by_event(said)),
    )


def by_event(said: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is ``said`` of each event, each sentence once, with the numbers of its events."""
    places: dict[str, list[int]] = {}
    for place, sentences in enumerate(said, 1):
        for sentence in sentences:
            places.setdefault(sentence, []).append(place)
    for sentence, found in islice(places.items(), _MOST):
        shown = ", ".join(map(str, found[:_SHOWN])) + (" …" if len(found) > _SHOWN else "")
        about = "Every event" if len(found) == len(said) else f"Event {shown}"
        yield sentence if len(said) == 1 else f"{about}: {sentence}"
    if len(places) > _MOST:
        yield f"There are {len(places) - _MOST} more differences in single events."


def _event(value: Value) -> Event | str:
    """The event, or a sentence on why no library can send it."""
    if not isinstance(value, Object):
        return "It is left out, for it is no JSON object."
    name = value.get("event")
    if not isinstance(name, str) or not name:
        return "It is left out, for it has no event name."
    properties = value.get("properties")
    held = properties if isinstance(properties, Object) else Object()
    notes = [] if isinstance(properties, Object | None) else [_left_out("properties")]
    distinct_id, said = _distinct_id(value, held)
    if not distinct_id:
        return "It is left out, for it has no distinct_id."
    uuid, time = value.get("uuid"), value.get("timestamp")
    readable = isinstance(time, str) and read(time) is not None
    notes += said
    notes += [_left_out("uuid")] if uuid is not None and not isinstance(uuid, str) else []
    notes += [_NO_TIME] if time is not None and not readable else []
    moved = [key for key in _PERSON if isinstance(value.get(key), Object) and key not in held]
    for key in moved:
        held = held.with_member(key, value.get(key))
    notes += [f"{key} moves into properties, where PostHog reads it as well." for key in moved]
    notes += [_left_out(key) for key in _names(value) if key not in _EVENT and key not in moved]
    notes += _repeated(value)
    return Event(
        name=name,
        distinct_id=distinct_id,
        uuid=uuid if isinstance(uuid, str) else "",
        time=time if isinstance(time, str) and readable else "",
        properties=held,
        notes=tuple(notes),
    )


def _distinct_id(event: Object, properties: Object) -> tuple[str, list[str]]:
    """Where the service looks for it, and what is to be said of that."""
    own = event.get("distinct_id")
    found = properties.get("distinct_id") if own is None else own
    notes = [] if own is not None else ["distinct_id stands beside properties as well."]
    match found:
        case str():
            return found, notes
        case Number(text):
            return text, [*notes, "distinct_id is sent as text, not as a number."]
        case _:
            return "", []


def _repeated(value: Value) -> list[str]:
    names = tuple(dict.fromkeys(_repeated_names(value)))
    return [f"Of the repeated {name} only the last is sent." for name in names]


def _repeated_names(value: Value) -> Iterator[str]:
    match value:
        case Object():
            times = Counter(name for name, _ in value)
            yield from (name for name, count in times.items() if count > 1)
            for _, item in value:
                yield from _repeated_names(item)
        case tuple():
            for item in value:
                yield from _repeated_names(item)
        case _:
            pass


def _names(value: Object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _ in value))


def _left_out(name: str) -> str:
    return f"{name} is left out: the library has no place for it."


_MOST = 20
_SHOWN = 8
_NO_TIME = "timestamp is left out: libraries take only ISO 8601."
_PERSON = ("$set", "$set_once")
_BATCH = ALIASES | {"batch", "historical_migration"}
_EVENT = ALIASES | {"event", "distinct_id", "uuid", "timestamp", "properties"}
