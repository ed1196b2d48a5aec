"""A lock on a file that the system gives back when its process ends, however it ends.

Knows nothing of what is locked or why.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Self

_STEP = 0.01

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """The lock on ``path``, held from ``take`` to ``release`` or to the end of the process.

    The file itself stays: removing it would let two processes hold "the" lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, seconds: float = 0.0) -> bool:
        """Take the lock, waiting up to ``seconds`` for it. ``False``: another process has it.

        Raises ``OSError`` where the file cannot be made.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + seconds
        while not _try(handle):
            if time.monotonic() >= deadline:
                os.close(handle)
                return False
            time.sleep(_STEP)
        self._handle = handle
        return True

    def release(self) -> None:
        """Give the lock back; harmless without it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _try(handle: int) -> bool:
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):  # POSIX says the one, Windows the other
        return False
    return True
