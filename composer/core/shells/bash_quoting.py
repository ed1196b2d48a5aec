"""One argument for bash or zsh. It knows nothing of the command that gets it.

Single quotes take everything but themselves as it is, also ``!`` at a prompt. What a clipboard or
a terminal would change on the way (control characters, bytes that are no text) is left to
``printf '%b'``, which makes any byte from printable text.
"""

from __future__ import annotations

import re

from composer.core.shells.terminal import UNSAFE


def quoted(text: str) -> str:
    """``text`` in single quotes."""
    return "'" + text.replace("'", r"'\''") + "'"


def double_quoted(text: str) -> str:
    """``text`` in double quotes, as documentation likes it, where they change nothing in it."""
    return f'"{text}"' if _PLAIN.fullmatch(text) else quoted(text)


def escaped(text: str) -> str:
    """``text`` for the argument of ``printf '%b'``, without anything ``UNSAFE`` or apostrophes."""
    for letter, escape in _FREQUENT:
        text = text.replace(letter, escape)
    return UNSAFE.sub(lambda match: _OCTAL[match[0]], text)


_PLAIN = re.compile(r'[^"$`\\!\x00-\x1f\x7f]*')

_FREQUENT = (("\\", r"\\"), ("'", r"\0047"), ("\t", r"\t"), ("\r", r"\r"))
"""Replaced one after the other, which is quick for a body of any length."""

_OCTAL = {
    letter: "".join(f"\\0{byte:03o}" for byte in letter.encode("utf-8", "surrogateescape"))
    for letter in map(chr, (*range(0x20), *range(0x7F, 0xA0), *range(0xDC80, 0xDD00)))
}
