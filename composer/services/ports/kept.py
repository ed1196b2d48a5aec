"""What is kept from one start to the next: settings, open work, history, templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from composer.core.destination import Destination
from composer.core.errors import ComposerError
from composer.core.history import EVERYTHING, Facets, HistoryQuery, HistorySize
from composer.core.outcome import Outcome
from composer.core.records import HistoryEntry, HistoryRow, Summary, Workspace
from composer.core.settings import Retention, Settings
from composer.core.wire import WireRequest

if TYPE_CHECKING:
    from composer.core.collections.imported import Imported
    from composer.core.templates.template import Template


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
    """Every send, newest first. What the file does not allow raises ``StoreError``.

    ``begin``, ``finish``, ``annotate``, ``pin``, ``delete``, ``restore`` and ``mark_cut_off`` take
    a moment and belong to the thread that opened it. All others may be called in any thread;
    elsewhere ``rows``, ``count``, ``facets``, ``size`` and ``entry`` raise ``SearchStoppedError``
    once they are not wanted any more.
    """

    def begin(self, request: WireRequest, destination: Destination, summary: Summary) -> int:
        """Write a send down before its first byte leaves; returns its id."""
        ...

    def finish(self, identifier: int, outcome: Outcome) -> None: ...
    def rows(
        self, query: HistoryQuery = EVERYTHING, *, limit: int = 200, before: int | None = None
    ) -> list[HistoryRow]:
        """A page of what is found; ``before`` is the id of the last row of the page before it."""
        ...

    def count(self, query: HistoryQuery = EVERYTHING) -> int: ...
    def facets(self) -> Facets:
        """What the lists of filters offer."""
        ...

    def size(self) -> HistorySize: ...
    def entry(self, identifier: int) -> HistoryEntry | None: ...
    def entries(self, wanted: HistoryQuery | Sequence[int]) -> Iterator[HistoryEntry]:
        """Everything that is found, or the sends of those ids, one by one, whole.

        In any thread, with a connection of its own, which is closed when the iterator is; nothing
        but ``close`` of the iterator ends it. If some could not be read, the others come all the
        same, and ``StoreError`` after the last of them says so.
        """
        ...

    def damage(self) -> str:
        """What could not be read so far because the file is damaged, as a sentence; else empty."""
        ...

    def annotate(self, identifier: int, *, note: str, ticket: str) -> None: ...
    def pin(self, identifiers: Sequence[int], pinned: bool) -> None: ...  # noqa: FBT001 -- reads well
    def delete(self, identifiers: Sequence[int]) -> None:
        """Hide sends at once; their bytes are kept for a day."""
        ...

    def restore(self, identifiers: Sequence[int]) -> None:
        """Undo a ``delete``."""
        ...

    def empty_deleted(self) -> int:
        """Remove what was deleted for good, now; returns how many sends that were."""
        ...

    def prunable(self, retention: Retention, now: datetime) -> int:
        """How many sends ``prune`` would remove, more or less."""
        ...

    def prune(self, retention: Retention, now: datetime) -> int:
        """Remove for good what is not to be kept any longer; returns how many sends that were.

        The oldest go first; never those that are pinned or under way.
        """
        ...

    def stop_searching(self) -> None:
        """End at once what other threads are reading, before a newer search starts."""
        ...

    def mark_cut_off(self) -> int:
        """Complete the sends of instances that were killed; returns how many there were."""
        ...


class Templates(Protocol):
    """Templates: the person's own, one file each, and the starters that come with the app.

    The folder may be shared: what others change there appears with the next ``all``. Every call
    reads or writes files and may take as long as a network drive takes, so a window calls it in a
    thread; any thread will do. What cannot be done raises ``StoreError``.
    """

    @property
    def folder(self) -> str:
        """Where the person's own lie, as a path."""
        ...

    def news(self) -> tuple[str, ...]:
        """What could not be read and was not told yet, each sentence once. It reads nothing."""
        ...

    def use_folder(self, path: str) -> None:
        """Keep them in another folder from now on; empty: in the profile. Nothing is moved.

        This is the one call that reads nothing, and returns at once.
        """
        ...

    def all(self) -> list[Template]:
        """The person's own by folder and name, then the starters.

        Files that cannot be read are left out and told, each of them once.
        """
        ...

    def find(self, name: str) -> Template | None:
        """The template of that name, in any capitalisation; the person's own come first."""
        ...

    def get(self, identifier: str) -> Template | None: ...
    def folders(self) -> list[str]:
        """The folders of the person's own, also empty ones, in alphabetical order."""
        ...

    def stamp(self) -> object:
        """A cheap picture of the folder: it differs from the last one after any change."""
        ...

    def save(self, template: Template) -> Template:
        """Keep a template; one with an empty id, or a starter, as a new one.

        What comes back has the id and time under which it is kept. A file that somebody else
        changed since it was read is not overwritten: then both are kept, and what comes back has
        an id and a name of its own.
        """
        ...

    def move(self, identifier: str, folder: str) -> Template:
        """Put a template into a folder (``"Support/Refunds"``; empty: none); its id changes."""
        ...

    def delete(self, identifier: str) -> None:
        """Remove a template; one that is gone already is no error.

        One that somebody else changed since it was read stays, and ``StoreError`` says so.
        """
        ...

    def restore(self, template: Template) -> Template:
        """Undo a ``delete``: the same bytes at the same place, if nothing has taken it."""
        ...

    def import_from(self, paths: Sequence[str]) -> Imported:
        """Save what is in files, folders and archives: templates, Postman's and Bruno's requests.

        Nothing is overwritten. What was left out, or taken differently, is told by name.
        """
        ...

    def export_to(self, identifiers: Sequence[str], path: str) -> int:
        """Write templates to ``path`` and return how many files were written.

        A path that ends in ``.zip`` is an archive, and one in ``.json`` a file, for a single
        template; anything else is a folder. In both each has its folder.
        """
        ...
