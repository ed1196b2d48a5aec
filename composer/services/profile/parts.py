"""Which files make up a profile, and which of them a backup takes along.

By their names, and only these: a person may have put a profile into a folder with other things in
it, which are none of our business. A new file of the app is added here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

RESTORE = "restore-waiting"
"""The folder in which a backup waits to be restored."""
FORMAT_CHANGE = "format-change"
"""The folder in which the next format of the profile is made ready."""
COPYING = ".backup."
"""How the folders begin in which a database is copied for a backup."""
BEFORE = "before-"
"""How the folders begin that hold what was there before a change of the whole."""
DATABASE = ".sqlite3"
_NOT_TAKEN = ("-wal", "-shm", "-journal", f"-search{DATABASE}")
"""SQLite's companions of a database, which is copied whole without them; and what is made anew
from the history."""


def is_part(name: str) -> bool:
    """Whether the file or folder of this name, directly in the profile, is a part of it.

    Not of it are locks, half-written files, and copies and damaged files that were put aside. Logs
    tell of this machine, and in the folder ``sandbox`` is the key of a certificate that is trusted
    here: it must not travel, and a new one is made where it is missing.
    """
    return name in _NAMES or _NUMBERED.fullmatch(name) is not None


_NAMES = frozenset({"profile.json", "settings.json", "sandbox.json", "mappings.json", "templates"})
_NUMBERED = re.compile(
    # The list of a slot and the folder of its drafts, and what stands in for newer ones.
    r"workspace-\d+(?:-format-\d+)?(?:\.json)?"
    r"|(?:history(?:-\d+)?(?:-search)?|runs(?:-\d+)?|batch-\d+(?:-\d+)?)"
    r"\.sqlite3(?:-wal|-shm|-journal)?",
    re.ASCII,
)


def parts_of(folder: Path) -> list[str]:
    """The names of everything in the profile that a restore replaces. Raises ``OSError``."""
    return sorted(place.name for place in folder.iterdir() if is_part(place.name))


def files_of(folder: Path) -> Iterator[str]:
    """The files that a backup takes along, as paths within the profile with ``/`` between.

    Folders that are links lead elsewhere and are left out, and so are names that are no UTF-8,
    which the app never gives. Raises ``OSError``.
    """
    yield from (path for path in _all_files(folder) if _is_text(path))


def _all_files(folder: Path) -> Iterator[str]:
    for name in parts_of(folder):
        place = folder / name
        if place.is_file() and not name.endswith(_NOT_TAKEN):
            yield name
        elif place.is_dir() and not place.is_symlink():
            yield from _files_in(place, f"{name}/")


def _files_in(folder: Path, prefix: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(Path(entry.path), f"{prefix}{entry.name}/")
        elif entry.is_file() and not (entry.name[0] == "." and entry.name.endswith(".tmp")):
            yield prefix + entry.name


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
