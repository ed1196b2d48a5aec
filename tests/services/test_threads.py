"""Work in a thread that tells how far it is and stops when nobody waits for it any more."""

import asyncio
import threading

import pytest

from composer.services.threads import Steps, WorkStoppedError, run_in_steps


async def test_what_the_work_returns_is_returned() -> None:
    told: list[int] = []

    def work(steps: Steps[int]) -> str:
        for number in range(3):
            steps.done(number)
        return threading.current_thread().name

    name = await run_in_steps(work, told.append)
    await asyncio.sleep(0)
    assert name != threading.current_thread().name
    assert told == [0, 1, 2]


async def test_a_fault_of_the_work_is_raised() -> None:
    def work(_: Steps[int]) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await run_in_steps(work)


async def test_a_cancelled_task_waits_until_the_work_has_put_its_things_away() -> None:
    begun, put_away = threading.Event(), list[bool]()

    def work(steps: Steps[int]) -> None:
        begun.set()
        try:
            while True:
                steps.done(0)
        except WorkStoppedError:
            put_away.append(True)
            raise

    task = asyncio.create_task(run_in_steps(work))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()  # an impatient person changes nothing
    with pytest.raises(asyncio.CancelledError):
        await task
    assert put_away == [True]
