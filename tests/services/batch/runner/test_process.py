"""A run in a process of its own: told, held, stopped, killed; and history, written from there."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import EventState, Run, RunState
from composer.core.outcome import Accepted, Interrupted, Outcome
from composer.services.batch.runner.process import RunProcesses
from composer.services.batch.runs import RunStore
from composer.services.environment import Environment, open_environment
from composer.services.jobs import JobLostError
from composer.services.ports.batch_jobs import RunProgress
from tests.helpers.batch_runs import PATIENT, QUICK, numbers, ready, states, tally
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.patience import until

SILENT = Plan(silent=1.0)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    environment = open_environment(tmp_path)
    yield environment
    environment.close()


@pytest.fixture
def store(environment: Environment) -> Iterator[RunStore]:
    store = RunStore(environment.profile.runs, environment.clock)
    yield store
    store.close()


@pytest.fixture
def control(environment: Environment, store: RunStore) -> RunProcesses:
    return RunProcesses(
        environment.profile, store, lambda: PATIENT, lambda place: place.route, backoff=QUICK
    )


def outcomes(environment: Environment) -> list[Outcome | None]:
    return [row.outcome for row in environment.history.rows()]


async def test_it_is_sent_and_stands_in_history(
    environment: Environment, store: RunStore, control: RunProcesses
) -> None:
    told: list[RunProgress] = []
    with batch_server() as server:
        run = ready(store, server.address, 30, BatchOptions(most_events=10))
        end = await control.go(run, told.append).ended()
        assert numbers(server.seen().answered) == list(range(1, 31))
    assert (end.state, end.counts.confirmed) == (RunState.ENDED, 30)
    assert told[-1].counts.total == 30
    assert [type(outcome) for outcome in outcomes(environment)] == [Accepted] * 3
    entry = environment.history.entry(environment.history.rows()[0].id)
    assert entry is not None
    assert entry.request == store.request_of(run.id, store.requests(run.id)[2].id)


async def test_a_pause_and_a_resume_reach_it(store: RunStore, control: RunProcesses) -> None:
    told: list[RunProgress] = []
    with batch_server(Plan(slow=1.0, slow_s=0.02)) as server:
        run = ready(store, server.address, 100, BatchOptions(one_each=True, workers=2))
        going = control.go(run, told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: told and told[-1].counts.confirmed)
        going.pause()
        await until(lambda: told[-1].state is RunState.PAUSED)
        assert told[-1].counts.waiting
        going.resume()
        end = await task
    assert (end.state, end.counts.confirmed) == (RunState.ENDED, 100)


async def test_stop_ends_it_at_once(
    environment: Environment, store: RunStore, control: RunProcesses
) -> None:
    told: list[RunProgress] = []
    with batch_server(SILENT) as server:
        run = ready(store, server.address, 10)
        going = control.go(run, told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: server.seen().requests)
        began = time.perf_counter()
        going.stop()
        end = await task
        assert time.perf_counter() - began < 0.3  # 0.02 s on an idle machine
    assert (end.state, end.counts.uncertain) == (RunState.STOPPED, 10)
    kept = store.run(run.id)
    assert kept is not None
    assert (kept.state, kept.is_alive) == (RunState.STOPPED, False)
    environment.history.mark_cut_off()
    assert outcomes(environment)[0] is not None


async def test_a_process_that_does_not_stop_is_killed(
    environment: Environment, store: RunStore, control: RunProcesses
) -> None:
    told: list[RunProgress] = []
    with batch_server(SILENT) as server:
        run = ready(store, server.address, 10)
        going = control.go(run, told.append)
        task = asyncio.create_task(going.ended())
        await until(lambda: server.seen().requests)
        os.kill(child(), signal.SIGSTOP)
        began = time.perf_counter()
        going.stop()
        end = await task
        assert time.perf_counter() - began < 0.6
    assert (end.state, end.counts.uncertain) == (RunState.STOPPED, 10)
    kept = store.run(run.id)
    assert kept is not None
    assert (kept.state, kept.counts.sending) == (RunState.STOPPED, 0)
    environment.history.mark_cut_off()
    assert outcomes(environment) == [Interrupted()]


async def test_stop_while_it_begins_ends_it_and_sends_nothing(
    store: RunStore, control: RunProcesses
) -> None:
    with batch_server() as server:
        for moment in (None, 0.0, 0.05):
            run = ready(store, server.address, 10)
            going = control.go(run, lambda _: None)
            if moment is None:
                going.stop()
            task = asyncio.create_task(going.ended())
            await asyncio.sleep(moment or 0.0)
            going.stop()
            end = await task
            assert (end.state, end.counts.waiting) == (RunState.STOPPED, 10)
            kept = store.run(run.id)
            assert kept is not None
            assert (kept.state, kept.counts, kept.is_alive) == (end.state, end.counts, False)
        assert server.seen().requests == 0


async def test_a_process_that_dies_leaves_a_run_that_can_go_on(
    store: RunStore, control: RunProcesses
) -> None:
    told: list[RunProgress] = []
    with batch_server(SILENT) as server:
        run = ready(store, server.address, 10)
        task = asyncio.create_task(control.go(run, told.append).ended())
        await until(lambda: server.seen().requests)
        os.kill(child(), signal.SIGKILL)
        with pytest.raises(JobLostError):
            await task
    kept = store.run(run.id)
    assert kept is not None
    assert kept.is_cut_off
    assert kept.can_go_on
    assert tally(store, run) == {EventState.UNCERTAIN: 10}


async def test_whoever_no_longer_waits_for_it_stops_it(
    store: RunStore, control: RunProcesses
) -> None:
    with batch_server(SILENT) as server:
        run = ready(store, server.address, 10)
        task = asyncio.create_task(control.go(run, lambda _: None).ended())
        await until(lambda: server.seen().requests)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    kept = store.run(run.id)
    assert kept is not None
    assert (kept.state, kept.is_alive) == (RunState.STOPPED, False)


def test_nothing_of_the_window_is_loaded_there() -> None:
    find = (
        "import sys, composer.services.batch.runner.process, composer.services.sending.line; "
        "print([name for name in sys.modules if name.startswith("
        "('PySide6', 'starlette', 'uvicorn', 'httpx.', 'composer.ui', 'composer.core.events'))])"
    )
    done = subprocess.run([sys.executable, "-c", find], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


EVENTS = 20_000


def test_a_run_survives_a_kill_of_everything(tmp_path: Path) -> None:
    environment = open_environment(tmp_path)
    store = RunStore(environment.profile.runs, environment.clock)
    with batch_server(Plan(slow=0.5, slow_s=0.05)) as server:
        run = ready(store, server.address, EVENTS, BatchOptions(most_events=100))
        environment.close()
        victim = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.kills.run_victim", str(tmp_path), str(run.id)],
            stdout=subprocess.PIPE,
        )
        with victim:
            assert victim.stdout
            victim.stdout.readline()  # it is well under way
            victim.kill()
        confirmed = cut_off(store, run)
        before = server.seen()
        assert before.statuses[200] < EVENTS / 100
        control = RunProcesses(
            environment.profile, store, lambda: PATIENT, lambda place: place.route, backoff=QUICK
        )
        end = asyncio.run(control.go(run, lambda _: None).ended())
        after = server.seen()
    assert (end.state, end.counts.confirmed) == (RunState.ENDED, EVENTS)
    assert len(after.taken) == EVENTS
    assert not after.changed
    assert all(after.taken[uuid] == before.taken[uuid] == 1 for uuid in confirmed)
    store.close()


def cut_off(store: RunStore, run: Run) -> set[str]:
    """What is confirmed of a run once its processes are gone."""
    deadline = time.monotonic() + 5
    while (kept := store.run(run.id)) and kept.is_alive:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert kept is not None
    assert kept.is_cut_off
    assert kept.counts.confirmed > 0
    assert kept.counts.left > 0
    found = states(store, run)
    assert len(found) == EVENTS
    assert EventState.SENDING not in found.values()
    return {uuid for uuid, state in found.items() if state is EventState.CONFIRMED}


def child() -> int:
    """The process that sends, as the system lists it."""
    for process in Path("/proc").iterdir():
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            command = (process / "cmdline").read_bytes()
        except OSError:  # no process, or it is gone by now
            continue
        if parent == str(os.getpid()) and b"spawn_main" in command:
            return int(process.name)
    raise AssertionError("There is no such process.")
