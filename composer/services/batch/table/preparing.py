"""From the table to a run, in a process of its own: what would be refused is set aside on the way.

One bad event would have PostHog refuse the whole request that it stands in. How a run is packed
and kept is not known here.
"""

from __future__ import annotations

import asyncio
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from composer.core.batch.facts import event_in
from composer.core.batch.options import BatchOptions
from composer.core.batch.table import RowOutlook, TableProgress
from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.services.batch.runs import RunStore, RunWriter
from composer.services.batch.table.file import TableFile, connected
from composer.services.batch.table.judging import Examiner, Look
from composer.services.batch.table.reading import CHOSEN, id_list, portions
from composer.services.batch.table.schema import UNSEEN
from composer.services.clock import SystemClock
from composer.services.jobs import Reporter, run_job
from composer.services.threads import to_the_end

STEP = 1_000
"""Events that are read, looked at and written together, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which events go where, and how; ``ids`` is ``None`` for all of them.

    ``runs`` is the file of the runs.
    """

    destination: Destination
    options: BatchOptions
    ids: array[int] | None
    source: str
    now: datetime
    runs: Path


async def prepare_run(
    file: TableFile, wish: Wish, on_progress: Callable[[TableProgress], None] | None
) -> int:
    """The id of the new run. Raises ``ComposerError``; cancelled or failed, there is none."""
    place = await asyncio.to_thread(file.place)
    ready: list[int] = []

    def tell(step: _Step) -> None:
        ready.extend(step.ready)
        if on_progress is not None:
            on_progress(step.progress)

    try:
        return await run_job(prepare_job, place, wish, on_progress=tell)
    except asyncio.CancelledError:
        loop = asyncio.get_running_loop()
        for run in ready:  # it was written in the very moment
            with suppress(StoreError):  # a disk that does not obey leaves it, unsent
                await to_the_end(loop.run_in_executor(None, _forget, wish.runs, run))
        raise


@dataclass(frozen=True, slots=True)
class _Step:
    """How far it is; and the run, once that is ready."""

    progress: TableProgress
    ready: tuple[int, ...] = ()


def prepare_job(reporter: Reporter[_Step], place: Path, wish: Wish) -> int:
    """The work, in its own process."""
    look = Look(
        destination=wish.destination,
        historical=wish.options.historical_migration,
        now=wish.now,
    )
    sieve = _Sieve(look)
    runs = RunStore(wish.runs, SystemClock())
    with (
        connected(place) as connection,
        runs.begin(wish.destination, wish.options, wish.source) as writer,
    ):
        connection.execute("BEGIN")  # the table as it is now, whatever is done to it meanwhile
        total = _count(connection) if wish.ids is None else len(wish.ids)
        done = 0
        for block in _every(connection) if wish.ids is None else _some(connection, wish.ids):
            reporter.check()
            sieve.write(block, writer)
            done += len(block)
            reporter.tell(_Step(TableProgress(done=done, total=total)))
        if not done:
            raise StoreError("There is no event to send any more. Choose some and try again.")
        run = writer.finish().id
        reporter.tell(_Step(TableProgress(done=done, total=total), (run,)))
        return run


def _forget(path: Path, run: int) -> None:
    with closing(RunStore(path, SystemClock())) as runs:
        runs.delete(run)


_Row = tuple[int, str, int, str]
"""The row of the source that an event came from (0: none), its body, what is known, the reason."""

_GOOD, _UNKNOWN, _REFUSED = range(3)


class _Sieve:
    """Tells the events that the service takes from those for which it refuses a request."""

    def __init__(self, look: Look) -> None:
        self._examiner = Examiner(look)

    def write(self, block: Sequence[_Row], writer: RunWriter) -> None:
        """Put the events of the block into the run, in their order."""
        unknown = [event_in(body) for _, body, known, _ in block if known == _UNKNOWN]
        found = iter(self._examiner.refused(unknown))
        good: list[tuple[int, str]] = []
        for row, body, known, says in block:
            is_refused, reason = known == _REFUSED, says
            if known == _UNKNOWN:
                one = next(found)
                is_refused, reason = one.outlook is RowOutlook.REFUSED, one.says
            if is_refused:
                writer.add(good)
                good = []
                writer.set_aside(row, reason, body)
            else:
                good.append((row, body))
        writer.add(good)


_KNOWN = f"""
    iif(outlook = {RowOutlook.REFUSED:d}, {_REFUSED},
        iif(is_sound = 1 OR outlook <> {UNSEEN}, {_GOOD}, {_UNKNOWN}))
"""
_FROM = "FROM event JOIN body ON body.id = event.id WHERE removal = 0"
_ALL = f"SELECT row, body, {_KNOWN}, says {_FROM} ORDER BY position, event.id"
_CHOSEN = f"SELECT row, body, {_KNOWN}, says, event.id {_FROM} AND event.id IN {CHOSEN}"
_SIZES = f"SELECT id, size FROM event WHERE removal = 0 AND id IN {CHOSEN}"  # noqa: S608 -- our own


def _count(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT sum(events) FROM tally").fetchone()[0]


def _every(connection: sqlite3.Connection) -> Iterator[list[_Row]]:
    return portions(((row, len(row[1])) for row in connection.execute(_ALL)), STEP)


def _some(connection: sqlite3.Connection, ids: array[int]) -> Iterator[list[_Row]]:
    for part in portions(_sized(connection, ids), STEP):
        rows = connection.execute(_CHOSEN, {"ids": id_list(part)})
        found: dict[int, _Row] = {row[4]: row[:4] for row in rows}
        yield [found[one] for one in part]


def _sized(connection: sqlite3.Connection, ids: array[int]) -> Iterator[tuple[int, int]]:
    """Those that are in the table, with their sizes."""
    for begin in range(0, len(ids), STEP):
        part = ids[begin : begin + STEP]
        sizes = dict(connection.execute(_SIZES, {"ids": id_list(part)}).fetchall())
        yield from ((one, sizes[one]) for one in part if one in sizes)
