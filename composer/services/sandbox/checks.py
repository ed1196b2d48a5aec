"""The checks between a well-formed request and a stored event, in PostHog's order.

Source: capture-server.md, 2.4, 2.5, 3.2 to 3.5. All or nothing: the first bad event refuses the
whole request. It knows nothing of HTTP but the status of a refusal.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from composer.core.ids import uuid7
from composer.core.jsontext import Value
from composer.services.sandbox import serde
from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.shapes import RawEvent, RawRequest, Shape
from composer.services.sandbox.stored import StoredEvent
from composer.services.sandbox.timestamps import Arrived, event_time, read_sent_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the checks need to know beside the request. ``now`` and ``query_sent_at`` are in UTC."""

    path: str
    now: datetime
    query_sent_at: datetime | None = None
    known_tokens: frozenset[str] | None = None


def admit(request: RawRequest, circumstances: Circumstances) -> tuple[StoredEvent, ...]:
    """The events to store, perhaps none. Raises ``RefusedError`` (400 or 401)."""
    name = _default_name(request, circumstances.path)
    if not request.events:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "request holds no event")
    events = [event for event in request.events if event.name != _DISCARDED]
    if not events:
        return ()
    token = _token_of(events) if request.token is None else request.token
    _check_token(token, circumstances.known_tokens)
    sent_at = read_sent_at(request.sent_at) or circumstances.query_sent_at
    arrived = Arrived(now=circumstances.now, sent_at=sent_at)
    return tuple(_stored(event, event.name or name, token, arrived) for event in events)


_DISCARDED = "$performance_event"
_ENGAGE_PATH = "/engage"
_ENGAGE_NAME = "$identify"
_LONGEST_TOKEN = 64  # bytes
_PERSONAL_KEY = "phx_"
_LONGEST_ID = 200  # characters
# What Rust calls white space; Python's own strip() also takes the four separators U+001C to U+001F.
_WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def _default_name(request: RawRequest, path: str) -> str:
    """The name of a nameless event: only ``/engage`` has one."""
    if request.shape is not Shape.ENGAGE:
        return ""
    if path == _ENGAGE_PATH:
        return _ENGAGE_NAME
    words = "failed to hydrate events from request: non-engage request missing event name attribute"
    raise RefusedError(HTTPStatus.BAD_REQUEST, words)


def _token_of(events: Iterable[RawEvent]) -> str:
    """The one token that the events of an array or a single event carry."""
    tokens = {token for event in events if (token := _own_token(event)) is not None}
    if not tokens:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "event submitted without an api_key")
    if len(tokens) > 1:
        words = "batch submitted with inconsistent api_key values"
        raise RefusedError(HTTPStatus.UNAUTHORIZED, words)
    return tokens.pop()


def _own_token(event: RawEvent) -> str | None:
    if event.token is not None:
        return event.token
    token = event.properties.get("token")
    return token if isinstance(token, str) else None


def _check_token(token: str, known: frozenset[str] | None) -> None:
    fault = _token_fault(token)
    if fault:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, f"API key is not valid: {fault}")
    if known is not None and token not in known:
        words = "The provided API key is invalid or has expired."
        raise RefusedError(HTTPStatus.UNAUTHORIZED, words)


def _token_fault(token: str) -> str:
    if not token:
        return "empty"
    if len(token.encode()) > _LONGEST_TOKEN:
        return "too_long"
    if not token.isascii():
        return "not_ascii"
    if token.startswith(_PERSONAL_KEY):
        return "personal_api_key"
    return "null_byte" if "\0" in token else ""


def _stored(event: RawEvent, name: str, token: str, arrived: Arrived) -> StoredEvent:
    if not name:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "event submitted with an empty event name")
    distinct_id = _distinct_id(event)
    if not isinstance(event.properties.get("$cookieless_mode", default=False), bool):
        words = "event submitted with invalid cookieless mode"
        raise RefusedError(HTTPStatus.BAD_REQUEST, words)
    moment = event_time(event, arrived)
    return StoredEvent(
        name=name,
        distinct_id=distinct_id,
        uuid=event.uuid or _new_uuid(moment),
        timestamp=moment,
        token=token,
        payload=event.payload,
    )


def _distinct_id(event: RawEvent) -> str:
    value: Value = event.distinct_id
    if value is None:
        value = event.properties.get("distinct_id")
    text = value if isinstance(value, str) else "" if value is None else serde.text_of(value)
    text = text.replace("\0", "\ufffd")
    if not text.strip(_WHITE):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "event submitted without a distinct_id")
    return text[:_LONGEST_ID]


def _new_uuid(moment: datetime) -> str:
    """Version 7, with the time of the event inside; before 1970 counts as 1970."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid7(max(milliseconds, 0), secrets.randbits(74))
