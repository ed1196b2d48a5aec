"""What template files there are in a folder: names, sizes and times, without reading them.

Folders whose name begins with a dot (``.git``) are passed over; links are followed, but no folder
is entered twice. What stands in a file is not its business.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from composer.services.files import reason_of

ENDING = ".json"
MOST_ENTRIES = 50_000
"""Names that are looked at: somebody may have chosen a whole disk."""

Parts: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A file from outside: as long as this stays the same, so does what is in it."""

    size: int
    modified: int
    """Nanoseconds, as is ``changed``, the time of its entry in the folder where there is one."""
    changed: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Files by their id (the path below the folder, without the ending), and the folders."""

    files: dict[str, Look]
    folders: tuple[Parts, ...]
    troubles: tuple[str, ...] = ()
    """What could not be looked into, in sentences."""


def scan(root: Path) -> Scan:
    """Raises ``OSError`` where ``root`` itself cannot be read."""
    work = _Work()
    work.enter(root, ())
    while work.waiting:
        folder, parts = work.waiting.pop()
        try:
            work.enter(folder, parts)
        except OSError as error:
            work.troubles.append(f"The folder {folder} was left out: {reason_of(error)}")
    if work.room < 0:
        work.troubles.append(
            f"There are more than {MOST_ENTRIES:,} files below {root}; not all of them were looked "
            "at. Choose a folder for templates alone."
        )
    return Scan(
        files=dict(sorted(work.files.items())),
        folders=tuple(sorted(work.folders)),
        troubles=tuple(work.troubles),
    )


class _Work:
    """A walk, from folder to folder, that ends also where links lead round in a circle."""

    def __init__(self) -> None:
        self.files: dict[str, Look] = {}
        self.folders: list[Parts] = []
        self.waiting: list[tuple[Path, Parts]] = []
        self.troubles: list[str] = []
        self.room = MOST_ENTRIES
        self._entered: set[tuple[int, int]] = set()

    def enter(self, folder: Path, parts: Parts) -> None:
        about = folder.stat()
        if (about.st_dev, about.st_ino) in self._entered:
            return
        self._entered.add((about.st_dev, about.st_ino))
        if parts:
            self.folders.append(parts)
        for entry in self._entries(folder):
            if entry.is_dir():
                self.waiting.append((Path(entry.path), (*parts, entry.name)))
            elif entry.name.lower().endswith(ENDING) and (look := _look(entry)):
                self.files["/".join((*parts, entry.name[: -len(ENDING)]))] = look

    def _entries(self, folder: Path) -> Iterator[os.DirEntry[str]]:
        with os.scandir(folder) as entries:
            for entry in entries:
                self.room -= 1
                if self.room < 0:
                    return
                if not entry.name.startswith("."):
                    yield entry


def _look(entry: os.DirEntry[str]) -> Look | None:
    """``None`` for a link that leads nowhere, and for what has just been deleted."""
    try:
        about = entry.stat()
    except OSError:
        return None
    return Look(about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)


def look_at(path: Path) -> Look | None:
    """The same for one file; ``None`` where there is none. Raises ``OSError`` for other trouble."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return Look(about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
