"""Runs to send: events that differ, in a file of their own, and what became of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from composer.core.batch.options import BatchOptions
from composer.core.batch.retrying import Backoff
from composer.core.batch.run import EventState, Run
from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import Outcome
from composer.core.records import Summary
from composer.core.wire import WireRequest
from composer.services.batch.runner.sending import Errand, RunHere
from composer.services.batch.runs import RunStore
from composer.services.clock import SystemClock
from composer.services.ports.batch_jobs import RunProgress
from composer.services.sending.way import Timeouts

QUICK = Backoff(first=0.01, longest=0.05)
PATIENT = Timeouts(connect=5.0, answer=10.0)


@dataclass(slots=True)
class NoHistory:
    """Stands in where a test is not about history, and remembers how often it was asked."""

    rows: list[Outcome | None] = field(default_factory=list[Outcome | None])

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int:
        del request, destination, summary
        self.rows.append(None)
        return len(self.rows) - 1

    def finish(self, identifier: int, outcome: Outcome) -> None:
        self.rows[identifier] = outcome

    def opened(self) -> AbstractContextManager[NoHistory]:
        return nullcontext(self)


def place(address: str) -> Destination:
    return Destination(
        id="mine", name="Mine", kind=DestinationKind.SELF_HOSTED, address=address, token="phc_mine"
    )


def uuid_of(number: int) -> str:
    return f"018f0000-0000-7000-8000-{number:012x}"


def event(number: int, filling: str = "") -> str:
    properties = {"number": number, "filling": filling}
    return json.dumps(
        {
            "event": "made",
            "distinct_id": f"person-{number}",
            "uuid": uuid_of(number),
            "properties": properties,
        },
        separators=(",", ":"),
    )


def ready(
    store: RunStore,
    address: str,
    events: int,
    options: BatchOptions | None = None,
    filling: str = "",
) -> Run:
    """A run of so many events, numbered from 1."""
    with store.begin(place(address), options or BatchOptions(), "test") as writer:
        writer.add((number, event(number, filling)) for number in range(1, events + 1))
        return writer.finish()


def a_store(folder: Path) -> RunStore:
    return RunStore(folder / "runs.sqlite3", SystemClock())


def sending(
    store: RunStore,
    run: Run,
    *,
    timeouts: Timeouts = PATIENT,
    backoff: Backoff = QUICK,
    waits_for_person: bool = True,
    on_progress: Callable[[RunProgress], None] | None = None,
    history: NoHistory | None = None,
) -> RunHere:
    errand = Errand(
        run_id=run.id, timeouts=timeouts, backoff=backoff, waits_for_person=waits_for_person
    )
    rows = history or NoHistory()
    return RunHere(store, errand, SystemClock(), rows.opened, on_progress=on_progress)


def states(store: RunStore, run: Run) -> dict[str, EventState]:
    """The state of every event, by its ID."""
    found: dict[str, EventState] = {}
    after = 0
    while page := store.events(run.id, after=after, limit=5000):
        found |= {row.uuid: row.state for row in page}
        after = page[-1].number
    return found


def tally(store: RunStore, run: Run) -> Counter[EventState]:
    return Counter(states(store, run).values())


def numbers(uuids: Iterable[str]) -> list[int]:
    return sorted(int(uuid[-12:], 16) for uuid in uuids)
