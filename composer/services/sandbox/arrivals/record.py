"""The event as PostHog stores it: what the capture service hands on, built from checked parts.

Source: capture-server.md, 2.3 (only known fields are handed on) and 6 (lanes by name);
ingestion-rules.md, 1.4 and ``ip.*`` (the address becomes the property ``$ip`` unless the sender
gave one). It checks nothing, and knows nothing of requests.

Values are spelled as serde writes them, for the service reads and writes them anew: the last of
repeated keys counts, ``1e3`` becomes ``1000.0``, and an integer beyond 64 bits loses its last
digits. Keys keep the order in which they were sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from composer.core.jsontext import Number, Object, Value
from composer.core.spelling import text_of


class Lane(StrEnum):
    """Which of PostHog's pipelines an event is handed to."""

    ANALYTICS = "analytics"
    HISTORICAL = "historical"
    ERROR_TRACKING = "error_tracking"
    HEATMAPS = "heatmaps"
    INGESTION_WARNINGS = "ingestion_warnings"
    AI = "ai"


LOCAL_ADDRESS = "127.0.0.1"
"""The address of an event whose properties have ``capture_internal``, whatever its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a record is made of.

    ``uuid`` and ``distinct_id`` are the stored ones, ``timestamp`` is in UTC, ``lane`` as
    ``lane_of`` says; ``set`` and ``set_once`` are the top-level members, ``None`` if not sent.
    """

    uuid: str
    name: str
    distinct_id: str
    timestamp: datetime
    token: str
    ip: str
    lane: Lane
    properties: Object
    set: Object | None = None
    set_once: Object | None = None


def lane_of(name: str, *, historical: bool) -> Lane:
    """The lane of an event by its name; only ordinary events go where a migration goes."""
    lane = _LANES.get(name)
    if lane is not None:
        return lane
    return Lane.HISTORICAL if historical else Lane.ANALYTICS


def as_record(handed: Handed) -> Object:
    """The stored event as JSON, its members in a fixed order."""
    members: list[tuple[str, Value]] = [
        ("uuid", handed.uuid),
        ("event", handed.name),
        ("distinct_id", handed.distinct_id),
        ("timestamp", instant_text(handed.timestamp)),
        ("token", handed.token),
        ("ip", handed.ip),
        ("lane", handed.lane.value),
    ]
    if handed.lane is Lane.HISTORICAL:
        members.append(("historical", True))
    members.append(("properties", _with_ip(handed.properties, handed.ip)))
    if handed.set is not None:
        members.append(("$set", _respelled_object(handed.set)))
    if handed.set_once is not None:
        members.append(("$set_once", _respelled_object(handed.set_once)))
    return Object(tuple(members))


def instant_text(moment: datetime) -> str:
    """ISO 8601 in UTC with as many digits as needed: none, three or six."""
    if moment.microsecond == 0:
        digits = "seconds"
    else:
        digits = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.isoformat(timespec=digits).removesuffix("+00:00") + "Z"


_LANES = {
    "$exception": Lane.ERROR_TRACKING,
    "$$heatmap": Lane.HEATMAPS,
    "$$client_ingestion_warning": Lane.INGESTION_WARNINGS,
} | dict.fromkeys(
    (
        *("$ai_generation", "$ai_embedding", "$ai_span", "$ai_trace", "$ai_metric"),
        *("$ai_feedback", "$ai_evaluation", "$ai_tag", "$ai_trace_summary"),
        *("$ai_generation_summary", "$ai_trace_clusters", "$ai_generation_clusters"),
    ),
    Lane.AI,
)
_UNTOUCHED = frozenset({str, bool, type(None)})
_SHORT = 18  # digits of an integer that fits 64 bits in any case


def _with_ip(properties: Object, ip: str) -> Object:
    respelled = _respelled_object(properties)
    if "$ip" in dict(respelled.members):
        return respelled
    return Object((*respelled.members, ("$ip", ip)))


def _respelled_object(source: Object) -> Object:
    """Changed only where serde would change something: most objects come back as they are."""
    members = source.members
    last = dict(members)
    if len(last) < len(members):
        members = tuple(last.items())
    for _, value in members:
        if type(value) not in _UNTOUCHED and _respelled(value) is not value:
            return Object(tuple((key, _respelled(value)) for key, value in members))
    return source if members is source.members else Object(members)


def _respelled(value: Value) -> Value:
    if isinstance(value, Number):
        text = value.text
        if len(text) <= _SHORT and text.isdigit():
            return value
        spelled = text_of(value)
        return value if spelled == text else Number(spelled)
    if isinstance(value, Object):
        return _respelled_object(value)
    if isinstance(value, tuple):
        items = tuple(_respelled(item) for item in value)
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else items
    return value
