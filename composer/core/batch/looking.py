"""What becomes of each event of a table, told from the verdicts on a request with some of them.

Each event is told of as if it went out alone: that another one would refuse the request, or that
two are the same, is not said here. It judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from composer.core.batch.table import OUTLOOKS, RowOutlook
from composer.core.jsontext import Object
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What becomes of an event, and the sentence of the worst verdict on it."""

    outlook: RowOutlook = RowOutlook.STORED
    says: str = ""


STORED = Found()
"""Of an event that there is nothing to say of."""

Ask = Callable[[Sequence[Object]], Report]
"""Judges a batch of these events."""


def looked_at(events: Sequence[Object], ask: Ask) -> list[Found]:
    """What becomes of each of the events; there is at least one.

    Where a batch of them is refused, those that are to blame are found with smaller batches.
    """
    report = ask(events)
    suspects = _suspects(report)
    if suspects is None:
        return _told(report, len(events))
    if len(events) == 1:
        return [Found(outlook=RowOutlook.REFUSED, says=report.verdicts[0].says)]
    if not suspects or len(suspects) == len(events):
        half = len(events) // 2
        return looked_at(events[:half], ask) + looked_at(events[half:], ask)
    others = [place for place in range(len(events)) if place not in suspects]
    found: dict[int, Found] = {}
    for places in (sorted(suspects), others):
        answers = looked_at([events[place] for place in places], ask)
        found.update(zip(places, answers, strict=True))
    return [found[place] for place in range(len(events))]


def _suspects(report: Report) -> set[int] | None:
    """The events for which the request may be refused; ``None`` if it is taken."""
    errors = [verdict for verdict in report.verdicts if verdict.severity is Severity.ERROR]
    if not errors:
        return None
    return {verdict.event for verdict in errors if verdict.event is not None}


def _told(report: Report, count: int) -> list[Found]:
    """The verdicts come the worst first, so the first on an event is the one that counts.

    Advice is no news about what becomes of it.
    """
    found: dict[int, Found] = {}
    for verdict in report.verdicts:
        event = verdict.event
        if event is not None and event not in found and verdict.severity is not Severity.ADVICE:
            found[event] = Found(outlook=OUTLOOKS[verdict.severity], says=verdict.says)
    return [found.get(place, STORED) for place in range(count)]
