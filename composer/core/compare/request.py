"""The vocabulary of a comparison of two requests: what goes in, and what comes out. Values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from composer.core.compare.values import DifferenceKind
from composer.core.tokens import ALIASES, tokens_in
from composer.core.urls import query_pairs

MOST = 2_000
"""Differences that are listed of each sort, fleeting ones and others; the rest is only counted."""
MOST_SHOWN = 200_000
"""Characters of a body that are given to be shown beside the list."""


class Part(StrEnum):
    """Where in a request something differs, as a heading; what matters most comes first."""

    LINE = "Method and address"
    QUERY = "Query"
    BODY = "Body"
    HEADERS = "Headers"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRequest:
    """A request under the name that it has in the comparison: ``Pasted``, ``Composed``.

    Method, URL and headers are empty where they are not known, as in a body that was pasted; the
    body is without the compression that it may have had on the wire.
    """

    name: str
    body: bytes
    method: str = ""
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """What is to be hidden where keys are: project tokens and the key of a header or query."""
        return tuple(dict.fromkeys((*tokens_in(self.body), *self._keys_outside())))

    def _keys_outside(self) -> Iterator[str]:
        for name, value in self.headers:
            kind, _, key = value.partition(" ")
            if name.lower() == "authorization" and kind.lower() == "bearer" and key.strip():
                yield key.strip()
        yield from (value for name, value in query_pairs(self.url) if name in ALIASES and value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDifference:
    """One place where two requests differ.

    ``event`` says in which event of several it is: ``batch[0] ↔ batch[2]``.
    ``left`` and ``right`` are the values as text, JSON in a body; empty where there is none.
    ``detail`` says more about the kind, such as the two types. ``lines`` are where to look in the
    two texts of the comparison, from 1; 0 where there is nothing to see.
    """

    part: Part
    what: str
    kind: DifferenceKind
    event: str = ""
    left: str = ""
    right: str = ""
    detail: str = ""
    lines: tuple[int, int] = (0, 0)
    is_fleeting: bool = False
    """It differs between any two requests, like the uuid of their events."""

    @property
    def heading(self) -> str:
        """What it stands under: the part of the request, and the event."""
        return f"{self.part}: {self.event}" if self.event else self.part.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs: part by part, within a part in the order of the left request.

    ``lasting`` and ``fleeting`` count what differs, listed or not. ``texts`` are the two bodies as
    they can be shown side by side, laid out alike where both are JSON, and cut where they are long.
    ``notes`` are sentences about what could not be compared.
    """

    differences: tuple[RequestDifference, ...]
    lasting: int
    fleeting: int
    texts: tuple[str, str]
    is_json: bool
    notes: tuple[str, ...] = ()

    @property
    def fleeting_names(self) -> tuple[str, ...]:
        """What differs every time and does so here: ``uuid``, ``timestamp``."""
        found = (one.what for one in self.differences if one.is_fleeting)
        return tuple(dict.fromkeys(name.rpartition(".")[2] for name in found))
