"""Which process is at which run, so that no two send the same, told rightly after any death.

Whoever is at a run holds a slot: a lock on a file that the system gives back when its process
ends. What the file of runs says of a slot only tells its holder from earlier ones.
"""

from __future__ import annotations

import secrets
import sqlite3
from itertools import count
from pathlib import Path

from composer.core.errors import StoreError
from composer.services.batch.runs.file import RunFile
from composer.services.files import reason_of
from composer.services.locks import FileLock


class Ownership:
    """A slot that this process holds; ``key`` tells this holder from all others."""

    def __init__(self, slot: int, lock: FileLock) -> None:
        self.slot = slot
        self.key = secrets.token_hex(8)
        self._lock = lock

    @classmethod
    def take(cls, file: RunFile) -> Ownership:
        """Take the lowest free slot. Call it with the file's gate held. Raises ``StoreError``."""
        slots = ((slot, FileLock(_place(file.path, slot))) for slot in count(1))
        return cls(*next((slot, lock) for slot, lock in slots if _taken(lock, file.path)))

    def note(self, connection: sqlite3.Connection) -> None:
        """Write down who holds the slot now, within a transaction."""
        connection.execute("INSERT OR REPLACE INTO holder VALUES (?, ?)", (self.slot, self.key))

    def release(self) -> None:
        """Give the slot back; harmless a second time."""
        self._lock.release()


def is_alive(file: RunFile, connection: sqlite3.Connection, slot: int, key: str) -> bool:
    """Whether that holder of the slot lives. Call it with the file's gate held."""
    found = connection.execute("SELECT key FROM holder WHERE slot = ?", (slot,)).fetchone()
    if found is None or found[0] != key:
        return False
    with FileLock(_place(file.path, slot)) as lock:
        return not _taken(lock, file.path)


def _place(path: Path, slot: int) -> Path:
    return path.with_name(f"{path.stem}-{slot}.lock")


def _taken(lock: FileLock, path: Path) -> bool:
    try:
        return lock.take()
    except OSError as error:
        raise StoreError(f"{path.name} cannot be used: {reason_of(error)}") from error
