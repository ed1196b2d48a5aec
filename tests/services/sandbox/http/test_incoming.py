"""Reading bodies: within limits, with patience, and only so many large ones at once."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from composer.services.sandbox.arrivals.body import MOST_IN_MEMORY, Spool
from composer.services.sandbox.http.incoming import MOST_LARGE, BodyReader, End, Incoming

LIMIT = 1_000_000
Receive = Callable[[], Awaitable[dict[str, Any]]]


def sender(*pieces: bytes, ends: bool = True) -> Receive:
    """What ASGI hands over for a body in pieces; without its end it just stops coming."""
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.Event().wait()
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left) or not ends}

    return receive


async def gone() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def read(receive: Receive, reader: BodyReader | None = None) -> Incoming:
    reader = reader or BodyReader(Spool(), patience_s=0.05)
    async with reader.read(receive, LIMIT) as incoming:
        return incoming


def size(incoming: Incoming) -> int | None:
    return None if incoming.body is None else incoming.body.size


async def test_a_body_is_read_to_its_end() -> None:
    whole = await read(sender(b"one ", b"two"))
    assert whole.body is not None
    assert (whole.body.read(), whole.end) == (b"one two", End.COMPLETE)
    assert (await read(sender(b""))).end is End.COMPLETE


async def test_a_body_of_just_the_limit_is_kept_and_one_byte_more_is_not() -> None:
    half = bytes(LIMIT // 2)
    assert size(await read(sender(half, half))) == LIMIT
    beyond = await read(sender(half, half, b"x"))
    assert (beyond.body, beyond.end) == (None, End.COMPLETE)
    assert (await read(sender(bytes(LIMIT + 1)))).body is None


async def test_twice_the_limit_is_too_much_to_drain() -> None:
    assert (await read(sender(*[bytes(LIMIT)] * 2))).end is End.COMPLETE
    assert (await read(sender(*[bytes(LIMIT)] * 2, b"x"))).end is End.EXCESSIVE


async def test_a_sender_that_hangs_up_leaves_what_it_sent() -> None:
    first = sender(b"half", ends=False)
    messages = iter([first, gone])

    async def receive() -> dict[str, Any]:
        return await next(messages)()

    incoming = await read(receive)
    assert (size(incoming), incoming.end) == (4, End.BROKEN_OFF)


@pytest.mark.parametrize("start", [b"", b"half", bytes(MOST_IN_MEMORY + 1)])
async def test_a_body_that_stops_coming_is_given_up(start: bytes) -> None:
    incoming = await read(sender(start, ends=False))
    assert (size(incoming), incoming.end) == (len(start), End.STALLED)


async def test_a_slow_body_is_waited_for_as_long_as_it_moves() -> None:
    pieces = iter([b"x"] * 8)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    incoming = await read(receive, BodyReader(Spool(), patience_s=0.1))
    assert (size(incoming), incoming.end) == (8, End.COMPLETE)


async def test_only_so_many_large_bodies_are_read_at_once_while_small_ones_pass() -> None:
    reader = BodyReader(Spool())
    finish = asyncio.Event()
    busy = 0

    async def hold() -> None:
        nonlocal busy
        async with reader.read(sender(bytes(MOST_IN_MEMORY + 1)), LIMIT):
            busy += 1
            await finish.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(MOST_LARGE + 3):
            group.create_task(hold())
        await asyncio.sleep(0.2)
        assert busy == MOST_LARGE
        assert (await read(sender(b"small"), reader)).end is End.COMPLETE
        finish.set()
    assert busy == MOST_LARGE + 3


async def test_a_body_without_room_on_the_disk_is_told_of(tmp_path: Path) -> None:
    spool = Spool()
    reader = BodyReader(spool)
    large = bytes(MOST_IN_MEMORY + 1)
    assert (await read(sender(large), reader)).end is End.COMPLETE
    assert spool.folder is not None
    spool.folder.rename(tmp_path / "aside")
    spool.folder.write_text("A file where the folder was.")
    lost = await read(sender(large, b"more"), reader)
    assert (lost.body, lost.end) == (None, End.NOT_KEPT)
    spool.folder.unlink()
    assert size(await read(sender(large), reader)) == len(large)


async def test_a_cancelled_reading_leaves_no_file() -> None:
    spool = Spool()
    reader = BodyReader(spool)
    task = asyncio.create_task(read(sender(bytes(MOST_IN_MEMORY + 1), ends=False), reader))
    await asyncio.sleep(0.1)
    assert spool.folder is not None
    assert len(list(spool.folder.glob("*.body"))) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(spool.folder.glob("*.body")) == []
