"""How a send is put into words in the list and above its details. Pure functions."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import assert_never

from composer.core.history import HistorySize
from composer.core.outcome import Accepted, Cancelled, Interrupted, Outcome, Rejected, Unreachable
from composer.core.records import HistoryRow
from composer.core.settings import Retention
from composer.ui.lists.when import clock_text, day_words
from composer.ui.widgets import Severity
from composer.ui.wording import counted, milliseconds_text


def badge(outcome: Outcome | None) -> tuple[str, Severity]:
    """The pill of a row: what came back and how fast, or why nothing did."""
    match outcome:
        case None:
            return "Sending…", Severity.INFO
        case Accepted(response=response):
            spent = milliseconds_text(response.milliseconds)
            return f"{response.status} · {spent}", Severity.OK
        case Rejected(response=response):
            spent = milliseconds_text(response.milliseconds)
            return f"{response.status} · {spent}", Severity.ERROR
        case Unreachable():
            return "No answer", Severity.ERROR
        case Cancelled():
            return "Cancelled", Severity.WARNING
        case Interrupted():
            return "Cut off", Severity.WARNING
        case _:
            assert_never(outcome)


def sentence(row: HistoryRow, now: datetime) -> str:
    """HTML: where it went, when, and what came of it."""
    place = f"<b>{escape(row.destination.name)}</b>"
    when = f"{day_words(row.sent_at, now)} at {clock_text(row.sent_at, now)}"
    return f"Sent to {place} {when}, {_ending(row.outcome)}."


def count_words(found: int, total: int, *, searching: bool) -> str:
    """``12,408 requests``, or ``8 of 12,408 requests``."""
    of_all = counted(total, "request")
    return f"{found:,} of {of_all}" if searching else of_all


def note_line(row: HistoryRow) -> str:
    """The ticket number and the first line of the note: ``ZD-4812 · merge refused``."""
    lines = row.note.strip().splitlines()
    return " · ".join(filter(None, (row.ticket, lines[0] if lines else "")))


def nothing_words(text: str, filters: tuple[str, ...]) -> str:
    """What was looked for in vain, for the place of the list."""
    if not filters:
        return (
            "The search looks at the event, person, destination, outcome, note, ticket and "
            "request body."
        )
    wanted = (
        f"No send holds “{text}” with these filters: " if text else "No send fits these filters: "
    )
    return f"{wanted}{'; '.join(filters)}."


def kept_words(retention: Retention) -> str:
    """What becomes of old sends: ``Everything is kept``, ``Kept for 90 days and up to 500 MB``."""
    limits: list[str] = []
    if retention.rows is not None:
        limits.append(f"up to {counted(retention.rows, 'send')}")
    if retention.megabytes is not None:
        limits.append(f"up to {retention.megabytes:,} MB")
    days = f" for {counted(retention.days, 'day')}" if retention.days is not None else ""
    if not limits and not days:
        return "Everything is kept"
    return f"Kept{days}{' and' if days and limits else ''}{' ' * bool(limits)}{', '.join(limits)}"


def size_words(size: HistorySize) -> str:
    """``4,310 sends, 12 MB``."""
    return f"{counted(size.rows, 'send')}, {bytes_text(size.bytes)}"


def bytes_text(size: int) -> str:
    """``812 bytes``, ``4.2 kB``, ``12 MB``, ``1.3 GB``; powers of 1,000."""
    if size < _KILO:
        return counted(size, "byte")
    amount, unit = float(size), ""
    for name in ("kB", "MB", "GB", "TB"):
        amount, unit = amount / _KILO, name
        if amount < _KILO - 0.5:
            break
    return f"{amount:.1f} {unit}" if amount < _WHOLE_FROM else f"{amount:,.0f} {unit}"


_KILO = 1000
_WHOLE_FROM = 9.95


def _ending(outcome: Outcome | None) -> str:
    match outcome:
        case None:
            return "still under way"
        case Accepted(response=response) | Rejected(response=response):
            spent = milliseconds_text(response.milliseconds)
            return f"answered {response.status} in {spent}"
        case Unreachable(milliseconds=milliseconds):
            after = f" within {milliseconds_text(milliseconds)}" if milliseconds else ""
            return f"no answer came{after}"
        case Cancelled(milliseconds=milliseconds):
            after = f" after {milliseconds_text(milliseconds)}" if milliseconds else ""
            return f"cancelled{after}"
        case Interrupted():
            return "cut off when the app was closed"
        case _:
            assert_never(outcome)
