"""Long commands are made without holding up the loop, and given up when unwanted."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from composer.core.copies import CodeManner, Copy, CurlManner, Manner, Wish, make_copy
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.core.wire import build_request
from composer.services import ports
from composer.services.work import Worker
from composer.services.writing import IN_A_THREAD, WritingService
from tests.helpers.stage import EU

EVENT = '{"event": "it\'s", "distinct_id": "p", "properties": {"a": "b \\" c"}}'


@pytest.fixture
async def service() -> AsyncIterator[ports.Writing]:
    service = WritingService()
    yield service
    service.stop()


def wish(size: int, manner: Manner | None = None) -> Wish:
    events = ",\n".join([EVENT] * (size // len(EVENT)))
    body = f'{{"api_key": "{EU.token}", "batch": [{events}]}}'.encode()
    request = build_request(body, EU, "/batch/")
    return Wish(request=request, manner=manner or CurlManner(), key=KeyMode.ENV)


@pytest.mark.parametrize("size", [1000, IN_A_THREAD + 10_000])
@pytest.mark.parametrize(
    "manner", [CurlManner(shell=Shell.POWERSHELL), CodeManner(target="posthog-python")]
)
async def test_what_comes_is_what_the_core_makes(
    service: ports.Writing, size: int, manner: Manner
) -> None:
    assert await service.write(wish(size, manner)) == make_copy(wish(size, manner))


async def test_the_loop_goes_on_meanwhile(service: ports.Writing) -> None:
    making = asyncio.create_task(service.write(wish(3_000_000)))
    pauses: list[float] = []
    last = time.perf_counter()
    while not making.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        pauses.append(now - last)
        last = now
    assert making.result().length > 3_000_000
    assert max(pauses) < sum(pauses) / 3, "the loop stood still for most of the time"


async def test_what_is_cancelled_ends_at_once_and_the_next_is_made(
    service: ports.Writing,
) -> None:
    first = asyncio.create_task(service.write(wish(8_000_000)))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(service.write(wish(IN_A_THREAD + 10_000)))
    await asyncio.sleep(0.1)
    first.cancel()
    assert (await second).length > IN_A_THREAD
    assert first.cancelled()


async def test_what_no_process_can_make_says_what_to_do_instead() -> None:
    service = WritingService(Worker(most_memory=1))
    copy = await service.write(wish(IN_A_THREAD + 10_000))
    service.stop()
    note = "This is too long to be written so. Copy the JSON, and send it from a file."
    assert copy == Copy(text="", length=0, notes=(note,), has_token=False)
