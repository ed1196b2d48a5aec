"""The checks between a well-formed request and its stored events, in PostHog's order.

Source: capture-server.md, 2.4, 3.2 to 3.5. All or nothing: the first bad event refuses the whole
request. It knows nothing of HTTP but the status of a refusal; what one event must be like is for
``events``, and what the editions differ in stands in a ``Policy``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.arrivals.stored import DroppedEvent, StoredEvent
from composer.services.sandbox.v0.events import (
    LONGEST_ID,
    Context,
    Keeper,
    keep,
    keep_as_in_2024,
    text_id,
)
from composer.services.sandbox.v0.shapes import RawEvent, RawRequest, Shape
from composer.services.sandbox.v0.timestamps import Arrived, read_sent_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the checks need to know beside the request.

    ``now`` and ``query_sent_at`` are in UTC; ``ip`` is the address that the request came from.
    """

    path: str
    now: datetime
    ip: str
    query_sent_at: datetime | None = None
    known_tokens: frozenset[str] | None = None
    quota_reached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the editions of the service check differently.

    ``token_before_events`` tells which of two faults is told: a token that is missing or wrong, or
    a request without any event. Events named in ``discarded`` are dropped before the token is
    looked at. ``over_quota`` is the word for why an event of that name falls to a quota.
    """

    token_before_events: bool
    token_may_hold_nul: bool
    discarded: frozenset[str]
    over_quota: Callable[[str], str]
    keep: Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What is stored of a request, and what was dropped without a word to its sender."""

    events: tuple[StoredEvent, ...] = ()
    dropped: tuple[DroppedEvent, ...] = ()


def admit(request: RawRequest, circumstances: Circumstances, policy: Policy) -> Admitted:
    """The events to store, perhaps none. Raises ``RefusedError`` (400 or 401)."""
    sent = _named(request, circumstances.path)
    if not policy.token_before_events:
        _require_events(sent)
    lost = [event for event in sent if event.name in policy.discarded]
    events = [event for event in sent if event.name not in policy.discarded] if lost else sent
    dropped = tuple(_dropped(event, _DISCARDED) for event in lost)
    if sent and not events:
        return Admitted(dropped=dropped)
    token = _token_of(events) if request.token is None else request.token
    _check_token(token, circumstances.known_tokens, policy)
    _require_events(sent)
    if circumstances.quota_reached:
        over = (_dropped(event, policy.over_quota(event.name)) for event in events)
        return Admitted(dropped=(*dropped, *over))
    sent_at = read_sent_at(request.sent_at) or circumstances.query_sent_at
    context = Context(
        token=token,
        ip=circumstances.ip,
        arrived=Arrived(now=circumstances.now, sent_at=sent_at),
        historical=request.historical,
    )
    stored = tuple(kept for event in events for kept in policy.keep(event, context))
    return Admitted(events=stored, dropped=dropped)


_PERFORMANCE_EVENT = "$performance_event"
_DISCARDED = "dropped_performance_event"
_ENGAGE_PATH = "/engage"
_ENGAGE_NAME = "$identify"
_LONGEST_TOKEN = 64  # bytes
_PERSONAL_KEY = "phx_"
_QUOTAS = {"$exception": "exceptions_over_quota"} | dict.fromkeys(
    ("survey sent", "survey shown", "survey dismissed"), "survey_responses_over_quota"
)


def _quota_of(name: str) -> str:
    if name.startswith("$ai_"):
        return "llm_events_over_quota"
    return _QUOTAS.get(name, "events_over_quota")


def _one_quota(_name: str) -> str:
    return "over_quota"


CURRENT = Policy(
    token_before_events=False,
    token_may_hold_nul=False,
    discarded=frozenset({_PERFORMANCE_EVENT}),
    over_quota=_quota_of,
    keep=keep,
)
OF_2024 = Policy(
    token_before_events=True,
    token_may_hold_nul=True,
    discarded=frozenset(),
    over_quota=_one_quota,
    keep=keep_as_in_2024,
)


def _named(request: RawRequest, path: str) -> tuple[RawEvent, ...]:
    """The events, the nameless one of the engage shape with the name that its path gives it."""
    if request.shape is not Shape.ENGAGE:
        return request.events
    if path == _ENGAGE_PATH:
        return tuple(replace(event, name=_ENGAGE_NAME) for event in request.events)
    words = "failed to hydrate events from request: non-engage request missing event name attribute"
    raise RefusedError(HTTPStatus.BAD_REQUEST, words)


def _require_events(events: tuple[RawEvent, ...]) -> None:
    if not events:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "request holds no event")


def _dropped(event: RawEvent, reason: str) -> DroppedEvent:
    """Nothing about it has been checked yet, so it may have no distinct ID."""
    try:
        distinct_id = text_id(event)[:LONGEST_ID]
    except RefusedError:
        distinct_id = ""
    return DroppedEvent(
        name=event.name,
        distinct_id=distinct_id,
        uuid=event.uuid,
        reason=reason,
        sent=event.payload,
    )


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


def _check_token(token: str, known: frozenset[str] | None, policy: Policy) -> None:
    fault = _token_fault(token, policy)
    if fault:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, f"API key is not valid: {fault}")
    if known is not None and token not in known:
        words = "The provided API key is invalid or has expired."
        raise RefusedError(HTTPStatus.UNAUTHORIZED, words)


def _token_fault(token: str, policy: Policy) -> str:
    if not token:
        return "empty"
    if len(token.encode()) > _LONGEST_TOKEN:
        return "too_long"
    if not token.isascii():
        return "not_ascii"
    if token.startswith(_PERSONAL_KEY):
        return "personal_api_key"
    return "null_byte" if "\0" in token and not policy.token_may_hold_nul else ""
