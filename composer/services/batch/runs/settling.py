"""How requests end, as it is written down: one by one, or split in halves.

Everything happens within a transaction of the journal.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from composer.core.batch.claim import Claim, Settled
from composer.core.batch.run import Counts, RequestState
from composer.services.history.columns import storable

_SETTLE = (
    "UPDATE request SET state = ?, tries = ?, status = ?, words = ?, milliseconds = ?,"
    " finished_at = ?, sha256 = ? WHERE id = ? AND state = ?"
)
_SPLIT = (
    "UPDATE request SET state = ?, tries = tries + 1, status = ?, words = ?, milliseconds = ?,"
    " finished_at = ?, sha256 = ? WHERE id = ? AND state = ?"
)
_ONCE = "Only what is being sent can end, and only once."
_ENDS = {RequestState.CONFIRMED, RequestState.REFUSED, RequestState.UNCERTAIN}


def settle(
    connection: sqlite3.Connection, run: int, ends: Sequence[Settled], moment: str, counts: Counts
) -> Counts:
    """Write down how claims ended; returns the counts after that.

    Each claim can be settled once: any other raises ``ValueError``, and nothing is written.
    """
    if any(end.state not in _ENDS for end in ends):
        raise ValueError("A request ends as confirmed, refused or uncertain.")
    _write(connection, ends, moment)
    events = Counter[RequestState]()
    for end in ends:
        events[end.state] += end.claim.events
    connection.execute(
        "UPDATE run SET sending = sending - ?, confirmed = confirmed + ?, refused = refused + ?,"
        " uncertain = uncertain + ? WHERE id = ?",
        (
            events.total(),
            events[RequestState.CONFIRMED],
            events[RequestState.REFUSED],
            events[RequestState.UNCERTAIN],
            run,
        ),
    )
    return replace(
        counts,
        sending=counts.sending - events.total(),
        confirmed=counts.confirmed + events[RequestState.CONFIRMED],
        refused=counts.refused + events[RequestState.REFUSED],
        uncertain=counts.uncertain + events[RequestState.UNCERTAIN],
    )


def split_request(
    connection: sqlite3.Connection, run: int, end: Settled, moment: str, halves: Sequence[Claim]
) -> None:
    """Two requests stand in for one from now on, and are being sent."""
    claim = end.claim
    values = (
        RequestState.SPLIT,
        end.status,
        storable(end.words),
        float(end.milliseconds),
        moment,
        bytes.fromhex(end.sha256),
        claim.request_id,
        RequestState.SENDING,
    )
    if connection.execute(_SPLIT, values).rowcount != 1:
        raise ValueError(_ONCE)
    identifiers = [(claim.request_id, half.request_id) for half in halves]
    connection.executemany("UPDATE request SET parent = ? WHERE id = ?", identifiers)
    more = sum(len(half.body) for half in halves) - len(claim.body)
    connection.execute(
        "UPDATE run SET requests = requests + ?, bytes = bytes + ? WHERE id = ?",
        (len(halves) - 1, more, run),
    )


def halves_of(claim: Claim) -> tuple[range, range]:
    """Which events of the parcel each half carries. Raises ``ValueError`` for a single event."""
    if claim.events < 2:  # noqa: PLR2004 -- the fewest that have halves
        raise ValueError("A single event cannot be split.")
    first, middle = claim.first, claim.first + claim.events // 2
    return range(first, middle), range(middle, first + claim.events)


def _write(connection: sqlite3.Connection, ends: Sequence[Settled], moment: str) -> None:
    rows = [
        (
            end.state,
            end.claim.tries_before + end.tries,
            end.status,
            storable(end.words),
            float(end.milliseconds),
            moment,
            bytes.fromhex(end.sha256) or None,
            end.claim.request_id,
            RequestState.SENDING,
        )
        for end in ends
    ]
    if connection.executemany(_SETTLE, rows).rowcount != len(rows):
        raise ValueError(_ONCE)
