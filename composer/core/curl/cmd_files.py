"""Exact bytes in a file, by what every Windows prompt has: ``echo``, ``certutil`` and ``copy``.

``echo`` writes base64, ``certutil`` unpacks it. An environment variable is written by ``set /p``,
which puts no line end after its prompt. It knows nothing of curl.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from composer.core.shells import Shell
from composer.core.stand_ins import Variable

BODY = r"%TEMP%\posthog-body.bin"
HEADERS = r"%TEMP%\posthog-headers.txt"

_PACKED = r"%TEMP%\posthog-packed.txt"
_PART = r"%TEMP%\posthog-part.bin"
_LINE = 7600
"""Letters of base64 in one line, a multiple of four; cmd.exe takes lines of 8,191 characters."""


def written_to(file: str, pieces: Sequence[str | Variable]) -> list[str]:
    """The commands that write ``pieces`` one after the other to ``file``; text comes first."""
    commands: list[str] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Variable):
            name = Shell.CMD.variable(piece.name)
            commands.append(f'<nul >>"{file}" set /p "={name}"')
        elif place == 0:
            commands += _unpacked(piece, file)
        else:
            commands += _unpacked(piece, _PART)
            commands.append(f'copy /b /y "{file}"+"{_PART}" "{file}" >nul')
    return commands


def removed(files: Sequence[str], pieces: Sequence[str | Variable]) -> str:
    """The command that removes ``files`` and what was needed to write ``pieces``."""
    helpers = [_PACKED, _PART] if len(pieces) > 1 else [_PACKED]
    return "del " + " ".join(f'"{file}"' for file in (*files, *helpers))


def _unpacked(text: str, file: str) -> Iterator[str]:
    packed = b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")
    for start in range(0, len(packed), _LINE):
        sign = ">>" if start else ">"
        yield f'{sign}"{_PACKED}" echo {packed[start : start + _LINE]}'
    yield f'certutil -f -decode "{_PACKED}" "{file}" >nul'
