"""Pastes are read without holding up the loop: large ones elsewhere, and given up when unwanted."""

import asyncio
import gzip
import json
import time
from collections.abc import AsyncIterator

import brotli
import pytest
import zstandard

from composer.core.jsontext import Layout
from composer.core.paste import PasteError
from composer.services.pasting import AT_ONCE, PasteService, read

EVENT = '{"api_key": "phc_x", "event": "order paid", "distinct_id": "customer-42"}'
DEEP = '{"event": "a", "distinct_id": "b", "p": ' + "[" * 120 + "]" * 120 + "}"


@pytest.fixture
async def service() -> AsyncIterator[PasteService]:
    service = PasteService()
    yield service
    service.stop()


async def test_a_small_paste_is_read(service: PasteService) -> None:
    (request,) = (await service.read(EVENT.encode())).requests
    assert request.text == EVENT


async def test_a_large_one_is_read_in_another_process_with_the_same_result(
    service: PasteService,
) -> None:
    events = [json.loads(EVENT), json.loads(DEEP)] * 1_000
    data = json.dumps({"api_key": "phc_x", "batch": events, "sent_at": "x"}).encode()
    assert len(data) > AT_ONCE
    assert await service.read(data) == read(data)


async def test_the_text_of_a_large_event_stays_as_it_is(service: PasteService) -> None:
    text = EVENT.replace('"order', f'"{"x" * AT_ONCE} \\ud83d\\ude00')
    (request,) = (await service.read(text.encode())).requests
    assert request.text == text
    assert request.drafts[0].text(Layout.COMPACT) == text


async def test_what_is_small_only_while_it_is_packed_is_read(service: PasteService) -> None:
    text = EVENT.replace("order", "order" + " " * 2_000_000)
    (request,) = (await service.read(gzip.compress(text.encode()))).requests
    assert request.text == text


async def test_the_loop_goes_on_meanwhile(service: PasteService) -> None:
    data = json.dumps([json.loads(EVENT)] * 20_000).encode()
    pauses: list[float] = []
    reading = asyncio.create_task(service.read(data))
    last = time.perf_counter()
    while not reading.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        pauses.append(now - last)
        last = now
    assert len((await reading).requests[0].drafts) == 20_000
    assert len(pauses) > 20


async def test_a_refusal_comes_back_from_the_other_process(service: PasteService) -> None:
    with pytest.raises(PasteError, match="no JSON"):
        await service.read(b'{"event": ' + b"x" * AT_ONCE)


async def test_to_cancel_ends_the_work_and_the_next_paste_is_read(service: PasteService) -> None:
    data = json.dumps([json.loads(EVENT)] * 20_000).encode()
    reading = asyncio.create_task(service.read(data))
    await asyncio.sleep(0.05)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    large = EVENT.replace("order", "x" * AT_ONCE)
    assert (await service.read(large.encode())).requests[0].text == large


async def test_a_service_that_was_stopped_says_so_in_words() -> None:
    service = PasteService()
    service.stop()
    with pytest.raises(PasteError):
        await service.read(b"[" + b" " * AT_ONCE + b"]")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("br", brotli.compress(EVENT.encode())),
        ("zstd", zstandard.ZstdCompressor().compress(EVENT.encode())),
    ],
)
async def test_packings_that_need_a_library_come_off(
    service: PasteService, encoding: str, packed: bytes
) -> None:
    head = f"POST /i/v1/analytics/events HTTP/1.1\r\nContent-Encoding: {encoding}\r\n\r\n"
    (request,) = (await service.read(head.encode() + packed)).requests
    assert (request.text, request.steps) == (EVENT, (f"It was {encoding}",))
