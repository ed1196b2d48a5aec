"""How runs, requests and events are put into words. Pure functions."""

from __future__ import annotations

from composer.core.batch.options import LARGEST_EVENT, BatchOptions
from composer.core.batch.packing import requests_needed
from composer.core.batch.run import (
    Counts,
    EventState,
    RequestRow,
    RequestState,
    Run,
    RunState,
    Try,
)
from composer.core.batch.table import RowOutlook, Totals
from composer.services.ports.batch_jobs import RunProgress
from composer.ui.history.words import bytes_text
from composer.ui.widgets import Severity
from composer.ui.wording import counted, milliseconds_text

SAME_IDS = "Every event keeps its ID, so PostHog takes what arrives twice for one."


def meter_words(totals: Totals, options: BatchOptions, envelope: int) -> str:
    """What the events of the table come to: ``100,000 events · 21 MB · about 50 requests``."""
    requests = requests_needed(totals.events, totals.bytes, options, envelope)
    about = "" if options.one_each else "about "
    return " · ".join(
        (
            counted(totals.events, "event"),
            bytes_text(totals.bytes),
            f"{about}{counted(requests, 'request')}",
        )
    )


def largest_words(totals: Totals) -> str:
    """The largest event against the limit of the service."""
    limit = bytes_text(LARGEST_EVENT)
    if totals.largest > LARGEST_EVENT:
        return f"The largest event has {bytes_text(totals.largest)}, over the limit of {limit}"
    return f"Largest event: {bytes_text(totals.largest)} of {limit}"


def foreseen_words(totals: Totals) -> str:
    """What will not be stored of the table; empty if nothing is known to be."""
    refused = totals.by_outlook.get(RowOutlook.REFUSED, 0)
    lost = totals.by_outlook.get(RowOutlook.LOST, 0)
    words: list[str] = []
    if refused:
        is_one = refused == 1
        words.append(
            f"{counted(refused, 'event')} would be refused and {'is' if is_one else 'are'} set "
            "aside, not sent."
        )
    if lost:
        words.append(f"{counted(lost, 'event')} would be taken and then dropped.")
    return " ".join(words)


def unseen_words(totals: Totals) -> str:
    """That not all is known yet; empty if it is."""
    if not totals.unseen:
        return ""
    verb = "has" if totals.unseen == 1 else "have"
    return (
        f"{counted(totals.unseen, 'event')} {verb} not been looked at yet. What would be refused "
        "is set aside all the same."
    )


def state_pill(run: Run) -> tuple[str, Severity]:
    """The pill of a run."""
    if run.is_cut_off:
        return "Cut off", Severity.WARNING
    match run.state:
        case RunState.PREPARING:
            return "Preparing", Severity.INFO
        case RunState.READY:
            return "Not sent yet", Severity.NEUTRAL
        case RunState.RUNNING:
            return "Sending", Severity.INFO
        case RunState.PAUSED:
            return "Paused", Severity.WARNING
        case RunState.STOPPED:
            return "Stopped", Severity.WARNING
        case RunState.ENDED:
            return _ending(run.counts)


def _ending(counts: Counts) -> tuple[str, Severity]:
    if counts.failures:
        return f"{counts.failures:,} failed", Severity.ERROR
    if counts.set_aside:
        return "Set aside", Severity.WARNING
    return "Confirmed", Severity.OK


def counts_words(counts: Counts) -> str:
    """``41,200 confirmed · 12 refused``, without what there is none of."""
    parts = (
        (counts.confirmed, "confirmed"),
        (counts.refused, "refused"),
        (counts.uncertain, "uncertain"),
        (counts.set_aside, "set aside"),
        (counts.sending, "under way"),
        (counts.waiting, "waiting"),
    )
    words = [f"{number:,} {word}" for number, word in parts if number]
    return " · ".join(words) or "No events"


def confirmed_words(counts: Counts) -> str:
    """``41,200 of 100,000 events were confirmed``."""
    verb = "was" if counts.confirmed == 1 else "were"
    total = counted(counts.total, "event")
    return f"{counts.confirmed:,} of {total} {verb} confirmed"


def cut_off_words(run: Run) -> str:
    """What is offered when the place opens."""
    how = "was cut off" if run.is_cut_off else "is not at its end"
    return f"A run {how}: {confirmed_words(run.counts)}."


def ended_words(run: Run) -> tuple[str, Severity]:
    """How a run ended, once it has."""
    counts = run.counts
    if run.state is RunState.STOPPED:
        left = counted(counts.left, "event")
        trouble = f" {run.trouble}" if run.trouble else ""
        return f"Stopped: {confirmed_words(counts)}, {left} left.{trouble}", Severity.WARNING
    if run.state is RunState.PAUSED:
        return f"Paused: {confirmed_words(counts)}. {run.trouble}".strip(), Severity.WARNING
    if counts.failures:
        return f"Sent, not all of it: {counts_words(counts)}.", Severity.ERROR
    if counts.set_aside:
        return f"Sent: {counts_words(counts)}.", Severity.WARNING
    is_one = counts.confirmed == 1
    all_of_it = "The event was" if is_one else f"All {counts.confirmed:,} events were"
    return f"{all_of_it} confirmed.", Severity.OK


def resume_words(counts: Counts) -> str:
    """What Resume will send, and why that is safe."""
    waiting = f"{counted(counts.waiting, 'event')} not sent yet" if counts.waiting else ""
    unsure = (
        f"{counted(counts.uncertain, 'event')} of which nobody knows whether they arrived"
        if counts.uncertain
        else ""
    )
    what = " and ".join(filter(None, (unsure, waiting)))
    return f"Resume sends {what}. {SAME_IDS if counts.uncertain else ''}".strip()


def pace_words(progress: RunProgress) -> str:
    """How fast it goes, how long it will take, and what it waits for."""
    words: list[str] = []
    if progress.state is RunState.PAUSED:
        words.append("Paused")
    elif progress.waits_s is not None:
        words.append(f"Waits {seconds_text(progress.waits_s)} before the next request")
    elif progress.rate:
        words.append(f"{progress.rate:,.0f} events/s")
    if progress.seconds_left is not None and progress.state is RunState.RUNNING:
        words.append(f"{seconds_text(progress.seconds_left)} left")
    return " · ".join(words)


def seconds_text(seconds: float) -> str:
    """``4 s``, ``2 min 5 s``, ``1 h 12 min``."""
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    minutes, rest = divmod(whole, _MINUTE)
    if minutes < _MINUTE:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


_MINUTE = 60

REQUEST_STATES = {
    RequestState.SENDING: ("Under way", Severity.INFO),
    RequestState.CONFIRMED: ("Confirmed", Severity.OK),
    RequestState.REFUSED: ("Refused", Severity.ERROR),
    RequestState.UNCERTAIN: ("Uncertain", Severity.WARNING),
    RequestState.SPLIT: ("In halves", Severity.NEUTRAL),
}
EVENT_STATES = {
    EventState.WAITING: ("Waiting", Severity.NEUTRAL),
    EventState.SENDING: ("Under way", Severity.INFO),
    EventState.CONFIRMED: ("Confirmed", Severity.OK),
    EventState.REFUSED: ("Refused", Severity.ERROR),
    EventState.UNCERTAIN: ("Uncertain", Severity.WARNING),
    EventState.SET_ASIDE: ("Set aside", Severity.WARNING),
}


def next_words(one: Try, *, is_paused: bool) -> str:
    """What follows from a try that failed, after which another one is due."""
    if one.waits:
        return f"again after {seconds_text(one.waits)}"
    return "after Resume" if is_paused else "again at once"


def try_words(one: Try) -> str:
    """``Try 2: 503 Service Unavailable, again after 2 s``."""
    after = f", again after {seconds_text(one.waits)}" if one.waits else ""
    return f"Try {one.number}: {one.words.rstrip('.')}{after}"


def request_words(row: RequestRow) -> str:
    """A sentence on what became of a request."""
    state, _ = REQUEST_STATES[row.state]
    parts = [f"{state}: {row.words.rstrip('.')}" if row.words else state]
    if row.milliseconds:
        parts.append(f"answered in {milliseconds_text(row.milliseconds)}")
    if row.tries > 1:
        parts.append(f"{row.tries} tries")
    return f"Request {row.id:,} with {counted(row.events, 'event')}. {', '.join(parts)}."


def run_title(run: Run) -> str:
    """``Run 3: orders.csv``."""
    return f"Run {run.id}: {run.source}"
