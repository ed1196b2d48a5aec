"""A table of the Batch place over a real file, and events for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from composer.core.batch.table import TableQuery
from composer.core.jsontext import Layout, encode, from_python
from composer.services.batch.table import BatchTableStore
from composer.services.notices import Notices
from composer.services.ports import Clock
from tests.helpers.clock import StandingClock

NAME, RUNS = "batch-1.sqlite3", "runs.sqlite3"


def table_in(
    folder: Path, clock: Clock | None = None, notices: Notices | None = None
) -> BatchTableStore:
    """The table of the first window of the profile in ``folder``; to be closed."""
    clock, notices = clock or StandingClock(), notices or Notices()
    return BatchTableStore(folder / NAME, clock, notices, folder / RUNS)


def body(name: str = "plan upgraded", person: str = "customer-42", **others: object) -> str:
    """The JSON text of an event; ``others`` are members at its top."""
    event = {"event": name, "distinct_id": person, **others}
    return encode(from_python(event), Layout.COMPACT)


def add_named(table: BatchTableStore, *names: str) -> list[int]:
    """Put in an event of each name; returns their ids."""
    return table.add([("custom", body(name)) for name in names])


def names_in(table: BatchTableStore, query: TableQuery | None = None) -> list[str]:
    """The names of the events that the query wants, in its order."""
    return [event.name for event in table.rows(table.order(query or TableQuery()))]


def ids_of(table: BatchTableStore, names: Iterable[str]) -> list[int]:
    """The ids of the events of these names."""
    by_name = {event.name: event.id for event in table.rows(table.order(TableQuery()))}
    return [by_name[name] for name in names]
