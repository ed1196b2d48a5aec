"""Tells the four shapes of a request apart, as serde's untagged enum does.

Each shape is a set of typed fields; the first that fits completely is taken, and one field of the
wrong type makes the whole shape fail. The path plays no part.

Source: capture-server.md, 2.1 to 2.3. It judges types only; what a name or a key may say is for
``checks``. Positional arrays, which serde would also read, are not imitated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import NoneType
from uuid import UUID

from composer.core.ids import is_uuid
from composer.core.jsontext import Object, Value
from composer.services.sandbox import serde
from composer.services.sandbox.answers import unparsable


class Shape(Enum):
    """In the order in which they are tried."""

    ARRAY = auto()
    BATCH = auto()
    SINGLE = auto()
    ENGAGE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """One event whose fields have the right types. ``name`` is empty in the engage shape."""

    payload: Object
    name: str = ""
    token: str | None = None
    distinct_id: Value = None
    uuid: str = ""
    properties: Object
    timestamp: str | None = None
    offset: int | None = None
    set: Object | None = None
    set_once: Object | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRequest:
    """A request of one of the shapes; only a batch object has the last three members."""

    shape: Shape
    events: tuple[RawEvent, ...]
    token: str | None = None
    sent_at: str | None = None
    historical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What the shapes of an edition have in common: whether engage is one, and its UUIDs."""

    has_engage: bool
    uuid_may_be_empty: bool


CURRENT = Grammar(has_engage=True, uuid_may_be_empty=True)
OF_2024 = Grammar(has_engage=False, uuid_may_be_empty=False)


def recognise(document: serde.Document, grammar: Grammar) -> RawRequest:
    """The request that a JSON text holds. Raises ``RefusedError`` (400)."""
    request = _first_fit(document.value, grammar)
    if request is None:
        raise unparsable("data did not match any variant of untagged enum RawRequest")
    if document.trailing:
        raise unparsable(str(document.trailing))
    return request


_EMPTY = Object()
_TEXT = (str, NoneType)
_OBJECT = (Object, NoneType)
_TOKEN, _ID, _EVENT = "token", "distinct_id", "event"
_EVENT_FIELDS = {
    "token": _TOKEN,
    "api_key": _TOKEN,
    "$token": _TOKEN,
    "distinct_id": _ID,
    "$distinct_id": _ID,
    "event": _EVENT,
    "uuid": "uuid",
    "properties": "properties",
    "timestamp": "timestamp",
    "offset": "offset",
    "$set": "$set",
    "$set_once": "$set_once",
}
_ENGAGE_FIELDS = {key: field for key, field in _EVENT_FIELDS.items() if field != _EVENT}
_BATCH_FIELDS = {
    "token": _TOKEN,
    "api_key": _TOKEN,
    "batch": "batch",
    "sent_at": "sent_at",
    "historical_migration": "historical_migration",
}


def _first_fit(value: Value, grammar: Grammar) -> RawRequest | None:
    if isinstance(value, tuple):
        events = _events(value, grammar)
        return None if events is None else RawRequest(shape=Shape.ARRAY, events=events)
    if not isinstance(value, Object):
        return None
    if batch := _batch(value, grammar):
        return batch
    if single := _event(value, _EVENT_FIELDS, grammar):
        return RawRequest(shape=Shape.SINGLE, events=(single,))
    if grammar.has_engage and (engage := _event(value, _ENGAGE_FIELDS, grammar)):
        return RawRequest(shape=Shape.ENGAGE, events=(engage,))
    return None


def _batch(value: Object, grammar: Grammar) -> RawRequest | None:
    if "batch" not in value:
        return None
    fields = _fields(value, _BATCH_FIELDS)
    if fields is None:
        return None
    match fields:
        case {"token": str() as token, "batch": tuple() as items}:
            sent_at = fields.get("sent_at")
            historical = fields.get("historical_migration")
        case _:
            return None
    if not isinstance(sent_at, str | None) or not isinstance(historical, bool | None):
        return None
    events = _events(items, grammar)
    if events is None:
        return None
    return RawRequest(
        shape=Shape.BATCH,
        events=events,
        token=token,
        sent_at=sent_at,
        historical=historical is True,
    )


def _events(items: tuple[Value, ...], grammar: Grammar) -> tuple[RawEvent, ...] | None:
    events: list[RawEvent] = []
    for item in items:
        event = _event(item, _EVENT_FIELDS, grammar) if isinstance(item, Object) else None
        if event is None:
            return None
        events.append(event)
    return tuple(events)


def _event(payload: Object, names: dict[str, str], grammar: Grammar) -> RawEvent | None:
    fields = _fields(payload, names)
    if fields is None:
        return None
    name = fields.get(_EVENT, "" if names is _ENGAGE_FIELDS else None)
    token = fields.get(_TOKEN)
    timestamp = fields.get("timestamp")
    properties = fields.get("properties", _EMPTY)
    to_set, to_set_once = fields.get("$set"), fields.get("$set_once")
    if (
        not isinstance(name, str)
        or not isinstance(token, _TEXT)
        or not isinstance(timestamp, _TEXT)
        or not isinstance(properties, Object)
        or not isinstance(to_set, _OBJECT)
        or not isinstance(to_set_once, _OBJECT)
    ):
        return None
    uuid = _uuid(fields.get("uuid"), grammar)
    sent_offset = fields.get("offset")
    offset = None if sent_offset is None else serde.whole_number(sent_offset)
    if uuid is None or (sent_offset is not None and offset is None):
        return None
    return RawEvent(
        payload=payload,
        name=name,
        token=token,
        distinct_id=fields.get(_ID),
        uuid=uuid,
        properties=properties,
        timestamp=timestamp,
        offset=offset,
        set=to_set,
        set_once=to_set_once,
    )


def _fields(value: Object, names: dict[str, str]) -> dict[str, Value] | None:
    """The known fields of an object; ``None`` if one stands twice, under whatever alias."""
    found: dict[str, Value] = {}
    for key, item in value.members:
        field = names.get(key)
        if field is None:
            continue
        if field in found:
            return None
        found[field] = item
    return found


def _uuid(value: Value, grammar: Grammar) -> str | None:
    """Lower-case and hyphenated; empty if there is none; ``None`` if it is not a UUID."""
    if value is None or (grammar.uuid_may_be_empty and value == ""):
        return ""
    if not isinstance(value, str) or not is_uuid(value):
        return None
    return str(UUID(value))
