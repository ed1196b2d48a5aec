"""Servers that misbehave in one exact way each, on a free port of this computer."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(behaviour: Behaviour, trust: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """``host:port`` of a server that does ``behaviour`` for each connection, then closes it."""
    tasks: set[asyncio.Task[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            await behaviour(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client has gone, or the test is over
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=trust)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)


async def request_in(reader: asyncio.StreamReader) -> bytes:
    """The head of the next request, its body read and thrown away."""
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.partition(b":")[2]))
    return head


def saying(answer: bytes) -> Behaviour:
    """Read the request, answer with these bytes, close."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_in(reader)
        writer.write(answer)
        await writer.drain()

    return behave
