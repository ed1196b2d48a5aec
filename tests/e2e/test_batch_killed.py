"""The app is killed in the middle of a run: the next start offers to go on, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from composer.core.batch.run import EventState, Run, RunState
from tests.e2e.conftest import Opened
from tests.helpers.batch_runs import a_store, numbers, states
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.batch_window import ended_runs, orders, page_of, the_end
from tests.helpers.kills.hunt import ROOT
from tests.helpers.window import click, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

EVENTS = 3_000


@contextmanager
def killed(profile: Path, address: str, path: Path, after: int) -> Iterator[None]:
    """The app, killed once so many events are confirmed; the block runs when it is dead."""
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.helpers.kills.batch_victim",
            str(profile),
            address,
            str(path),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as victim:
        assert victim.stdout
        said = 0
        while said < after:
            line = victim.stdout.readline()
            assert line, f"It ended by itself, with {said} confirmed"
            said = int(line)
        victim.kill()
        victim.wait()
        yield


def kept(profile: Path) -> tuple[Run, set[str]]:
    """The run as the dead have left it, and the events that they knew to be confirmed."""
    store = a_store(profile)
    (run,) = store.runs()
    end = time.monotonic() + 5
    while run.is_alive and time.monotonic() < end:  # the process that sent follows its window
        time.sleep(0.02)
        (run,) = store.runs()
    found = states(store, run)
    store.close()
    return run, {uuid for uuid, state in found.items() if state is EventState.CONFIRMED}


@pytest.mark.timeout(120)
async def test_a_kill_in_the_middle_of_a_run_costs_no_event(
    opened: Opened, tmp_path: Path, profile: Path
) -> None:
    with batch_server(Plan(slow=1.0, slow_s=0.02)) as server:
        with killed(profile, server.address, orders(tmp_path, EVENTS), EVENTS // 4):
            run, confirmed = kept(profile)
            before = server.seen()
        assert run.is_cut_off
        assert EVENTS // 4 <= len(confirmed) < EVENTS
        assert confirmed <= set(before.answered)
        async with opened() as app:
            bar = page_of(app).run_bar
            await wait_until(lambda: bar.words, "the offer")
            assert bar.words.startswith(f"A run was cut off: {len(confirmed):,} of 3,000 events")
            await wait_until(lambda: app.bench.batch.count == EVENTS, "the table")
            assert server.seen().requests == before.requests
            runs = ended_runs(app)
            click(app.window, "Resume")
            end = await the_end(runs)
            assert (end.id, end.state, end.counts.confirmed) == (run.id, RunState.ENDED, EVENTS)
        after = server.seen()
        assert numbers(after.taken) == list(range(1, EVENTS + 1))
        assert {uuid for uuid in confirmed if after.taken[uuid] > 1} == set()
        assert not after.changed
