"""The sandbox's second port, with TLS: opened and closed while the sandbox runs.

What is asked for in any thread (``open``, ``close``) is carried out in the server's loop
(``follow``), where making a certificate holds nobody up. What is served there is not known here.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from threading import Event, Lock
from typing import Protocol

from composer.core.errors import StoreError
from composer.services.files import reason_of
from composer.services.sandbox.certificate import Certificate
from composer.services.sandbox.loopback import ADDRESS, listen_on, port_of


class Serving(Protocol):
    """A port that is being answered, such as an ``asyncio.Server``."""

    def close(self) -> None:
        """Take no more connections; those that stand go on."""
        ...


Serve = Callable[[socket.socket, ssl.SSLContext], Awaitable[Serving]]


class TlsPort:
    """The port, open or not. Its properties may be read in any thread.

    ``certificate`` is ``None`` for a sandbox without a folder; trying to open tells so as trouble.
    ``on_trouble`` is called in the server's thread when the port had to be closed again.
    """

    def __init__(self, certificate: Certificate | None, on_trouble: Callable[[], None]) -> None:
        self._certificate = certificate
        self._on_trouble = on_trouble
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._port = 0
        self._left: list[socket.socket] = []
        """Sockets to be closed by the loop, which may be waiting for connections on them."""
        self._wake: Callable[[], object] | None = None
        self._settled = Event()
        self._trouble = ""

    @property
    def url(self) -> str:
        """``https://127.0.0.1:PORT`` while open, else empty."""
        return f"https://{ADDRESS}:{self._port}" if self._socket else ""

    @property
    def trouble(self) -> str:
        """Why the port is not open although that was asked for, as whole sentences."""
        return self._trouble

    @property
    def ca_file(self) -> str:
        """What a client has to trust; empty where there can be no such file."""
        return str(self._certificate.ca_file) if self._certificate else ""

    def open(self, near: int) -> None:
        """Open the port it had before, else ``near``, else any; early clients wait in line."""
        with self._lock:
            if self._socket is not None:
                return
            self._settled.clear()
            try:
                self._trouble = "" if self._certificate else _NO_FOLDER
                self._socket = listen_on(self._port or near) if self._certificate else None
            except OSError as error:
                self._trouble = f"No port can be opened for HTTPS: {reason_of(error)}"
            if self._socket is None:
                self._settled.set()
                return
            self._port = port_of(self._socket)
            self._carry_out()

    def close(self, trouble: str = "") -> None:
        """Close the port, for that reason if there is one; harmless where it is closed."""
        with self._lock:
            self._trouble = trouble
            if self._socket is not None:
                self._left.append(self._socket)
                self._socket = None
            self._carry_out()

    def await_settled(self, timeout_s: float) -> bool:
        """Wait until the port is answered, or cannot be; whether it is."""
        return self._settled.wait(timeout_s) and self._socket is not None

    async def follow(self, serve: Serve) -> None:
        """Have the port answered by ``serve`` whenever it is open, until cancelled."""
        changed = asyncio.Event()
        loop = asyncio.get_running_loop()
        with self._lock:
            self._wake = lambda: loop.call_soon_threadsafe(changed.set)
        answered: socket.socket | None = None
        serving: Serving | None = None
        try:
            while True:
                changed.clear()
                wanted, left = self._state()
                if wanted is not answered and serving is not None:
                    serving.close()
                    serving = None
                _close(left)  # not before: the loop may have been waiting for clients there
                if wanted is not answered and wanted is not None:
                    serving = await self._answer(wanted, serve)
                answered = wanted
                await changed.wait()
        finally:
            if serving is not None:
                serving.close()
            with self._lock:
                self._wake = None
                self._carry_out()

    async def _answer(self, opened: socket.socket, serve: Serve) -> Serving | None:
        if self._certificate is None:
            return None
        try:
            context = await asyncio.to_thread(self._certificate.context)
        except StoreError as error:
            self.close(str(error))
            self._settled.set()
            self._on_trouble()
            return None
        serving = await serve(opened, context)
        self._settled.set()
        return serving

    def _state(self) -> tuple[socket.socket | None, list[socket.socket]]:
        with self._lock:
            left, self._left = self._left, []
            return self._socket, left

    def _carry_out(self) -> None:
        """Have the loop do what was asked for; without a loop there is only closing to do."""
        if self._wake is not None:
            self._wake()
        else:
            _close(self._left)
            self._left = []


_NO_FOLDER = "This sandbox keeps no files, so it has no certificate for HTTPS."


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()
