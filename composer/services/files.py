"""Whole files, written at once or not at all; broken ones are put aside, never deleted.

It also knows what the system means by its errors, but nothing of what stands in a file.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import BinaryIO

from composer.core.errors import StoreError

_PRIVATE_FOLDER = 0o700
_COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; useless without it, and harmful beside a new one."""
_STRAY_AGE = timedelta(hours=1)
_TEMPORARY = ".tmp"


def make_folder(folder: Path) -> None:
    """Make ``folder``, for this person only, where it is missing. Raises ``OSError``."""
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file by ``data``, or leave it as it was and raise ``StoreError``.

    The bytes reach the disk before the name does, so that also a power cut leaves one whole file:
    the old one or the new one. The file can be read by this person only.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    try:
        make_folder(target.parent)
        with replacing(target) as file:
            file.write(data)
    except OSError as error:
        raise StoreError(f"{path.name} could not be saved: {reason_of(error)}") from error


@contextmanager
def replacing(target: Path) -> Generator[BinaryIO]:
    """A file to write in pieces: it replaces ``target`` if the block ends well, else it is gone.

    Only this person can read it. Raises ``OSError``.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=_TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(handle)
        temporary.replace(target)
    except BaseException:  # also Ctrl+C: whatever happens, nothing half-written stays
        with suppress(OSError):
            temporary.unlink()
        raise


def put_aside(path: Path, moment: datetime) -> Path:
    """Rename what is broken to ``name.broken-YYYYMMDD-HHMMSS`` and return its new path.

    Raises ``StoreError`` where it cannot be renamed.
    """
    stamp = f"{path.name}.broken-{moment:%Y%m%d-%H%M%S}"
    names = (stamp if n == 0 else f"{stamp}.{n}" for n in count())
    aside = next(place for place in map(path.with_name, names) if not os.path.lexists(place))
    try:
        for ending in _COMPANIONS:  # first: none of them may stay beside a new database
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
        path.rename(aside)
    except OSError as error:
        raise StoreError(
            f"{path} is damaged and could not be put aside: {reason_of(error)}"
        ) from error
    return aside


def sweep(folder: Path, moment: datetime) -> None:
    """Remove half-written files that killed processes left behind over an hour ago."""
    limit = (moment - _STRAY_AGE).timestamp()
    for stray in folder.glob(f".*{_TEMPORARY}"):
        with suppress(OSError):  # another instance was faster, or it is in use
            if stray.stat().st_mtime < limit:
                stray.unlink()


def reason_of(error: OSError) -> str:
    """Why the system said no, with the next step: the second half of a sentence."""
    place = _place_of(error)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "there is no room on the disk. Free some space and try again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{place} may not be used. Check its permissions."
        case errno.ENOTDIR | errno.EEXIST:
            return f"{place} is not a folder. Rename it or choose another folder."
        case errno.EISDIR:
            return f"{place} is a folder, not a file."
        case _:
            return f"the system says: {error.strerror or error}."


def _place_of(error: OSError) -> str:
    """What it is about; of a half-written file the folder, for its own name says nothing."""
    if not error.filename:
        return "it"
    path = Path(os.fsdecode(error.filename))
    return str(path.parent if path.suffix == _TEMPORARY and path.name[0] == "." else path)
