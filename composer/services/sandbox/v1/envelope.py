"""A v1 body as typed fields: the batch and its events, as serde would read them.

Source: capture-server.md, 7.2. It judges types only: one field of a wrong type, or a known field
that stands twice, and the whole request cannot be parsed. What the fields may say is for
``process``. PostHog hands ``properties`` and unknown fields on unread; here they are read, so a
number beyond a double, half a surrogate pair or nesting beyond 127 levels inside them is refused,
which PostHog would let pass.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from composer.core.jsontext import Object, Value
from composer.core.spelling import trimmed
from composer.services.sandbox import serde
from composer.services.sandbox.v1.answers import unparsable


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """One event whose fields have the right types. ``uuid`` and ``distinct_id`` are trimmed.

    ``options`` and ``properties`` may be anything yet; ``payload`` is the event as it arrived.
    """

    payload: Object
    name: str
    uuid: str
    distinct_id: str
    timestamp: str
    session_id: str | None
    window_id: str | None
    options: Value
    properties: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A whole body. ``created_at`` is text that has not been read yet."""

    created_at: str
    events: tuple[RawEvent, ...]
    historical: bool
    internal: bool


def read_batch(text: str) -> Batch:
    """The batch that a JSON text holds. Raises ``RefusedBatchError`` (400)."""
    try:
        document = serde.read(text)
    except serde.SerdeError:
        raise unparsable() from None
    fields = _fields(document.value, _BATCH_FIELDS)
    historical = fields.get("historical_migration", False)
    internal = fields.get("capture_internal")
    match fields:
        case {"created_at": str() as created_at, "batch": tuple() as items}:
            events = tuple(_event(item) for item in items)
        case _:
            raise unparsable()
    is_typed = isinstance(historical, bool) and isinstance(internal, bool | None)
    if not is_typed or document.trailing:
        raise unparsable()
    return Batch(
        created_at=created_at,
        events=events,
        historical=historical is True,
        internal=internal is True,
    )


_BATCH_FIELDS = frozenset({"created_at", "historical_migration", "capture_internal", "batch"})
_EVENT_FIELDS = frozenset(
    {
        *("event", "uuid", "distinct_id", "timestamp"),
        *("session_id", "window_id", "options", "properties"),
    }
)
_EMPTY = Object()


def _event(source: Value) -> RawEvent:
    fields = _fields(source, _EVENT_FIELDS)
    match fields, source:
        case {
            "event": str() as name,
            "uuid": str() as uuid,
            "distinct_id": str() as distinct_id,
            "timestamp": str() as timestamp,
        }, Object() as payload:
            session_id, window_id = fields.get("session_id"), fields.get("window_id")
        case _:
            raise unparsable()
    if not isinstance(session_id, str | None) or not isinstance(window_id, str | None):
        raise unparsable()
    return RawEvent(
        payload=payload,
        name=name,
        uuid=trimmed(uuid),
        distinct_id=trimmed(distinct_id),
        timestamp=timestamp,
        session_id=session_id,
        window_id=window_id,
        options=fields.get("options"),
        properties=fields.get("properties", _EMPTY),
    )


def _fields(source: Value, names: Collection[str]) -> dict[str, Value]:
    """The known fields of an object, none of which may stand twice."""
    if not isinstance(source, Object):
        raise unparsable()
    found: dict[str, Value] = {}
    for key, value in source.members:
        if key not in names:
            continue
        if key in found:
            raise unparsable()
        found[key] = value
    return found
