"""A quick capture service in a process of its own, which fails as it is told to.

It keeps, for each event ID, what it saw of it, and makes the same mistakes for the same requests.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import pickle
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

OK = b'{"status":"Ok"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes wrong. Shares are of the tries: 0.1 for one in ten, others with each ``seed``."""

    seed: int = 0
    server_error: float = 0.0
    too_many: float = 0.0
    retry_after: str = "0"
    reset: float = 0.0
    """The connection breaks in the middle of the body."""
    lost: float = 0.0
    """The events are taken, and the connection breaks before the answer."""
    silent: float = 0.0
    """The events are taken, and no answer comes."""
    slow: float = 0.0
    slow_s: float = 0.2
    refuses: frozenset[str] = frozenset()
    """Event IDs of which one is enough for 400."""
    too_large: frozenset[str] = frozenset()
    """Event IDs of which one is enough for 413."""
    always: bytes = b""
    """A whole answer, given to everything."""
    drips: bool = False
    requests_a_connection: int = 0
    """After so many the server closes, without a word before; 0: it never does."""
    counts_only: bool = False
    """Look at no body: for measuring."""
    keeps: bool = False
    """Keep every body, not only the first few."""


@dataclass(slots=True)
class Seen:
    """What the server has seen.

    ``contents`` is a hash of each event, by its ID; those that came with another one later are
    ``changed``.
    """

    requests: int = 0
    connections: int = 0
    statuses: Counter[int] = field(default_factory=Counter[int])
    contents: dict[str, int] = field(default_factory=dict[str, int])
    changed: set[str] = field(default_factory=set[str])
    taken: Counter[str] = field(default_factory=Counter[str])
    """How often each event was taken in."""
    answered: Counter[str] = field(default_factory=Counter[str])
    """How often that was said: a 200 went out."""
    heads: list[str] = field(default_factory=list[str])
    """The first few request heads."""
    bodies: list[bytes] = field(default_factory=list[bytes])
    """The first few bodies as they came, or all of them."""
    moments: list[float] = field(default_factory=list[float])
    """When each request was complete, by the server's own clock, in seconds."""

    def look_at(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            uuid, content = str(event.get("uuid")), hash(repr(event))
            if self.contents.setdefault(uuid, content) != content:
                self.changed.add(uuid)


class BatchServer:
    """The server, from outside."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin
        assert process.stdout
        self._there, self._here = process.stdin, process.stdout
        self.address = f"http://127.0.0.1:{self._told()}"

    def seen(self) -> Seen:
        self._there.write(b"?")
        self._there.flush()
        return self._told()

    def _told(self) -> Any:
        return pickle.load(self._here)  # noqa: S301 -- our own process says it


@contextmanager
def batch_server(plan: Plan | None = None) -> Iterator[BatchServer]:
    """Start it, and end it."""
    serve = "from tests.helpers.batch_server import serve; serve()"
    process = subprocess.Popen(
        [sys.executable, "-c", serve], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdin
        pickle.dump(plan or Plan(), process.stdin)
        process.stdin.flush()
        try:
            yield BatchServer(process)
        finally:
            process.kill()


def serve() -> None:
    """The life of the process; it ends with the one that started it."""
    plan = pickle.load(sys.stdin.buffer)  # noqa: S301 -- the test says it
    asyncio.run(_Service(plan).run())


class _Service:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seen = Seen()
        self._times = Counter[str]()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Line(self), "127.0.0.1", 0)
        loop.add_reader(sys.stdin.fileno(), self._tell)
        self._say(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    def _tell(self) -> None:
        if not os.read(sys.stdin.fileno(), 1):
            os._exit(0)
        self._say(self.seen)

    def _say(self, value: object) -> None:
        pickle.dump(value, sys.stdout.buffer)
        sys.stdout.buffer.flush()

    def mishap(self, events: list[dict[str, Any]]) -> str:
        """What is to go wrong with this try of a request; the same in every run of a test."""
        if not events:
            return ""
        key = str(events[0].get("uuid"))
        self._times[key] += 1
        chance = random.Random(f"{self.plan.seed} {key} {self._times[key]} {len(events)}").random()
        for name in ("server_error", "too_many", "reset", "lost", "silent", "slow"):
            chance -= getattr(self.plan, name)
            if chance < 0:
                return name
        return ""


class _Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, service: _Service) -> None:
        self._service = service
        self._buffer = bytearray()
        self._head = b""
        self._length = 0
        self._served = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._service.seen.connections += 1

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while not self._transport.is_closing():
            if not self._head:
                end = self._buffer.find(b"\r\n\r\n")
                if end < 0:
                    return
                self._head = bytes(self._buffer[:end])
                del self._buffer[: end + 4]
                self._length = _length(self._head)
            if len(self._buffer) < self._length:
                return
            body = bytes(self._buffer[: self._length])
            del self._buffer[: self._length]
            head, self._head = self._head, b""
            self._take(head, body)

    def _take(self, head: bytes, body: bytes) -> None:
        seen, plan = self._service.seen, self._service.plan
        seen.requests += 1
        self._served += 1
        seen.moments.append(asyncio.get_running_loop().time())
        if len(seen.heads) < 10:
            seen.heads.append(head.decode())
        if plan.keeps or len(seen.bodies) < 10:
            seen.bodies.append(body)
        if plan.always:
            self._transport.write(plan.always)
            return
        if plan.drips:
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            self._drip()
            return
        if plan.counts_only:
            self._answer(200, [])
            return
        self._judge(_events(head, body))

    def _judge(self, events: list[dict[str, Any]]) -> None:
        plan, seen = self._service.plan, self._service.seen
        mishap = self._service.mishap(events)
        if mishap == "reset":  # what it has read by then it forgets
            self._transport.abort()
            return
        uuids = {str(event.get("uuid")) for event in events}
        seen.look_at(events)
        if uuids & plan.too_large:
            self._answer(413, [])
        elif uuids & plan.refuses:
            self._answer(400, [])
        elif mishap == "server_error":
            self._answer(500, [])
        elif mishap == "too_many":
            self._answer(429, [])
        else:
            seen.taken.update(uuids)
            if mishap == "lost":
                self._transport.abort()
            elif mishap == "slow":
                loop = asyncio.get_running_loop()
                loop.call_later(plan.slow_s, self._answer, 200, uuids)
            elif mishap != "silent":
                self._answer(200, uuids)

    def _answer(self, status: int, uuids: set[str] | list[str]) -> None:
        plan, seen = self._service.plan, self._service.seen
        seen.statuses[status] += 1
        seen.answered.update(uuids)
        body = OK if status == 200 else b"no"
        after = f"Retry-After: {plan.retry_after}\r\n" if status == 429 else ""
        head = f"HTTP/1.1 {status} X\r\n{after}Content-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
        if plan.requests_a_connection and self._served >= plan.requests_a_connection:
            self._transport.close()

    def _drip(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(b" ")
            asyncio.get_running_loop().call_later(0.05, self._drip)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _events(head: bytes, body: bytes) -> list[dict[str, Any]]:
    if b"content-encoding: gzip" in head.lower():
        body = gzip.decompress(body)
    whole = json.loads(body)
    if "batch" in whole:
        return whole["batch"]
    whole.pop("api_key")
    return [whole]
