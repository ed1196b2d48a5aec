"""What becomes of the events of the batch, in words for a row and for all of them.

Pure functions.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.batch.table import RowOutlook, Totals
from composer.core.verdicts.outlook import Outlook
from composer.ui.widgets import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The word, its colour, and the sentence behind it."""

    word: str
    look: Severity
    says: str = ""


WORDS = {
    RowOutlook.STORED: "Stored",
    RowOutlook.ALTERED: "Altered",
    RowOutlook.LOST: "Lost",
    RowOutlook.REFUSED: "Refused",
}
LOOKS = {
    RowOutlook.STORED: Severity.OK,
    RowOutlook.ALTERED: Severity.WARNING,
    RowOutlook.LOST: Severity.ERROR,
    RowOutlook.REFUSED: Severity.ERROR,
}
UNSEEN = Mark(word="…", look=Severity.NEUTRAL, says="Not looked at yet.")


def mark_of(outlook: RowOutlook | None, says: str) -> Mark:
    """The mark of one event."""
    if outlook is None:
        return UNSEEN
    return Mark(word=WORDS[outlook], look=LOOKS[outlook], says=says)


def mark_of_all(totals: Totals) -> Mark:
    """The worst that becomes of any event, and of how many."""
    worst = max((o for o, count in totals.by_outlook.items() if count), default=None)
    if totals.unseen or worst is None:
        return Mark(word="Looking at it…", look=Severity.NEUTRAL)
    count = totals.by_outlook[worst]
    return Mark(
        word=_ALL[worst] if count == totals.events else _some(worst, count, totals.events),
        look=LOOKS[worst],
        says=" · ".join(
            f"{totals.by_outlook.get(outlook, 0):,} {WORDS[outlook].lower()}"
            for outlook in reversed(RowOutlook)
            if totals.by_outlook.get(outlook)
        ),
    )


_ALL = {
    RowOutlook.STORED: Outlook.STORED.value,
    RowOutlook.ALTERED: Outlook.ALTERED.value,
    RowOutlook.LOST: Outlook.LOST.value,
    RowOutlook.REFUSED: Outlook.REFUSED.value,
}
_SOME = {
    RowOutlook.ALTERED: "will be altered",
    RowOutlook.LOST: "will be lost",
    RowOutlook.REFUSED: "will be refused",
}


def _some(outlook: RowOutlook, count: int, events: int) -> str:
    return f"{count:,} of {events:,} {_SOME[outlook]}"
