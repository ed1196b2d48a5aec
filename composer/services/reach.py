"""A sandbox to send to from the command line: the one that runs already, or one for the moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from composer.core.outcome import Accepted
from composer.core.wire import USER_AGENT, WireRequest
from composer.services.ports import Clock
from composer.services.sandbox.server import Sandbox
from composer.services.sender import Sender, Timeouts

_GREETING = b"capture"
"""What the capture service, and so the sandbox, says at ``/`` (capture-server.md, 1.1)."""

_PATIENCE = Timeouts(connect=1.0, answer=1.0)


@asynccontextmanager
async def reach_sandbox(sender: Sender, port: int, clock: Clock) -> AsyncGenerator[str]:
    """The address of the sandbox at ``port``, where the window starts it; else of a new one.

    The new one takes a free port, so that a window can have its own, and ends with the block.
    """
    running = f"http://127.0.0.1:{port}"
    if await _is_sandbox(sender, running):
        yield running
        return
    sandbox = Sandbox(clock=clock.now)
    sandbox.start()
    try:
        yield sandbox.url
    finally:
        await asyncio.to_thread(sandbox.stop)


async def _is_sandbox(sender: Sender, address: str) -> bool:
    host = address.removeprefix("http://")
    headers = (("Host", host), ("User-Agent", USER_AGENT), ("Accept", "*/*"))
    request = WireRequest(method="GET", url=f"{address}/", headers=headers, body=b"")
    match await sender.send(request, _PATIENCE):
        case Accepted(response=response):
            return response.body == _GREETING
        case _:
            return False
