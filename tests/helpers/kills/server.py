"""Where the victims send to: it knows the body of each request and how it was answered."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import cast

ANSWERS = {
    200: b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 15\r\n\r\n{"status":"Ok"}',
    400: b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 5\r\n\r\nwrong",
}


class Witness(socketserver.ThreadingTCPServer):
    """Answers yes or no or not at all, at once or a moment later."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.random = Random()
        self.received: dict[bytes, int] = {}
        """Bodies that came in whole, with the status they got; 0 for none yet"""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """The client was killed."""


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        length = 0
        while line := self.rfile.readline().rstrip(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = self.rfile.read(length)
        if len(body) < length or not body:
            return
        server = cast("Witness", self.server)
        server.received[body] = 0
        time.sleep(server.random.choice((0, 0, 0.01, 0.05)))
        status = server.random.choice((200, 200, 200, 400, 0))
        server.received[body] = status
        self.wfile.write(ANSWERS.get(status, b""))


@contextmanager
def witnessing() -> Iterator[Witness]:
    """A witness on a free port of this computer, for as long as the block lasts."""
    with Witness() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)
