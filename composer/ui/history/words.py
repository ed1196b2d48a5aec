"""How a send is put into words in the list and above its details. Pure functions."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import assert_never

from composer.core.outcome import Accepted, Cancelled, Interrupted, Outcome, Rejected, Unreachable
from composer.core.records import HistoryRow
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
