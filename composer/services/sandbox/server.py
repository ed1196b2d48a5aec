"""The sandbox as a service: listens on the loopback address, runs in a thread of its own.

``bind`` opens the port at once and costs next to nothing; ``start`` loads the web server in the
thread, while early connections wait in the backlog. Loopback only, by construction.

It knows neither the window nor the profile; the clock is handed in.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Event, Lock, Thread

from composer.services.sandbox.behaviour import Behaviour
from composer.services.sandbox.store import ArrivalStore
from composer.services.sandbox.stored import Arrival

Listener = Callable[[Arrival], None]


class Sandbox:
    """A PostHog on ``http://127.0.0.1``. Its methods may be called from any thread.

    ``port`` is tried first and 0 means any; ``clock`` tells the time, with its zone;
    ``on_arrival`` is called in the server's thread, before the sender has its answer.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        clock: Callable[[], datetime],
        on_arrival: Listener | None = None,
    ) -> None:
        self._port: int = port
        self._clock = clock
        self._listener = on_arrival
        self._store = ArrivalStore()
        self._behaviour = Behaviour()
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._run: _Run | None = None
        self._next_number = 1
        self._url = ""

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT`` once bound, before that empty."""
        return self._url

    def bind(self) -> str:
        """Open the port, or a free one if it is taken, and return the URL. Raises ``OSError``."""
        with self._lock:
            if self._socket is None:
                self._socket = _listening_socket(self._port)
                self._port = int(self._socket.getsockname()[1])
                self._url = f"http://{_LOOPBACK}:{self._port}"
            return self._url

    def start(self) -> None:
        """Serve from a thread; returns at once. Does nothing if it serves already."""
        self.bind()
        with self._lock:
            if self._run is not None or self._socket is None:
                return
            self._run = run = _Run()
            run.thread = Thread(
                target=self._serve, args=(self._socket, run), name="sandbox", daemon=True
            )
            run.thread.start()

    def await_ready(self, timeout_s: float = 10.0) -> bool:
        """Wait until requests are answered; false if that took longer than ``timeout_s``."""
        run = self._run
        return run is not None and run.ready.wait(timeout_s)

    def stop(self) -> None:
        """Drop all connections and close the port, within two seconds. It can be started again."""
        with self._lock:
            run, self._run = self._run, None
            opened, self._socket = self._socket, None
        if run is not None and run.thread is not None:
            run.halt()
            run.thread.join(_PATIENCE_S)
        if opened is not None:
            opened.close()

    def arrivals(self) -> tuple[Arrival, ...]:
        """The newest requests, oldest first."""
        return self._store.all()

    def clear(self) -> None:
        """Forget what arrived; numbers go on."""
        self._store.clear()

    def listen(self, on_arrival: Listener | None) -> None:
        """Replace the listener; ``None`` for no one."""
        self._listener = on_arrival

    def behave(self, behaviour: Behaviour) -> None:
        """Set the switches; the next request sees them."""
        self._behaviour = behaviour

    def _serve(self, listening: socket.socket, run: _Run) -> None:
        asyncio.run(self._serve_in_loop(listening, run))

    async def _serve_in_loop(self, listening: socket.socket, run: _Run) -> None:
        # Loading these takes longer than opening the window should wait for.
        from composer.services.sandbox.asgi import CaptureApp, Host  # noqa: PLC0415
        from composer.services.sandbox.engine import Engine  # noqa: PLC0415

        stopping = asyncio.Event()
        run.enter(asyncio.get_running_loop(), stopping)
        if stopping.is_set():
            return
        host = Host(
            clock=self._clock,
            behaviour=lambda: self._behaviour,
            record=self._record,
            stopping=stopping,
        )
        app = CaptureApp(host, first_number=self._next_number)
        await Engine(app, stopping, run.ready.set).serve(sockets=[listening])

    def _record(self, arrival: Arrival, characters: int) -> None:
        self._next_number = arrival.number + 1
        self._store.add(arrival, characters)
        listener = self._listener
        if listener is None:
            return
        try:
            listener(arrival)
        except Exception:  # a listener's fault must not become the sender's answer
            _LOGGER.exception("A listener of the sandbox failed")


class _Run:
    """From one start to its stop: what the two sides, caller and server thread, share."""

    def __init__(self) -> None:
        self.thread: Thread | None = None
        self.ready = Event()
        self._lock = Lock()
        self._halted = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def enter(self, loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
        """The server thread has its loop; a halt that came before is carried out now."""
        with self._lock:
            self._loop, self._stopping = loop, stopping
            if self._halted:
                stopping.set()

    def halt(self) -> None:
        """Tell the server to stop, from any thread, however far it has come."""
        with self._lock:
            self._halted = True
            if self._loop is None or self._stopping is None:
                return
            with suppress(RuntimeError):  # the loop has closed: there is nothing left to halt
                self._loop.call_soon_threadsafe(self._stopping.set)


_LOGGER = logging.getLogger(__name__)
_LOOPBACK = "127.0.0.1"
_BACKLOG = 256
_PATIENCE_S = 1.8


def _listening_socket(port: int) -> socket.socket:
    try:
        return socket.create_server((_LOOPBACK, port), backlog=_BACKLOG)
    except OSError:
        if port == 0:
            raise
        return socket.create_server((_LOOPBACK, 0), backlog=_BACKLOG)
