"""Reads the body of a request within its limit, and drains what is longer.

Source: capture-server.md, 1.3: beyond the limit as much again is read, so that the client can read
its refusal; beyond twice the limit the connection is reset. A body that stops coming is given up
(3.1, 408).

Large bodies go to files while they come, only so many at once: the others wait in their senders.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from enum import Enum, auto

from starlette.types import Message, Receive

from composer.services.sandbox.arrivals.body import MOST_IN_MEMORY, Body, BodyWriter, Spool

PATIENCE_S = 30.0
"""Seconds without a byte after which a body is given up."""
MOST_LARGE = 16
"""Large bodies that are read and judged at once."""


class End(Enum):
    """How a body ended."""

    COMPLETE = auto()
    BROKEN_OFF = auto()
    """The sender hung up."""
    STALLED = auto()
    """The sender is still there, but sends nothing."""
    EXCESSIVE = auto()
    """It was over twice the limit."""
    NOT_KEPT = auto()
    """It came, but there is no room for it on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What came of a body. ``body`` is ``None`` if it was longer than the limit, or is lost."""

    body: Body | None
    end: End


class BodyReader:
    """Reads bodies, one or many at once. It lives in one event loop."""

    def __init__(self, spool: Spool, *, patience_s: float = PATIENCE_S) -> None:
        self._spool = spool
        self._patience_s = patience_s
        self._large = asyncio.Semaphore(MOST_LARGE)

    @asynccontextmanager
    async def read(self, receive: Receive, limit: int) -> AsyncGenerator[Incoming]:
        """Read to the end, or to twice ``limit`` bytes; beyond the limit they are only counted.

        A large body keeps its place until the context is left.
        """
        reading = _Reading(receive, limit, BodyWriter(self._spool), self._patience_s)
        try:
            await reading.until(MOST_IN_MEMORY)
            async with self._large if reading.is_large else nullcontext():
                await reading.until(None)
                yield reading.result()
        finally:
            reading.writer.abandon()


class _Reading:
    """One body as far as it has come."""

    def __init__(self, receive: Receive, limit: int, writer: BodyWriter, patience_s: float) -> None:
        self.writer = writer
        self._receive = receive
        self._limit = limit
        self._patience_s = patience_s
        self._length = 0
        self._end: End | None = None
        self._is_lost = False

    @property
    def is_large(self) -> bool:
        return self._length > MOST_IN_MEMORY

    async def until(self, length: int | None) -> None:
        """Go on until more than ``length`` bytes have come, or all."""
        if self._end:
            return
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience_s) as patience:
                while length is None or self._length <= length:
                    self._take(await self._receive())
                    if self._end:
                        break
                    patience.reschedule(loop.time() + self._patience_s)
        except TimeoutError:
            self._end = End.STALLED

    def result(self) -> Incoming:
        """What there is in the end."""
        end = self._end or End.BROKEN_OFF
        if end is End.COMPLETE and self._is_lost:
            return Incoming(body=None, end=End.NOT_KEPT)
        return Incoming(body=None if self._length > self._limit else self.writer.finish(), end=end)

    def _take(self, message: Message) -> None:
        if message["type"] != "http.request":
            self._end = End.BROKEN_OFF
            return
        piece: bytes = message["body"]
        self._length += len(piece)
        if self._length > self._limit:
            self.writer.abandon()
        elif not self._is_lost:
            try:
                self.writer.add(piece)
            except OSError:
                self._is_lost = True
        if self._length > 2 * self._limit:
            self._end = End.EXCESSIVE
        elif not message.get("more_body"):
            self._end = End.COMPLETE
