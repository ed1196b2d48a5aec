"""Backups for the window: everything in threads, with progress, and gone when cancelled."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from composer.core.errors import StoreError
from composer.services.backup.manifest import MANIFEST, manifest_text
from composer.services.backup.restoring import waiting
from composer.services.files import reason_of, write_atomically
from composer.services.paths import Profile
from composer.services.ports import Backup, Clock
from composer.services.profile.parts import RESTORE
from composer.services.profile.swapping import Swap
from composer.services.threads import Steps, run_in_steps

HOLDS = (
    "A backup holds the settings with the project tokens, the history, your templates and open "
    "drafts: keep it where only you can read it. Not in it are personal keys, which are masked "
    "wherever one should stand; templates in a folder of your own outside the profile; logs and "
    "locks, which belong to this machine; and the sandbox's certificate, whose key must not leave "
    "it and which is made anew."
)


class BackupService:
    """Implements ``ports.Backups``."""

    holds = HOLDS

    def __init__(self, profile: Profile, clock: Clock) -> None:
        self._profile = profile
        self._clock = clock

    def suggested_name(self) -> str:
        """A name with today's date."""
        return f"event-composer-{self._clock.now():%Y-%m-%d}.zip"

    async def make(
        self, path: str, *, on_progress: Callable[[float], None] | None = None
    ) -> Backup:
        """Write a backup. Raises ``StoreError``."""
        return await run_in_steps(partial(self._make, _target(path)), on_progress)

    async def examine(self, path: str) -> Backup:
        """Check a whole file. Raises ``BackupError``."""
        return await run_in_steps(partial(_examine, Path(path)))

    async def restore(
        self, path: str, *, on_progress: Callable[[float], None] | None = None
    ) -> Backup:
        """Make a backup ready for the next start. Raises ``BackupError`` and ``StoreError``."""
        return await run_in_steps(partial(self._restore, Path(path)), on_progress)

    def waiting(self) -> Backup | None:
        """The backup that the next start restores."""
        found = waiting(self._profile)
        return found.summary if found else None

    async def withdraw(self) -> None:
        """Do not restore it after all. Raises ``StoreError``."""
        await asyncio.to_thread(self._withdraw)

    def _make(self, target: Path, steps: Steps[float]) -> Backup:
        from composer.services.backup.packing import pack, size_of  # noqa: PLC0415 -- seldom needed

        return pack(self._profile, target, self._clock, _Share(size_of(self._profile), steps))

    def _restore(self, path: Path, steps: Steps[float]) -> Backup:
        from composer.services.backup.unpacking import open_backup  # noqa: PLC0415 -- seldom needed

        swap = Swap(self._profile.folder, RESTORE)
        with open_backup(path) as reader:
            share = _Share(2 * reader.manifest.summary.bytes, steps)
            reader.check(share)
            try:
                with swap.preparing() as place:
                    reader.unpack(place / swap.files.name, share)
                    manifest = manifest_text(reader.manifest).encode("utf-8")
                    write_atomically(place / MANIFEST, manifest)
            except OSError as error:
                words = f"The backup could not be made ready: {reason_of(error)}"
                raise StoreError(words) from error
            return reader.manifest.summary

    def _withdraw(self) -> None:
        try:
            Swap(self._profile.folder, RESTORE).withdraw()
        except OSError as error:
            raise StoreError(f"The backup still waits: {reason_of(error)}") from error


def _examine(path: Path, steps: Steps[float]) -> Backup:
    from composer.services.backup.unpacking import open_backup  # noqa: PLC0415 -- seldom needed

    with open_backup(path) as reader:
        reader.check(lambda _: steps.check())
        return reader.manifest.summary


def _target(path: str) -> Path:
    return Path(os.path.realpath(path))  # a link stays a link


class _Share:
    """Turns bytes that were dealt with into the share that is done, told in small steps."""

    def __init__(self, total: int, steps: Steps[float]) -> None:
        self._total = max(total, 1)
        self._steps = steps
        self._done = 0
        self._told = 0.0

    def __call__(self, size: int) -> None:
        self._done += size
        share = min(1.0, self._done / self._total)
        self._steps.check()
        if share - self._told >= _TOLD:
            self._told = share
            self._steps.done(share)


_TOLD = 0.005
