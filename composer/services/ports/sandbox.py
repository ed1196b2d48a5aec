"""The sandbox, what arrived in it, and its switches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from composer.core.behaviour import Behaviour
from composer.core.jsontext import Object


class BehaviourStore(Protocol):
    """The switches of the sandbox, as they were last set in a window of this profile."""

    def load(self) -> Behaviour:
        """A good day where nothing is kept. Raises ``StoreError`` where nothing can be read."""
        ...

    def save(self, behaviour: Behaviour) -> None:
        """Raises ``StoreError``; what was kept is then as it was."""
        ...


class ArrivedEvent(Protocol):
    """One event as the sandbox stored it.

    ``sent`` is the event as it arrived, ``record`` as it is stored; ``None`` for both where the
    request was too large to keep its values in memory.
    """

    @property
    def name(self) -> str: ...
    @property
    def distinct_id(self) -> str: ...
    @property
    def uuid(self) -> str: ...
    @property
    def timestamp(self) -> datetime: ...
    @property
    def token(self) -> str: ...
    @property
    def sent(self) -> Object | None: ...
    @property
    def record(self) -> Object | None: ...


class LostEvent(Protocol):
    """One event that was thanked for and thrown away, and why, in PostHog's word."""

    @property
    def name(self) -> str: ...
    @property
    def distinct_id(self) -> str: ...
    @property
    def uuid(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def sent(self) -> Object | None: ...


class ArrivedBody(Protocol):
    """The bytes of a request as they came over the wire."""

    @property
    def size(self) -> int: ...
    def read(self) -> bytes:
        """All of them; from any thread, for a large one comes from a file."""
        ...


class Arrival(Protocol):
    """One request that reached the sandbox, good or refused."""

    @property
    def number(self) -> int: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def headers(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def body(self) -> ArrivedBody: ...
    @property
    def status(self) -> int: ...
    @property
    def answer(self) -> str: ...
    @property
    def events(self) -> Sequence[ArrivedEvent]: ...
    @property
    def dropped(self) -> Sequence[LostEvent]: ...
    @property
    def fault(self) -> str:
        """The rule that made the answer, in words; empty for an honest one."""
        ...

    @property
    def client(self) -> str:
        """Name and version of the sender's SDK or program, as far as it tells."""
        ...

    @property
    def beyond(self) -> int:
        """Events of a very large request that are not in ``events`` and ``dropped``."""
        ...


class SandboxWatcher(Protocol):
    """Told when the sandbox is changed, by whomever: the window, or a script over HTTP.

    Its methods are called in the thread that made the change, which is seldom the window's.
    """

    def cleared(self) -> None:
        """What had arrived was forgotten."""
        ...

    def behaviour_changed(self, behaviour: Behaviour) -> None:
        """The switches were set to others than before, or ``tls_trouble`` came up."""
        ...


class EventDetails(Protocol):
    """The values of one event, as it arrived and as it is stored.

    ``record`` is ``None`` for an event that was thrown away.
    """

    @property
    def sent(self) -> Object | None: ...
    @property
    def record(self) -> Object | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedBody:
    """The text in a request, and in which wrappings it came, the outermost first.

    ``wrappings`` are words such as ``form``, ``base64`` or ``gzip``; without any the text is the
    body itself. ``fault`` is a sentence that says why there is no text; then ``text`` is empty.
    """

    text: str
    wrappings: tuple[str, ...] = ()
    fault: str = ""


class Sandbox(Protocol):
    """The PostHog inside the app."""

    @property
    def url(self) -> str: ...
    @property
    def behaviour(self) -> Behaviour: ...
    def bind(self) -> str:
        """Open the port without answering yet; returns the address. Raises ``OSError``."""
        ...

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def arrivals(self) -> Sequence[Arrival]: ...
    def details(
        self, number: int, first: int = 0, most: int | None = None
    ) -> Sequence[EventDetails]:
        """The values of ``most`` events of the request ``number``, from place ``first`` on.

        Places count through its ``events`` and then its ``dropped``. Values that an event does not
        have with it are read again from the body, which may take seconds: never to be called in
        the GUI thread. Of large events there may be fewer than asked for: ask again behind them.
        Empty beyond the last, and if the request is not kept any more or cannot be read again.
        """
        ...

    def decoded(self, arrival: Arrival) -> DecodedBody:
        """The text in a request, accepted or not: unpacked wherever that is possible.

        It may take seconds, so it must be called outside the GUI thread.
        """
        ...

    def clear(self) -> None: ...
    def behave(self, behaviour: Behaviour) -> None:
        """Set the switches; the next request sees them, and rules count from the start.

        With ``serves_tls`` the sandbox answers over HTTPS too, at ``tls_url``. That returns at
        once like the rest; the first start makes a certificate, in the server's thread.
        """
        ...

    @property
    def tls_url(self) -> str:
        """``https://127.0.0.1:PORT`` while the sandbox answers over HTTPS too, else empty."""
        ...

    @property
    def tls_trouble(self) -> str:
        """Why it does not although it was asked to, as whole sentences; empty if nothing is wrong.

        Found out in the server's thread; watchers hear of it by ``behaviour_changed``.
        """
        ...

    @property
    def ca_file(self) -> str:
        """Path of the certificate (PEM) that a client has to trust for ``tls_url``, or empty.

        The file is there as soon as HTTPS answers for the first time.
        """
        ...

    def listen(self, on_arrival: Callable[[Arrival], None] | None) -> None:
        """Have ``on_arrival`` called, in the server's thread, for each request."""
        ...

    def watch(self, watcher: SandboxWatcher) -> None:
        """Have ``watcher`` told of changes, beside others that are."""
        ...

    def unwatch(self, watcher: SandboxWatcher) -> None:
        """Tell ``watcher`` nothing more."""
        ...
