"""A run that is being sent, written down so that it can be taken up after any death.

A request is on the disk as being sent before anyone has it, and how it ended before anyone relies
on it. So after a kill nothing is lost, nothing confirmed comes again, and what was in the air is
uncertain. Knows nothing of the network.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Self

from composer.core.batch.claim import Claim, Settled
from composer.core.batch.run import Counts, RequestState, Run, RunState, Try
from composer.core.errors import StoreError
from composer.services.batch.runs.claiming import insert_requests, next_id
from composer.services.batch.runs.holding import Held
from composer.services.batch.runs.putting_back import put_back
from composer.services.batch.runs.recovery import give_up
from composer.services.batch.runs.settling import halves_of, settle, split_request
from composer.services.batch.runs.store import RunStore
from composer.services.history.columns import moment_text, storable

_ENDED = {RunState.STOPPED, RunState.ENDED}


class Journal:
    """Belongs to whoever sends the run, in any thread. Everything raises ``StoreError``.

    Use it in a ``with`` statement, or call ``open`` and ``close``. Where writing fails nothing has
    changed, neither here nor in the file, and the run can be resumed from there later.
    """

    def __init__(self, store: RunStore, run_id: int) -> None:
        self._store = store
        self._id = run_id
        self._lock = threading.RLock()
        self._held: Held | None = None
        self._counts = Counts()

    def open(self) -> Run:
        """Take the run over, as running; what another process left in the air is uncertain.

        Raises ``RunBusyError`` while another process sends it.
        """
        held = Held.take(self._store.file, self._store.clock, self._id)
        self._held, self._counts = held, held.run.counts
        return held.run

    def claim(self, most: int) -> list[Claim]:
        """Up to so many requests to be sent now; none when everything was claimed.

        First those that were uncertain when the journal was opened, then what waits. Those that
        become uncertain later do not come again.
        """
        with self._writing() as (held, connection):
            again, at = held.claimer.again(connection, most, held.position)
            fresh, at = held.claimer.fresh(connection, most - len(again), at)
            repeated = sum(claim.events for claim in again)
            begun = sum(claim.events for claim in fresh)
            connection.execute(
                "UPDATE run SET next_parcel = ?, next_first = ?, sending = sending + ?,"
                " uncertain = uncertain - ?, requests = requests + ?, bytes = bytes + ?"
                " WHERE id = ?",
                (
                    at.parcel,
                    at.first,
                    repeated + begun,
                    repeated,
                    len(fresh),
                    sum(len(claim.body) for claim in fresh),
                    self._id,
                ),
            )
        held.position = at
        counts = self._counts
        self._counts = replace(
            counts,
            waiting=counts.waiting - begun,
            uncertain=counts.uncertain - repeated,
            sending=counts.sending + repeated + begun,
        )
        return [*again, *fresh]

    def settle(self, ends: Sequence[Settled]) -> None:
        """Write down how claims ended; each can be settled once."""
        moment = self._store.clock.now()
        with self._writing() as (held, connection):
            counts = settle(connection, self._id, ends, moment_text(moment), self._counts)
            answered = [end for end in ends if end.state is not RequestState.UNCERTAIN]
            events = sum(end.claim.events for end in answered)
            spent = [end.milliseconds for end in answered]
            answers = held.sampler.write(connection, moment, events, spent)
        held.sampler.keep(answers)
        self._counts = counts

    def split(
        self, claim: Claim, *, status: int | None = None, words: str = "", milliseconds: float = 0.0
    ) -> tuple[Claim, Claim]:
        """Two claims with half of the events each, in place of one that was refused as a whole.

        What is given besides is the answer to that one. Raises ``ValueError`` for a single event.
        """
        moment = moment_text(self._store.clock.now())
        first, second = halves_of(claim)
        end = Settled(
            claim=claim,
            state=RequestState.SPLIT,
            status=status,
            words=words,
            milliseconds=milliseconds,
            sha256=hashlib.sha256(claim.body).hexdigest(),
        )
        with self._writing() as (held, connection):
            identifier = next_id(connection)
            one = held.claimer.claim(connection, identifier, claim.parcel, first)
            other = held.claimer.claim(connection, identifier + 1, claim.parcel, second)
            insert_requests(connection, self._id, (one, other))
            split_request(connection, self._id, end, moment, (one, other))
        return one, other

    def put_back(self, claims: Sequence[Claim]) -> None:
        """Claims of which no byte was sent: they wait again, as if they had not been claimed.

        What came again keeps what is known of it. Only the newest claims can be put back; of
        others it is written down that they are uncertain.
        """
        moment = moment_text(self._store.clock.now())
        with self._writing() as (held, connection):
            at, counts = put_back(
                connection, self._id, claims, held.position, self._counts, moment=moment
            )
        held.position, self._counts = at, counts

    def tried(self, *tries: Try) -> None:
        """Note tries that failed and are followed by another one; the last one is settled."""
        rows = [
            (
                self._id,
                one.request,
                one.number,
                moment_text(one.at),
                one.status,
                storable(one.words),
                float(one.waits),
            )
            for one in tries
        ]
        with self._writing() as (_, connection):
            connection.executemany(
                "INSERT INTO try (run, request, number, at, status, words, waits)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            connection.executemany(
                "UPDATE request SET tries = ? WHERE id = ?",
                [(one.number, one.request) for one in tries],
            )

    def set_state(self, state: RunState, trouble: str = "") -> None:
        """Say what the run is doing, and why it paused or stopped."""
        ended = moment_text(self._store.clock.now()) if state in _ENDED else None
        with self._writing() as (_, connection):
            connection.execute(
                "UPDATE run SET state = ?, trouble = ?, ended_at = ? WHERE id = ?",
                (state.value, storable(trouble), ended, self._id),
            )

    def counts(self) -> Counts:
        """How many events are in which state; it reads nothing."""
        return self._counts

    def close(self) -> None:
        """Give the run back: what is still in the air is uncertain. A second call does nothing.

        A run whose state is still ``RUNNING`` then counts as cut off.
        """
        with self._lock:
            if self._held is None:
                return
            moment = moment_text(self._store.clock.now())
            try:
                with self._writing() as (_, connection):
                    give_up(connection, self._id, moment)
            finally:  # where it fails, the next one who opens the file does it
                self._held.release()
                self._held = None
        counts = self._counts
        self._counts = replace(counts, uncertain=counts.uncertain + counts.sending, sending=0)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self.close()
        except StoreError:
            if kind is None:  # else it was told already what has failed
                raise

    @contextmanager
    def _writing(self) -> Generator[tuple[Held, sqlite3.Connection]]:
        with self._lock:
            if self._held is None:
                raise ValueError("The journal is not open.")
            with self._held.database.writing() as connection:
                yield self._held, connection
