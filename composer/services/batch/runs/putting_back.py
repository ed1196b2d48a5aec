"""Claims of which no byte was sent, put back so that they do not count as uncertain.

Everything happens within a transaction of the journal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from composer.core.batch.claim import Claim
from composer.core.batch.run import Counts, RequestState
from composer.services.batch.runs.claiming import Position

_UNSENT = "It was claimed and not sent any more."


def put_back(
    connection: sqlite3.Connection,
    run: int,
    claims: Sequence[Claim],
    at: Position,
    counts: Counts,
    *,
    moment: str,
) -> tuple[Position, Counts]:
    """The position and the counts after that.

    New claims that end where the waiting ones begin go back to those; all others, such as those
    that came again, are uncertain.
    """
    ends = {
        row[0]: row[1]
        for row in connection.execute(
            "SELECT number, events FROM parcel WHERE run = ? AND number BETWEEN ? AND ?",
            (run, min((claim.parcel for claim in claims), default=0), at.parcel),
        )
    }
    gone: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: (claim.parcel, claim.first), reverse=True):
        if not claim.tries_before and _is_before(claim, at, ends):
            gone.append(claim)
            at = replace(at, parcel=claim.parcel, first=claim.first)
    put = {claim.request_id for claim in gone}
    rest = [claim for claim in claims if claim.request_id not in put]
    _write(connection, run, gone, rest, moment=moment, at=at)
    waiting, uncertain = (sum(claim.events for claim in some) for some in (gone, rest))
    counts = replace(
        counts,
        waiting=counts.waiting + waiting,
        uncertain=counts.uncertain + uncertain,
        sending=counts.sending - waiting - uncertain,
    )
    return at, counts


def _is_before(claim: Claim, at: Position, ends: dict[int, int]) -> bool:
    """Whether what waits begins right after the claim."""
    end = claim.first + claim.events
    if claim.parcel == at.parcel:
        return end == at.first
    return claim.parcel == at.parcel - 1 and at.first == 0 and end == ends[claim.parcel]


def _write(
    connection: sqlite3.Connection,
    run: int,
    gone: Sequence[Claim],
    rest: Sequence[Claim],
    *,
    moment: str,
    at: Position,
) -> None:
    sending = RequestState.SENDING
    removed = [(claim.request_id, sending) for claim in gone]
    delete = "DELETE FROM request WHERE id = ? AND state = ?"
    changed = [
        (RequestState.UNCERTAIN, _UNSENT, moment, claim.request_id, sending) for claim in rest
    ]
    mark = (
        "UPDATE request SET state = ?, words = CASE words WHEN '' THEN ? ELSE words END,"
        " finished_at = ifnull(finished_at, ?) WHERE id = ? AND state = ?"
    )
    done = sum(
        connection.executemany(statement, rows).rowcount
        for statement, rows in ((delete, removed), (mark, changed))
        if rows
    )
    if done != len(gone) + len(rest):
        raise ValueError("Only what is being sent can be put back, and only once.")
    uncertain = sum(claim.events for claim in rest)
    connection.execute(
        "UPDATE run SET next_parcel = ?, next_first = ?, sending = sending - ?,"
        " uncertain = uncertain + ?, requests = requests - ?, bytes = bytes - ? WHERE id = ?",
        (
            at.parcel,
            at.first,
            uncertain + sum(claim.events for claim in gone),
            uncertain,
            len(gone),
            sum(len(claim.body) for claim in gone),
            run,
        ),
    )
