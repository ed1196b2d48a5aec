"""What ``batch`` tells: a run while it is sent, at its end, in a list, and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from composer.core.batch.run import Counts, EventState, Run, RunEvent, RunState
from composer.core.jsontext import Number, Object, Value, parse
from composer.services.ports.batch_jobs import RunProgress


class Weighed(Protocol):
    """Events as they would be packed into requests; ``first`` is the text of the first one."""

    events: int
    set_aside: int
    requests: int
    bytes: int
    largest: int
    first: str


def counted(number: int, noun: str) -> str:
    """``1 event``, ``1,200 events``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def reading_words(events: int, problems: int, share: float) -> str:
    """While rows are read; ``share`` of the source is."""
    words = f"Reading: {counted(events, 'event')}, {100 * min(share, 1.0):.0f} %"
    return f"{words}, {_not_fitting(problems)}" if problems else words


def progress_words(progress: RunProgress) -> str:
    """While a run is sent."""
    counts = progress.counts
    parts = [
        f"{counts.done:,} of {counts.total:,} events",
        f"{counts.confirmed:,} confirmed",
        f"{counts.refused:,} refused",
        f"{counts.uncertain:,} uncertain",
        f"{progress.rate:,.0f} a second",
    ]
    if progress.waits_s is not None:
        why = f" ({progress.tries[0].words})" if progress.tries else ""
        parts.append(f"waits {progress.waits_s:.0f} s{why}")
    elif progress.seconds_left is not None:
        parts.append(f"{_time(progress.seconds_left)} left")
    return ", ".join(parts)


def ending_lines(run: Run, not_fitting: int, seconds: float) -> Iterator[str]:
    """What became of a run and of the rows before it."""
    counts = run.counts
    rate = f", {counts.done / seconds:,.0f} a second" if seconds > 0 and counts.done else ""
    yield (
        f"Run {run.id}: {counts.confirmed:,} of {counted(counts.total, 'event')} confirmed, in "
        f"{counted(run.requests, 'request')} and {seconds:.1f} s{rate}."
    )
    rest = (
        (counts.refused, "refused"),
        (counts.uncertain, "uncertain"),
        (counts.set_aside, "set aside, not sent"),
        (counts.waiting, "not sent yet"),
    )
    if words := ", ".join(f"{number:,} {word}" for number, word in rest if number):
        yield f"{words}.".capitalize()
    if not_fitting:
        yield f"{_not_fitting(not_fitting)}.".capitalize()


def run_line(run: Run) -> str:
    """A run in a list."""
    counts = run.counts
    parts = [
        f"{run.began_at.astimezone():%Y-%m-%d %H:%M}",
        _state(run),
        f"{counts.confirmed:,} of {counts.total:,} confirmed",
        *_failures(counts),
        f"{run.source} to {run.destination.name}",
    ]
    return f"{run.id:>5}  " + ", ".join(parts)


def event_line(event: RunEvent) -> str:
    """An event that was not confirmed."""
    how = "refused" if event.state is EventState.REFUSED else event.state.value
    return f"Row {event.row:,} ({event.name or 'no name'}) was {how}: {event.words}"


def weighed_lines(weighed: Weighed, name: str, url: str, not_fitting: int) -> Iterator[str]:
    """What would be sent to the destination called ``name``."""
    where = name if "://" not in url else url if url.startswith(name) else f"{name} ({url})"
    yield (
        f"Nothing was sent. {counted(weighed.events, 'event')} would go to {where} in "
        f"{counted(weighed.requests, 'request')} of {weighed.bytes:,} bytes in all; the largest "
        f"event has {weighed.largest:,}."
    )
    if weighed.set_aside:
        yield f"{counted(weighed.set_aside, 'event')} would be set aside."
    if not_fitting:
        yield f"{_not_fitting(not_fitting)}.".capitalize()
    if weighed.first:
        yield f"The first event: {weighed.first}"


def weighed_record(weighed: Weighed, name: str, url: str, not_fitting: int) -> Object:
    """The same for other programs."""
    numbers = {
        "events": weighed.events,
        "set_aside": weighed.set_aside,
        "rows_not_fitting": not_fitting,
        "requests": weighed.requests,
        "bytes": weighed.bytes,
        "largest_event": weighed.largest,
    }
    return Object(
        (
            ("dry_run", True),
            ("destination", name),
            ("url", url if "://" in url else None),
            *((name, Number(str(number))) for name, number in numbers.items()),
            ("first", parse(weighed.first) if weighed.first else None),
        )
    )


def as_record(run: Run, not_fitting: int, seconds: float) -> Object:
    """What became of a run, for other programs."""
    counts = run.counts
    numbers = {
        "events": counts.total,
        "confirmed": counts.confirmed,
        "refused": counts.refused,
        "uncertain": counts.uncertain,
        "set_aside": counts.set_aside,
        "waiting": counts.waiting,
        "rows_not_fitting": not_fitting,
        "requests": run.requests,
        "bytes": run.bytes,
    }
    members: list[tuple[str, Value]] = [
        ("run", Number(str(run.id))),
        ("state", run.state.value),
        ("trouble", run.trouble),
        ("source", run.source),
        ("destination", run.destination.name),
        *((name, Number(str(number))) for name, number in numbers.items()),
        ("seconds", Number(f"{seconds:.3f}")),
    ]
    return Object(tuple(members))


def resume_words(run: Run) -> str:
    """How what is left of a run is sent; empty where nothing is."""
    if not run.counts.left:
        return ""
    return f"Go on with: event-composer batch --resume {run.id}"


def _failures(counts: Counts) -> Sequence[str]:
    return [f"{counts.failures:,} not taken"] if counts.failures else []


def _state(run: Run) -> str:
    if run.is_cut_off:
        return "cut off"
    return "being sent" if run.is_alive else _STATES[run.state]


_STATES = {
    RunState.PREPARING: "being prepared",
    RunState.READY: "not sent yet",
    RunState.RUNNING: "being sent",
    RunState.PAUSED: "paused",
    RunState.STOPPED: "stopped",
    RunState.ENDED: "ended",
}


def _not_fitting(rows: int) -> str:
    return f"{counted(rows, 'row')} did not fit"


def _time(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:  # noqa: PLR2004 -- seconds in a minute
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004
