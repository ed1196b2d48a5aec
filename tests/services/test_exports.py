"""Exports are whole files or none, in little memory, and stop at once."""

import asyncio
import json
import os
import stat
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.core.exporting import ExportFormat
from composer.core.history import EVERYTHING, HistoryQuery
from composer.core.records import Summary
from composer.core.tokens import KeyMode
from composer.core.wire import build_request
from composer.services.environment import Environment, open_environment
from composer.services.exports import ExportService
from tests.helpers.history_entries import CLOUD, OK, TOKEN


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    with closing(open_environment(tmp_path / "profile")) as opened:
        yield opened


def fill(environment: Environment, count: int, size: int = 100) -> None:
    for number in range(count):
        filling = "x" * size
        body = f'{{"api_key":"{TOKEN}","event":"e{number}","distinct_id":"{filling}"}}'
        request = build_request(body.encode(), CLOUD, CLOUD.path)
        summary = Summary(event=f"e{number}", person="p")
        identifier = environment.history.begin(request, CLOUD, summary)
        environment.history.finish(identifier, OK)


def events_in(path: Path) -> list[str]:
    return [json.loads(line)["event"] for line in path.read_text(encoding="utf-8").splitlines()]


async def test_everything_is_written_newest_first(environment: Environment, tmp_path: Path) -> None:
    fill(environment, 120)
    told: list[int] = []
    target = tmp_path / "sends.jsonl"
    done = await ExportService(environment.history).export(
        EVERYTHING, ExportFormat.JSON_LINES, str(target), on_progress=told.append
    )
    await asyncio.sleep(0)
    assert (done.count, done.bytes, done.unread) == (120, target.stat().st_size, "")
    assert events_in(target) == [f"e{number}" for number in reversed(range(120))]
    assert told == [50, 100, 120]
    assert TOKEN not in target.read_text(encoding="utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_what_is_asked_for_is_written(environment: Environment, tmp_path: Path) -> None:
    fill(environment, 5)
    ids = tuple(row.id for row in environment.history.rows())
    exports, target = ExportService(environment.history), tmp_path / "sends.jsonl"
    await exports.export(ids[1:3], ExportFormat.JSON_LINES, str(target), KeyMode.INLINE)
    assert events_in(target) == ["e3", "e2"]
    assert TOKEN in target.read_text(encoding="utf-8")
    query = HistoryQuery(events=frozenset({"e1"}))
    await exports.export(query, ExportFormat.JSON_LINES, str(target))
    assert events_in(target) == ["e1"]


@pytest.mark.parametrize("kind", list(ExportFormat))
async def test_nothing_found_makes_a_file_all_the_same(
    environment: Environment, tmp_path: Path, kind: ExportFormat
) -> None:
    target = tmp_path / "none"
    done = await ExportService(environment.history).export(EVERYTHING, kind, str(target))
    assert (done.count, done.bytes) == (0, target.stat().st_size)


async def test_cancelling_leaves_nothing_behind_and_keeps_what_was_there(
    environment: Environment, tmp_path: Path
) -> None:
    fill(environment, 400)
    target = tmp_path / "out" / "sends.csv"
    target.parent.mkdir()
    target.write_bytes(b"from yesterday")
    first = asyncio.Event()
    task = asyncio.create_task(
        ExportService(environment.history).export(
            EVERYTHING, ExportFormat.CSV, str(target), on_progress=lambda _: first.set()
        )
    )
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [path.name for path in target.parent.iterdir()] == ["sends.csv"]
    assert target.read_bytes() == b"from yesterday"


async def test_a_folder_that_is_missing_is_told(environment: Environment, tmp_path: Path) -> None:
    fill(environment, 1)
    exports = ExportService(environment.history)
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "missing" / "a.har", tmp_path / "file" / "a.har"):
        with pytest.raises(StoreError, match=r"a\.har could not be written: .*\.$"):
            await exports.export(EVERYTHING, ExportFormat.HAR, str(place))
    with pytest.raises(StoreError, match="could not be written"):
        await exports.export(EVERYTHING, ExportFormat.HAR, str(tmp_path))


async def test_a_history_that_is_closed_is_told_and_no_file_is_left(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path / "profile")) as environment:
        fill(environment, 3)
        history = environment.history
        (tmp_path / "profile" / "history.sqlite3").rename(tmp_path / "away")
        (tmp_path / "profile" / "history.sqlite3").mkdir()
        target = tmp_path / "a.jsonl"
        with pytest.raises(StoreError):
            await ExportService(history).export(EVERYTHING, ExportFormat.JSON_LINES, str(target))
        assert not target.exists()


async def test_memory_does_not_grow_with_the_number_of_sends(
    environment: Environment, tmp_path: Path
) -> None:
    fill(environment, 100, size=100_000)
    exports, target = ExportService(environment.history), tmp_path / "all.har"
    await exports.export((1,), ExportFormat.HAR, str(target))
    tracemalloc.start()
    done = await exports.export(EVERYTHING, ExportFormat.HAR, str(target))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.bytes > 10_000_000
    assert peak < 4_000_000


async def test_a_text_is_written_whole(environment: Environment, tmp_path: Path) -> None:
    exports = ExportService(environment.history)
    await exports.write_text("## Zoë\n", str(tmp_path / "pack.md"))
    assert (tmp_path / "pack.md").read_text(encoding="utf-8") == "## Zoë\n"
    with pytest.raises(StoreError, match="could not be saved"):
        await exports.write_text("x", str(tmp_path))
