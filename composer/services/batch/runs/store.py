"""What is asked of the runs that are kept: ``ports.batch_runs.Runs`` over one SQLite file.

Everything that looks through many events has a connection of its own. How a run is written:
``writer``; how it is sent: ``journal``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from composer.core.batch.bodies import Envelope, request_for
from composer.core.batch.options import BatchOptions
from composer.core.batch.run import (
    EventState,
    RequestRow,
    RequestState,
    Run,
    RunEvent,
    RunState,
    Sample,
    Try,
)
from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.settings import Retention
from composer.core.wire import WireRequest
from composer.services.batch.runs.columns import (
    REQUEST_COLUMNS,
    RUN_COLUMNS,
    TRY_COLUMNS,
    destination_columns,
    last_try,
    request_from,
    run_from,
    try_from,
    which_requests,
)
from composer.services.batch.runs.events import FAILURES, Found, Sought, find_events, run_event
from composer.services.batch.runs.file import RunFile
from composer.services.batch.runs.parcels import read_block
from composer.services.batch.runs.pruning import remove_old, remove_run, remove_unready
from composer.services.batch.runs.recovery import living
from composer.services.batch.runs.sampling import read_samples
from composer.services.batch.runs.writer import RunWriter
from composer.services.history.columns import moment_text
from composer.services.history.queries import update
from composer.services.notices import Notices
from composer.services.ports import Clock, SearchStoppedError
from composer.services.ports.batch_runs import ResultsFile, ResultsFormat, ResultsKind

_RUNS = f"SELECT {RUN_COLUMNS} FROM run"  # noqa: S608 -- these are our own names
_REQUESTS = f"SELECT {REQUEST_COLUMNS} FROM request"  # noqa: S608
_TRIES = f"SELECT {TRY_COLUMNS} FROM try"  # noqa: S608


class RunStore:
    """Implements ``ports.batch_runs.Runs``; made for any thread, and opened when it is needed.

    Everything raises ``StoreError`` where the file fails. What is found when it is opened, such as
    damage, goes to ``notices``.
    """

    def __init__(self, path: Path, clock: Clock, notices: Notices | None = None) -> None:
        self.file = RunFile(path, clock, notices or Notices())
        self.clock = clock
        self._searches = 0
        """Counts up with each ``stop_searching``; a search that began earlier is off."""

    def begin(self, destination: Destination, options: BatchOptions, source: str) -> RunWriter:
        """A new run, to be filled: see ``RunWriter``."""
        living(self.file, self._moment())
        remove_unready(self.file)
        return RunWriter(self.file, self.clock, destination, options, source)

    def resend(
        self,
        identifier: int,
        *,
        states: Collection[EventState] = FAILURES,
        options: BatchOptions | None = None,
    ) -> Run:
        """A new run of events of another, ready to be sent; see ``ports.batch_runs``."""
        old = self._existing(identifier)
        source = f"Failures of run {old.id}" if set(states) <= FAILURES else f"Run {old.id}"
        with (
            closing(self._found(identifier, states)) as events,
            self.begin(old.destination, options or old.options, source) as writer,
        ):
            writer.add((event.row, event.body) for event in events)
            if not writer.events:
                raise StoreError(f"There is nothing to send again in run {old.id}.")
            return writer.finish()

    def runs(self) -> list[Run]:
        """Every run, newest first."""
        return self._runs("ORDER BY id DESC")

    def run(self, identifier: int) -> Run | None:
        return next(iter(self._runs("WHERE id = ?", identifier)), None)

    def parcels(self, identifier: int) -> int:
        """How many parcels a run has: so many requests, unless some are split or sent singly."""
        with self.file.reading() as connection:
            find = "SELECT count(*) FROM parcel WHERE run = ?"
            return connection.execute(find, (identifier,)).fetchone()[0]

    def requests(
        self,
        identifier: int,
        *,
        states: Iterable[RequestState] = (),
        limit: int = 200,
        after: int = 0,
    ) -> list[RequestRow]:
        """A page of the requests that were begun, in that order."""
        find = f"{_REQUESTS} {which_requests(states)} ORDER BY id LIMIT ?"
        with self.file.reading() as connection:
            found = connection.execute(find, (identifier, after, limit)).fetchall()
        return [request_from(columns) for columns in found]

    def request(self, request_id: int) -> RequestRow | None:
        with self.file.reading() as connection:
            found = connection.execute(f"{_REQUESTS} WHERE id = ?", (request_id,)).fetchall()
        return request_from(found[0]) if found else None

    def events(
        self,
        identifier: int,
        *,
        states: Iterable[EventState] = (),
        text: str = "",
        limit: int = 200,
        after: int = 0,
    ) -> list[RunEvent]:
        """A page of the events by their number. Raises ``SearchStoppedError``."""
        searches = self._searches

        def check() -> None:
            if searches != self._searches:
                raise SearchStoppedError("The search was stopped.")

        wanted = frozenset(states) or frozenset(EventState)
        sought = Sought(states=wanted, text=text, after=after, on_parcel=check)
        with (
            self.file.beside() as connection,
            closing(find_events(connection, identifier, sought)) as found,
        ):
            return [run_event(event) for event in islice(found, limit)]

    def stop_searching(self) -> None:
        """End what other threads are looking for in ``events``."""
        self._searches += 1

    def tries(self, request_id: int) -> list[Try]:
        """Every sending of a request that has come to an end, the first one first."""
        with self.file.reading() as connection:
            find = f"{_TRIES} WHERE request = ? ORDER BY id"
            tries = [try_from(row) for row in connection.execute(find, (request_id,)).fetchall()]
            found = connection.execute(f"{_REQUESTS} WHERE id = ?", (request_id,)).fetchall()
        last = last_try(request_from(found[0])) if found else None
        known = {one.number for one in tries}
        return tries if last is None or last.number in known else [*tries, last]

    def samples(self, identifier: int) -> tuple[Sample, ...]:
        """What was answered over time."""
        with self.file.reading() as connection:
            return read_samples(connection, identifier)

    def request_of(self, identifier: int, request_id: int) -> WireRequest:
        """The request as it went out, its body before compression. Raises ``StoreError``."""
        run, row = self._existing(identifier), self.request(request_id)
        if row is None:
            raise StoreError(f"There is no request {request_id} any more. Look at the run again.")
        with self.file.reading() as connection:
            block = read_block(connection, identifier, row.parcel)
        body = Envelope(run.destination, run.options).body(block.range_of(row.first, row.events))
        request = request_for(body, run.destination, run.options)
        if row.sha256 and row.sha256 != request.sha256:
            raise StoreError(
                f"Request {request_id} cannot be shown: its bytes are not those that were sent, so "
                f"{self.file.path.name} is damaged. Restore a backup to see it."
            )
        return request

    def failures(self, identifier: int) -> Iterator[RunEvent]:
        """The events that were refused or are uncertain, one by one."""
        with closing(self._found(identifier, FAILURES)) as found:
            for event in found:
                yield run_event(event)

    def readdress(self, identifier: int, destination: Destination) -> None:
        """Note where the run's destination is now; its token stays."""
        token = self._existing(identifier).destination.token
        columns = destination_columns(replace(destination, token=token))
        with self.file.writing() as connection:
            statement = update("run", columns, "id = :key")
            connection.execute(statement, columns | {"key": identifier})

    def delete(self, identifier: int) -> None:
        """Remove a run for good. Raises ``RunBusyError`` for one that a process is at."""
        remove_run(self.file, identifier)

    def prune(self, retention: Retention, now: datetime) -> int:
        """Remove runs whose days are over, and what was never made ready; returns how many."""
        living(self.file, self._moment())
        return remove_old(self.file, retention, now)

    async def export_results(
        self,
        identifier: int,
        path: str,
        what: ResultsKind,
        form: ResultsFormat,
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> ResultsFile:
        """Write results into a file, whole or not at all. Raises ``StoreError``."""
        from composer.services.batch.runs.results import (  # noqa: PLC0415 -- few exports
            export_results,
        )

        return await export_results(
            self.file, identifier, path, what, form, on_progress=on_progress
        )

    def close(self) -> None:
        """End searches and close the file; what comes afterwards opens it again."""
        self.stop_searching()
        self.file.close()

    def _runs(self, which: str, *values: object) -> list[Run]:
        """Without those that were never made ready, and never will be."""
        alive = living(self.file, self._moment())
        with self.file.reading() as connection:
            found = connection.execute(f"{_RUNS} {which}", values).fetchall()
        runs = (run_from(columns, is_alive=columns[0] in alive) for columns in found)
        return [run for run in runs if run.is_alive or run.state is not RunState.PREPARING]

    def _existing(self, identifier: int) -> Run:
        run = self.run(identifier)
        if run is None:
            raise StoreError(f"There is no run {identifier} any more. Begin a new one.")
        return run

    def _found(self, identifier: int, states: Collection[EventState]) -> Generator[Found]:
        sought = Sought(states=frozenset(states))
        with (
            self.file.beside() as connection,
            closing(find_events(connection, identifier, sought)) as found,
        ):
            yield from found

    def _moment(self) -> str:
        return moment_text(self.clock.now())
