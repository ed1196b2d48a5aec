"""Files that a person drops on the window or chooses, read whole and never too much of them.

What stands in a file is not its business.
"""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

from composer.core.errors import ComposerError
from composer.services.files import reason_of

MOST_BYTES = 100 * 1024 * 1024
"""The most that is read of one file."""


class PastedFileError(ComposerError):
    """The file is not read. The text says why, and what to do."""


class PastedFiles:
    """Implements ``composer.services.ports.PastedFiles``."""

    async def read(self, path: str) -> bytes:
        """The bytes of the file, read in a thread. Raises ``PastedFileError``."""
        return await asyncio.to_thread(read_file, Path(path))


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of the file at ``path``, at most so many. Raises ``PastedFileError``.

    It is opened only if it is an ordinary file: a pipe or a device might never end.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise PastedFileError(f"{path.name} is a folder. Choose a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise PastedFileError(f"{path.name} is not an ordinary file. Choose another one.")
        if found.st_size > most:
            raise PastedFileError(_too_large(path, most))
        with path.open("rb") as file:
            data = file.read(most + 1)  # it may have grown since
    except OSError as error:
        raise PastedFileError(f"{path.name} cannot be read: {reason_of(error)}") from error
    if len(data) > most:
        raise PastedFileError(_too_large(path, most))
    return data


def _too_large(path: Path, most: int) -> str:
    return (
        f"{path.name} is larger than {most // (1024 * 1024)} MB, the most that is read. "
        "Cut out the request that it is about."
    )
