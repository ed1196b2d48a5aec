"""What became of a run, as text for other programs: one row a request or an event.

In a table a text that a spreadsheet would take for a formula gets an apostrophe before it. The
events of ``ResultsKind.FAILURES`` can be imported again. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from composer.core.batch.facts import object_in
from composer.core.batch.run import RequestRow, RunEvent
from composer.core.exporting.csvtext import csv_line, harmless
from composer.core.jsontext import Layout, Number, Object, Value, encode
from composer.core.times import wire_text


class ResultsKind(StrEnum):
    """What of a run goes into a file."""

    EVENTS = "events"
    REQUESTS = "requests"
    FAILURES = "failures"
    """The events that were refused or are uncertain, as events, so that they can be imported."""


class ResultsFormat(StrEnum):
    """What the file looks like; the value is the ending of its name."""

    CSV = "csv"
    JSON_LINES = "jsonl"

    @property
    def label(self) -> str:
        """The name for people."""
        return {"csv": "CSV", "jsonl": "JSON Lines"}[self.value]


EVENT_COLUMNS = (
    "number", "source_row", "event", "person", "uuid", "state", "status", "words", "request",
)  # fmt: skip
"""``status`` and ``words`` are of the last answer, ``request`` is the id of its request."""

REQUEST_COLUMNS = (
    "request", "events", "bytes", "sha256", "state", "tries", "status", "milliseconds", "words",
    "finished_at",
)  # fmt: skip
"""``bytes`` and ``sha256`` are of the body before compression; ``finished_at`` is in UTC."""

_MEMBERS = ("event", "distinct_id", "timestamp", "uuid", "properties", "$set", "$set_once")
FAILURE_COLUMNS = (*_MEMBERS, "source_row", "state", "status", "words")
"""The members of the event as they stand in it, objects as JSON, and why it was not confirmed."""


def event_pieces(events: Iterable[RunEvent], form: ResultsFormat) -> Iterator[str]:
    """What became of each event."""
    rows = (
        (
            Number(str(event.number)),
            Number(str(event.row)),
            event.name,
            event.person,
            event.uuid,
            event.state.value,
            _number(event.status),
            event.words,
            _number(event.request),
        )
        for event in events
    )
    return _pieces(EVENT_COLUMNS, rows, form)


def request_pieces(requests: Iterable[RequestRow], form: ResultsFormat) -> Iterator[str]:
    """What became of each request."""
    rows = (
        (
            Number(str(row.id)),
            Number(str(row.events)),
            Number(str(row.bytes)),
            row.sha256,
            row.state.name.lower(),
            Number(str(row.tries)),
            _number(row.status),
            Number(f"{row.milliseconds:.1f}"),
            row.words,
            wire_text(row.finished_at) if row.finished_at else None,
        )
        for row in requests
    )
    return _pieces(REQUEST_COLUMNS, rows, form)


def failure_pieces(events: Iterable[RunEvent], form: ResultsFormat) -> Iterator[str]:
    """The events themselves: as JSON Lines whole and bare, as a table with what is known of them.

    Members that have no column stand only in JSON Lines.
    """
    if form is ResultsFormat.JSON_LINES:
        return (event.body + "\n" for event in events)
    return _pieces(FAILURE_COLUMNS, map(_failure, events), form)


def _failure(event: RunEvent) -> tuple[Value, ...]:
    members = object_in(event.body)
    known = (Number(str(event.row)), event.state.value, _number(event.status), event.words)
    return (*(members.get(name) for name in _MEMBERS), *known)


def _number(value: int | None) -> Number | None:
    return None if value is None else Number(str(value))


def _pieces(
    columns: tuple[str, ...], rows: Iterable[tuple[Value, ...]], form: ResultsFormat
) -> Iterator[str]:
    if form is ResultsFormat.JSON_LINES:
        for row in rows:
            yield encode(Object(tuple(zip(columns, row, strict=True))), Layout.COMPACT) + "\n"
        return
    yield "\ufeff" + csv_line(columns)  # without the mark Excel takes UTF-8 for something else
    for row in rows:
        yield csv_line(_cell(value) for value in row)


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case Number(text):
            return text
        case _:
            return harmless(encode(value, Layout.COMPACT))
