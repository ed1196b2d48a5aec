"""The one function that reads a command. What it needs is loaded when it is first called."""

from __future__ import annotations

from composer.core.curl.reading.command import ReadCommand


def read(text: str) -> ReadCommand:
    """The first request of ``text``: a command line for any shell, as it was copied.

    Raises ``ReadError`` where there is no command, or one that breaks off.
    """
    # The patterns of three shells take 40 ms to compile, and many sessions never paste.
    from composer.core.curl.reading.script import read_text  # noqa: PLC0415

    return read_text(text)
