"""What is told of an import: each sentence once, with the requests that it is about."""

from __future__ import annotations

from composer.core.collections.collection import CollectedRequest
from composer.core.remarks import Remark

_MOST_NAMES = 3


class Telling:
    """Gathers sentences, in the order in which they first came up."""

    def __init__(self) -> None:
        self._about: dict[str, list[str]] = {}

    def add(self, request: CollectedRequest, words: str) -> None:
        """Say it of this request, too."""
        names = self._about.setdefault(words, [])
        if request.title not in names:
            names.append(request.title)

    def remarks(self) -> tuple[Remark, ...]:
        """Each sentence with the names of its requests; of many of them the first few."""
        return tuple(
            Remark(name=_listed(names), words=words) for words, names in self._about.items()
        )


def _listed(names: list[str]) -> str:
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
