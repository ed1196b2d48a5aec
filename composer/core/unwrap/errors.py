"""Why a packing cannot be taken off."""

from __future__ import annotations


class DamagedError(ValueError):
    """The stream is broken, or ends too early."""


class TooLongError(ValueError):
    """There would be more than the limit."""


class HeavyError(Exception):
    """There is more in a packing than the caller wanted to take out here and now."""


class UnwrapError(Exception):
    """A packing is known but cannot be taken off.

    The text is a sentence for a person that says why, without a next step. ``wrappings`` are those
    that came off before.
    """

    def __init__(self, words: str, wrappings: tuple[str, ...]) -> None:
        super().__init__(words, wrappings)
        self.words = words
        self.wrappings = wrappings

    def __str__(self) -> str:
        return self.words
