"""The events of a batch one by one: where their name, person and time stand, and a new one.

Members that are not asked for stay as they are. Knows no widgets.
"""

from __future__ import annotations

from composer.core.draft import TOP_ORDER
from composer.core.fields import Field
from composer.core.jsontext import Object, Path, Value, get_at, remove_at, set_at

NAME: Path = ("event",)
PERSON: Path = ("distinct_id",)
TIME: Path = ("timestamp",)


def person_path(event: Object) -> Path:
    """Where the service finds the person's ID (capture-server.md, 2.3 and 2.5)."""
    if event.get("distinct_id") is None:
        if event.get("$distinct_id") is not None:
            return ("$distinct_id",)
        if get_at(event, ("properties", "distinct_id")) is not None:
            return ("properties", "distinct_id")
    return PERSON


def with_text(event: Object, path: Path, text: str) -> Object:
    """The event with another name, person or time; an emptied time goes."""
    if path == TIME and not text:
        return remove_at(event, path)
    key = str(path[0])
    before = TOP_ORDER[TOP_ORDER.index(key) + 1 :] if key in TOP_ORDER else ()
    return set_at(event, path, text, before=before)


def new_event(field: Field, uuid: str, timestamp: str) -> Object:
    """What "Add" puts into a batch: of an import the time is asked for, and no ID is made from it.

    An ID says the time at which it was made, which the event's own has to agree with.
    """
    wants_time = any(column.key == "timestamp" and column.required for column in field.columns)
    stamps = () if wants_time else (("uuid", uuid),)
    return Object(
        (
            ("event", ""),
            ("distinct_id", ""),
            *stamps,
            ("timestamp", "" if wants_time else timestamp),
        )
    )


def property_count(event: Value) -> int:
    """How many properties an event has."""
    properties = event.get("properties") if isinstance(event, Object) else None
    return len(properties) if isinstance(properties, Object) else 0
