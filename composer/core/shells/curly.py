"""Curly quotes around an argument, which a word processor or a chat has put there.

The shell takes them for letters; a person means quotes. Knows nothing of words.
"""

from __future__ import annotations

import re

OPENERS = "“”„‘’‚"

SAYS = "Curly quotes around an argument were read as straight ones."

AFTER = r"(?=\s*+(?:\\\s*+)?(?:\Z|[|;&>]|[-–—“”„‘’'\"]|https?:)|[ \t]*+\n)"
"""What comes after an argument: the end, an option, another quote, a URL."""

_ENDS = {opener: re.compile(f'[“”„"]{AFTER}') for opener in "“”„"} | {
    opener: re.compile(f"[‘’']{AFTER}") for opener in "‘’‚"
}


class Curly:
    """Finds where curly quotes close in ``text``; how often it is asked costs no time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._never_again: set[re.Pattern[str]] = set()

    def closing(self, start: int) -> int:
        """Where the quote stands that closes the one at ``start``; -1 if that is not plain.

        The text within may hold the same quotes, so it counts what follows them.
        """
        ends = _ENDS[self._text[start]]
        if ends in self._never_again:
            return -1
        found = ends.search(self._text, start + 1)
        if found is None:
            self._never_again.add(ends)
            return -1
        return found.start()
