"""What the window asks of the services, as Protocols; and the few values that travel with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from composer.core.behaviour import Behaviour
from composer.core.destination import Destination
from composer.core.draft import Draft
from composer.core.errors import ComposerError
from composer.core.jsontext import Object
from composer.core.outcome import Outcome
from composer.core.records import HistoryEntry, HistoryRow, Summary, Template, Workspace
from composer.core.settings import Settings
from composer.core.verdicts.request import Request
from composer.core.verdicts.verdict import Report
from composer.core.wire import WireRequest


class Clock(Protocol):
    """The time and fresh identifiers; tests hand in a clock that stands still."""

    def now(self) -> datetime:
        """The time, with the local zone."""
        ...

    def new_uuid(self, moment: datetime) -> str:
        """A version-7 UUID whose time is ``moment``."""
        ...


class SettingsStore(Protocol):
    """The settings file."""

    def load(self) -> Settings: ...
    def save(self, settings: Settings) -> None: ...


class BehaviourStore(Protocol):
    """The switches of the sandbox, as they were last set in a window of this profile."""

    def load(self) -> Behaviour:
        """A good day where nothing is kept. Raises ``StoreError`` where nothing can be read."""
        ...

    def save(self, behaviour: Behaviour) -> None:
        """Raises ``StoreError``; what was kept is then as it was."""
        ...


class WorkspaceStore(Protocol):
    """The open work of this window."""

    def load(self) -> Workspace | None: ...
    def save(self, workspace: Workspace) -> None: ...


class SearchStoppedError(ComposerError):
    """A search in another thread was ended by ``History.stop_searching``."""


class History(Protocol):
    """Every send, newest first.

    It is written by the thread that opened it. ``rows``, ``count`` and ``entry`` may be called in
    any thread; there they raise ``SearchStoppedError`` once they are not wanted any more.
    """

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int:
        """Write a send down before its first byte leaves; returns its id."""
        ...

    def finish(self, identifier: int, outcome: Outcome) -> None: ...
    def rows(self, search: str = "", *, limit: int = 200, offset: int = 0) -> list[HistoryRow]: ...
    def count(self, search: str = "") -> int: ...
    def entry(self, identifier: int) -> HistoryEntry | None: ...
    def stop_searching(self) -> None:
        """End at once what other threads are reading, before a newer search starts."""
        ...

    def mark_cut_off(self) -> int:
        """Complete the sends of instances that were killed; returns how many there were."""
        ...


class Templates(Protocol):
    """Drafts kept under a name, in alphabetical order."""

    def all(self) -> list[Template]: ...
    def find(self, name: str) -> Template | None:
        """The template of that name, in any capitalisation."""
        ...

    def save(self, name: str, draft: Draft, *, replace: str | None = None) -> Template:
        """Keep a draft under a name, instead of the template with the id ``replace`` if given."""
        ...

    def delete(self, identifier: str) -> None: ...
    def restore(self, template: Template) -> None:
        """Undo a ``delete``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A send that has ended, and where history has it."""

    history_id: int
    outcome: Outcome


class Delivery(Protocol):
    """Sends a request and keeps the history of it honest."""

    async def deliver(
        self, request: WireRequest, destination: Destination, summary: Summary
    ) -> Sent:
        """Write the history row, send, complete the row.

        Cancelling the task that awaits this closes the connection and records ``Cancelled``
        before ``CancelledError`` goes on.
        """
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


class Verdicts(Protocol):
    """What PostHog will do with a request, said before it is sent; nothing is sent for it.

    Judging is quick for an ordinary event, and again for a batch of which little has changed, but
    for a large body it takes seconds: outside the GUI thread, then. One instance serves one thread
    at a time; ``another`` makes one for another thread.
    """

    def judge(
        self,
        body: bytes | Request,
        *,
        path: str,
        query: str = "",
        destination: Destination | None,
        now: datetime,
    ) -> Report:
        """The verdicts on a POST of ``body`` to ``path``. Never raises.

        Of a body that was taken apart before (``request_of``) only those events are judged again
        whose payload is another object than the last time. ``now`` has a zone.
        """
        ...

    def another(self) -> Verdicts:
        """One more, with the same memory of earlier sends, for another thread or another body."""
        ...

    def recall(self) -> None:
        """Learn from history what has been sent since the last call, by this window or others.

        The first call reads up to some thousand sends: to be called outside the GUI thread, once
        after the start and then after each send. Until it ends, earlier sends are not known.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All that the window needs from outside, handed over by the composition root."""

    clock: Clock
    settings: SettingsStore
    workspaces: WorkspaceStore
    history: History
    templates: Templates
    delivery: Delivery
    sandbox: Sandbox
    behaviours: BehaviourStore
    verdicts: Callable[[], Verdicts]
    """Loads the rules, which takes a moment: not in the GUI thread, and once."""
    profile_folder: str
    notices: tuple[str, ...] = ()
    """What a person should know about the start, such as a broken file put aside."""
