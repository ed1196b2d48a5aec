"""Memory does not grow with the number of requests that were sent."""

from __future__ import annotations

import os
from pathlib import Path

from composer.core.batch.options import BatchOptions
from composer.services.ports.batch_jobs import RunProgress
from tests.helpers.batch_runs import a_store, ready, sending
from tests.helpers.batch_server import Plan, batch_server

REQUESTS = 2000
EVENT_BYTES = 5000
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


async def test_it_stays_the_same_over_many_requests(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    sizes: list[tuple[int, int]] = []

    def look(progress: RunProgress) -> None:
        sizes.append((progress.counts.confirmed, resident()))

    with batch_server(Plan(counts_only=True)) as server:
        options = BatchOptions(one_each=True, workers=8)
        run = ready(store, server.address, REQUESTS, options, "x" * EVENT_BYTES)
        end = await sending(store, run, on_progress=look).ended()
    assert end.counts.confirmed == REQUESTS
    settled = [size for confirmed, size in sizes if REQUESTS / 3 < confirmed < REQUESTS]
    assert settled[-1] - settled[0] < REQUESTS / 2 * EVENT_BYTES / 2
    store.close()
