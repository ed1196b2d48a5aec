"""One event of a request on its way into the store: its last checks, its time, its record.

An edition of the service has its own ``Keeper``. Source: capture-server.md, 2.5, 5 and 6. It knows
nothing of tokens, of HTTP but the status of a refusal, or of the other events of the request.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias

from composer.core.ids import uuid7
from composer.core.jsontext import Object, Value
from composer.core.spelling import text_of, trimmed
from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.arrivals.record import (
    LOCAL_ADDRESS,
    Handed,
    Lane,
    as_record,
    lane_of,
)
from composer.services.sandbox.arrivals.stored import StoredEvent
from composer.services.sandbox.v0.shapes import RawEvent
from composer.services.sandbox.v0.timestamps import Arrived, event_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the events of a request have in common; ``ip`` is the address they came from."""

    token: str
    ip: str
    arrived: Arrived
    historical: bool = False


Keeper: TypeAlias = Callable[[RawEvent, Context], tuple[StoredEvent, ...]]
"""Makes what is stored of an event: mostly one. Raises ``RefusedError`` (400)."""

LONGEST_ID = 200  # characters


def keep(event: RawEvent, context: Context) -> tuple[StoredEvent, ...]:
    """As PostHog does now; an event with the data of a heatmap becomes two."""
    _require_name(event)
    distinct_id = text_id(event).replace("\0", "\ufffd")
    if not trimmed(distinct_id):
        raise _without_id()
    properties = event.properties
    last = dict(properties.members)
    if not isinstance(last.get("$cookieless_mode", False), bool):
        words = "event submitted with invalid cookieless mode"
        raise RefusedError(HTTPStatus.BAD_REQUEST, words)
    if "capture_internal" in last:
        context = replace(context, ip=LOCAL_ADDRESS)
    if event.name.startswith("$ai_"):
        event = replace(event, properties=_without_gateway(properties))
    lane = lane_of(event.name, historical=context.historical)
    moment = event_time(event, context.arrived)
    if lane is Lane.HEATMAPS or not _has_heatmap(last):
        return (_stored(event, distinct_id, moment, lane, context),)
    heatmap = _heatmap_of(event)
    event = replace(event, properties=properties.without(_HEATMAP_DATA))
    return (
        _stored(event, distinct_id, moment, lane, context),
        _stored(heatmap, distinct_id, moment, Lane.HEATMAPS, context),
    )


def keep_as_in_2024(event: RawEvent, context: Context) -> tuple[StoredEvent, ...]:
    """With less care for the distinct ID, no special names, and no second event.

    The time was worked out later in those days, by the same rules as far as they are known.
    """
    _require_name(event)
    distinct_id = text_id(event)
    if not distinct_id:
        words = "event submitted with an empty distinct_id"
        raise RefusedError(HTTPStatus.BAD_REQUEST, words)
    lane = Lane.HISTORICAL if context.historical else Lane.ANALYTICS
    return (_stored(event, distinct_id, event_time(event, context.arrived), lane, context),)


def text_id(event: RawEvent) -> str:
    """The distinct ID as text, uncut. Raises ``RefusedError`` if there is none."""
    value = event.distinct_id
    if value is None:
        value = event.properties.get("distinct_id")
    if value is None:
        raise _without_id()
    return text_of(value)


_HEATMAP_DATA = "$heatmap_data"
_HEATMAP_PAGE = frozenset({"$prev_pageview_pathname", "$current_url"})
_HEATMAP_KEYS = _HEATMAP_PAGE | {
    _HEATMAP_DATA,
    "$viewport_height",
    "$viewport_width",
    "$session_id",
    "$prev_pageview_max_scroll",
    "$cookieless_mode",
}


def _require_name(event: RawEvent) -> None:
    if not event.name:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "event submitted with an empty event name")


def _without_id() -> RefusedError:
    return RefusedError(HTTPStatus.BAD_REQUEST, "event submitted without a distinct_id")


def _without_gateway(properties: Object) -> Object:
    """Only PostHog's own gateway may say what these say."""
    members = properties.members
    return Object(tuple(pair for pair in members if not pair[0].startswith("$ai_gateway")))


def _has_heatmap(properties: Mapping[str, Value]) -> bool:
    return _HEATMAP_DATA in properties or all(key in properties for key in _HEATMAP_PAGE)


def _heatmap_of(event: RawEvent) -> RawEvent:
    """The second event: the name, the time, and what a heatmap is drawn from."""
    members = event.properties.members
    properties = Object(tuple(pair for pair in members if pair[0] in _HEATMAP_KEYS))
    return replace(event, name="$$heatmap", uuid="", properties=properties, set=None, set_once=None)


def _stored(
    event: RawEvent, distinct_id: str, moment: datetime, lane: Lane, context: Context
) -> StoredEvent:
    distinct_id = distinct_id[:LONGEST_ID]
    uuid = event.uuid or _new_uuid(moment)
    record = as_record(
        Handed(
            uuid=uuid,
            name=event.name,
            distinct_id=distinct_id,
            timestamp=moment,
            token=context.token,
            ip=context.ip,
            lane=lane,
            properties=event.properties,
            set=event.set,
            set_once=event.set_once,
        )
    )
    return StoredEvent(
        name=event.name,
        distinct_id=distinct_id,
        uuid=uuid,
        timestamp=moment,
        token=context.token,
        sent=event.payload,
        record=record,
    )


def _new_uuid(moment: datetime) -> str:
    """Version 7, with the time of the event inside; before 1970 counts as 1970."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid7(max(milliseconds, 0), secrets.randbits(74))
