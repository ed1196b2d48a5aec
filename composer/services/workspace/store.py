"""The files of the open work: one for each draft, and one that says what is open.

Each file is written as a whole or not at all, a draft before the list that names it, and only what
has changed. So a process that is killed at any moment leaves every draft as it was written last;
one that the list does not name yet is found all the same. Each slot has files of its own: two
windows never overwrite each other's work. What a killed second window left behind stays until a
second window is opened again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from composer.core.errors import StoreError
from composer.core.jsontext import JsonError
from composer.core.records import OpenDraft, Workspace
from composer.services.draft_form import FormError
from composer.services.files import put_aside, reason_of, sweep, write_atomically
from composer.services.notices import Notices
from composer.services.ports import Clock
from composer.services.workspace.index_file import (
    VERSION,
    Index,
    NewerError,
    read_index,
    written_index,
)
from composer.services.workspace.tab_file import read_tab, written_tab


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a file holds, as far as the store knows: neither read nor written twice."""

    digest: bytes
    tab: OpenDraft


class WorkspaceStore:
    """Implements ``ports.WorkspaceStore``.

    ``path`` is the list; the drafts lie in a folder of the same name beside it. Values are
    immutable, so a save may run in a thread; the caller sees to it that there is one at a time.
    """

    def __init__(self, path: Path, clock: Clock, notices: Notices) -> None:
        self._path = path
        self._clock = clock
        self._notices = notices
        self._known: dict[int, _Known] = {}
        self._index: bytes | None = None
        self._told: set[int] = set()
        """Drafts of whose loss the person has been told"""

    @property
    def _folder(self) -> Path:
        return self._path.with_suffix("")

    def load(self) -> Workspace | None:
        """The work as it was left; ``None`` where there is none yet.

        What is broken is put aside and costs only itself; what a newer version wrote is left
        alone, and this window's work goes to files of its own. Raises ``StoreError`` where
        something broken cannot be put aside.
        """
        try:
            index = self._read_index()
        except NewerError:
            self._step_aside()
            index = self._read_index()
        found = {tab.id: tab for tab in self._read_tabs()}
        if index is None and not found:
            return None
        workspace = self._put_together(index or Index(), found)
        if index is not None and (index.faults or index.first is not None):
            # At once: a kill between edits of a draft of the first format and the new list would
            # bring that draft back beside them.
            with suppress(StoreError):  # else the next save does it
                self.save(workspace)
        return workspace

    def save(self, workspace: Workspace) -> None:
        """Keep the work; costs nothing where nothing has changed. Raises ``StoreError``.

        A draft that cannot be written does not keep the others from being written.
        """
        faults: list[StoreError] = []
        for tab in workspace.tabs:
            try:
                self._save_tab(tab)
            except StoreError as fault:
                faults.append(fault)
        if faults:
            raise faults[0]
        index = written_index(workspace)
        if index != self._index:
            write_atomically(self._path, index)
            self._index = index
        for number in self._known.keys() - {tab.id for tab in workspace.tabs}:
            with suppress(OSError):  # it would be open again at the next start: no harm
                self._file(number).unlink(missing_ok=True)
                del self._known[number]

    # Inside

    def _put_together(self, index: Index, found: dict[int, OpenDraft]) -> Workspace:
        """The drafts in the order of the list; behind them those that it does not name."""
        order, current = index.order, index.current
        first = index.first
        if first is None:
            self._tell_missing(order, found)
        elif all(tab.draft != first.draft for tab in found.values()):
            current = max(found, default=0) + 1
            found, order = {current: replace(first, id=current), **found}, (current,)
        named = [number for number in order if number in found]
        return Workspace(
            tabs=tuple(found[n] for n in (*named, *(n for n in found if n not in order))),
            current=current,
            batch=index.batch,
            historical_migration=index.historical_migration,
        )

    def _file(self, number: int) -> Path:
        return self._folder / f"draft-{number}.txt"

    def _save_tab(self, tab: OpenDraft) -> None:
        known = self._known.get(tab.id)
        if known is not None and known.tab == tab:
            return
        data = written_tab(tab)
        digest = _digest(data)
        if known is None or known.digest != digest:
            write_atomically(self._file(tab.id), data)
        self._known[tab.id] = _Known(digest=digest, tab=tab)

    def _read_index(self) -> Index | None:
        try:
            data = self._path.read_bytes()
            index = read_index(data)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._set_aside(self._path, reason_of(error))
            return None
        except (JsonError, FormError) as error:
            self._set_aside(self._path, f"{error}.")
            return None
        if index.faults:
            self._set_aside(self._path, f"{index.faults[0]}.")
        return index

    def _read_tabs(self) -> list[OpenDraft]:
        """Every draft that has a file, whether or not the list names it."""
        if not self._folder.is_dir():
            return []
        sweep(self._folder, self._clock.now())
        numbers = sorted(
            int(path.stem.removeprefix("draft-"))
            for path in self._folder.glob("draft-*.txt")
            if path.stem.removeprefix("draft-").isdecimal()
        )
        tabs = (self._read_tab(number) for number in numbers)
        return [tab for tab in tabs if tab is not None]

    def _read_tab(self, number: int) -> OpenDraft | None:
        path, known = self._file(number), self._known.get(number)
        try:
            data = path.read_bytes()
            digest = _digest(data)
            if known is None or known.digest != digest:
                known = self._known[number] = _Known(digest=digest, tab=read_tab(data, number))
        except FileNotFoundError:
            return None
        except OSError as error:
            self._told.add(number)
            self._set_aside(path, reason_of(error))
            return None
        except (JsonError, FormError) as error:
            self._told.add(number)
            self._set_aside(path, f"{error}.")
            return None
        return known.tab

    def _set_aside(self, path: Path, trouble: str) -> None:
        aside = put_aside(path, self._clock.now())
        what = "The list of your open drafts" if path == self._path else "An open draft"
        self._notices.add(
            f"{what} could not be read: {trouble} The file is kept as {aside}; "
            "you can copy text out of it with an editor."
        )

    def _step_aside(self) -> None:
        """Leave a newer version's files alone, and keep this window's work in others."""
        newer = self._path
        self._path = newer.with_name(f"{newer.stem}-format-{VERSION}{newer.suffix}")
        self._known, self._index = {}, None
        self._notices.add(
            f"A newer version of Event Composer keeps its open drafts in {newer}. They are left "
            "as they are; open them with that version. What you write here is kept beside them."
        )

    def _tell_missing(self, order: tuple[int, ...], found: dict[int, OpenDraft]) -> None:
        for number in set(order) - found.keys() - self._told:
            self._told.add(number)
            self._notices.add(f"An open draft is missing: its file {self._file(number)} is gone.")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
