"""uvicorn, tamed: it runs in a thread, says nothing above INFO of bad clients, stops at once.

Imported only when the sandbox starts, for uvicorn takes a while to load. It knows the application
only as something to serve.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from composer.services.sandbox.http.outgoing import BREAK_OFF, RESET
from composer.services.sandbox.http.upkeep import Upkeep


class Engine(uvicorn.Server):
    """A server that drops its connections when it is told to stop, instead of waiting for them."""

    def __init__(
        self,
        app: ASGIApp,
        stopping: asyncio.Event,
        on_started: Callable[[], None],
        *,
        patience_s: float,
        most_connections: int | None = None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_Protocol,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=_KEEP_ALIVE_S,
                h11_max_incomplete_event_size=_LONGEST_HEAD,
            )
        )
        self._upkeep = Upkeep(
            self.server_state.connections, patience_s=patience_s, most=most_connections
        )
        self._stopping = stopping
        self._on_started = on_started
        _LOGGER.addFilter(_is_our_fault)
        self._started = asyncio.Event()

    async def answer_tls(self, listening: socket.socket, context: ssl.SSLContext) -> asyncio.Server:
        """Answer at another port too, with TLS, by the same application and with the same end."""
        await self._started.wait()
        return await asyncio.get_running_loop().create_server(
            lambda: _Protocol(self.config, self.server_state, self.lifespan.state),
            sock=listening,
            ssl=context,
            ssl_handshake_timeout=_HANDSHAKE_S,
            backlog=self.config.backlog,
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.lifespan.state[_UPKEEP] = self._upkeep
        await super().startup(sockets)
        self._started.set()
        self._on_started()

    async def main_loop(self) -> None:
        """Like uvicorn's, which looks ten times a second whether it should stop."""
        seconds = 0
        while not self._stopping.is_set():
            await self.on_tick(10 * seconds)  # a multiple of ten renews the Date header
            seconds += 1
            self._upkeep.sweep(asyncio.get_running_loop().time())
            try:
                await asyncio.wait_for(self._stopping.wait(), timeout=1)
            except TimeoutError:
                continue

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 -- uvicorn's
        """Requests under way see their connection gone, and end by themselves."""
        for server in self.servers:
            server.close()
        for _ in range(_PATIENCE):
            for connection in list(self.server_state.connections):
                if connection.transport:
                    connection.transport.abort()
            if not self.server_state.tasks:
                break
            await asyncio.sleep(_PAUSE_S)


_UPKEEP = "upkeep"  # in the state that every connection is given
_HANDSHAKE_S = 10.0
_KEEP_ALIVE_S = 75  # seconds; SDKs keep their connection between two batches
_LONGEST_HEAD = 256 * 1024  # bytes of request line and headers; a payload may stand in the URL
_PAUSE_S = 0.02
_PATIENCE = 50  # pauses for requests that a thread is still judging


class _Protocol(H11Protocol):
    """Keeps complaints about clients to itself, and lets a request reset its connection."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.logger = _LOGGER

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self.transport = _Gathering(transport, self.loop)
        cast("Upkeep", self.app_state[_UPKEEP]).make_room(self, self.loop.time())
        self.app_state = {**self.app_state, RESET: self._reset, BREAK_OFF: self._break_off}
        # asyncio forgets this for a socket from create_server(), and an answer of several writes
        # would wait 40 ms for an acknowledgement.
        with suppress(OSError):  # on macOS, if the client has gone already
            self._plug().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _reset(self) -> None:
        with suppress(OSError):  # as above
            # To linger for no time turns the end of a connection into a reset.
            self._plug().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_LINGER, 1, 0))
        self.transport.abort()

    def _break_off(self, data: bytes) -> None:
        self.transport.write(data)
        self.transport.close()

    def _plug(self) -> socket.socket:
        return self.transport.get_extra_info("socket")


class _Gathering(asyncio.Transport):
    """Writes head and body of an answer together, which uvicorn hands over one by one.

    Writing is the most expensive single step of a short answer.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if data:
            if not self._pieces:
                self._loop.call_soon(self._flush)
            self._pieces.append(bytes(data))

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._pieces.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def get_write_buffer_size(self) -> int:
        return self._transport.get_write_buffer_size()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def _flush(self) -> None:
        if self._pieces:
            data = b"".join(self._pieces)
            self._pieces.clear()
            self._transport.write(data)


_LINGER = "hh" if sys.platform == "win32" else "ii"


def _is_our_fault(record: logging.LogRecord) -> bool:
    """Let through errors of the application, not warnings about what a client sent."""
    cancelled = record.exc_info and record.exc_info[0] is asyncio.CancelledError
    return record.levelno >= logging.ERROR and not cancelled


_LOGGER = logging.getLogger("composer.services.sandbox.http")
