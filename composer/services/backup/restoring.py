"""A backup that was laid out takes its place, at a start and before anything is read.

It happens under the profile's gate, while no other instance runs. What was there before is moved
to a folder ``before-restore-…`` with the time in its name; a kill leaves it to the next start.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from composer.core.errors import StoreError
from composer.services.files import reason_of
from composer.services.notices import Notices
from composer.services.paths import Profile
from composer.services.ports import BackupError
from composer.services.profile.parts import BEFORE, RESTORE, parts_of
from composer.services.profile.swapping import Swap, free_name

if TYPE_CHECKING:
    from composer.services.backup.manifest import Manifest


def restore_waiting(
    profile: Profile, moment: datetime, notices: Notices, *, is_alone: bool
) -> None:
    """Put the backup that waits, if any, in place of the profile, or say why not yet.

    Raises ``StoreError`` where it was begun and cannot be ended: then the profile is not whole.
    """
    swap = Swap(profile.folder, RESTORE)
    if is_alone:
        swap.sweep()
    if not swap.is_begun and not _begin(swap, profile, moment, notices, is_alone=is_alone):
        return
    manifest = waiting(profile)
    try:
        aside = swap.finish()
    except OSError as error:
        raise StoreError(
            "A backup is being restored, and a file could not be moved: "
            f"{reason_of(error)} Then try again: nothing is lost."
        ) from error
    what = f"The backup of {_day(manifest.made_at)}" if manifest else "The backup"
    notices.add(f"{what} was restored. What was there before is kept in {aside}.")


def waiting(profile: Profile) -> Manifest | None:
    """What the backup that waits says about itself; ``None`` where there is none."""
    # Every start looks whether a backup waits, and hardly any finds one to be read.
    from composer.services.backup.manifest import MANIFEST, read_manifest  # noqa: PLC0415

    try:
        return read_manifest(Path(Swap(profile.folder, RESTORE).place, MANIFEST).read_bytes())
    except (OSError, BackupError):
        return None


def _begin(
    swap: Swap, profile: Profile, moment: datetime, notices: Notices, *, is_alone: bool
) -> bool:
    """Whether there is something to restore and it may be done now."""
    if not swap.is_ready:
        return False
    if not is_alone:
        notices.add(
            "A backup waits to be restored. Close all windows and commands of Event Composer that "
            "use this profile, then start again."
        )
        return False
    try:
        aside = f"{BEFORE}restore-{moment:%Y%m%d-%H%M%S}"
        swap.begin(parts_of(profile.folder), free_name(profile.folder, aside))
    except (OSError, StoreError) as error:
        words = reason_of(error) if isinstance(error, OSError) else str(error)
        notices.add(f"The backup that waits could not be restored, so it still waits: {words}")
        return False
    return True


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
