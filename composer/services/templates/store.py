"""The person's templates in a folder that others may change at any time, and the starters.

A template's id is its file's path below the folder, without the ending. Its file keeps its name
when the template is renamed, so that version control shows one history of it. What a template is,
and how one is read and written, is loaded with the first look at them: few starts need it.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from composer.core.errors import StoreError
from composer.services.files import reason_of, sweep
from composer.services.locks import FileLock
from composer.services.notices import Notices
from composer.services.ports import Clock
from composer.services.templates.names import as_shown
from composer.services.templates.scanning import Scan, scan
from composer.services.templates.starters import is_starter, order, starters

if TYPE_CHECKING:  # see above
    from composer.core.collections.imported import Imported
    from composer.core.templates import Template
    from composer.services.templates.changing import Changer
    from composer.services.templates.reading import Kept, Reader

_PATIENCE = 5.0
"""Seconds that another window may take to save a template."""

_MOST_TOLD = 3
"""Broken files that are told one by one."""


class TemplateStore:
    """Implements ``ports.Templates``. ``folder`` is the profile's own; any thread may call."""

    def __init__(self, folder: Path, clock: Clock, notices: Notices) -> None:
        self._own_folder = folder
        self._lock = folder.with_name(f"{folder.name}.lock")
        self._clock = clock
        self._notices = notices
        self._guard = RLock()
        self._starters: tuple[Template, ...] | None = None
        self._told: set[str] = set()
        self._news: deque[str] = deque()
        self._root = folder
        self._known: _Place | None = None

    @property
    def folder(self) -> str:
        """Where the person's own lie."""
        return str(self._root)

    def news(self) -> tuple[str, ...]:
        """What could not be read and was not asked for here before, each sentence once."""
        taken: list[str] = []
        while self._news:
            taken.append(self._news.popleft())
        return tuple(taken)

    def use_folder(self, path: str) -> None:
        """Another folder from now on; empty: the profile's. Nothing is moved, and nothing read.

        It waits for no other thread: what is under way ends in the folder before.
        """
        self._root = Path(path).expanduser().absolute() if path.strip() else self._own_folder

    def all(self) -> list[Template]:
        """The person's own by folder and name, then the starters."""
        return [*self.own(), *self._read_starters()]

    def own(self) -> list[Template]:
        """Those of the person, by folder and name."""
        with self._guard:
            found = self._refreshed(self._place())
        return sorted((kept.template for kept in found if kept.template), key=order)

    def find(self, name: str) -> Template | None:
        """The template of that name, whatever its capitals; the person's own come first."""
        wanted = name.strip().casefold()
        return next((t for t in self.all() if t.name.strip().casefold() == wanted), None)

    def get(self, identifier: str) -> Template | None:
        """The template with that id. Raises ``StoreError``."""
        if is_starter(identifier):
            return next((t for t in self._read_starters() if t.id == identifier), None)
        _check(identifier)
        with self._guard, _told("The template could not be read"):
            kept = self._place().reader.one(identifier)
        return kept.template if kept else None

    def folders(self) -> list[str]:
        """The folders of the person's own, empty ones too, in alphabetical order."""
        with self._guard:
            found = self._scanned(self._place())
        shown = {as_shown(parts) for parts in found.folders} if found else set[str]()
        return sorted(shown, key=str.casefold)

    def stamp(self) -> object:
        """Names, sizes and times of all files, to be compared with those of another time."""
        with self._guard:
            place = self._place()
            found = self._scanned(place)
        return (place.root, found and (frozenset(found.files.items()), found.folders))

    def save(self, template: Template) -> Template:
        """Keep a template, without undoing what somebody else did. Raises ``StoreError``."""
        if is_starter(template.id):
            template = dataclasses.replace(template, id="")
        with self._changing(template.id, "The template could not be saved") as changer:
            return changer.save(template)

    def move(self, identifier: str, folder: str) -> Template:
        """Put a template into another folder; its id changes. Raises ``StoreError``."""
        with self._changing(identifier, "The template could not be moved") as changer:
            return changer.move(identifier, folder)

    def delete(self, identifier: str) -> None:
        """Remove a template; one that is gone already is no error. Raises ``StoreError``."""
        with self._changing(identifier, "The template could not be deleted") as changer:
            changer.delete(identifier)

    def restore(self, template: Template) -> Template:
        """Undo ``delete``: the same bytes and id, if nothing has taken its place."""
        with self._changing(template.id, "The template could not be brought back") as changer:
            return changer.restore(template)

    def import_from(self, paths: Sequence[str]) -> Imported:
        """Save what is in files, folders and archives. Raises ``StoreError``."""
        from composer.services.templates.importing import imported  # noqa: PLC0415 -- seldom used

        return imported(paths, self._clock.now(), self.save)

    def export_to(self, identifiers: Sequence[str], path: str) -> int:
        """Write templates to a file, a folder or an archive. Raises ``StoreError``."""
        from composer.services.templates.exporting import exported  # noqa: PLC0415 -- seldom used

        chosen = [template for one in identifiers if (template := self.get(one))]
        return exported(chosen, Path(path))

    def _place(self) -> _Place:
        """The folder in use. For whoever holds the guard."""
        root = self._root
        if self._known is None or self._known.root != root:
            from composer.services.templates.changing import Changer  # noqa: PLC0415 -- see above
            from composer.services.templates.reading import Reader  # noqa: PLC0415

            reader = Reader(root)
            self._known = _Place(reader=reader, changer=Changer(reader, self._clock))
        return self._known

    def _read_starters(self) -> tuple[Template, ...]:
        if self._starters is None:
            self._starters = starters()
        return self._starters

    def _refreshed(self, place: _Place) -> tuple[Kept, ...]:
        """Every file as it is now. While the folder is away, as it was last read."""
        found = self._scanned(place)
        if found is None:
            return tuple(place.reader.remembered().values())
        if not place.is_swept:
            place.is_swept = True
            for parts in ((), *found.folders):
                sweep(place.root.joinpath(*parts), self._clock.now())
        kept = tuple(place.reader.refresh(found.files).values())
        troubles = (*found.troubles, *(one.trouble for one in kept if one.trouble))
        self._tell(troubles, place.root)
        return kept

    def _scanned(self, place: _Place) -> Scan | None:
        """``None``, after it was told, where the folder cannot be looked into."""
        try:
            return scan(place.root)
        except FileNotFoundError:
            if place.root == self._own_folder:  # there are none yet
                return Scan(files={}, folders=())
            trouble = _away(place.root)
        except OSError as error:
            trouble = f"The templates could not be read: {reason_of(error)}"
        self._tell((trouble,), place.root)
        return None

    def _tell(self, troubles: tuple[str, ...], root: Path) -> None:
        """Each sentence once; of many the first few, for a folder may be full of other JSON."""
        told = list(troubles[:_MOST_TOLD])
        if (more := len(troubles) - _MOST_TOLD) > 0:
            told.append(
                f"Another {more} files in {root} could not be read as templates. "
                "They were not changed."
            )
        for words in told:
            if words not in self._told:
                self._told.add(words)
                self._notices.add(words)
                self._news.append(words)

    @contextmanager
    def _changing(self, identifier: str, what: str) -> Generator[Changer]:
        """Alone among the windows of this profile. Raises ``StoreError``."""
        _check(identifier)
        if is_starter(identifier):
            raise StoreError("This template came with the app. Save a copy, and change that.")
        with self._guard, FileLock(self._lock) as lock, _told(what):
            try:
                is_ours = lock.take(_PATIENCE)
            except OSError:  # the profile is read-only; the templates' folder need not be
                is_ours = True
            if not is_ours:
                raise StoreError(f"{what}: another window is saving one. Try again in a moment.")
            place = self._place()
            if place.root != self._own_folder and not place.root.is_dir():
                raise StoreError(_away(place.root))
            yield place.changer


@dataclass(slots=True, kw_only=True)
class _Place:
    """A folder in use, and what is known of it."""

    reader: Reader
    changer: Changer
    is_swept: bool = False

    @property
    def root(self) -> Path:
        return self.reader.root


@contextmanager
def _told(what: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {reason_of(error)}") from error


def _check(identifier: str) -> None:
    """An id is never a way out of the folder."""
    if ".." in identifier.split("/") or "\\" in identifier:
        raise StoreError("There is no such template.")


def _away(root: Path) -> str:
    return (
        f"The templates' folder {root} is not there. Connect the drive, or choose another folder "
        "in the settings. Nothing was lost."
    )
