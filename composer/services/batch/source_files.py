"""Files of rows as pieces of bytes: plain ones, packed ones, and those in zip archives.

They are streamed, whatever their size, and read up to the end that they had when they were opened.
What stands in them is not known here.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterator
from lzma import LZMAError
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from composer.core.errors import ComposerError
from composer.core.tabular import BrokenOffError
from composer.services.batch.unpacking import (
    GZIP,
    STEP,
    ZSTD,
    Unpacker,
    gunzipped,
    unbrotlied,
    unzstded,
)
from composer.services.files import reason_of


class SourceError(ComposerError):
    """The source cannot be read at all. The text says why, and what to do."""


class Part(NamedTuple):
    """One file of rows, unpacked as it is read."""

    name: str
    pieces: Iterator[bytes]


class SourceFile:
    """An open file. Raises ``SourceError`` where it cannot be opened, or is no file of rows."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self.name = self._path.name or path
        self._position = 0
        self._file = self._open()
        self._found = os.fstat(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes of the file, as it is stored."""
        return self._found.st_size

    @property
    def position(self) -> int:
        """Bytes of the file, as it is stored, that are read so far."""
        return min(self._position, self._found.st_size)

    def parts(self) -> Generator[Part]:
        """The files in it: one, unless it is a zip archive."""
        try:
            head = self._file.read(_MAGIC)
            self._file.seek(0)
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read: {reason_of(error)}") from error
        if head.startswith(_ZIPS):
            yield from self._members()
            return
        self._refuse(head)
        yield _unpacked(self.name, self._pieces(), head)

    def _open(self) -> BinaryIO:
        """It is opened only if it is an ordinary file: a pipe or a device might never end."""
        try:
            found = self._path.stat()
            if stat.S_ISDIR(found.st_mode):
                raise SourceError(f"{self.name} is a folder. Choose a file in it.")
            if not stat.S_ISREG(found.st_mode):
                raise SourceError(f"{self.name} is not an ordinary file. Choose another one.")
            return self._path.open("rb")
        except FileNotFoundError:
            raise SourceError(f"{self.name} is not there any more. Choose it again.") from None
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read: {reason_of(error)}") from error
        except ValueError:  # a NUL in the path
            raise SourceError("This is no name that a file can have. Choose a file.") from None

    def _refuse(self, head: bytes) -> None:
        for magic, words in _OTHER_FILES:
            if head.startswith(magic):
                raise SourceError(f"{self.name} is {words}")

    def _pieces(self) -> Iterator[bytes]:
        """The bytes up to the end that the file had. Raises ``BrokenOffError`` if it was changed.

        A file that somebody is writing may end in the middle of a row, and never end at all.
        """
        left = self._found.st_size
        try:
            while left > 0 and (piece := self._file.read(min(left, STEP))):
                left -= len(piece)
                self._position += len(piece)
                yield piece
            now = os.fstat(self._file.fileno())
        except OSError as error:
            raise BrokenOffError(f"From here on it cannot be read: {reason_of(error)}") from error
        if left or (now.st_size, now.st_mtime_ns) != (self._found.st_size, self._found.st_mtime_ns):
            raise BrokenOffError(
                "The file was changed while it was read, so rows may be missing. "
                "Import it again when it is complete."
            )

    def _members(self) -> Iterator[Part]:
        try:
            with zipfile.ZipFile(self._file) as archive:
                members = self._rows_of(archive)
                packed = max(1, sum(info.compress_size for info in members))
                done = 0
                for info in members:
                    pieces = self._member(
                        archive, info, (done / packed, info.compress_size / packed)
                    )
                    name, first = PurePath(info.filename).name, _first(pieces)
                    head = first if isinstance(first, bytes) else b""
                    yield _unpacked(name, _again(first, pieces), head)
                    done += info.compress_size
        except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
            raise SourceError(
                f"{self.name} is a damaged or unusual zip archive. Unpack it, and choose a file."
            ) from error

    def _rows_of(self, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        """The members that may hold rows, in the order of their names."""
        if any(info.filename in _WORKBOOK for info in archive.infolist()):
            raise SourceError(
                f"{self.name} is a workbook. Save the sheet as CSV (UTF-8), and choose that file."
            )
        members = [
            info
            for info in archive.infolist()
            if not info.is_dir() and not _HIDDEN.search(info.filename)
        ]
        named = [info for info in members if _NAMED.search(info.filename.lower())]
        if not members:
            raise SourceError(f"There is no file in {self.name}. Choose another one.")
        if any(info.flag_bits & _ENCRYPTED for info in named or members):
            raise SourceError(
                f"{self.name} is protected by a password. Unpack it, and choose a file."
            )
        return sorted(named or members, key=lambda info: _natural(info.filename))

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: tuple[float, float]
    ) -> Iterator[bytes]:
        """The bytes of a member; ``place``: where it begins and how much it is, of all of them."""
        start, share = place
        try:
            with archive.open(info) as file:
                unpacked = 0
                while piece := file.read(STEP):
                    unpacked += len(piece)
                    part = unpacked / max(info.file_size, unpacked)
                    self._position = round(self.size * (start + share * part))
                    yield piece
        except (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError) as error:
            raise BrokenOffError(
                f"{info.filename} is damaged: rows are missing, and some before may be wrong. "
                "Get the archive again."
            ) from error


def _unpacked(name: str, pieces: Iterator[bytes], head: bytes) -> Part:
    """A packed file by what it begins with; brotli's have only their name."""
    path = PurePath(name)
    for unpacker, magic, ending in _UNPACKERS:
        if head.startswith(magic) if magic else path.suffix.lower() == ending:
            plain = path.stem if path.suffix.lower() == ending else name
            return Part(plain, unpacker(pieces))
    return Part(name, pieces)


def _first(pieces: Iterator[bytes]) -> bytes | BrokenOffError:
    """The first piece; what is wrong is kept for the one who reads the rest."""
    try:
        return next(pieces, b"")
    except BrokenOffError as error:
        return error


def _again(first: bytes | BrokenOffError, pieces: Iterator[bytes]) -> Iterator[bytes]:
    if isinstance(first, BrokenOffError):
        raise first
    yield first
    yield from pieces


def _natural(name: str) -> list[tuple[int, str]]:
    """So that hour 9 comes before hour 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _DIGITS.split(name)]


_MAGIC = 16
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_WORKBOOK = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/)")
_NAMED = re.compile(r"\.(?:csv|tsv|tab|json|jsonl|ndjson)(?:\.(?:gz|br|zst))?$")
_DIGITS = re.compile(r"([0-9]{1,18})")
_ENCRYPTED = 0x1
_UNPACKERS: tuple[tuple[Unpacker, bytes, str], ...] = (
    (gunzipped, GZIP, ".gz"),
    (unzstded, ZSTD, ".zst"),
    (unbrotlied, b"", ".br"),
)
_OTHER_FILES = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a workbook of an old kind. Save the sheet as CSV (UTF-8), and choose that file.",
    ),
    (b"PAR1", "a Parquet file. Export it as JSON Lines or CSV, and choose that file."),
    (b"SQLite format 3\0", "a database. Export the table as CSV, and choose that file."),
    (b"%PDF-", "a PDF document. Choose a file of rows, such as CSV."),
    (b"\x89PNG", "a picture. Choose a file of rows, such as CSV."),
    (b"\xff\xd8\xff", "a picture. Choose a file of rows, such as CSV."),
    (b"BZh", "packed with bzip2, which is not read. Unpack it first."),
    (b"\xfd7zXZ\0", "packed with xz, which is not read. Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read. Unpack it first."),
    (b"Rar!", "a RAR archive, which is not read. Unpack it first."),
)
