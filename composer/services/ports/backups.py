"""The whole profile in one file, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from composer.core.errors import ComposerError


class BackupError(ComposerError):
    """The file is no backup that can be restored. The text says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup says about itself. ``bytes`` counts its files as they are when unpacked.

    ``made_at`` is in UTC, ``app_version`` the version of the app that made it.
    """

    made_at: datetime
    app_version: str
    files: int
    bytes: int


class Backups(Protocol):
    """Makes backups and brings them back. All of it may take a while, and can be cancelled.

    A restore only makes everything ready: it happens at the next start at which no other window
    and no command uses the profile. What is there then is moved to a folder, never deleted.
    """

    holds: str
    """Words on what a backup holds and what it does not, for the window to show beside it."""

    def suggested_name(self) -> str:
        """A file name with today's date, such as ``event-composer-2026-05-04.zip``."""
        ...

    async def make(
        self, path: str, *, on_progress: Callable[[float], None] | None = None
    ) -> Backup:
        """Write a backup and replace ``path`` by it, whole or not at all. Raises ``StoreError``.

        ``on_progress`` is called in the loop's thread with the share that is done, 0 to 1.
        """
        ...

    async def examine(self, path: str) -> Backup:
        """Check the whole file and say what it is; nothing is changed. Raises ``BackupError``."""
        ...

    async def restore(
        self, path: str, *, on_progress: Callable[[float], None] | None = None
    ) -> Backup:
        """Check the whole file and make it ready for the next start.

        One that was made ready before is replaced. Raises ``BackupError`` and ``StoreError``.
        """
        ...

    def waiting(self) -> Backup | None:
        """The backup that the next start restores. Reads one small file. Never raises."""
        ...

    async def withdraw(self) -> None:
        """Do not restore the waiting backup after all. Raises ``StoreError``."""
        ...
