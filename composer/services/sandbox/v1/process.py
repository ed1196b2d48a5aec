"""From a batch to the fate of each of its events, in PostHog's order.

Source: capture-server.md, 7.3 to 7.5 and 6. Three faults of a ``uuid`` refuse the whole batch; all
others drop their event alone. On the path of the AI deployments other events are dropped, under the
name that newer code gives this. It knows nothing of HTTP but the status of a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from composer.core.dates import read_rfc3339
from composer.core.ids import PLACEHOLDER_IDS, is_uuid
from composer.core.jsontext import Layout, Object, Value, encode
from composer.core.times import FUTURE_LIMIT
from composer.services.sandbox.arrivals.record import (
    LOCAL_ADDRESS,
    Handed,
    Lane,
    as_record,
    lane_of,
)
from composer.services.sandbox.arrivals.stored import DroppedEvent, StoredEvent
from composer.services.sandbox.v1.answers import EventResult, Fault, RefusedBatchError
from composer.services.sandbox.v1.envelope import Batch, RawEvent
from composer.services.sandbox.v1.headers import Sender
from composer.services.sandbox.v1.options import InvalidOptionsError, Options, read_options


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is to be known beside the batch. ``now`` is in UTC; ``takes_ai_only``: an AI path."""

    sender: Sender
    now: datetime
    address: str
    takes_ai_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one event; exactly one of ``stored`` and ``dropped`` is there."""

    result: EventResult
    stored: StoredEvent | None = None
    dropped: DroppedEvent | None = None


def process(batch: Batch, circumstances: Circumstances) -> tuple[Fate, ...]:
    """The fates, in the order of the events. Raises ``RefusedBatchError`` (400)."""
    if not batch.events:
        raise RefusedBatchError(Fault.EMPTY_BATCH, "request batch is empty")
    if read_rfc3339(batch.created_at) is None:
        words = f"invalid batch: created_at is not valid RFC 3339: {batch.created_at}"
        raise RefusedBatchError(Fault.INVALID_BATCH, words)
    seen: set[str] = set()
    fates: list[Fate] = []
    for event in batch.events:
        uuid = _uuid(event.uuid)
        if uuid in seen:
            words = f"duplicate event uuid: {event.uuid}"
            raise RefusedBatchError(Fault.DUPLICATE_UUID, words)
        seen.add(uuid)
        fates.append(_fate(event, uuid, batch, circumstances))
    return tuple(fates)


_PERFORMANCE_EVENT = "$performance_event"
_LONGEST_NAME = 200  # bytes
_LONGEST_ID = 200  # bytes
_LARGEST_AI_EVENT = 8 * 1024 * 1024  # bytes of its properties, here without space between them
_AI_PREFIX, _GATEWAY_PREFIX = "$ai_", "$ai_gateway"
_NOBODY = "person_processing_disabled"


class _DroppedError(Exception):
    """The event is not kept; the words are PostHog's detail."""


def _uuid(text: str) -> str:
    """Lower-case and hyphenated."""
    if not text:
        raise RefusedBatchError(Fault.MISSING_UUID, "event submitted without a uuid")
    if not is_uuid(text):
        raise RefusedBatchError(Fault.INVALID_UUID, f"invalid event uuid: {text}")
    return str(UUID(text))


def _fate(event: RawEvent, uuid: str, batch: Batch, circumstances: Circumstances) -> Fate:
    try:
        stored = _stored(event, uuid, batch, circumstances)
    except _DroppedError as dropped:
        reason = str(dropped)
        return Fate(
            result=EventResult(uuid=uuid, stored=False, details=reason),
            dropped=DroppedEvent(
                name=event.name,
                distinct_id=event.distinct_id,
                uuid=uuid,
                reason=reason,
                sent=event.payload,
            ),
        )
    is_nobody = event.distinct_id.isascii() and event.distinct_id.lower() in PLACEHOLDER_IDS
    details = _NOBODY if is_nobody else ""
    return Fate(result=EventResult(uuid=uuid, stored=True, details=details), stored=stored)


def _stored(event: RawEvent, uuid: str, batch: Batch, circumstances: Circumstances) -> StoredEvent:
    _check_name_and_id(event)
    claimed = read_rfc3339(event.timestamp)
    if claimed is None:
        raise _DroppedError("invalid_event_timestamp")
    if not isinstance(event.properties, Object):
        raise _DroppedError("malformed_event_properties")
    try:
        options = read_options(event.options)
    except InvalidOptionsError:
        raise _DroppedError("invalid_options") from None
    lane = lane_of(event.name, historical=batch.historical)
    if circumstances.takes_ai_only and lane is not Lane.AI:
        raise _DroppedError("misrouted_event")
    if lane is Lane.AI and _size(event.properties) > _LARGEST_AI_EVENT:
        raise _DroppedError("ai_event_too_big")
    moment = claimed if options.disable_skew_correction else _corrected(claimed, circumstances)
    handed = Handed(
        uuid=uuid,
        name=event.name,
        distinct_id=event.distinct_id,
        timestamp=moment,
        token=circumstances.sender.token,
        ip=LOCAL_ADDRESS if batch.internal else circumstances.address,
        lane=lane,
        properties=_properties(event, event.properties, options, circumstances.sender),
    )
    return StoredEvent(
        name=event.name,
        distinct_id=event.distinct_id,
        uuid=uuid,
        timestamp=moment,
        token=circumstances.sender.token,
        sent=event.payload,
        record=as_record(handed),
    )


def _check_name_and_id(event: RawEvent) -> None:
    if event.name == _PERFORMANCE_EVENT:
        raise _DroppedError("dropped_performance_event")
    if not event.name:
        raise _DroppedError("missing_event_name")
    if len(event.name.encode()) > _LONGEST_NAME:
        raise _DroppedError("event_name_too_long")
    if not event.distinct_id:
        raise _DroppedError("missing_distinct_id")
    if len(event.distinct_id.encode()) > _LONGEST_ID:
        raise _DroppedError("distinct_id_too_large")


def _size(properties: Object) -> int:
    return len(encode(properties, Layout.COMPACT).encode())


def _corrected(claimed: datetime, circumstances: Circumstances) -> datetime:
    """By the difference of the two clocks; what is far ahead then has happened now."""
    now = circumstances.now
    skew = circumstances.sender.sent_at - now
    try:
        moment = claimed - skew
    except OverflowError:  # years that Python lacks
        return datetime.min.replace(tzinfo=UTC) if skew > timedelta() else now
    return now if moment - now > FUTURE_LIMIT else moment


def _properties(event: RawEvent, properties: Object, options: Options, sender: Sender) -> Object:
    """What the server writes wins over what the client sent under the same name."""
    library, version = sender.library or (None, None)
    written: dict[str, Value] = {
        "$session_id": event.session_id,
        "$window_id": event.window_id,
        "$cookieless_mode": options.cookieless_mode,
        "$ignore_sent_at": options.disable_skew_correction,
        "$product_tour_id": options.product_tour_id,
        "$process_person_profile": options.process_person_profile,
        "$lib": library,
        "$lib_version": version,
    }
    found = dict(properties.members)
    if event.name.startswith(_AI_PREFIX):  # unsigned, as anything that a person composes
        found = {key: item for key, item in found.items() if not key.startswith(_GATEWAY_PREFIX)}
    found |= {key: value for key, value in written.items() if value is not None}
    return Object(tuple(found.items()))
