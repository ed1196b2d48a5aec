"""Looking at the events of the table: what becomes of each, found in a process of its own.

The verdicts are those of the rest of the app; what is looked at here is which events, and how what
was found gets into the table. An event that is changed meanwhile has not been looked at.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from composer import __version__
from composer.core.batch.facts import event_in
from composer.core.batch.looking import STORED, Found, looked_at
from composer.core.batch.table import TableProgress
from composer.core.destination import BATCH_PATH, Destination
from composer.core.jsontext import Object
from composer.core.verdicts.request import Memory, Request, request_of
from composer.core.verdicts.verdict import Report
from composer.services.batch.table.file import TableFile, connected
from composer.services.batch.table.reading import id_list, portions
from composer.services.batch.table.schema import UNSEEN
from composer.services.database import transaction
from composer.services.jobs import Reporter, run_job
from composer.services.verdicts.reading import Address, circumstances
from composer.services.verdicts.refusing import Refusals
from composer.services.verdicts.service import VerdictService

STEP = 500
"""Events that are judged together, and kept together, at most."""

TOKEN = "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
"""Stands for the project token, which is no matter of the events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Under which circumstances the events are looked at."""

    destination: Destination
    historical: bool
    now: datetime

    @property
    def mark(self) -> str:
        """Those that matter: events seen under others have to be looked at again."""
        kind = "historical" if self.historical else "live"
        return f"{__version__} {self.now.astimezone(UTC):%Y-%m-%d} {kind}"


class Examiner:
    """Judges events as a batch of their own, without what history remembers."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._verdicts = VerdictService()
        self._refusals = Refusals()

    def found(self, events: Sequence[Object]) -> list[Found]:
        """What becomes of each of them."""
        return looked_at(events, self._report) if events else []

    def refused(self, events: Sequence[Object]) -> list[Found]:
        """The same, but of events that are not refused only that; this is much quicker."""
        if not events:
            return []
        request = self._request(events)
        address = Address(path=BATCH_PATH, destination=self._look.destination)
        known = circumstances(request, address, now=self._look.now, memory=_NOTHING, randomness=0)
        if self._refusals(request, known) == "":
            return [STORED] * len(events)
        return self.found(events)

    def _report(self, events: Sequence[Object]) -> Report:
        return self._verdicts.judge(
            self._request(events),
            path=BATCH_PATH,
            destination=self._look.destination,
            now=self._look.now,
        )

    def _request(self, events: Sequence[Object]) -> Request:
        members = (
            ("api_key", TOKEN),
            ("historical_migration", self._look.historical),
            ("batch", tuple(events)),
        )
        return request_of(Object(members), text=None, size=0)


_NOTHING = Memory()


async def judge(
    file: TableFile, look: Look, on_progress: Callable[[TableProgress], None] | None
) -> None:
    """Look at what has not been looked at. Raises ``StoreError``."""
    place = await asyncio.to_thread(file.place)
    await run_job(judging_job, place, look, on_progress=on_progress)


def judging_job(reporter: Reporter[TableProgress], place: Path, look: Look) -> None:
    """The work, in its own process."""
    with connected(place) as connection:
        _forget_others(connection, look)
        unseen = connection.execute(_UNSEEN, {"unseen": UNSEEN}).fetchall()
        examiner, done = Examiner(look), 0
        for ids in portions(unseen, STEP):
            reporter.check()
            _look_at(connection, examiner, ids)
            done += len(ids)
            reporter.tell(TableProgress(done=done, total=len(unseen)))


_UNSEEN = "SELECT id, size FROM event WHERE removal = 0 AND outlook = :unseen ORDER BY position, id"
_FORGET = "UPDATE event SET outlook = :unseen, says = '' WHERE removal >= 0 AND outlook <> :unseen"
_BODIES = """
    SELECT event.id, edition, body FROM event JOIN body ON body.id = event.id
    WHERE removal = 0 AND event.id IN (SELECT value FROM json_each(:ids))
"""
_KEEP = "UPDATE event SET outlook = ?, says = ? WHERE id = ? AND edition = ?"


def _forget_others(connection: sqlite3.Connection, look: Look) -> None:
    """What was found under other circumstances."""
    with transaction(connection):
        changed = connection.execute(
            "UPDATE state SET looked_as = :mark WHERE looked_as <> :mark", {"mark": look.mark}
        )
        if changed.rowcount:
            connection.execute(_FORGET, {"unseen": UNSEEN})


def _look_at(connection: sqlite3.Connection, examiner: Examiner, ids: Sequence[int]) -> None:
    rows = connection.execute(_BODIES, {"ids": id_list(ids)}).fetchall()
    found = examiner.found([event_in(body) for _, _, body in rows])
    with transaction(connection):
        connection.executemany(
            _KEEP,
            (
                (int(one.outlook), one.says, identifier, edition)
                for (identifier, edition, _), one in zip(rows, found, strict=True)
            ),
        )
