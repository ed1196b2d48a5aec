"""From the table to a run, in a process of its own."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import EventState, RunState
from composer.core.batch.table import RowOutlook, TableProgress, TableQuery
from composer.core.errors import StoreError
from composer.core.personal_keys import PersonalKeyError
from composer.services.batch.runs import RunStore
from composer.services.batch.table import BatchTableStore
from composer.services.batch.table.reading import portions
from tests.helpers.batch_table import add_named, body, table_in
from tests.helpers.clock import StandingClock
from tests.helpers.history_entries import CLOUD

OPTIONS = BatchOptions()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[BatchTableStore]:
    table = table_in(tmp_path)
    yield table
    table.close()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[RunStore]:
    runs = RunStore(tmp_path / "runs.sqlite3", StandingClock())
    yield runs
    runs.close()


async def test_a_run_has_the_events_of_the_table_in_its_order(
    table: BatchTableStore, runs: RunStore
) -> None:
    a, _, c = add_named(table, "a", "b", "c")
    table.move([c], a)
    told: list[TableProgress] = []
    run = await table.prepare_run(CLOUD, OPTIONS, None, told.append, source="orders.csv")
    found = runs.run(run)
    assert found is not None
    assert (found.state, found.source, found.counts.total) == (RunState.READY, "orders.csv", 3)
    bodies = [event.body for event in table.rows(table.order(TableQuery()))]
    assert [event.body for event in runs.events(run)] == bodies
    assert [event.name for event in runs.events(run)] == ["c", "a", "b"]
    assert told[-1] == TableProgress(done=3, total=3)


async def test_chosen_events_go_in_the_order_given(table: BatchTableStore, runs: RunStore) -> None:
    a, b, c = add_named(table, "a", "b", "c")
    table.remove([b])
    run = await table.prepare_run(CLOUD, OPTIONS, array("q", [c, b, a]))
    assert [event.name for event in runs.events(run)] == ["c", "a"]


async def test_what_would_be_refused_is_set_aside_with_the_reason(
    table: BatchTableStore, runs: RunStore
) -> None:
    """Whether or not the events have been looked at before."""
    table.add([("custom", body("seen and bad", person=""))])
    await table.judge(CLOUD)
    table.add([("custom", body("good")), ("custom", body("bad", person=""))])
    assert table.totals().by_outlook[RowOutlook.REFUSED] == 1
    run = await table.prepare_run(CLOUD, OPTIONS)
    states = {event.name: event.state for event in runs.events(run)}
    assert states == {
        "seen and bad": EventState.SET_ASIDE,
        "good": EventState.WAITING,
        "bad": EventState.SET_ASIDE,
    }
    aside = runs.events(run, states=[EventState.SET_ASIDE])
    assert len({event.words for event in aside}) == 1
    assert all(event.words for event in aside)


async def test_what_is_too_large_is_set_aside(table: BatchTableStore, runs: RunStore) -> None:
    table.add([("custom", body("large", properties={"x": "y" * 1_000_000}))])
    add_named(table, "small")
    run = await table.prepare_run(CLOUD, OPTIONS)
    states = [(event.name, event.state) for event in runs.events(run)]
    assert states == [("large", EventState.SET_ASIDE), ("small", EventState.WAITING)]


async def test_without_an_event_there_is_no_run(table: BatchTableStore, runs: RunStore) -> None:
    ids = add_named(table, "a")
    table.remove()
    for wanted in (None, array("q", ids)):
        with pytest.raises(StoreError, match="no event"):
            await table.prepare_run(CLOUD, OPTIONS, wanted)
    assert runs.runs() == []


async def test_a_personal_key_as_token_is_told_in_words(
    table: BatchTableStore, runs: RunStore
) -> None:
    from dataclasses import replace

    add_named(table, "a")
    with pytest.raises(PersonalKeyError):
        await table.prepare_run(replace(CLOUD, token="phx_" + "a" * 40), OPTIONS)
    assert runs.runs() == []


async def test_cancelled_once_the_run_is_ready_there_is_none_either(
    table: BatchTableStore, runs: RunStore
) -> None:
    add_named(table, "a")

    def cancel(progress: TableProgress) -> None:
        if progress.done == progress.total:  # told a moment after the run was written
            task.cancel()

    task = asyncio.create_task(table.prepare_run(CLOUD, OPTIONS, None, cancel))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert runs.runs() == []


async def test_cancelled_there_is_no_run(table: BatchTableStore, runs: RunStore) -> None:
    table.add([("custom", body(f"event {number}")) for number in range(5_000)])
    some = asyncio.Event()
    task = asyncio.create_task(table.prepare_run(CLOUD, OPTIONS, None, lambda _: some.set()))
    await some.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert runs.runs() == []


async def test_large_events_are_read_a_few_at_a_time(
    table: BatchTableStore, runs: RunStore
) -> None:
    ids = table.add([("custom", body(f"{number}", note="x" * 900_000)) for number in range(12)])
    chosen = array("q", [*reversed(ids), 999])
    large = [len(part) for part in portions([(one, 900_000) for one in ids], 1_000)]
    assert large == [4, 4, 4]
    for wanted, first in ((None, "0"), (chosen, "11")):
        run = await table.prepare_run(CLOUD, OPTIONS, wanted)
        found = runs.events(run)
        assert (len(found), found[0].name) == (12, first)
