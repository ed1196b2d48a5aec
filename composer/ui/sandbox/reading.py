"""What the detail of an arrived event or request shows, side by side of it, as text.

Made in a thread of its own: bodies may be large and on disk, and packed. Pure functions of a row
and the sandbox, which is only asked for values; no widget is known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from http import HTTPStatus

from composer.core.compare.values import DifferenceKind
from composer.core.draft import Draft
from composer.core.jsontext import JsonError, Object, encode
from composer.core.reopen import draft_of_event, drafts_from_text
from composer.core.stored_why import StoredDifference, explain_stored
from composer.core.tokens import tokens_in
from composer.core.wire import WireRequest
from composer.services.ports import Arrival, DecodedBody, EventDetails, Sandbox
from composer.ui.inspector.texts import hex_dump
from composer.ui.passages import Passage, passage
from composer.ui.sandbox.rows import Row
from composer.ui.widgets import Language
from composer.ui.wording import counted


class Side(IntEnum):
    """The tabs, in order."""

    EVENT = 0
    """As stored, or as sent where it was thrown away"""
    COMPARE = 1
    REQUEST = 2
    RAW = 3
    ANSWER = 4
    CURL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SideText:
    """What one tab shows. ``tokens`` are those that may stand in it, to be hidden in a copy."""

    row: Row
    side: Side
    passage: Passage
    language: Language = Language.PLAIN
    tokens: tuple[str, ...] = ()
    sha256: str = ""
    """Of the body as it came, where the tab is about that"""
    differences: tuple[StoredDifference, ...] | None = None
    """Only of ``Side.COMPARE``; ``None`` where the values are not kept any more"""
    request: WireRequest | None = None
    """Only of ``Side.CURL``, whose text is made of it where it is shown or copied"""


MOST_HEX = 64 * 1024
"""Bytes of a body that is no text which are shown."""
_MOST_SEARCHED = 1024 * 1024  # characters of a body that are searched for tokens
_FORGOTTEN = "The sandbox does not keep this event's values any more."


def read_side(sandbox: Sandbox, row: Row, side: Side) -> SideText:
    """The text of a tab. It may take seconds; raises nothing for whatever came in."""
    match side:
        case Side.EVENT:
            return _event(sandbox, row)
        case Side.COMPARE:
            return _comparison(sandbox, row)
        case Side.REQUEST:
            return _request(sandbox, row)
        case Side.RAW:
            return _raw(sandbox, row)
        case Side.ANSWER:
            return _answer(row)
        case Side.CURL:
            return _curl(sandbox, row)


def read_drafts(sandbox: Sandbox, row: Row) -> tuple[Draft, ...]:
    """A row's event as it was sent, or all events of a refused request; none if there is none.

    An event that came alone keeps its text as it was.
    """
    arrival = row.arrival
    if row.either is not None and len(arrival.events) + len(arrival.dropped) > 1:
        sent = _details(sandbox, row)
        token = _token(arrival, "")
        return (draft_of_event(sent.sent, token),) if sent and sent.sent else ()
    text = _decoded(sandbox, arrival).text
    try:
        return drafts_from_text(text, _token(arrival, text))
    except JsonError:
        return ()


def head_of(arrival: Arrival) -> str:
    """The request line and the headers, as they came."""
    lines = (f"{arrival.method} {arrival.path}", *(f"{n}: {v}" for n, v in arrival.headers))
    return "\n".join(lines)


def _details(sandbox: Sandbox, row: Row) -> EventDetails | None:
    """The values of the row's event, read anew where they are not in memory."""
    event, lost = row.event, row.lost
    if event is not None and event.sent is not None and event.record is not None:
        return _InMemory(sent=event.sent, record=event.record)
    if lost is not None and lost.sent is not None:
        return _InMemory(sent=lost.sent, record=None)
    found = sandbox.details(row.arrival.number, row.place, 1)
    return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _InMemory:
    sent: Object | None
    record: Object | None


def _event(sandbox: Sandbox, row: Row) -> SideText:
    details = _details(sandbox, row)
    value = None if details is None else details.record or details.sent
    made = passage("", _FORGOTTEN) if value is None else passage(encode(value))
    tokens = _known(row.arrival)
    return SideText(row=row, side=Side.EVENT, passage=made, language=Language.JSON, tokens=tokens)


def _comparison(sandbox: Sandbox, row: Row) -> SideText:
    details = _details(sandbox, row)
    differences: tuple[StoredDifference, ...] | None = None
    if details is not None and details.sent is not None and details.record is not None:
        differences = explain_stored(details.sent, details.record, row.arrival.received_at)
    note = _FORGOTTEN if differences is None else ""
    if differences and all(one.difference.kind is DifferenceKind.ADDED for one in differences):
        note = "All that was sent is stored as it was. PostHog added the rest."
    return SideText(
        row=row,
        side=Side.COMPARE,
        passage=passage(_as_lines(differences or ()), note),
        tokens=_known(row.arrival),
        differences=differences,
    )


def _as_lines(differences: Sequence[StoredDifference]) -> str:
    """The table as text, for a copy."""
    return "\n".join(
        f"{one.field}\t{encode(one.difference.before)}\t{encode(one.difference.after)}\t{one.why}"
        for one in differences
    )


def _request(sandbox: Sandbox, row: Row) -> SideText:
    found, body = _decoded(sandbox, row.arrival), _bytes(row.arrival)
    note = found.fault
    if found.wrappings and not found.fault:
        ways = ", then ".join(found.wrappings)
        sizes = f"{counted(len(body), 'byte')} became {counted(len(found.text), 'character')}"
        note = f"Unpacked from {ways}: {sizes}."
    made = passage(found.text, note)
    return SideText(
        row=row,
        side=Side.REQUEST,
        passage=made,
        language=Language.JSON if made.is_json else Language.PLAIN,
        tokens=_tokens(row.arrival, found.text),
        sha256=sha256(body).hexdigest(),
    )


def _raw(sandbox: Sandbox, row: Row) -> SideText:
    head, body = head_of(row.arrival), _bytes(row.arrival)
    note = ""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = hex_dump(body[:MOST_HEX])
        note = "The body is not text (UTF-8), so it is shown as hex."
        if len(body) > MOST_HEX:
            note += f" These are the first {MOST_HEX:,} of {len(body):,} bytes."
    tokens = _tokens(row.arrival, _decoded(sandbox, row.arrival).text)
    whole = f"{head}\n\n{text}" if text else head
    return SideText(
        row=row,
        side=Side.RAW,
        passage=replace(passage(whole, note), is_json=False),
        tokens=tokens,
        sha256=sha256(body).hexdigest(),
    )


def _answer(row: Row) -> SideText:
    arrival = row.arrival
    said = f"Answered with {_status_text(arrival.status)}." if arrival.status else "No answer."
    note = f"{said} A rule of the sandbox did this: {arrival.fault}." if arrival.fault else said
    made = passage(arrival.answer, note)
    return SideText(
        row=row,
        side=Side.ANSWER,
        passage=made,
        language=Language.JSON if made.is_json else Language.PLAIN,
        tokens=_known(arrival),
    )


def _status_text(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:  # a rule may answer with any number
        return str(status)


def _curl(sandbox: Sandbox, row: Row) -> SideText:
    arrival = row.arrival
    request = WireRequest(
        method=arrival.method,
        url=f"{sandbox.url}{arrival.path}",
        headers=arrival.headers,
        body=_bytes(arrival),
    )
    return SideText(row=row, side=Side.CURL, passage=passage(""), request=request)


def _bytes(arrival: Arrival) -> bytes:
    try:
        return arrival.body.read()
    except OSError:  # somebody removed the file in which a large body waits
        return b""


def _decoded(sandbox: Sandbox, arrival: Arrival) -> DecodedBody:
    try:
        return sandbox.decoded(arrival)
    except OSError:
        return DecodedBody(text="", fault="The file with this body is gone.")


def _token(arrival: Arrival, text: str) -> str:
    return next(iter(_tokens(arrival, text)), "")


def _tokens(arrival: Arrival, text: str) -> tuple[str, ...]:
    """The tokens that can stand in a request, its own first."""
    searched = tokens_in(text.encode("utf-8", "replace")) if len(text) <= _MOST_SEARCHED else ()
    return tuple(dict.fromkeys((*_known(arrival), *searched)))


def _known(arrival: Arrival) -> tuple[str, ...]:
    """Those of stored events, and the one in the header of v1."""
    bearer = next((v[len(_BEARER) :].strip() for n, v in arrival.headers if _is_bearer(n, v)), "")
    stored = (event.token for event in arrival.events)
    return tuple(dict.fromkeys(token for token in (bearer, *stored) if token))


_BEARER = "Bearer "


def _is_bearer(name: str, value: str) -> bool:
    return name.lower() == "authorization" and value.lower().startswith(_BEARER.lower())
