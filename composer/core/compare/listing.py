"""What a comparison keeps of what it finds: a bounded list with the counts, and the texts to show.

It compares nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from composer.core.compare.request import MOST, MOST_SHOWN, RequestDifference


@dataclass(slots=True)
class Listed:
    """Counts all that is found and keeps the first ones, of what is fleeting and of the rest."""

    found: list[RequestDifference] = field(default_factory=list[RequestDifference])
    lasting: int = 0
    fleeting: int = 0

    def take(self, found: Iterable[RequestDifference]) -> None:
        for one in found:
            if self.count(is_fleeting=one.is_fleeting):
                self.found.append(one)

    def count(self, *, is_fleeting: bool) -> bool:
        """Count one; whether it is to be listed, too."""
        if is_fleeting:
            self.fleeting += 1
            return self.fleeting <= MOST
        self.lasting += 1
        return self.lasting <= MOST


@dataclass(frozen=True, slots=True)
class Shown:
    """A body as it is shown: whole lines of it, where it has some."""

    text: str
    is_cut: bool = False

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1


def shown_part(text: str) -> Shown:
    """As much of a body as is shown, up to the end of a line if there is one."""
    if len(text) <= MOST_SHOWN:
        return Shown(text)
    end = text.rfind("\n", 0, MOST_SHOWN)
    return Shown(text[: end if end > 0 else MOST_SHOWN], is_cut=True)
