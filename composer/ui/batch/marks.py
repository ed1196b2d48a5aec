"""What becomes of each event of a batch, in a word for its row. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.verdicts.outlook import Outlook
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report, Verdict
from composer.ui.verdicts.words import LOOKS, WORDS
from composer.ui.widgets import Severity as Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The word, its colour, and the sentence behind it."""

    word: str
    look: Look
    says: str = ""


STORED = Mark(word="Stored", look=Look.OK)
UNSEEN = Mark(word="…", look=Look.NEUTRAL)
REFUSED_TOO = Mark(
    word="Refused too",
    look=Look.NEUTRAL,
    says="PostHog would take this event, but refuses the whole batch for another one.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A mark for each event, and the events to see to first."""

    rows: dict[int, Mark]
    others: Mark
    """The mark of the events that have none of their own"""
    culprit: Verdict | None = None
    """The worst verdict that names an event"""

    def of(self, row: int) -> Mark:
        """What becomes of the event at that place."""
        return self.rows.get(row, self.others)


NOTHING_KNOWN = Marks(rows={}, others=UNSEEN)


def marks_of(report: Report) -> Marks:
    """The verdicts come the worst first, so the first of an event is its mark.

    In a batch that is refused, only those for which it is refused have one of their own.
    """
    refused = report.forecast.outlook is Outlook.REFUSED
    rows: dict[int, Mark] = {}
    culprit: Verdict | None = None
    for verdict in report.verdicts:
        event, severity = place_of(verdict), verdict.severity
        is_quiet = severity is not Severity.ERROR if refused else severity is Severity.ADVICE
        if event is None or event in rows or is_quiet:
            continue
        rows[event] = Mark(word=WORDS[severity], look=LOOKS[severity], says=verdict.says)
        culprit = culprit or verdict
    return Marks(rows=rows, others=REFUSED_TOO if refused else STORED, culprit=culprit)


def place_of(verdict: Verdict) -> int | None:
    """Which event a verdict is about; ``None`` for the batch as a whole.

    A rule about the whole body may still point into one event.
    """
    if verdict.event is not None:
        return verdict.event
    path = verdict.path
    return path[1] if len(path) > 1 and path[0] == "batch" and isinstance(path[1], int) else None
