"""What becomes of rows: events, and rows that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from composer.core.tabular import RowProblem


class NewEvent(NamedTuple):
    """An event of a row; one that the capture service takes in a batch."""

    number: int
    """Of the row, as a person counts (1: the first after the header)."""
    body: str
    """Compact JSON of the event: no token, always a ``uuid``."""
    name: str
    person: str
    moment: str
    """Its time as it stands in the body; empty where it has none."""


@dataclass(slots=True)
class Converted:
    """What a block of rows became, in its order."""

    events: list[NewEvent]
    problems: list[RowProblem]
