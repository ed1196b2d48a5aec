"""The verdicts in one line: stored, stored otherwise than typed, lost, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from composer.core.verdicts.scales import Severity


class Outlook(StrEnum):
    """What becomes of a request, in the words of the summary line; the worst is last."""

    STORED = "Will be stored"
    ALTERED = "Will be stored, but not as typed"
    LOST = "Will be lost"
    REFUSED = "Will be refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The outlook, how many verdicts there are of each severity, and how many events are lost."""

    outlook: Outlook
    counts: Mapping[Severity, int]
    events: int = 1
    lost: int = 0

    @property
    def needs_asking(self) -> bool:
        """Whether a send to real data should be confirmed first."""
        return self.outlook in {Outlook.LOST, Outlook.REFUSED} or self.lost > 0


def forecast(
    counts: Mapping[Severity, int], dropped: Iterable[int | None], events: int
) -> Forecast:
    """Sum up verdicts: how many there are of each severity, and on which events those that drop.

    ``dropped`` has the index of an event, or ``None`` for the body as a whole.
    """
    lost = set(dropped)
    gone = events if None in lost else len(lost)
    return Forecast(outlook=_outlook(counts, gone, events), counts=counts, events=events, lost=gone)


def _outlook(counts: Mapping[Severity, int], lost: int, events: int) -> Outlook:
    if counts.get(Severity.ERROR):
        return Outlook.REFUSED
    if lost and lost >= events:
        return Outlook.LOST
    if lost or counts.get(Severity.ALTERED):
        return Outlook.ALTERED
    return Outlook.STORED
