r"""One argument at the prompt of cmd.exe. It knows nothing of the command that gets it.

Two readers come one after the other. cmd.exe puts in ``%variables%``, takes ``^`` as its escape and
``& | < >`` as its own, unless it counts an odd number of quotation marks so far. Then the program
splits the line by the rules of the C runtime, where ``\"`` is a quotation mark. To cmd.exe that
is one like any other, unless a caret stands before it.
"""

from __future__ import annotations

import re
from enum import Enum


class _Opening(Enum):
    """How the argument begins, which settles where in it cmd.exe sees itself within quotes."""

    MARK = '"'
    """Strings inside JSON are outside of quotes to cmd.exe, so that ``^`` works in them"""
    CARET = '^"'
    """Strings inside JSON are within quotes to cmd.exe, what stands between them is not"""


def survives(text: str) -> bool:
    """Whether an argument can be ``text``: printable ASCII and line feeds.

    A terminal or the prompt takes control characters out, and Windows turns other letters into
    those of its code page for most programs.
    """
    return _SURVIVING.fullmatch(text) is not None


def quoted(text: str) -> str:
    """``text`` as one argument; the quotation marks that cmd.exe counts come out even.

    A line feed becomes a caret, a line end and an empty line.
    """
    marked = _BACKSLASHES.sub(r'\1\1\\"', text)
    marked += "\\" * (len(marked) - len(marked.rstrip("\\")))
    for opening in _Opening:
        argument = _with_few_carets(marked, opening)
        if argument is not None:
            return argument
    return '^"' + _escaped(marked).replace('"', '^"') + '^"'


def _with_few_carets(marked: str, opening: _Opening) -> str | None:
    """The argument, escaped only where cmd.exe is outside of quotes; ``None`` if it needs more."""
    parts = [opening.value]
    is_within = opening is _Opening.MARK
    for index, part in enumerate(marked.split('"')):
        if index:
            parts.append('"')
            is_within = not is_within
        if is_within and _NEEDS_CARET.search(part):
            return None
        parts.append(part if is_within else _escaped(part))
    parts.append('"' if is_within else '^"')
    return "".join(parts)


def _escaped(part: str) -> str:
    """With carets, and one after each ``%``: no variable has a name that begins with a caret."""
    return _SPECIAL.sub(_CARET, part).replace("\n", "\n\n")


_SURVIVING = re.compile(r"[\n -~]*")
_BACKSLASHES = re.compile(r'(\\*)"')
_NEEDS_CARET = re.compile(r"[%\n]")
_SPECIAL = re.compile(r"(?=[\^&|<>\n])|(?<=%)(?![\^&|<>\n]|\Z)")
_CARET = "^"
"""After a ``%`` that ends the argument comes the caret of the closing quotation mark."""
