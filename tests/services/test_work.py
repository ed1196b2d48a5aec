"""The worker process: it does what it is told, elsewhere, and its loss harms nobody."""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.services.sandbox.arrivals.details import Trial, outline
from composer.services.sandbox.request import Submission
from composer.services.sandbox.v0.capture import judge
from composer.services.work import Worker, WorkerLostError
from tests.services.sandbox.client import NOW, known


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def test_a_task_runs_in_another_process_which_stays_for_the_next(worker: Worker) -> None:
    first, second = worker.run(os.getpid), worker.run(os.getpid)
    assert first == second != os.getpid()


def test_an_error_is_raised_where_the_task_came_from(worker: Worker) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        worker.run(int, "no number")
    with pytest.raises(FileNotFoundError):
        worker.run(os.listdir, "/nowhere/at/all")
    assert worker.run(int, "12") == 12


def test_a_process_that_dies_is_told_of_and_made_again(worker: Worker) -> None:
    first = worker.run(os.getpid)
    with pytest.raises(WorkerLostError):
        worker.run(os._exit, 3)
    assert worker.run(os.getpid) != first


def test_a_process_killed_between_two_tasks_is_made_again(worker: Worker) -> None:
    first = worker.run(os.getpid)
    os.kill(first, signal.SIGTERM)
    time.sleep(0.2)
    assert worker.run(os.getpid) != first


def test_a_process_without_work_ends_and_nobody_notices() -> None:
    worker = Worker(rest_s=0.1)
    first = worker.run(os.getpid)
    time.sleep(0.5)
    assert worker.run(os.getpid) != first
    worker.stop()


def test_a_task_under_way_ends_with_the_worker(worker: Worker) -> None:
    worker.run(int, "1")
    lost = threading.Event()

    def wait_long() -> None:
        with pytest.raises(WorkerLostError):
            worker.run(time.sleep, 60)
        lost.set()

    waiting = [threading.Thread(target=wait_long) for _ in range(3)]
    for thread in waiting:
        thread.start()
    time.sleep(0.1)
    worker.stop()
    for thread in waiting:
        thread.join(5)
    assert lost.is_set()
    with pytest.raises(WorkerLostError):
        worker.run(int, "1")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit can be set on Linux only")
def test_a_task_that_takes_too_much_memory_is_lost_alone() -> None:
    worker = Worker(most_memory=512 * 1024 * 1024)
    assert worker.run(len, bytes(1000)) == 1000
    with pytest.raises(WorkerLostError):
        worker.run(bytes, 600 * 1024 * 1024)
    assert worker.run(int, "1") == 1
    worker.stop()


def test_it_loads_no_window_and_no_server(worker: Worker) -> None:
    code = "[name for name in ('PySide6', 'uvicorn', 'httpx') if name in __import__('sys').modules]"
    assert worker.run(outline, trial()).answer.status == 200
    assert worker.run(eval, code, {}) == []


@pytest.mark.skipif(sys.platform != "linux", reason="it looks where Linux lists open files")
def test_nothing_is_left_open() -> None:
    Worker().run(int, "1")  # a process that looks after all workers stays, with its pipe
    gc.collect()
    before = open_files()
    worker = Worker()
    worker.run(int, "1")
    assert open_files() - before
    worker.stop()
    del worker
    gc.collect()
    assert open_files() <= before


def open_files() -> set[str]:
    return {
        f"{entry.name} {entry.readlink()}"
        for entry in Path("/proc/self/fd").iterdir()
        if entry.is_symlink()
    }


def trial() -> Trial:
    return Trial(
        judge=judge, submission=Submission(path="/e", body=None, now=NOW), source=known().encode()
    )
