"""Rows of a source into the table: all or nothing, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from composer.core.batch.table import ImportProgress, ImportReport, TableQuery
from composer.core.errors import StoreError
from composer.core.jsontext import Object, parse
from composer.core.mapping import CellKind, ColumnRule, Constant, Mapping, Target
from composer.core.tabular import Dialect, RowFormat
from composer.services.batch.sources import CountSource, FileSource, SourceError, TextSource
from composer.services.batch.table import BatchTableStore, importing
from composer.services.batch.table.file import connected
from composer.services.batch.table.importing import Wish, import_job
from composer.services.database import connect
from composer.services.jobs import Reporter
from tests.helpers.batch_table import NAME, add_named, names_in, table_in
from tests.helpers.clock import START

CSV = Dialect(format=RowFormat.CSV)
JSON_LINES = Dialect(format=RowFormat.JSON_LINES)
MAPPING = Mapping(
    rules=(
        ColumnRule(column="event", target=Target.EVENT),
        ColumnRule(column="person", target=Target.PERSON),
        ColumnRule(column="time", target=Target.TIME),
        ColumnRule(column="amount", target=Target.PROPERTY, name="amount", kind=CellKind.NUMBER),
    )
)
HEAD = "event,person,time,amount\n"
COUNTED = Mapping(
    constants=(
        Constant(target=Target.EVENT, text="generated"),
        Constant(target=Target.PERSON, text="demo-user"),
    ),
    rules=(ColumnRule(column="row", target=Target.PROPERTY, name="row"),),
)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[BatchTableStore]:
    table = table_in(tmp_path)
    yield table
    table.close()


def row(number: int) -> str:
    return f"event {number},customer-{number},2026-11-20T10:00:00Z,{number}.50\n"


def everything_in(folder: Path) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in folder.iterdir())


async def test_rows_become_events_at_the_end_of_the_table(table: BatchTableStore) -> None:
    add_named(table, "old")
    told: list[ImportProgress] = []
    source = TextSource(HEAD + row(1) + row(2))
    report = await table.import_rows(source, CSV, MAPPING, None, told.append)
    assert names_in(table) == ["old", "event 1", "event 2"]
    (event,) = table.rows([report.first_id])
    assert (event.name, event.person) == ("event 1", "customer-1")
    assert event.moment == "2026-11-20T10:00:00.000Z"
    body = parse(event.body)
    assert isinstance(body, Object)
    assert event.body.count('"amount":1.50') == 1
    assert body.get("uuid")
    assert report == ImportReport(number=1, added=2, problems=0, first_id=event.id)
    assert (told[-1].added, told[-1].read) == (2, told[-1].size)
    assert table.totals().events == 3


async def test_a_file_is_read_as_it_is_chosen(table: BatchTableStore, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes((HEAD + row(1)).replace(",", ";").encode("utf-16"))
    dialect = Dialect(format=RowFormat.CSV, delimiter=";", encoding="utf-16")
    await table.import_rows(FileSource(str(path)), dialect, MAPPING)
    assert names_in(table) == ["event 1"]


async def test_rows_that_do_not_fit_are_kept_and_the_others_go_on(
    table: BatchTableStore, tmp_path: Path
) -> None:
    bad = "event 2,,2026-11-20T10:00:00Z,1\n"
    formula = '"=cmd|x",,never,1\n'
    source = TextSource(HEAD + row(1) + bad + row(3) + formula)
    report = await table.import_rows(source, CSV, MAPPING)
    assert (report.added, report.problems) == (2, 2)
    assert names_in(table) == ["event 1", "event 3"]
    found = table.problems(report.number, 10)
    assert [problem.number for problem in found] == [2, 4]
    assert found[0].text == bad.rstrip("\n")
    assert table.problems(report.number, 1) == found[:1]
    assert table.problems(report.number, 1, after=2) == found[1:]
    target = tmp_path / "to mend.csv"
    assert await table.export_problems(report.number, str(target)) == 2
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"), newline="")))
    assert rows[0] == ["Reason", "event", "person", "time", "amount"]
    assert rows[1] == [f"Row 2: {found[0].reason}", *bad.rstrip("\n").split(",")]
    assert rows[2][1] == "'=cmd|x"


async def test_mended_rows_come_in_with_the_same_mapping(
    table: BatchTableStore, tmp_path: Path
) -> None:
    source = TextSource(HEAD + row(1).replace("customer-1", " "))
    report = await table.import_rows(source, CSV, MAPPING)
    assert (report.added, report.problems) == (0, 1)
    target = tmp_path / "to mend.csv"
    await table.export_problems(report.number, str(target))
    target.write_bytes(target.read_bytes().replace(b'" "', b"customer-1"))
    report = await table.import_rows(FileSource(str(target)), CSV, MAPPING)
    assert (report.added, report.problems) == (1, 0)
    assert '"amount":1.50' in table.rows([report.first_id])[0].body


async def test_rows_of_json_are_exported_as_json(table: BatchTableStore, tmp_path: Path) -> None:
    source = TextSource('{"event": "a", "person": "p"}\n{"event": ""}\n{"broken\n')
    report = await table.import_rows(source, JSON_LINES, MAPPING)
    assert (report.added, report.problems) == (1, 2)
    target = tmp_path / "to mend.jsonl"
    await table.export_problems(report.number, str(target))
    first, second = target.read_text().splitlines()
    assert '"event":""' in first
    assert '"Text":"{\\"broken' in second


async def test_problems_that_are_kept_no_longer_are_told_of(
    table: BatchTableStore, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="Import the file again"):
        await table.export_problems(7, str(tmp_path / "x.csv"))
    report = await table.import_rows(TextSource(HEAD), CSV, MAPPING)
    with pytest.raises(StoreError, match=r"x\.csv"):
        await table.export_problems(report.number, str(tmp_path / "nowhere" / "x.csv"))


async def test_a_number_of_rows_is_generated(table: BatchTableStore) -> None:
    report = await table.import_rows(CountSource(12_345), CSV, COUNTED)
    assert report.added == 12_345
    ids = table.order(TableQuery())
    assert '"row":12345' in table.rows([ids[-1]])[0].body
    assert len(set(ids)) == 12_345


async def test_personal_keys_in_rows_are_masked(table: BatchTableStore, tmp_path: Path) -> None:
    key = "phx_" + "a1B2" * 10
    bad = f"event,,never,{key}\n"
    source = TextSource(HEAD + row(1) + row(2).replace("customer-2", key) + bad)
    report = await table.import_rows(source, CSV, MAPPING)
    assert (report.added, report.problems) == (2, 1)
    people = [event.person for event in table.rows(table.order(TableQuery()))]
    assert people == ["customer-1", "phx_…"]
    table.close()
    assert key not in everything_in(tmp_path)


async def test_an_import_is_dropped_and_brought_back(table: BatchTableStore) -> None:
    add_named(table, "old")
    report = await table.import_rows(TextSource(HEAD + row(1) + row(2)), CSV, MAPPING)
    table.remove([report.first_id])
    removal = table.drop_import(report.number)
    assert removal.events == 1
    assert names_in(table) == ["old"]
    table.restore(removal)
    assert names_in(table) == ["old", "event 2"]


async def test_a_source_that_cannot_be_read_leaves_nothing(
    table: BatchTableStore, tmp_path: Path
) -> None:
    for path in (tmp_path / "gone.csv", tmp_path):
        with pytest.raises(SourceError, match=path.name):
            await table.import_rows(FileSource(str(path)), CSV, MAPPING)
    assert names_in(table) == []


async def test_nothing_is_seen_before_the_last_row_is_in_and_a_cancel_leaves_nothing(
    table: BatchTableStore, tmp_path: Path
) -> None:
    add_named(table, "old")
    some = asyncio.Event()

    def progress(told: ImportProgress) -> None:
        if told.added > 5_000:
            some.set()

    task = asyncio.create_task(
        table.import_rows(CountSource(5_000_000), CSV, COUNTED, None, progress)
    )
    await some.wait()
    assert names_in(table) == ["old"]
    add_named(table, "meanwhile")
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 2
    assert names_in(table) == ["old", "meanwhile"]
    with closing(connect(tmp_path / NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM import").fetchone() == (0,)


_VICTIM = """
import asyncio, sys
from pathlib import Path
from composer.services.batch.sources import CountSource
from tests.helpers.batch_table import table_in
from tests.services.batch.table.test_importing import COUNTED, CSV

def told(progress):
    if progress.added > 5_000:
        print("going", flush=True)

async def main():
    table = table_in(Path(sys.argv[1]))
    await table.import_rows(CountSource(5_000_000), CSV, COUNTED, None, told)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_killed_in_the_middle_the_import_was_never_there(tmp_path: Path) -> None:
    table = table_in(tmp_path)
    add_named(table, "old")
    table.close()
    victim = subprocess.Popen(
        [sys.executable, "-c", _VICTIM, str(tmp_path)], stdout=subprocess.PIPE
    )
    with victim:
        assert victim.stdout
        assert victim.stdout.readline() == b"going\n"
        os.kill(victim.pid, signal.SIGKILL)
    end = time.monotonic() + 10
    left = 0
    while left != 1 and time.monotonic() < end:  # its child hears of it in a moment
        table = table_in(tmp_path)
        assert names_in(table) == ["old"]
        table.close()
        time.sleep(0.1)
        with closing(connect(tmp_path / NAME)) as connection:
            (left,) = connection.execute("SELECT count(*) FROM body").fetchone()
    assert left == 1


def test_a_table_that_was_cleared_meanwhile_takes_no_half_of_an_import(
    table: BatchTableStore, tmp_path: Path
) -> None:
    table.totals()

    class Cleared(_Silent):
        def check(self) -> None:
            with closing(connect(tmp_path / NAME)) as connection:
                connection.execute("DELETE FROM event WHERE removal < 0 AND row < 10")

    wish = Wish(source=CountSource(6_000), dialect=CSV, mapping=COUNTED)
    with pytest.raises(StoreError, match="Import it again"):
        import_job(Cleared(), tmp_path / NAME, 1, wish, START)
    assert names_in(table) == []


def test_a_full_disk_is_told_of_and_leaves_nothing(
    table: BatchTableStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_named(table, "old")

    @contextmanager
    def on_a_small_disk(place: Path) -> Generator[sqlite3.Connection]:
        with connected(place) as connection:
            connection.execute("PRAGMA max_page_count = 200")
            yield connection

    monkeypatch.setattr(importing, "connected", on_a_small_disk)
    wish = Wish(source=CountSource(50_000), dialect=CSV, mapping=COUNTED)
    with pytest.raises(StoreError, match="no room on the disk"):
        import_job(_Silent(), tmp_path / NAME, 1, wish, START)
    assert names_in(table) == ["old"]
    table.close()
    assert names_in(table) == ["old"]
    with closing(connect(tmp_path / NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (1,)


def test_the_memory_that_an_import_takes_does_not_grow_with_the_source(
    table: BatchTableStore, tmp_path: Path
) -> None:
    table.totals()
    peaks: list[int] = []
    for number, rows in enumerate((8_000, 24_000), 1):
        path = tmp_path / f"{rows}.csv"
        path.write_text(HEAD + "".join(map(row, range(rows))))
        wish = Wish(source=FileSource(str(path)), dialect=CSV, mapping=MAPPING)
        tracemalloc.start()
        import_job(_Silent(), tmp_path / NAME, number, wish, START)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5
    assert table.totals().events == 32_000


def test_large_events_are_written_before_many_of_them_wait(
    table: BatchTableStore, tmp_path: Path
) -> None:
    table.totals()
    path = tmp_path / "large.csv"
    path.write_text("event,person,time,note\n" + "a,b,,".join(["", *["x" * 800_000 + "\n"] * 80]))
    note = ColumnRule(column="note", target=Target.PROPERTY, name="note", kind=CellKind.TEXT)
    mapping = Mapping(rules=(*MAPPING.rules[:3], note))
    wish = Wish(source=FileSource(str(path)), dialect=CSV, mapping=mapping)
    tracemalloc.start()
    import_job(_Silent(), tmp_path / NAME, 1, wish, START)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert table.totals().events == 80
    assert peak < 60_000_000


class _Silent(Reporter[ImportProgress]):
    """Nobody listens."""

    def __init__(self) -> None:
        pass

    def tell(self, progress: ImportProgress) -> None:
        pass

    def check(self) -> None:
        pass
