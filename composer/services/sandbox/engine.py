"""uvicorn, tamed: it runs in a thread, says nothing above INFO of bad clients, stops at once.

Imported only when the sandbox starts, for uvicorn takes a while to load. It knows the application
only as something to serve.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from composer.services.sandbox.asgi import RESET


class Engine(uvicorn.Server):
    """A server that drops its connections when it is told to stop, instead of waiting for them."""

    def __init__(
        self, app: ASGIApp, stopping: asyncio.Event, on_started: Callable[[], None]
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
                h11_max_incomplete_event_size=_LONGEST_HEAD,
            )
        )
        self._stopping = stopping
        self._on_started = on_started
        _LOGGER.addFilter(_is_our_fault)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()

    async def main_loop(self) -> None:
        """Like uvicorn's, which looks ten times a second whether it should stop."""
        seconds = 0
        while not self._stopping.is_set():
            await self.on_tick(10 * seconds)  # a multiple of ten renews the Date header
            seconds += 1
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
        self.app_state = {**self.app_state, RESET: self._reset}
        # asyncio forgets this for a socket from create_server(), and each answer would wait 40 ms
        # for an acknowledgement: uvicorn writes head and body apart.
        with suppress(OSError):  # on macOS, if the client has gone already
            self._plug().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _reset(self) -> None:
        with suppress(OSError):  # as above
            # To linger for no time turns the end of a connection into a reset.
            self._plug().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_LINGER, 1, 0))
        self.transport.abort()

    def _plug(self) -> socket.socket:
        return self.transport.get_extra_info("socket")


_LINGER = "hh" if sys.platform == "win32" else "ii"


def _is_our_fault(record: logging.LogRecord) -> bool:
    """Let through errors of the application, not warnings about what a client sent."""
    cancelled = record.exc_info and record.exc_info[0] is asyncio.CancelledError
    return record.levelno >= logging.ERROR and not cancelled


_LOGGER = logging.getLogger("composer.services.sandbox.http")
