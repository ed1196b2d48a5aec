"""The sandbox as a service: listens on the loopback address, runs in a thread of its own.

``bind`` opens the port at once and costs next to nothing; ``start`` loads the web server in the
thread, while early connections wait in the backlog. Loopback only, by construction.

It knows neither the window nor the profile; the clock is handed in.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, TypeAlias

from composer.core.behaviour import Behaviour
from composer.services import ports
from composer.services.sandbox.arrivals.body import Spool
from composer.services.sandbox.arrivals.store import ArrivalStore
from composer.services.sandbox.certificate import Certificate
from composer.services.sandbox.faults import Script
from composer.services.sandbox.loopback import ADDRESS, listen_on, port_of
from composer.services.sandbox.tls import TlsPort
from composer.services.sandbox.watchers import Watchers
from composer.services.work import Worker

if TYPE_CHECKING:  # loaded with the web server
    from composer.services.sandbox.arrivals.details import EventDetails, Trial
    from composer.services.sandbox.arrivals.stored import Arrival

Listener: TypeAlias = "Callable[[Arrival], None]"


class Sandbox:
    """A PostHog on ``http://127.0.0.1``. Its methods may be called from any thread.

    ``port`` is tried first and 0 means any; ``clock`` tells the time, with its zone;
    ``on_arrival`` is called in the server's thread, before the sender has its answer;
    ``tls_folder`` keeps the certificate, without which there is no HTTPS; a client that sends
    nothing for ``patience_s`` seconds, in the midst of a request, is given up; there are never
    more than ``most_connections``, or as many as the system bears.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        clock: Callable[[], datetime],
        on_arrival: Listener | None = None,
        tls_folder: Path | None = None,
        patience_s: float = 30.0,
        most_connections: int | None = None,
    ) -> None:
        self._port: int = port
        self._clock = clock
        self._listener = on_arrival
        self._patience_s = patience_s
        self._most_connections = most_connections
        self._store = ArrivalStore()
        self._spool = Spool()
        self._reader = Worker()
        self._script = Script(Behaviour())
        self._watchers = Watchers()
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._run: _Run | None = None
        self._next_number = 1
        self._url = ""
        certificate = Certificate(tls_folder, clock) if tls_folder else None
        self._tls = TlsPort(certificate, self._on_tls_trouble)

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT`` once bound, before that empty."""
        return self._url

    def bind(self) -> str:
        """Open the port, or a free one if it is taken, and return the URL. Raises ``OSError``."""
        with self._lock:
            if self._socket is None:
                self._socket = listen_on(self._port)
                self._port = port_of(self._socket)
                self._url = f"http://{ADDRESS}:{self._port}"
            self._open_or_close_tls()
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

    def await_tls(self, timeout_s: float = 10.0) -> bool:
        """Wait until HTTPS is answered; false if it cannot be, or that took longer."""
        return self._tls.await_settled(timeout_s)

    def stop(self) -> None:
        """Drop all connections and close the ports, within two seconds. It can be started again."""
        with self._lock:
            run, self._run = self._run, None
            opened, self._socket = self._socket, None
            reader, self._reader = self._reader, Worker()
        reader.stop()
        if run is not None and run.thread is not None:
            run.halt()
            run.thread.join(_PATIENCE_S)
        if opened is not None:
            opened.close()
        self._tls.close()

    def arrivals(self) -> tuple[Arrival, ...]:
        """The newest requests, oldest first."""
        return self._store.all()

    def details(
        self, number: int, first: int = 0, most: int | None = None
    ) -> Sequence[EventDetails]:
        """The values of a request's events, read again if they were too large; takes a while."""
        return self._store.details(number, first, most, self._reader)

    def decoded(self, arrival: ports.Arrival) -> ports.DecodedBody:
        """The text in a request, unpacked wherever that is possible; it may take seconds."""
        from composer.services.sandbox.decoded import decoded  # noqa: PLC0415 -- not at the start

        return decoded(arrival)

    def clear(self) -> None:
        """Forget what arrived; numbers go on."""
        self._store.clear()
        self._watchers.tell_cleared()

    def listen(self, on_arrival: Listener | None) -> None:
        """Replace the listener; ``None`` for no one."""
        self._listener = on_arrival

    @property
    def behaviour(self) -> Behaviour:
        """The switches as they are set."""
        return self._script.behaviour

    def behave(self, behaviour: Behaviour) -> None:
        """Set the switches; the next request sees them, and rules count from the start."""
        with self._lock:
            is_new = behaviour != self._script.behaviour
            self._script = Script(behaviour)
            if self._socket is not None:
                self._open_or_close_tls()
        if is_new:
            self._watchers.tell_behaviour(behaviour)

    def watch(self, watcher: ports.SandboxWatcher) -> None:
        """Have ``watcher`` told of changes, in the thread that makes them."""
        self._watchers.add(watcher)

    def unwatch(self, watcher: ports.SandboxWatcher) -> None:
        """Tell ``watcher`` nothing more."""
        self._watchers.remove(watcher)

    @property
    def tls_url(self) -> str:
        """``https://127.0.0.1:PORT`` while the sandbox answers over HTTPS too, else empty."""
        return self._tls.url

    @property
    def tls_trouble(self) -> str:
        """Why it does not although it was asked to, as whole sentences."""
        return self._tls.trouble

    @property
    def ca_file(self) -> str:
        """The certificate (PEM) that a client has to trust for HTTPS; empty without a folder."""
        return self._tls.ca_file

    def _open_or_close_tls(self) -> None:
        if self._script.behaviour.serves_tls:
            self._tls.open(near=self._port + 1)
        else:
            self._tls.close()

    def _on_tls_trouble(self) -> None:
        self._watchers.tell_behaviour(self.behaviour)

    def _serve(self, listening: socket.socket, run: _Run) -> None:
        asyncio.run(self._serve_in_loop(listening, run))

    async def _serve_in_loop(self, listening: socket.socket, run: _Run) -> None:
        # Loading these takes longer than opening the window should wait for.
        from composer.services.sandbox.http.app import CaptureApp, Host  # noqa: PLC0415
        from composer.services.sandbox.http.engine import Engine  # noqa: PLC0415

        stopping = asyncio.Event()
        run.enter(asyncio.get_running_loop(), stopping)
        if stopping.is_set():
            return
        host = Host(
            clock=self._clock,
            script=lambda: self._script,
            controlled=self,
            record=self._record,
            stopping=stopping,
            worker=run.worker,
            spool=self._spool,
            patience_s=self._patience_s,
        )
        app = CaptureApp(host, first_number=self._next_number)
        engine = Engine(
            app,
            stopping,
            run.ready.set,
            patience_s=self._patience_s,
            most_connections=self._most_connections,
        )
        async with asyncio.TaskGroup() as group:
            second = group.create_task(self._tls.follow(engine.answer_tls))
            await engine.serve(sockets=[listening])
            second.cancel()

    def _record(self, arrival: Arrival, characters: int, trial: Trial | None) -> None:
        self._next_number = arrival.number + 1
        self._store.add(arrival, characters, trial)
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
        self.worker = Worker()
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
        self.worker.stop()
        with self._lock:
            self._halted = True
            if self._loop is None or self._stopping is None:
                return
            with suppress(RuntimeError):  # the loop has closed: there is nothing left to halt
                self._loop.call_soon_threadsafe(self._stopping.set)


_LOGGER = logging.getLogger(__name__)
_PATIENCE_S = 1.8
