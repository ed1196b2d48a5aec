"""Whether other instances of the app run on a profile."""

from __future__ import annotations

from composer.services.locks import FileLock
from composer.services.paths import Profile


def is_alone(profile: Profile) -> bool:
    """Whether no instance holds a slot. Call it with the gate held, before taking one.

    No instance may start in between, and this looks by taking each lock for a moment. Raises
    ``OSError``.
    """
    for path in profile.folder.glob("instance-*.lock"):
        with FileLock(path) as lock:
            if not lock.take():
                return False
    return True
