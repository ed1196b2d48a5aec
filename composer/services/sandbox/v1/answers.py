"""What the v1 endpoint says: its errors as JSON objects, and a result for each event.

Source: capture-server.md, 7.3 and 7.4. Two errors could not be read there: the tag and the words
for a missing ``Authorization`` and the words for a ``uuid`` that is none follow the pattern of
their neighbours, and nobody should rely on them. It knows no rule: the modules that check
something decide which answer is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from composer.core.jsontext import Layout, Object, Value, encode
from composer.services.sandbox.answers import Answer

WIRE_LIMIT = 10 * 1024 * 1024
"""Bytes of a body as it comes over the wire."""


class Fault(Enum):
    """Why a whole request is refused: its status and its tag.

    With one of ``_PASSING`` the same request may succeed later.
    """

    MISSING_AUTHORIZATION = (HTTPStatus.UNAUTHORIZED, "missing_authorization")
    INVALID_TOKEN = (HTTPStatus.UNAUTHORIZED, "invalid_api_token")
    MISSING_HEADERS = (HTTPStatus.BAD_REQUEST, "missing_required_headers")
    INVALID_HEADER = (HTTPStatus.BAD_REQUEST, "invalid_header_value")
    CONTENT_TYPE = (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_content_type")
    ENCODING = (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_encoding")
    EMPTY_BODY = (HTTPStatus.BAD_REQUEST, "empty_body")
    TOO_LARGE = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "payload_too_large")
    UNDECODABLE = (HTTPStatus.BAD_REQUEST, "request_decoding_error")
    UNPARSABLE = (HTTPStatus.BAD_REQUEST, "request_parsing_error")
    EMPTY_BATCH = (HTTPStatus.BAD_REQUEST, "empty_batch")
    INVALID_BATCH = (HTTPStatus.BAD_REQUEST, "invalid_batch")
    MISSING_UUID = (HTTPStatus.BAD_REQUEST, "missing_event_uuid")
    INVALID_UUID = (HTTPStatus.BAD_REQUEST, "invalid_event_uuid")
    DUPLICATE_UUID = (HTTPStatus.BAD_REQUEST, "duplicate_event_uuid")
    QUOTA = (HTTPStatus.PAYMENT_REQUIRED, "billing_limit_exceeded")
    STALLED = (HTTPStatus.REQUEST_TIMEOUT, "body_read_timeout")
    TIMEOUT = (HTTPStatus.REQUEST_TIMEOUT, "request_timeout")
    RATE_LIMITED = (HTTPStatus.TOO_MANY_REQUESTS, "rate_limited")
    INTERNAL = (HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error")
    UNAVAILABLE = (HTTPStatus.SERVICE_UNAVAILABLE, "service_unavailable")
    GATEWAY_TIMEOUT = (HTTPStatus.GATEWAY_TIMEOUT, "gateway_timeout")

    @property
    def status(self) -> HTTPStatus:
        return self.value[0]

    @property
    def tag(self) -> str:
        return self.value[1]


class RefusedBatchError(Exception):
    """The whole request is refused; ``answer`` is what is said instead of results."""

    def __init__(self, fault: Fault, words: str) -> None:
        super().__init__(words)
        self.answer = error_answer(fault, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventResult:
    """What became of one event: its ``uuid``, whether it is stored, and a detail or none."""

    uuid: str
    stored: bool
    details: str = ""


def error_answer(fault: Fault, words: str) -> Answer:
    """The JSON object that refuses a request."""
    manual = _BILLING_MANUAL if fault is Fault.QUOTA else _MANUAL
    members = (("error", fault.tag), ("error_description", words), ("error_uri", manual))
    headers = (_SOON,) if fault in _PASSING else ()
    return _json_answer(fault.status, Object(members), *headers)


def results_answer(results: Iterable[EventResult]) -> Answer:
    """200 with the results, in the order given. It may consist of drops only."""
    entries = tuple((result.uuid, _entry(result)) for result in results)
    return _json_answer(HTTPStatus.OK, Object((("results", Object(entries)),)))


def unparsable() -> RefusedBatchError:
    """The body is not JSON, or not JSON of the right shape; PostHog tells no more."""
    return RefusedBatchError(Fault.UNPARSABLE, UNPARSABLE)


def too_large(detail: str) -> RefusedBatchError:
    """Over one of the size limits."""
    return RefusedBatchError(Fault.TOO_LARGE, f"payload too large: {detail}")


UNDECODABLE = "Failed to decode request body."
UNPARSABLE = "Failed to parse request body."
INVALID_TOKEN = "The provided API token is not valid."
QUOTA_REACHED = (
    "Billing quota exceeded. Events are being dropped. Upgrade your plan to resume ingestion."
)

_MANUAL = "https://posthog.com/docs/api"
_BILLING_MANUAL = "https://posthog.com/docs/billing/limits"
_PASSING = frozenset(
    {
        *(Fault.STALLED, Fault.TIMEOUT, Fault.RATE_LIMITED),
        *(Fault.INTERNAL, Fault.UNAVAILABLE, Fault.GATEWAY_TIMEOUT),
    }
)
_SOON = ("retry-after", "1")  # seconds

_FAILURES = {
    Fault.UNPARSABLE: UNPARSABLE,
    Fault.INVALID_TOKEN: INVALID_TOKEN,
    Fault.QUOTA: QUOTA_REACHED,
    Fault.TIMEOUT: "request timed out",
    Fault.TOO_LARGE: f"payload too large: Request body exceeds limit of {WIRE_LIMIT} bytes",
    Fault.ENCODING: "unsupported content encoding: identity",
    Fault.RATE_LIMITED: "Rate limit exceeded.",
    Fault.INTERNAL: Fault.INTERNAL.status.phrase,
    Fault.UNAVAILABLE: Fault.UNAVAILABLE.status.phrase,
    Fault.GATEWAY_TIMEOUT: Fault.GATEWAY_TIMEOUT.status.phrase,
}


def _entry(result: EventResult) -> Object:
    members: list[tuple[str, Value]] = [("result", "ok" if result.stored else "drop")]
    if result.details:
        members.append(("details", result.details))
    return Object(tuple(members))


def _json_answer(status: int, document: Object, *headers: tuple[str, str]) -> Answer:
    content_type = ("content-type", "application/json")
    body = encode(document, Layout.COMPACT).encode()
    return Answer(status=status, body=body, headers=(content_type, *headers))


FAILURES: dict[int, Answer] = {
    fault.status: error_answer(fault, words) for fault, words in _FAILURES.items()
}
"""What is said with a status that a request did nothing to deserve."""
