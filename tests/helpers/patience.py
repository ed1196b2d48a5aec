"""Waiting for something to happen in another task or process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until ``condition`` gives something true; ``TimeoutError`` if it never does."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 -- others know nothing of our events
            await asyncio.sleep(0.01)
