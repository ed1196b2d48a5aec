"""Puts files into place: whole or not at all, and new ones never over another file.

A second window, or a colleague on the same network drive, may choose the same name at the same
moment: only one of the two gets it. Whoever may use a folder may use what is put into it: in the
profile nobody else, in a shared folder those who share it. Knows nothing of what the files hold.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from composer.services.templates.scanning import ENDING

_NOT_TO_RUN = 0o666


def write_new(folder: Path, wanted: str, data: bytes) -> Path:
    """A new file of that name, or with a number behind it where it is taken. Raises ``OSError``."""
    _make(folder)
    mode = _mode_of(folder) & _NOT_TO_RUN
    with _written(folder, wanted, data, mode) as temporary:
        return _first_free(folder, wanted, lambda target: _named(temporary, target))


def overwrite(file: Path, data: bytes) -> None:
    """Other bytes in a file, which keeps its permissions. Raises ``OSError``."""
    target = Path(os.path.realpath(file))  # a link stays a link
    with _written(target.parent, target.stem, data, _mode_of(target)) as temporary:
        temporary.replace(target)


@contextmanager
def _written(folder: Path, wanted: str, data: bytes, mode: int) -> Generator[Path]:
    """A hidden file with the data, on the disk; what is still there at the end is removed."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{wanted}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        _open_up(temporary, mode)
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink()


def _make(folder: Path) -> None:
    """Each folder that is missing is made as open as the one it is in."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _open_up(folder, _mode_of(folder.parent))


def _open_up(path: Path, mode: int) -> None:
    """Some file systems have no permissions that could be set; there the drive decides."""
    with suppress(OSError):
        path.chmod(mode)


def _mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def move(file: Path, folder: Path) -> Path:
    """The file in that folder, under its own name if that is free there. Raises ``OSError``."""
    _make(folder)
    moved = _first_free(folder, file.stem, lambda target: _named(file, target))
    with suppress(FileNotFoundError):  # where it could not be linked it was renamed
        file.unlink()
    return moved


def remove_empty(folder: Path, root: Path) -> None:
    """Remove ``folder`` and those above it, below ``root``, as long as nothing is in them."""
    with suppress(OSError, ValueError):  # something is in it
        while folder.relative_to(root).parts:
            folder.rmdir()
            folder = folder.parent


def _first_free(folder: Path, wanted: str, is_placed: Callable[[Path], bool]) -> Path:
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(target for name in names if is_placed(target := folder.joinpath(f"{name}{ENDING}")))


def _named(source: Path, target: Path) -> bool:
    """Give the file a second name, if that is free; else the other name in its stead."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.lexists(target):
            return False
        source.rename(target)
    return True
