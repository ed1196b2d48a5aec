"""The body of a request that arrived, as it came over the wire: in memory, or in a file if large.

A file lives in a folder for temporary files and goes with the last reference to its body, at the
latest when the program ends. What a program left that was killed, the next one removes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from composer.services.locks import FileLock

MOST_IN_MEMORY = 256 * 1024
"""Bytes of a body from which it goes to a file."""


class Body:
    """Bytes that may be looked at later. ``size`` is known at once; ``read`` may take a while."""

    __slots__ = ("__weakref__", "_source", "size")

    def __init__(self, data: bytes = b"") -> None:
        self._source: bytes | Path = data
        self.size = len(data)
        """In bytes."""

    @classmethod
    def in_file(cls, path: Path, size: int) -> Body:
        """The body that was written to ``path``, which is removed with it."""
        body = cls()
        body._source, body.size = path, size
        weakref.finalize(body, _remove, path)
        return body

    @property
    def source(self) -> bytes | Path:
        """The bytes themselves, or where they are; for another process, while the body lives."""
        return self._source

    @property
    def is_on_disk(self) -> bool:
        return isinstance(self._source, Path)

    def read(self) -> bytes:
        """All of it; from any thread. Raises ``OSError`` if somebody removed the file."""
        return read_source(self._source)


def read_source(source: bytes | Path) -> bytes:
    """The bytes of ``Body.source``, in whatever process. Raises ``OSError``."""
    return source.read_bytes() if isinstance(source, Path) else source


class Spool:
    """The folder of the bodies in files. It is made when the first one comes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._folder: Path | None = None

    def new_file(self) -> tuple[BinaryIO, Path]:
        """An empty file to write to. Raises ``OSError``."""
        with self._lock:
            if self._folder is None:
                self._folder = folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
                lock = FileLock(folder / _LOCK)
                lock.take()
                weakref.finalize(self, _remove_folder, folder, lock)
                _sweep(folder)
        self._folder.mkdir(mode=0o700, exist_ok=True)  # the system may have tidied it away
        number, name = tempfile.mkstemp(suffix=".body", dir=self._folder)
        return os.fdopen(number, "wb", buffering=0), Path(name)

    @property
    def folder(self) -> Path | None:
        """Where the files are; ``None`` before the first."""
        return self._folder


_PREFIX = "event-composer-bodies-"
_LOCK = "lock"


def _sweep(own: Path) -> None:
    """Remove the folders beside ``own`` whose programs have ended without doing so."""
    for folder in own.parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another one swept it first, or it cannot be removed
            if folder == own or folder.lstat().st_uid != own.lstat().st_uid or folder.is_symlink():
                continue
            lock = FileLock(folder / _LOCK)
            if lock.take():
                _remove_folder(folder, lock)


def _remove_folder(folder: Path, lock: FileLock) -> None:
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)


class BodyWriter:
    """Takes a body in pieces. ``finish`` or ``abandon`` must be called in the end."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._start = bytearray()
        self._file: BinaryIO | None = None
        self._path = Path()
        self._size = 0

    def add(self, piece: bytes) -> None:
        """Raises ``OSError`` if the piece cannot be written to the file; then it is abandoned."""
        self._size += len(piece)
        if self._file is None and self._size <= MOST_IN_MEMORY:
            self._start += piece
            return
        try:
            if self._file is None:
                self._file, self._path = self._spool.new_file()
                self._write(self._file, bytes(self._start))
                self._start.clear()
            self._write(self._file, piece)
        except OSError:
            self.abandon()
            raise

    def finish(self) -> Body:
        """The body of all pieces."""
        if self._file is None:
            return Body(bytes(self._start))
        self._file.close()
        self._file = None
        return Body.in_file(self._path, self._size)

    def abandon(self) -> None:
        """Forget what came; nothing happens after a ``finish``."""
        self._start.clear()
        if self._file is not None:
            self._file.close()
            self._file = None
            _remove(self._path)

    @staticmethod
    def _write(file: BinaryIO, piece: bytes) -> None:
        rest = memoryview(piece)
        while rest:  # a raw file may take less than it is given, for one on a nearly full disk
            rest = rest[file.write(rest) :]


def _remove(path: Path) -> None:
    with suppress(OSError):  # it is gone, or the whole folder goes at the end of the program
        path.unlink()
