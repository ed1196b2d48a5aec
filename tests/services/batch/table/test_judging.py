"""Looking at the events of the table, in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.core.batch.table import BatchEvent, RowOutlook, TableProgress, TableQuery
from composer.core.ids import uuid7
from composer.services.batch.table import BatchTableStore
from composer.services.batch.table.judging import Examiner, Look, judging_job
from composer.services.jobs import Reporter
from tests.helpers.batch_table import NAME, body, table_in
from tests.helpers.clock import START, StandingClock
from tests.helpers.history_entries import CLOUD


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def table(tmp_path: Path, clock: StandingClock) -> Iterator[BatchTableStore]:
    table = table_in(tmp_path, clock)
    yield table
    table.close()


def good(number: int = 0) -> str:
    """An event that nothing can be said about."""
    uuid = uuid7(int(START.timestamp() * 1000), number)
    properties = {"$geoip_disable": True}
    return body(uuid=uuid, timestamp=START.isoformat(), properties=properties)


def every(table: BatchTableStore) -> list[BatchEvent]:
    return table.rows(table.order(TableQuery()))


async def test_each_event_gets_its_outlook_and_the_sentence_behind_it(
    table: BatchTableStore,
) -> None:
    lost = body("$identify", properties={"$process_person_profile": False})
    table.add([("custom", text) for text in (good(), body(), lost, body(person=""))])
    told: list[TableProgress] = []
    await table.judge(CLOUD, told.append)
    assert [event.outlook for event in every(table)] == [
        RowOutlook.STORED,
        RowOutlook.ALTERED,
        RowOutlook.LOST,
        RowOutlook.REFUSED,
    ]
    assert [bool(event.says) for event in every(table)] == [False, True, True, True]
    assert told[-1] == TableProgress(done=4, total=4)
    totals = table.totals()
    assert (totals.unseen, dict(totals.by_outlook)) == (0, dict.fromkeys(RowOutlook, 1))


async def test_only_what_was_changed_is_looked_at_again(table: BatchTableStore) -> None:
    first, second = table.add([("custom", good(1)), ("custom", good(2))])
    await table.judge(CLOUD)
    table.replace(second, "custom", body(person=""))
    assert [event.outlook for event in every(table)] == [RowOutlook.STORED, None]
    told: list[TableProgress] = []
    await table.judge(CLOUD, told.append)
    assert told == [TableProgress(done=1, total=1)]
    assert [event.outlook for event in table.rows([first, second])] == [
        RowOutlook.STORED,
        RowOutlook.REFUSED,
    ]


async def test_as_an_import_of_old_events_all_are_looked_at_anew(table: BatchTableStore) -> None:
    timeless = body(properties={"$geoip_disable": True})
    table.add([("custom", timeless)])
    await table.judge(CLOUD)
    (live,) = every(table)
    await table.judge(CLOUD, historical=True)
    (historical,) = every(table)
    assert live.outlook is RowOutlook.STORED
    assert historical.outlook is RowOutlook.ALTERED
    assert "time of the import" in historical.says


async def test_on_another_day_all_events_are_looked_at_anew(
    table: BatchTableStore, clock: StandingClock
) -> None:
    table.add([("custom", good())])
    await table.judge(CLOUD)
    told: list[TableProgress] = []
    await table.judge(CLOUD, told.append)
    clock.go_on(days=1)
    await table.judge(CLOUD, told.append)
    assert told == [TableProgress(done=1, total=1)]


async def test_an_empty_table_is_looked_at_in_no_time(table: BatchTableStore) -> None:
    await table.judge(CLOUD)
    assert table.totals().events == 0


async def test_cancelled_it_keeps_what_was_found_and_goes_on_later(table: BatchTableStore) -> None:
    table.add([("custom", good(number)) for number in range(3_000)])
    some = asyncio.Event()
    task = asyncio.create_task(table.judge(CLOUD, lambda _: some.set()))
    await some.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    left = table.totals().unseen
    assert left < 3_000
    await table.judge(CLOUD)
    assert table.totals().unseen == 0


def test_an_event_that_is_changed_meanwhile_has_not_been_looked_at(
    table: BatchTableStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (identifier,) = table.add([("custom", body(person=""))])
    look = Examiner.found

    def found(*args: object) -> object:
        table.replace(identifier, "custom", good())
        return look(*args)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Examiner, "found", found)
    judging_job(_Silent(), tmp_path / NAME, Look(destination=CLOUD, historical=False, now=START))
    (event,) = table.rows([identifier])
    assert event.outlook is None


class _Silent(Reporter[TableProgress]):
    """Nobody listens."""

    def __init__(self) -> None:
        pass

    def tell(self, progress: TableProgress) -> None:
        pass

    def check(self) -> None:
        pass
