"""What the window asks of the services, as Protocols; and the few values that travel with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from composer.core.destination import Destination
from composer.core.draft import Draft
from composer.core.errors import ComposerError
from composer.core.outcome import Outcome
from composer.core.records import HistoryEntry, HistoryRow, Summary, Template, Workspace
from composer.core.settings import Settings
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
    """One event as the sandbox stored it."""

    @property
    def name(self) -> str: ...
    @property
    def distinct_id(self) -> str: ...
    @property
    def uuid(self) -> str: ...
    @property
    def timestamp(self) -> datetime: ...


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
    def body(self) -> bytes: ...
    @property
    def status(self) -> int: ...
    @property
    def answer(self) -> str: ...
    @property
    def events(self) -> Sequence[ArrivedEvent]: ...


class Sandbox(Protocol):
    """The PostHog inside the app."""

    @property
    def url(self) -> str: ...
    def bind(self) -> str:
        """Open the port without answering yet; returns the address. Raises ``OSError``."""
        ...

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def arrivals(self) -> Sequence[Arrival]: ...
    def clear(self) -> None: ...
    def listen(self, on_arrival: Callable[[Arrival], None] | None) -> None:
        """Have ``on_arrival`` called, in the server's thread, for each request."""
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
    profile_folder: str
    notices: tuple[str, ...] = ()
    """What a person should know about the start, such as a broken file put aside."""
