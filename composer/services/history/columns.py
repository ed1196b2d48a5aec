"""The columns of a send and the values they stand for. Knows SQL's names, but no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar, assert_never

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import JsonError, Layout, encode, parse
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Refusal,
    Rejected,
    Response,
    Unreachable,
)
from composer.core.personal_keys import without_personal_keys
from composer.core.records import HistoryEntry, HistoryRow, Summary
from composer.core.wire import WireRequest

_E = TypeVar("_E", bound=StrEnum)

ROW_COLUMNS = (
    "sends.id, sent_at, event, person, events, destination_id, destination_name, "
    "destination_kind, destination_address, destination_path, path, size, "
    "outcome, cause, status, reason, milliseconds, detail, note, ticket, pinned"
)
"""What ``row_from`` reads, in its order."""

ENTRY_COLUMNS = (
    f"{ROW_COLUMNS}, method, url, headers, body,"
    " response_headers, response_body, response_truncated"
)
"""What ``entry_from`` reads, in its order."""

RESPONSE_LIMIT = 1024 * 1024
"""Bytes of an answer's body that are kept. PostHog's are short; this is for a wrong server."""

INTERRUPTED = "interrupted"
_ACCEPTED, _REJECTED, _UNREACHABLE, _CANCELLED = "accepted", "rejected", "unreachable", "cancelled"

Columns = dict[str, object]
"""Column names and values, as they are bound to a statement."""


def sent_columns(destination: Destination, summary: Summary, request: WireRequest) -> Columns:
    """The row of a send that is about to begin, without who sends and when."""
    return {
        "event": storable(summary.event),
        "person": storable(summary.person),
        "events": summary.events,
        "destination_id": storable(destination.id),
        "destination_name": storable(destination.name),
        "destination_kind": destination.kind.value,
        "destination_address": storable(destination.address),
        "destination_path": storable(destination.path),
        "path": storable(request.path),
        "size": request.size,
    }


def content_columns(request: WireRequest) -> Columns:
    """The request itself, whole."""
    return {
        "method": storable(request.method),
        "url": storable(request.url),
        "headers": _headers_text(request.headers),
        "body": request.body,
        "sha256": request.sha256,
    }


def outcome_columns(outcome: Outcome) -> Columns:
    """What the row says about how it ended."""
    match outcome:
        case Accepted(response=response):
            return _ending(_ACCEPTED) | _answer(response)
        case Rejected(response=response, refusal=refusal):
            return _ending(_REJECTED, cause=refusal.value) | _answer(response)
        case Unreachable(fault=fault, detail=detail, milliseconds=milliseconds):
            ending = _ending(_UNREACHABLE, cause=fault.value, milliseconds=milliseconds)
            return ending | {"detail": storable(detail)}
        case Cancelled(milliseconds=milliseconds):
            return _ending(_CANCELLED, milliseconds=milliseconds)
        case Interrupted():
            return _ending(INTERRUPTED)
        case _:
            assert_never(outcome)


def response_columns(outcome: Outcome) -> Columns:
    """The answer's long parts; nothing where there was none."""
    match outcome:
        case Accepted(response=response) | Rejected(response=response):
            return {
                "response_headers": _headers_text(response.headers),
                "response_body": response.body[:RESPONSE_LIMIT],
                "response_truncated": int(
                    response.truncated or len(response.body) > RESPONSE_LIMIT
                ),
            }
        case _:
            return {}


def row_from(columns: tuple[Any, ...]) -> HistoryRow:
    """The row that ``ROW_COLUMNS`` gave. The destination has no token: the body has it."""
    identifier, sent_at, event, person, events, place_id, name, kind, address = columns[:9]
    place_path, path, size, ending, cause, status, reason, milliseconds, detail = columns[9:18]
    note, ticket, pinned = columns[18:]
    response = Response(status=status or 0, reason=reason, milliseconds=milliseconds)
    return HistoryRow(
        id=identifier,
        sent_at=datetime.fromisoformat(sent_at).astimezone(UTC),
        summary=Summary(event=event, person=person, events=events),
        destination=Destination(
            id=place_id,
            name=name,
            kind=_member(DestinationKind, kind, DestinationKind.SELF_HOSTED),
            address=address,
            path=place_path,
        ),
        path=path,
        size=size,
        outcome=_outcome(ending, cause, detail, response),
        note=note,
        ticket=ticket,
        pinned=bool(pinned),
    )


def entry_from(columns: tuple[Any, ...]) -> HistoryEntry:
    """The send that ``ENTRY_COLUMNS`` gave."""
    *listed, method, url, headers, body, response_headers, response_body, truncated = columns
    row = row_from(tuple(listed))
    request = WireRequest(method=method, url=url, headers=_headers(headers), body=body)
    outcome = row.outcome
    if isinstance(outcome, Accepted | Rejected):
        answer = _headers(response_headers)
        response = replace(
            outcome.response, headers=answer, body=response_body, truncated=bool(truncated)
        )
        outcome = replace(outcome, response=response)
    return HistoryEntry(row=row, request=request, outcome=outcome)


def moment_text(moment: datetime) -> str:
    """A moment as it is kept: UTC with milliseconds, which sorts as text in the order of time.

    What a moment has beyond milliseconds is rounded up: a kept moment is at or after ``moment``
    exactly if its text is at or after this one.
    """
    beyond = -moment.microsecond % 1000
    whole = moment.astimezone(UTC) + timedelta(microseconds=beyond)
    return whole.isoformat(timespec="milliseconds")


def storable(text: str) -> str:
    """``text`` as it may stand in the file: without personal keys, and as SQLite can hold it.

    Half a surrogate pair, which has no UTF-8, becomes an escape.
    """
    return without_personal_keys(text).encode("utf-8", "backslashreplace").decode("utf-8")


def _ending(outcome: str, cause: str = "", milliseconds: float = 0.0) -> Columns:
    return {
        "outcome": outcome,
        "cause": cause,
        "status": None,
        "reason": "",
        "milliseconds": float(milliseconds),
        "detail": "",
    }


def _answer(response: Response) -> Columns:
    return {
        "status": response.status,
        "reason": storable(response.reason),
        "milliseconds": float(response.milliseconds),
    }


def _outcome(name: str | None, cause: str, detail: str, response: Response) -> Outcome | None:
    """``response`` carries the time also where there was no answer."""
    match name:
        case None:
            return None
        case "accepted":
            return Accepted(response=response)
        case "rejected":
            refusal = _member(Refusal, cause, Refusal.UNEXPECTED)
            return Rejected(response=response, refusal=refusal)
        case "unreachable":
            fault = _member(Fault, cause, Fault.RESET)
            return Unreachable(fault=fault, detail=detail, milliseconds=response.milliseconds)
        case "cancelled":
            return Cancelled(milliseconds=response.milliseconds)
        case _:
            return Interrupted()


def _headers_text(headers: tuple[tuple[str, str], ...]) -> str:
    return encode(headers, Layout.COMPACT)


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    try:
        pairs = parse(text)
    except JsonError:
        return ()
    found: list[tuple[str, str]] = []
    for pair in pairs if isinstance(pairs, tuple) else ():
        match pair:
            case (str() as name, str() as value):
                found.append((name, value))
            case _:
                pass
    return tuple(found)


def _member(kind: type[_E], value: str, default: _E) -> _E:
    """The member of that value; another version of the app may know more of them."""
    return next((member for member in kind if member.value == value), default)
