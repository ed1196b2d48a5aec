"""How trouble with kept things is told in passing: as notices.

A notice says what was mended by itself (a broken file was put aside). What could not be mended is
raised as one of ``composer.core.errors``. Knows nothing of what is kept.
"""

from __future__ import annotations


class Notices:
    """What a person should know about the profile, as whole sentences, each of them once."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    def add(self, sentence: str) -> None:
        if sentence not in self._sentences:
            self._sentences.append(sentence)

    def all(self) -> tuple[str, ...]:
        """The sentences so far, oldest first."""
        return tuple(self._sentences)
