"""A backup read with suspicion: it may be damaged, cut off, or made by somebody to do harm.

Nothing is taken from it that its manifest does not name, with the right size and SHA-256; no path
leads out of the profile or to files that no backup holds; and nothing larger than it says is
unpacked.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO, BinaryIO

from composer.core.errors import StoreError
from composer.services.backup.manifest import (
    DAMAGED,
    MANIFEST,
    NO_BACKUP,
    PackedFile,
    read_manifest,
)
from composer.services.files import make_folder, reason_of
from composer.services.ports import BackupError
from composer.services.profile.parts import is_part

CHUNK = 1024 * 1024
MOST_BYTES = 64 * 1024**3
_MOST_MANIFEST = 32 * 1024**2
_SPARE = 32 * 1024**2
"""Bytes that are left free on the disk."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1

OnBytes = Callable[[int], None]


class BackupReader:
    """An open backup. Everything raises ``BackupError``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {info.filename: info for info in archive.infolist()}
        if MANIFEST not in self._members:
            raise BackupError(NO_BACKUP)
        self.manifest = read_manifest(self._read_manifest())
        self._check_list()

    def check(self, on_bytes: OnBytes) -> None:
        """Read every file, and compare it with what the manifest says."""
        for file in self.manifest.files:
            self._copy(file, None, on_bytes)

    def unpack(self, folder: Path, on_bytes: OnBytes) -> None:
        """Write every file into ``folder``, compared as in ``check``. Raises ``StoreError``."""
        try:
            self._leave_room(folder)
            for file in self.manifest.files:
                target = folder / file.path
                make_folder(target.parent)
                handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
                with os.fdopen(handle, "wb") as out:
                    self._copy(file, out, on_bytes)
                    out.flush()
                    os.fsync(out.fileno())
        except FileExistsError as error:
            raise BackupError(DAMAGED) from error
        except OSError as error:
            words = f"The backup could not be unpacked: {reason_of(error)}"
            raise StoreError(words) from error

    def _leave_room(self, folder: Path) -> None:
        needed = self.manifest.summary.bytes + _SPARE
        if shutil.disk_usage(folder).free < needed:
            raise StoreError(
                f"There is no room for what is in the backup: {needed // 1024**2:,} MB are needed. "
                "Free some space and try again."
            )

    def _read_manifest(self) -> bytes:
        with _open_member(self._archive, self._members[MANIFEST]) as file:
            data = file.read(_MOST_MANIFEST + 1)
        if len(data) > _MOST_MANIFEST:
            raise BackupError(DAMAGED)
        return data

    def _check_list(self) -> None:
        files = self.manifest.files
        names = {file.path for file in files}
        listed = {*names, MANIFEST}
        if (
            len(names) != len(files)
            or listed != set(self._members)
            or len(listed) != len(self._archive.infolist())
            or not all(map(is_harmless, names))
            or self.manifest.summary.bytes > MOST_BYTES
            or any(self._members[file.path].file_size != file.bytes for file in files)
        ):
            raise BackupError(DAMAGED)

    def _copy(self, file: PackedFile, out: BinaryIO | None, on_bytes: OnBytes) -> None:
        digest, left = hashlib.sha256(), file.bytes
        with _open_member(self._archive, self._members[file.path]) as source:
            while chunk := source.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise BackupError(DAMAGED)
                digest.update(chunk)
                if out is not None:
                    out.write(chunk)
                on_bytes(len(chunk))
        if left or digest.hexdigest() != file.sha256:
            raise BackupError(DAMAGED)


@contextmanager
def open_backup(path: Path) -> Generator[BackupReader]:
    """The backup at ``path``. Raises ``BackupError``, also from within the block."""
    try:
        if not path.is_file():
            raise BackupError(f"There is no file {path}. Choose another one.")
        with path.open("rb") as file, _in_words(), zipfile.ZipFile(file) as archive:
            yield BackupReader(archive)
    except OSError as error:
        raise BackupError(f"{path.name} cannot be read: {reason_of(error)}") from error


def is_harmless(path: str) -> bool:
    """Whether a path stays within a profile, and names what a backup may hold."""
    parts = tuple(path.split("/"))
    return (
        "\0" not in path
        and parts == PurePath(path).parts  # neither "" nor "." nor a root, nor a drive on Windows
        and ".." not in parts
        and is_part(parts[0])
        and not (os.name == "nt" and any(map(_is_odd, parts)))
    )


def _is_odd(part: str) -> bool:
    """A name that Windows takes for a device, a stream or another name."""
    return ":" in part or part[-1] in ". " or _DEVICE.match(part) is not None


@contextmanager
def _open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Generator[IO[bytes]]:
    if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
        raise BackupError(DAMAGED)
    with _in_words(), archive.open(info) as file:
        yield file


@contextmanager
def _in_words() -> Generator[None]:
    """What Python's reader says of a broken archive; faults of the disk are left to the caller."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,  # a newer zip than Python knows
        UnicodeError,
        ValueError,
    ) as error:
        raise BackupError(DAMAGED) from error


_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_BINARY = getattr(os, "O_BINARY", 0)
