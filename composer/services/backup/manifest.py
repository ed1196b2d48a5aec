"""What a backup says about itself: who made it and when, of which format, and all its files.

``manifest.json`` is an object with ``kind``, ``format`` (of backups), ``profile_format``, ``app``
(the version that made it), ``made_at`` (UTC) and ``files``, each with ``path``, ``bytes`` and
``sha256``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from composer.core import times
from composer.core.jsontext import (
    JsonError,
    Number,
    Object,
    Value,
    encode,
    parse_bytes,
    to_python,
)
from composer.services.ports import Backup, BackupError
from composer.services.profile.format import FORMAT, newer_words

MANIFEST = "manifest.json"
BACKUP_FORMAT = 1
MOST_FILES = 50_000
_KIND = "event-composer-backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of the profile; ``path`` has ``/`` between, ``sha256`` is in hex."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The whole of it. ``made_at`` is in UTC."""

    made_at: datetime
    app_version: str
    files: tuple[PackedFile, ...]
    profile_format: int = FORMAT

    @property
    def summary(self) -> Backup:
        """What a window shows of it."""
        return Backup(
            made_at=self.made_at,
            app_version=self.app_version,
            files=len(self.files),
            bytes=sum(file.bytes for file in self.files),
        )


def manifest_text(manifest: Manifest) -> str:
    """As it stands in the archive."""
    files = tuple(
        Object(
            (
                ("path", file.path),
                ("bytes", Number(str(file.bytes))),
                ("sha256", file.sha256),
            )
        )
        for file in manifest.files
    )
    members = (
        ("kind", _KIND),
        ("format", Number(str(BACKUP_FORMAT))),
        ("profile_format", Number(str(manifest.profile_format))),
        ("app", manifest.app_version),
        ("made_at", times.wire_text(manifest.made_at.astimezone(UTC))),
        ("files", files),
    )
    return encode(Object(members)) + "\n"


def read_manifest(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises ``BackupError``, also for one of a newer version."""
    try:
        content = parse_bytes(data)
    except JsonError as error:
        raise BackupError(NO_BACKUP) from error
    if not isinstance(content, Object) or content.get("kind") != _KIND:
        raise BackupError(NO_BACKUP)
    app = content.get("app")
    app = app if isinstance(app, str) else ""
    profile_format = _whole(content.get("profile_format"))
    if _whole(content.get("format")) > BACKUP_FORMAT or profile_format > FORMAT:
        raise BackupError(
            f"This backup was made by {newer_words(app, profile_format)}. "
            "Update Event Composer, then restore it."
        )
    made_at = times.read(str(content.get("made_at")))
    files = tuple(_files(content.get("files")))
    if made_at is None or len(files) > MOST_FILES:
        raise BackupError(DAMAGED)
    return Manifest(
        made_at=made_at.astimezone(UTC),
        app_version=app,
        profile_format=profile_format,
        files=files,
    )


NO_BACKUP = "This file is no backup of Event Composer. Choose another one."
DAMAGED = "This backup is damaged, so nothing of it is restored. Choose another one."


def _files(listed: Value) -> Iterator[PackedFile]:
    if not isinstance(listed, tuple):
        raise BackupError(DAMAGED)
    for item in listed:
        path = item.get("path") if isinstance(item, Object) else None
        digest = item.get("sha256") if isinstance(item, Object) else None
        if not isinstance(item, Object) or not isinstance(path, str) or not isinstance(digest, str):
            raise BackupError(DAMAGED)
        yield PackedFile(path=path, bytes=_whole(item.get("bytes")), sha256=digest)


def _whole(value: Value) -> int:
    """A number that is none of ours is damage."""
    found = to_python(value) if isinstance(value, Number) and len(value.text) < _DIGITS else None
    if not isinstance(found, int) or found < 0:
        raise BackupError(DAMAGED)
    return found


_DIGITS = 19
