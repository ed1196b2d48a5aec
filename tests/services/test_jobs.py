"""Jobs: a function in a process of its own that tells, listens, and ends when it should."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.services.jobs import Job, JobLostError, Reporter, run_job
from tests.helpers.patience import until


def add(reporter: Reporter[int], one: int, other: int) -> tuple[int, int]:
    del reporter
    return one + other, os.getpid()


def count_up(reporter: Reporter[int], most: int) -> int:
    for number in range(most + 1):
        reporter.tell(number)
    return most


def fail(reporter: Reporter[int], error: Exception) -> None:
    del reporter
    raise error


def die(reporter: Reporter[int]) -> None:
    del reporter
    os._exit(3)


def go_on(reporter: Reporter[str], folder: str) -> None:
    """Until it is told to stop; then put something away."""
    reporter.tell("begun")
    try:
        while True:
            reporter.check()
            time.sleep(0.005)
    finally:
        Path(folder, "put away").touch()


def be_deaf(reporter: Reporter[int]) -> None:
    reporter.tell(os.getpid())
    while True:
        time.sleep(1)


def echo(reporter: Reporter[str]) -> list[str]:
    heard: list[str] = []
    reporter.listen(lambda command: heard.append(str(command)))
    while "end" not in heard:
        reporter.tell(" ".join(heard))
        time.sleep(0.005)
    return heard


class OddError(Exception):
    def __init__(self, one: int, other: int) -> None:
        super().__init__(one + other)


def fail_oddly(reporter: Reporter[int]) -> None:
    del reporter
    raise OddError(1, 2)


def is_gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


async def test_the_work_is_done_elsewhere() -> None:
    total, process = await run_job(add, 2, 3)
    assert total == 5
    assert process != os.getpid()
    assert is_gone(process)


async def test_progress_comes_now_and_then_and_the_last_always() -> None:
    told: list[int] = []
    assert await run_job(count_up, 200_000, on_progress=told.append) == 200_000
    assert told[-1] == 200_000
    assert len(told) < 30
    assert told == sorted(told)


async def test_errors_come_back_as_themselves() -> None:
    with pytest.raises(StoreError, match="no room") as caught:
        await run_job(fail, StoreError("no room"))
    assert "test_jobs.py" in caught.value.__notes__[0]
    with pytest.raises(KeyError):
        await run_job(fail, KeyError("x"))


async def test_an_error_that_cannot_travel_is_told_by_another() -> None:
    with pytest.raises(RuntimeError, match="OddError"):
        await run_job(fail_oddly)


async def test_a_process_that_cannot_be_begun_is_told_of() -> None:
    await run_job(add, 1, 1)  # so that all that it takes is loaded
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, usual[1]))
    try:
        with pytest.raises(JobLostError, match="could not be begun: "):
            await run_job(add, 1, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)


async def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(JobLostError, match="Try it again"):
        await run_job(die)


async def test_cancelled_it_stops_and_puts_its_things_away(tmp_path: Path) -> None:
    told: list[str] = []
    task = asyncio.create_task(run_job(go_on, str(tmp_path), on_progress=told.append))
    await until(lambda: told)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (tmp_path / "put away").exists()


async def test_what_does_not_stop_is_killed() -> None:
    told: list[int] = []
    task = asyncio.create_task(run_job(be_deaf, on_progress=told.append))
    await until(lambda: told)
    began = time.perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.perf_counter() - began < 0.5
    assert is_gone(told[0])


async def test_cancelled_before_it_has_begun_it_ends(tmp_path: Path) -> None:
    task = asyncio.create_task(run_job(go_on, str(tmp_path)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_job_that_is_stopped_says_that_it_was_not_done(tmp_path: Path) -> None:
    told: list[str] = []
    job = Job(go_on, str(tmp_path), on_progress=told.append)
    task = asyncio.create_task(job.result())
    await until(lambda: told)
    job.stop()
    with pytest.raises(JobLostError):
        await task
    job.stop()
    job.send("too late")


async def test_a_job_that_was_stopped_before_is_not_begun() -> None:
    told: list[int] = []
    job = Job(be_deaf, on_progress=told.append)
    job.stop()
    with pytest.raises(JobLostError):
        async with asyncio.timeout(2):
            await job.result()
    assert not told


async def test_commands_arrive_in_their_order() -> None:
    told: list[str] = []
    job = Job(echo, on_progress=told.append)
    job.send("early")
    task = asyncio.create_task(job.result())
    await until(lambda: told and told[-1] == "early")
    job.send("late")
    job.send("end")
    assert await task == ["early", "late", "end"]


def test_it_ends_with_the_process_that_began_it() -> None:
    begin = (
        "import asyncio\n"
        "from composer.services.jobs import run_job\n"
        "from tests.services.test_jobs import be_deaf\n"
        "asyncio.run(run_job(be_deaf, on_progress=lambda told: print(told, flush=True)))\n"
    )
    with subprocess.Popen([sys.executable, "-c", begin], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while not is_gone(process):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
