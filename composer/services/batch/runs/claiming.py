"""What is to be sent next: first what was uncertain when this sending began, then what waits.

What waits is found from a cursor, not by looking. Everything happens within a transaction of the
journal, which remembers where it is only once that has succeeded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from composer.core.batch.bodies import Envelope
from composer.core.batch.claim import Claim
from composer.core.batch.run import RequestState
from composer.services.batch.runs.parcels import Block, read_block
from composer.services.batch.runs.schema import OPEN

_AGAIN = (
    "SELECT id, parcel, first, events, tries FROM request"  # noqa: S608 -- our own words
    f" WHERE run = ? AND {OPEN} AND state = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?"
)
_REMEMBER = (
    "INSERT INTO try (run, request, number, at, status, words, waits)"
    " SELECT run, id, tries, finished_at, status, words, 0 FROM request"
    " WHERE id = ? AND tries > 0 AND finished_at IS NOT NULL"
)
_INSERT = (
    "INSERT INTO request (id, run, parcel, first, events, bytes, state, tries)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 0)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What waits begins at ``first`` in ``parcel``; what is uncertain after the id ``after``."""

    parcel: int
    first: int
    after: int = 0


class Claimer:
    """Takes requests of one run. Only the last parcel is in memory.

    ``last`` is the highest id among the requests that were uncertain when the journal was opened:
    what becomes uncertain later is for the next time.
    """

    def __init__(
        self, run: int, envelope: Envelope, *, one_each: bool, parcels: int, last: int
    ) -> None:
        self._run = run
        self._envelope = envelope
        self._one_each = one_each
        self._parcels = parcels
        self._last = last
        self._number = -1
        self._block: Block | None = None

    def again(
        self, connection: sqlite3.Connection, most: int, at: Position
    ) -> tuple[list[Claim], Position]:
        """Requests that are sent once more: the same events in the same bytes."""
        if at.after >= self._last or most < 1:
            return [], at
        wanted = (self._run, RequestState.UNCERTAIN, at.after, self._last, most)
        claims = [
            self.claim(connection, identifier, parcel, range(first, first + events), tries)
            for identifier, parcel, first, events, tries in connection.execute(_AGAIN, wanted)
        ]
        after = claims[-1].request_id if len(claims) == most else self._last
        sending = [(RequestState.SENDING, claim.request_id) for claim in claims]
        connection.executemany(_REMEMBER, [(claim.request_id,) for claim in claims])
        connection.executemany(
            "UPDATE request SET state = ?, finished_at = NULL WHERE id = ?", sending
        )
        return claims, replace(at, after=after)

    def fresh(
        self, connection: sqlite3.Connection, most: int, at: Position
    ) -> tuple[list[Claim], Position]:
        """New requests of events that were never sent."""
        identifier = next_id(connection)
        claims: list[Claim] = []
        parcel, first = at.parcel, at.first
        while len(claims) < most and parcel < self._parcels:
            count = self._read(connection, parcel).count
            if first >= count:
                parcel, first = parcel + 1, 0
                continue
            end = first + 1 if self._one_each else count
            claims.append(self.claim(connection, identifier, parcel, range(first, end)))
            identifier += 1
            first = end
        insert_requests(connection, self._run, claims)
        return claims, replace(at, parcel=parcel, first=first)

    def claim(
        self,
        connection: sqlite3.Connection,
        identifier: int,
        parcel: int,
        events: range,
        tries: int = 0,
    ) -> Claim:
        """A request with those events of the parcel; it is written down elsewhere."""
        block = self._read(connection, parcel)
        return Claim(
            request_id=identifier,
            parcel=parcel,
            first=events.start,
            events=len(events),
            tries_before=tries,
            body=self._envelope.body(block.range_of(events.start, len(events))),
        )

    def _read(self, connection: sqlite3.Connection, number: int) -> Block:
        if self._block is None or self._number != number:
            self._block = read_block(connection, self._run, number)
            self._number = number
        return self._block


def next_id(connection: sqlite3.Connection) -> int:
    """The id for the next request, within a transaction that nobody else writes beside."""
    return (connection.execute("SELECT max(id) FROM request").fetchone()[0] or 0) + 1


def insert_requests(connection: sqlite3.Connection, run: int, claims: Sequence[Claim]) -> None:
    """Write requests down as being sent."""
    connection.executemany(
        _INSERT,
        [
            (
                claim.request_id,
                run,
                claim.parcel,
                claim.first,
                claim.events,
                len(claim.body),
                RequestState.SENDING,
            )
            for claim in claims
        ],
    )
