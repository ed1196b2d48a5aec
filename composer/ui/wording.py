"""Numbers, sizes and names in words, the same in every pane. Pure functions."""

from __future__ import annotations

import re


def counted(number: int, noun: str) -> str:
    """``1 request``, ``12,408 requests``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def milliseconds_text(milliseconds: float) -> str:
    """``0.4 ms``, ``12 ms``, ``1.3 s``, ``30 s``."""
    if milliseconds < 1:
        return f"{milliseconds:.1f} ms"
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"


def shortened(name: str, most: int) -> str:
    """A name on a button, which is to keep a sensible width: at most ``most`` characters."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def breakable(text: str) -> str:
    """Words for a wrapping label: a long one may be broken too, and cannot push its pane wide."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


_LONG_WORD = re.compile(r"\S{24}(?=\S)")
