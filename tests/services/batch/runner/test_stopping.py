"""Stop means at once, whatever the server does; and nothing outlives it."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.retrying import Backoff
from composer.core.batch.run import EventState, RunState
from composer.services.batch.runs import RunStore
from composer.services.ports.batch_jobs import RunProgress
from tests.helpers.batch_runs import a_store, ready, sending, tally
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.patience import until
from tests.helpers.servers import serving

AT_ONCE_S = 0.2
LARGE = "x" * 9_000


@asynccontextmanager
async def under_way(
    store: RunStore, address: str, options: BatchOptions, filling: str = ""
) -> AsyncIterator[RunProgress]:
    """Begin a run, and stop it once something is in the air; yields how it ended."""
    told: list[RunProgress] = []
    run = ready(store, address, 1000, options, filling)
    going = sending(store, run, on_progress=told.append, backoff=Backoff(first=60.0))
    task = asyncio.create_task(going.ended())
    await until(lambda: told and told[-1].counts.sending)
    await asyncio.sleep(0.2)
    began = time.perf_counter()
    going.stop()
    end = await task
    assert time.perf_counter() - began < AT_ONCE_S
    assert tally(store, run)[EventState.UNCERTAIN] == end.counts.uncertain
    yield end


@contextmanager
def full() -> Iterator[str]:
    """An address where the system takes connections up to the brim, and nobody reads."""
    with socket.create_server(("127.0.0.1", 0), backlog=1) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("plan", [Plan(silent=1.0), Plan(drips=True), Plan(slow=1.0, slow_s=30)])
async def test_a_server_that_does_not_answer(tmp_path: Path, plan: Plan) -> None:
    store = a_store(tmp_path)
    with batch_server(plan) as server:
        async with under_way(store, server.address, BatchOptions(most_events=100)) as end:
            assert end.state is RunState.STOPPED
            assert (end.counts.uncertain, end.counts.waiting) == (400, 600)
    store.close()


async def test_a_server_that_reads_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with full() as address:
        options = BatchOptions(most_events=500, workers=2)
        async with under_way(store, address, options, LARGE) as end:
            assert (end.state, end.counts.sending) == (RunState.STOPPED, 0)
    store.close()


async def test_a_handshake_that_never_ends(tmp_path: Path) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del writer
        await reader.read(-1)

    store = a_store(tmp_path)
    async with serving(silent) as host:
        options = BatchOptions(one_each=True, workers=8)
        async with under_way(store, f"https://{host}", options) as end:
            assert end.counts.uncertain <= 8
    store.close()


async def test_while_all_wait_for_their_next_try(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(server_error=1.0)) as server:
        async with under_way(store, server.address, BatchOptions(one_each=True)) as end:
            assert end.state is RunState.STOPPED
            assert end.counts.uncertain + end.counts.waiting == 1000
            assert end.counts.uncertain <= 16
    store.close()


async def test_before_it_has_begun(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server() as server:
        run = ready(store, server.address, 10)
        going = sending(store, run)
        going.stop()
        going.resume()
        end = await going.ended()
        assert (end.state, end.counts.waiting) == (RunState.STOPPED, 10)
        assert server.seen().requests == 0
    store.close()


async def test_a_second_stop_does_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with batch_server(Plan(silent=1.0)) as server:
        run = ready(store, server.address, 10)
        going = sending(store, run)
        task = asyncio.create_task(going.ended())
        await until(lambda: server.seen().requests)
        for _ in range(3):
            going.stop()
            going.pause()
            await asyncio.sleep(0)
        assert (await task).state is RunState.STOPPED
        going.stop()
        kept = store.run(run.id)
        assert kept is not None
        assert (kept.state, kept.counts.uncertain) == (RunState.STOPPED, 10)
    store.close()
