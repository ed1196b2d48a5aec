"""Command lines taken apart into words, as each shell does it.

Nothing is run, looked up or fetched: what a shell would put in place of a variable, a command or a
pattern stays as it is written and is told in a remark. It knows of no command.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from composer.core.shells import bash_words, cmd_words, powershell_words
from composer.core.shells.shell import Shell
from composer.core.shells.word import ShellError, TooMuchError, Word, as_bytes, as_text

__all__ = ["ShellError", "TooMuchError", "Word", "as_bytes", "as_text", "read_lines", "read_words"]

_READERS = {
    Shell.BASH: bash_words.read_lines,
    Shell.CMD: cmd_words.read_lines,
    Shell.POWERSHELL: powershell_words.read_lines,
}


def read_words(text: str, shell: Shell) -> tuple[Word, ...]:
    """All the words of ``text``, operators included. Raises ``ShellError``."""
    return tuple(chain.from_iterable(read_lines(text, shell)))


def read_lines(text: str, shell: Shell, start: int = 0) -> Iterator[tuple[Word, ...]]:
    """The words of one command line after the other, from ``start`` on.

    A command line goes on as long as a quote is open or the line break is escaped. Each is read
    only when it is asked for, for what comes after a command need not be one. Raises
    ``ShellError``.
    """
    return _READERS[shell](text, start)
