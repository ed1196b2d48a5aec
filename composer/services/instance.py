"""Which instances of the app run on a profile, and which number each of them has.

Windows take the slots from 1 up, so that the same window finds the same open work; commands take
those from 1001 up, so that a command in a terminal never takes a window's place.
"""

from __future__ import annotations

import secrets
from enum import IntEnum
from itertools import count

from composer.core.errors import ProfileError
from composer.services.locks import FileLock
from composer.services.paths import Profile

_GATE_SECONDS = 10.0


class Role(IntEnum):
    """What an instance is; the value is the first slot of its kind."""

    WINDOW = 1
    COMMAND = 1001


class InstanceLock:
    """The slot of this process, held until ``release`` or until the process ends.

    ``run`` tells this holder of the slot from all earlier ones.
    """

    def __init__(self, profile: Profile, slot: int, lock: FileLock) -> None:
        self.slot = slot
        self.run = secrets.token_hex(8)
        self._profile = profile
        self._lock = lock

    @classmethod
    def acquire(cls, profile: Profile, role: Role = Role.WINDOW) -> InstanceLock:
        """Take the lowest free slot. Call it with the gate held. Raises ``OSError``."""
        slots = ((slot, FileLock(profile.lock(slot))) for slot in count(role.value))
        slot, lock = next((slot, lock) for slot, lock in slots if lock.take())
        return cls(profile, slot, lock)

    def is_alive(self, slot: int) -> bool:
        """Whether a process, this one or another, holds ``slot``; yes where it cannot be told."""
        if slot == self.slot:
            return True
        # Looking takes the lock for a moment; the gate keeps a starting instance from seeing that.
        try:
            with gate(self._profile), FileLock(self._profile.lock(slot)) as lock:
                return not lock.take()
        except (OSError, ProfileError):
            return True

    def release(self) -> None:
        self._lock.release()


def gate(profile: Profile) -> FileLock:
    """Wait until no other instance is just opening the profile; use it in a ``with`` statement.

    Raises ``ProfileError`` after ten seconds, ``OSError`` where there can be no lock file.
    """
    lock = FileLock(profile.gate)
    if not lock.take(_GATE_SECONDS):
        raise ProfileError(
            "Another Event Composer is still opening this profile. Try again in a moment."
        )
    return lock
