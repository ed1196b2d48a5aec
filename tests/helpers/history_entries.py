"""Sends as history has them, for what leaves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from composer.core.destination import Destination, DestinationKind
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
from composer.core.records import HistoryEntry, HistoryRow, Summary
from composer.core.wire import build_request

TOKEN = "phc_Kq3vJ8mZp1XwR5tYb7NcD2fGh4LsA6uE"
PERSONAL = "phx_9sDf7Gh2Jk4Lz6Xc8Vb1Nm3Qw5Er7Ty0Ui"
MOMENT = datetime(2026, 5, 4, 10, 0, 0, 123000, tzinfo=UTC)
CLOUD = Destination(
    id="us", name="US cloud", kind=DestinationKind.US, address="https://us.i.posthog.com"
)
BODY = (
    b'{"api_key":"%s","event":"$pageview","distinct_id":"customer-42",'
    b'"uuid":"019a0000-0000-7000-8000-000000000001"}' % TOKEN.encode()
)
OK = Accepted(
    response=Response(
        status=200,
        reason="OK",
        headers=(("content-type", "application/json"),),
        body=b'{"status":"Ok"}',
        milliseconds=12.5,
    )
)


def an_entry(
    body: bytes = BODY,
    outcome: Outcome | None = OK,
    *,
    number: int = 7,
    place: Destination = CLOUD,
    headers: tuple[tuple[str, str], ...] = (),
    summary: Summary | None = None,
    note: str = "",
    ticket: str = "",
) -> HistoryEntry:
    """One send; what is not said is as of a page view that was accepted."""
    request = build_request(body, place, place.path)
    request = replace(request, headers=(*request.headers, *headers))
    row = HistoryRow(
        id=number,
        sent_at=MOMENT,
        summary=summary or Summary(event="$pageview", person="customer-42"),
        destination=place,
        path=request.path,
        size=request.size,
        outcome=outcome,
        note=note,
        ticket=ticket,
        pinned=bool(ticket),
    )
    return HistoryEntry(row=row, request=request, outcome=outcome)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_bodies = st.one_of(
    st.binary(max_size=60), texts.map(lambda text: text.encode()), st.just(BODY), st.just(b"")
)
_responses = st.builds(
    Response,
    status=st.integers(100, 599),
    reason=texts,
    headers=st.tuples() | st.tuples(st.tuples(st.just("x-a"), texts)),
    body=_bodies,
    milliseconds=st.floats(0, 1e6),
    truncated=st.booleans(),
)
_outcomes: st.SearchStrategy[Outcome | None] = st.one_of(
    st.none(),
    st.builds(Accepted, response=_responses),
    st.builds(Rejected, response=_responses, refusal=st.sampled_from(list(Refusal))),
    st.builds(Unreachable, fault=st.sampled_from(list(Fault)), detail=texts),
    st.builds(Cancelled, milliseconds=st.floats(0, 1e6)),
    st.just(Interrupted()),
)
_entry: Callable[..., HistoryEntry] = an_entry
entries = st.builds(
    _entry,
    body=_bodies,
    outcome=_outcomes,
    number=st.integers(1, 2**40),
    summary=st.builds(Summary, event=texts, person=texts, events=st.integers(0, 9)),
    note=texts,
    ticket=texts,
)
