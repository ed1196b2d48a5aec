"""Looking for the events of a run, and what became of each.

The state of an event is that of the request that carries it, and of no other once that was split.
One parcel is in memory at a time. Knows nothing of who asks.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from composer.core.batch.facts import object_in
from composer.core.batch.run import EventState, RequestState, RunEvent
from composer.core.jsontext import encode_string
from composer.core.summary import summary_of
from composer.services.batch.runs.parcels import read_block, read_labels
from composer.services.batch.runs.schema import OPEN

_STATES = {
    RequestState.SENDING: EventState.SENDING,
    RequestState.CONFIRMED: EventState.CONFIRMED,
    RequestState.REFUSED: EventState.REFUSED,
    RequestState.UNCERTAIN: EventState.UNCERTAIN,
}
FAILURES = frozenset({EventState.REFUSED, EventState.UNCERTAIN})
_INDEXED = FAILURES | {EventState.SENDING}
_EVERY = frozenset(EventState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which events are wanted: in these states, with this text, after this number.

    ``on_parcel`` is called every few milliseconds and may raise to end the search.
    """

    states: frozenset[EventState] = _EVERY
    text: str = ""
    after: int = 0
    on_parcel: Callable[[], None] = field(default=lambda: None)


@dataclass(frozen=True, slots=True)
class Found:
    """An event as it is kept, not taken apart."""

    number: int
    row: int
    body: str
    state: EventState
    request: int | None = None
    status: int | None = None
    words: str = ""


def run_event(found: Found) -> RunEvent:
    """The same with what the event says of itself; what cannot be read stays empty."""
    event = object_in(found.body)
    summary, uuid = summary_of(event), event.get("uuid")
    return RunEvent(
        number=found.number,
        row=found.row,
        body=found.body,
        name=summary.event,
        person=summary.person,
        uuid=uuid if isinstance(uuid, str) else "",
        state=found.state,
        request=found.request,
        status=found.status,
        words=found.words,
    )


def find_events(connection: sqlite3.Connection, run: int, sought: Sought) -> Generator[Found]:
    """What is sought, by number; to be closed before the connection."""
    needles = _needles(sought.text)
    parts: list[Iterator[Found]] = []
    if sought.states - {EventState.SET_ASIDE}:
        parts.append(_sent(connection, run, sought, needles))
    if EventState.SET_ASIDE in sought.states:
        parts.append(_set_aside(connection, run, sought, needles))
    yield from heapq.merge(*parts, key=lambda found: found.number)


def _sent(
    connection: sqlite3.Connection, run: int, sought: Sought, needles: tuple[str, ...]
) -> Iterator[Found]:
    find = "SELECT number FROM parcel WHERE run = ? AND last_number > ?"
    if sought.states <= _INDEXED | {EventState.SET_ASIDE}:
        states = ",".join(str(int(one)) for one, name in _STATES.items() if name in sought.states)
        failed = f"SELECT parcel FROM request WHERE run = ?1 AND {OPEN} AND state IN ({states})"  # noqa: S608
        find += f" AND number IN ({failed})"
    find += " ORDER BY last_number"
    for (number,) in connection.execute(find, (run, sought.after)):
        sought.on_parcel()
        yield from _in_parcel(connection, run, number, sought, needles)


def _in_parcel(
    connection: sqlite3.Connection,
    run: int,
    parcel: int,
    sought: Sought,
    needles: tuple[str, ...],
) -> Iterator[Found]:
    block = read_block(connection, run, parcel) if needles else None
    if block and not _has(str(block.body, "utf-8", "replace"), needles):
        return  # nearly always, and much quicker than looking at each event
    numbers, rows = read_labels(connection, run, parcel)
    wanted = [
        (index, leaf)
        for index, leaf in enumerate(_leaves(connection, run, parcel, len(numbers)))
        if leaf[0] in sought.states and numbers[index] > sought.after
    ]
    if not wanted:
        return
    block = block or read_block(connection, run, parcel)
    for index, (state, request, status, words) in wanted:
        body = block.text_of(index)
        if not needles or _has(body, needles):
            yield Found(numbers[index], rows[index], body, state, request, status, words)


_Leaf = tuple[EventState, int | None, int | None, str]
_WAITING: _Leaf = (EventState.WAITING, None, None, "")


def _leaves(connection: sqlite3.Connection, run: int, parcel: int, events: int) -> list[_Leaf]:
    """For each event of a parcel the request that speaks for it."""
    leaves = [_WAITING] * events
    find = (
        "SELECT id, first, events, state, status, words FROM request"
        " WHERE run = ? AND parcel = ? AND state <> ?"
    )
    values = (run, parcel, RequestState.SPLIT)
    for identifier, first, count, state, status, words in connection.execute(find, values):
        leaf = (_STATES[RequestState(state)], identifier, status, words)
        leaves[first : first + count] = [leaf] * count
    return leaves


def _set_aside(
    connection: sqlite3.Connection, run: int, sought: Sought, needles: tuple[str, ...]
) -> Iterator[Found]:
    find = (
        "SELECT number, source_row, body, reason FROM aside"
        " WHERE run = ? AND number > ? ORDER BY number"
    )
    for number, row, body, reason in connection.execute(find, (run, sought.after)):
        if not needles or _has(body, needles) or _has(reason, needles):
            yield Found(number, row, body, EventState.SET_ASIDE, words=reason)


def _needles(text: str) -> tuple[str, ...]:
    """The text as it may stand in JSON: as it is, and with what JSON escapes."""
    folded = text.strip().casefold()
    return tuple({folded, encode_string(folded)[1:-1]}) if folded else ()


def _has(text: str, needles: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return any(needle in folded for needle in needles)
