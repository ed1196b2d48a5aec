"""A server that takes everything at once and counts events afterwards, in a process of its own.

It looks into no body before it is asked, so that it costs all senders the same.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
    b'{"status":"Ok"}'
)
MARK = b'"distinct_id"'
"""Stands once in every event."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came since the last question.

    ``last`` is when the last answer went out, as ``time.monotonic`` tells it to every process of
    the machine.
    """

    requests: int
    events: int
    last: float


class Loopback:
    """The server, from outside."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin
        assert process.stdout
        self._there, self._here = process.stdin, process.stdout
        self.address = f"http://127.0.0.1:{json.loads(self._here.readline())}"

    def taken(self) -> Taken:
        """What came; it is forgotten then."""
        self._there.write(b"?")
        self._there.flush()
        return Taken(*json.loads(self._here.readline()))


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Start it, and end it."""
    serve = "from tests.bench.loopback import serve; serve()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", serve], stdin=pipe, stdout=pipe) as process:
        try:
            yield Loopback(process)
        finally:
            process.kill()


def serve() -> None:
    """The life of the process; it ends with the one that started it."""
    asyncio.run(_Service().run())


class _Service:
    def __init__(self) -> None:
        self.bodies: list[tuple[bool, bytes]] = []
        self.last = 0.0

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Line(self), "127.0.0.1", 0)
        loop.add_reader(sys.stdin.fileno(), self._tell)
        self._say(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    def _tell(self) -> None:
        if not os.read(sys.stdin.fileno(), 1):
            os._exit(0)
        bodies, self.bodies = self.bodies, []
        events = sum(
            (gzip.decompress(body) if is_packed else body).count(MARK) for is_packed, body in bodies
        )
        self._say([len(bodies), events, self.last])

    def _say(self, value: object) -> None:
        print(json.dumps(value), flush=True)


class _Line(asyncio.Protocol):
    """One connection. The body is collected piece by piece and joined once."""

    def __init__(self, service: _Service) -> None:
        self._service = service
        self._pieces: list[bytes] = []
        self._head = b""
        self._missing = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        while data:
            if not self._missing:
                whole = self._head + data
                head, found, data = whole.partition(b"\r\n\r\n")
                if not found:
                    self._head = whole
                    return
                self._head = head.lower()
                self._missing = _length(self._head)
                if b"expect: 100-continue" in self._head:
                    self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            piece, data = data[: self._missing], data[self._missing :]
            self._pieces.append(piece)
            self._missing -= len(piece)
            if not self._missing:
                self._take()

    def _take(self) -> None:
        is_packed = b"content-encoding: gzip" in self._head
        self._service.bodies.append((is_packed, b"".join(self._pieces)))
        self._pieces, self._head = [], b""
        self._service.last = asyncio.get_running_loop().time()
        self._transport.write(ANSWER)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return 0
