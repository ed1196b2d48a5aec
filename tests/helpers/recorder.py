"""A server that writes down the very bytes of each request: an independent witness."""

from __future__ import annotations

import queue
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
    b'{"status":"Ok"}'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as it came over the socket; header names and values as spelled."""

    line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Recorder(socketserver.ThreadingTCPServer):
    """Answers each request with ``answer`` and closes the connection."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answer: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: queue.Queue[Received] = queue.Queue()

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def next(self) -> Received:
        """The oldest request not looked at yet."""
        return self.requests.get(timeout=10)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        line = self.rfile.readline().decode("latin-1").rstrip("\r\n")
        headers: list[tuple[str, str]] = []
        while (raw := self.rfile.readline().rstrip(b"\r\n")) != b"":
            name, _, value = raw.decode("latin-1").partition(":")
            headers.append((name, value.strip(" ")))
        length = next((int(v) for n, v in headers if n.lower() == "content-length"), 0)
        body = self.rfile.read(length)
        server = cast("Recorder", self.server)
        server.requests.put(Received(line=line, headers=tuple(headers), body=body))
        self.wfile.write(server.answer)


@contextmanager
def recording(answer: bytes = ANSWER) -> Iterator[Recorder]:
    """A recorder on a free port of this computer, for as long as the block lasts."""
    with Recorder(answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)
