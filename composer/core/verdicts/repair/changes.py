"""What a repair changed: values for people to read, and the notes they are made from.

Knows nothing of JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_EDITS = 1_000_000


class UnclearError(ValueError):
    """The text cannot be repaired, or it could be meant in several ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what was done, and where in the text as it was (1-based, in characters)."""

    says: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"Line {self.line}, column {self.column}: {self.says}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Text that is JSON now. Without changes it was JSON before."""

    text: str
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Notes:
    """The edits of a text as they are found, by character offsets; not always in order.

    Each takes memory: text that needs more than ``MOST_EDITS`` is given up (``UnclearError``).
    """

    edits: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    said: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def put(self, start: int, stop: int, new: str, *says: str) -> None:
        """Write ``new`` in place of what stands from ``start`` to before ``stop``."""
        if len(self.edits) == MOST_EDITS:
            raise UnclearError("too much of this is no JSON")
        self.edits.append((start, stop, new))
        self.said += ((start, one) for one in says)

    def edited(self, text: str) -> str:
        """The text with all edits; those at one place follow each other as they were noted."""
        parts: list[str] = []
        copied = 0
        for start, stop, new in sorted(self.edits, key=lambda edit: edit[:2]):
            parts += (text[copied:start], new)
            copied = stop
        parts.append(text[copied:])
        return "".join(parts)

    def changes(self, text: str) -> tuple[Change, ...]:
        """What was said, in the order of the text."""
        return tuple(_placed(text, sorted(self.said, key=lambda note: note[0])))


def _placed(text: str, notes: Iterable[tuple[int, str]]) -> Iterable[Change]:
    """Lines are counted from one note to the next: counting each from the start is quadratic."""
    line, begin, counted = 1, 0, 0
    for offset, says in notes:
        line += text.count("\n", counted, offset)
        begin = max(begin, text.rfind("\n", counted, offset) + 1)
        counted = offset
        yield Change(says=says, line=line, column=offset - begin + 1)
