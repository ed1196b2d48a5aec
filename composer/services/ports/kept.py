"""What is kept from one start to the next: settings, open work, history, templates."""

from __future__ import annotations

from typing import Protocol

from composer.core.destination import Destination
from composer.core.draft import Draft
from composer.core.errors import ComposerError
from composer.core.outcome import Outcome
from composer.core.records import HistoryEntry, HistoryRow, Summary, Template, Workspace
from composer.core.settings import Settings
from composer.core.wire import WireRequest


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
