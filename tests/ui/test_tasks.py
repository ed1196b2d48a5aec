"""The owner of the window's tasks: reports failures, takes none after the end, leaves none."""

import asyncio
import gc
import logging
import weakref
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QApplication

from composer.ui.tasks import TaskScope
from tests.helpers.window import wait_until


@pytest_asyncio.fixture
async def scope(qapp: QApplication) -> AsyncIterator[TaskScope]:
    del qapp
    scope = TaskScope()
    yield scope
    await scope.aclose()


async def failing() -> None:
    raise ZeroDivisionError("a mistake")


async def endless(ended: list[str], name: str = "endless") -> None:
    try:
        await asyncio.Event().wait()
    finally:
        ended.append(name)


async def test_a_task_runs_under_its_name(scope: TaskScope) -> None:
    async def answer() -> int:
        await asyncio.sleep(0)
        return 42

    task = scope.start(answer(), "answer")
    assert task is not None
    assert task.get_name() == "answer"
    assert await task == 42


async def test_a_failure_is_told_once_and_logged_with_its_place(
    scope: TaskScope, caplog: pytest.LogCaptureFixture
) -> None:
    failures: list[BaseException] = []
    scope.failed.connect(failures.append)
    with caplog.at_level(logging.ERROR):
        task = scope.start(failing(), "sum")
        await wait_until(lambda: failures, "the failure")
        await scope.aclose()
    assert task is not None
    assert failures == [task.exception()]
    (record,) = caplog.records
    assert record.getMessage() == "Task sum failed"
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError


async def test_other_tasks_go_on_after_a_failure(
    scope: TaskScope, caplog: pytest.LogCaptureFixture
) -> None:
    ended: list[str] = []
    with caplog.at_level(logging.ERROR):
        other = scope.start(endless(ended), "other")
        scope.start(failing(), "sum")
        await wait_until(lambda: caplog.records, "the failure")
    assert other is not None
    assert not other.done()


async def test_what_is_cancelled_is_no_failure(scope: TaskScope) -> None:
    failures: list[BaseException] = []
    scope.failed.connect(failures.append)
    task = scope.start(endless([]), "endless")
    assert task is not None
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert failures == []


async def test_closing_cancels_what_runs_and_waits_until_it_has_ended(scope: TaskScope) -> None:
    ended: list[str] = []

    async def slow_to_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.02)
            ended.append("slow")

    scope.start(endless(ended, "quick"), "quick")
    scope.start(slow_to_end(), "slow")
    await asyncio.sleep(0)
    await scope.aclose()
    assert ended == ["quick", "slow"]


async def test_closing_also_ends_what_has_not_begun(scope: TaskScope) -> None:
    ended: list[str] = []
    task = scope.start(endless(ended), "never")
    await scope.aclose()
    assert task is not None
    assert task.cancelled()
    assert ended == []


async def test_nothing_starts_after_the_end(scope: TaskScope) -> None:
    await scope.aclose()
    work = failing()
    assert scope.start(work, "late") is None
    # A coroutine that is dropped unclosed warns, and warnings fail.
    del work
    gc.collect()


async def test_closing_twice_does_nothing_more(scope: TaskScope) -> None:
    await scope.aclose()
    await scope.aclose()


async def test_a_running_task_is_held_and_an_ended_one_let_go(scope: TaskScope) -> None:
    go_on = asyncio.Event()
    done: list[bool] = []

    async def work() -> None:
        await go_on.wait()
        done.append(True)

    task = scope.start(work(), "work")
    assert task is not None
    watched = weakref.ref(task)
    del task
    await asyncio.sleep(0)
    gc.collect()
    assert watched() is not None
    go_on.set()
    await wait_until(lambda: done, "the end")
    await asyncio.sleep(0.02)
    gc.collect()
    assert watched() is None
