"""A profile into one file, while windows and commands use it.

A database is copied as it was at one moment; other files are each replaced whole by whoever writes
them, so reading one is enough. Personal keys do not stand in what the app writes; should one have
come in from an older version or by hand, it is masked.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from composer import __version__
from composer.core.errors import StoreError
from composer.core.personal_keys import without_personal_keys
from composer.services.backup.manifest import MANIFEST, Manifest, PackedFile, manifest_text
from composer.services.database import reason
from composer.services.files import reason_of, replacing
from composer.services.paths import Profile
from composer.services.ports import Backup, Clock
from composer.services.profile.parts import COPYING, DATABASE, files_of

CHUNK = 1024 * 1024
_PAGES = 500  # of a database, between two looks at whether it is still wanted
_PRIVATE = 0o600 << 16

OnBytes = Callable[[int], None]
"""Called with the number of bytes that were just dealt with; may raise to stop it."""


def pack(profile: Profile, target: Path, clock: Clock, on_bytes: OnBytes) -> Backup:
    """Write the backup, whole or not at all. Raises ``StoreError``."""
    moment = clock.now()
    try:
        with replacing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            files: list[PackedFile] = []
            for path in files_of(profile.folder):
                with _opened(profile.folder / path, profile.folder, on_bytes) as source:
                    info = zipfile.ZipInfo(path, _zip_time(moment.timetuple()[:6]))
                    files.append(_add(archive, info, source, on_bytes))
            manifest = Manifest(made_at=moment, app_version=__version__, files=tuple(files))
            info = zipfile.ZipInfo(MANIFEST, _zip_time(moment.timetuple()[:6]))
            info.external_attr = _PRIVATE
            archive.writestr(info, manifest_text(manifest), zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise StoreError(f"The backup could not be written: {reason_of(error)}") from error
    except sqlite3.Error as error:
        raise StoreError(f"The backup could not be written: {reason(error)}") from error
    return manifest.summary


def size_of(profile: Profile) -> int:
    """About how many bytes ``pack`` reports to ``on_bytes``. Raises ``StoreError``."""
    try:
        paths = [profile.folder / path for path in files_of(profile.folder)]
        return sum(path.stat().st_size * (1 + _is_database(path)) for path in paths)
    except OSError as error:
        raise StoreError(f"The backup could not be written: {reason_of(error)}") from error


def _add(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: BinaryIO, on_bytes: OnBytes
) -> PackedFile:
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, _PRIVATE
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as packed:
        while chunk := source.read(CHUNK):
            packed.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            on_bytes(len(chunk))
    return PackedFile(path=info.filename, bytes=size, sha256=digest.hexdigest())


@contextmanager
def _opened(path: Path, folder: Path, on_bytes: OnBytes) -> Generator[BinaryIO]:
    """What goes into the backup for this file."""
    if _is_database(path):
        with TemporaryDirectory(prefix=COPYING, suffix=".tmp", dir=folder) as temporary:
            copy = Path(temporary, path.name)
            _copy_database(path, copy, on_bytes)
            with copy.open("rb") as file:
                yield file
    elif path.suffix == ".json":
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        yield BytesIO(without_personal_keys(text).encode("utf-8", "surrogateescape"))
    else:
        with path.open("rb") as file:
            yield file


def _is_database(path: Path) -> bool:
    return path.suffix == DATABASE


def _copy_database(path: Path, target: Path, on_bytes: OnBytes) -> None:
    """As it is at this moment, whatever others write meanwhile. Raises ``sqlite3.Error``."""
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        size = int(source.execute("PRAGMA page_size").fetchone()[0])
        # An open transaction holds the moment: without it each write begins the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def on_pages(_status: int, _left: int, _all: int) -> None:
            on_bytes(size * _PAGES)

        source.backup(copy, pages=_PAGES, progress=on_pages)
        copy.execute("PRAGMA journal_mode = DELETE")
        _mask_keys(copy)


def _mask_keys(copy: sqlite3.Connection) -> None:
    """In all texts and bytes of a history. Its SHA-256 stays that of what went out."""
    copy.create_function("without_keys", 1, _without_keys, deterministic=True)
    for table in ("sends", "contents"):
        columns = copy.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
        for column in (name for name, kind in columns if kind in {"TEXT", "BLOB"}):
            copy.execute(
                f"UPDATE {table} SET {column} = without_keys({column})"  # noqa: S608 -- our names
                f" WHERE instr(CAST({column} AS BLOB), CAST('phx_' AS BLOB))"
            )


def _without_keys(value: str | bytes) -> str | bytes:
    if isinstance(value, str):
        return without_personal_keys(value)
    text = without_personal_keys(value.decode("utf-8", "surrogateescape"))
    return text.encode("utf-8", "surrogateescape")


def _zip_time(moment: tuple[int, ...]) -> tuple[int, int, int, int, int, int]:
    """The zip format knows no year before 1980."""
    year, month, day, hour, minute, second = moment
    return max(year, 1980), month, day, hour, minute, second
