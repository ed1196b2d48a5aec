"""What the window asks of the runs that are kept. Sending them: ``batch_jobs``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from composer.core.batch.options import BatchOptions
from composer.core.batch.results import ResultsFormat, ResultsKind
from composer.core.batch.run import (
    EventState,
    RequestRow,
    RequestState,
    Run,
    RunEvent,
    Sample,
    Try,
)
from composer.core.destination import Destination
from composer.core.settings import Retention
from composer.core.wire import WireRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFile:
    """What stands in an exported file: how many rows, and in how many bytes."""

    rows: int
    bytes: int


class Runs(Protocol):
    """Every run, newest first, in a file of its own. What the file does not allow: ``StoreError``.

    All of it blocks and may be called in any thread, so a window calls it in one of its own.
    """

    def runs(self) -> list[Run]: ...
    def run(self, identifier: int) -> Run | None: ...
    def requests(
        self,
        identifier: int,
        *,
        states: Iterable[RequestState] = (),
        limit: int = 200,
        after: int = 0,
    ) -> list[RequestRow]:
        """A page of the requests that were begun, in that order.

        ``after`` is the id of the last one of the page before; no states: all of them.
        """
        ...

    def events(
        self,
        identifier: int,
        *,
        states: Iterable[EventState] = (),
        text: str = "",
        limit: int = 200,
        after: int = 0,
    ) -> list[RunEvent]:
        """A page of the events by their number; ``after`` is the last number of the page before.

        ``text`` stands anywhere in the event, in any capitalisation. Raises
        ``SearchStoppedError`` after ``stop_searching``.
        """
        ...

    def stop_searching(self) -> None:
        """End at once what other threads are looking for, before a newer search starts."""
        ...

    def request(self, request_id: int) -> RequestRow | None: ...
    def tries(self, request_id: int) -> list[Try]:
        """Every sending of a request that has come to an end, the first one first."""
        ...

    def samples(self, identifier: int) -> tuple[Sample, ...]:
        """What was answered over time, in at most 300 steps."""
        ...

    def request_of(self, identifier: int, request_id: int) -> WireRequest:
        """The request as it went out, its body before compression.

        Raises ``StoreError`` where that cannot be made again, or not with the same bytes.
        """
        ...

    def failures(self, identifier: int) -> Iterator[RunEvent]:
        """The events that were refused or are uncertain, one by one, with a connection of its own.

        It belongs to one thread, and is to be closed there.
        """
        ...

    def resend(
        self,
        identifier: int,
        *,
        states: Collection[EventState] = ...,
        options: BatchOptions | None = None,
    ) -> Run:
        """A new run, ready to be sent, of the events of another that are in these states.

        Without states: those that were refused or are uncertain. It goes to the same destination
        with the same event IDs. Raises ``StoreError`` also where there are none.
        """
        ...

    def readdress(self, identifier: int, destination: Destination) -> None:
        """Note where the run's destination is now, for the sandbox listens elsewhere each time.

        The token stays as it was: it is a part of the bytes that were sent.
        """
        ...

    def delete(self, identifier: int) -> None:
        """Remove a run for good. One that is being sent is not removed: ``StoreError``."""
        ...

    def prune(self, retention: Retention, now: datetime) -> int:
        """Remove runs whose days are over, and what was never made ready; returns how many."""
        ...

    async def export_results(
        self,
        identifier: int,
        path: str,
        what: ResultsKind,
        form: ResultsFormat,
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> ResultsFile:
        """Write results into a file, whole or not at all; progress in rows, in the loop's thread.

        Cancelling the task that awaits this leaves nothing behind.
        """
        ...
