"""One send, told in Markdown for a support ticket: what, when, to where, and what came of it.

Keys are always masked: a ticket is read by many. Long parts are cut, with words on it, so that the
whole fits into one comment of the usual trackers (GitHub takes 65,536 characters).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from composer.core.explain import explain
from composer.core.exporting.hiding import Veil
from composer.core.exporting.markdown import code, fenced, prose, quoted
from composer.core.exporting.verdict_lines import verdict_lines
from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse
from composer.core.outcome import Response, Unreachable, response_of
from composer.core.records import HistoryEntry
from composer.core.tokens import KeyMode
from composer.core.verdicts.verdict import Report

LONGEST_BODY = 20_000
LONGEST_COMMAND = 12_000
LONGEST_ANSWER = 6_000
"""Characters of each part."""


def ticket_pack(entry: HistoryEntry, report: Report | None, curl: str, now: datetime) -> str:
    """The whole text. ``now`` carries the local zone, ``curl`` is the command or empty.

    Takes seconds for a body of many megabytes.
    """
    veil = Veil(entry.request, KeyMode.MASKED)
    body = veil.data(entry.request.body).decode("utf-8", "replace")
    parts = [
        _title(entry, veil),
        *_remarks(entry, veil),
        "\n".join(_facts(entry, veil, now, _value(body))),
        *_section("Request body", *_body(body)),
        *_section("As a command", *_cut(veil.text(curl), LONGEST_COMMAND, "sh")),
        *_section("Answer", *_answer(entry, veil)),
        *_section("What PostHog does with it", verdict_lines(report, veil)),
        "Keys are masked: put yours in before you run the command." if curl else "Keys are masked.",
    ]
    return "\n\n".join(parts) + "\n"


def _title(entry: HistoryEntry, veil: Veil) -> str:
    summary = entry.row.summary
    person = f" for {code(veil.text(summary.person))}" if summary.person else ""
    return f"## {code(veil.text(summary.event))}{person}: {_badge(entry, veil)}"


def _badge(entry: HistoryEntry, veil: Veil) -> str:
    if entry.outcome is None:
        return "under way"
    return prose(veil.text(explain(entry.outcome, entry.row.destination).badge))


def _remarks(entry: HistoryEntry, veil: Veil) -> Iterator[str]:
    """What the person has noted down."""
    if entry.row.ticket:
        yield f"**Ticket:** {prose(veil.text(entry.row.ticket))}"
    if entry.row.note.strip():
        yield quoted(veil.text(entry.row.note))


def _facts(entry: HistoryEntry, veil: Veil, now: datetime, body: Value) -> Iterator[str]:
    row, request = entry.row, entry.request
    yield f"- **Event:** {code(veil.text(row.summary.event))}"
    if row.summary.person:
        yield f"- **Person's ID:** {code(veil.text(row.summary.person))}"
    if uuids := [veil.text(uuid) for uuid in _uuids(body)]:
        more = f" and {len(uuids) - _MOST_IDS:,} more" if len(uuids) > _MOST_IDS else ""
        yield f"- **Event ID (uuid):** {', '.join(map(code, uuids[:_MOST_IDS]))}{more}"
    place = prose(veil.text(row.destination.name))
    yield f"- **Sent to:** {place}, {request.method} {code(veil.text(request.url))}"
    yield f"- **Sent at:** {_utc(row.sent_at)} ({_local(row.sent_at, now)})"
    yield f"- **Outcome:** {_outcome(entry, veil)}"
    yield f"- **Body:** {request.size:,} bytes, SHA-256 {code(request.sha256)}"


def _outcome(entry: HistoryEntry, veil: Veil) -> str:
    if entry.outcome is None:
        return "It is still under way."
    said = explain(entry.outcome, entry.row.destination)
    return prose(veil.text(" ".join(filter(None, (said.title, said.advice)))))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + " UTC"


def _local(moment: datetime, now: datetime) -> str:
    """On the wall clock of ``now``; where that is the system's, summer and winter are minded."""
    here = now.astimezone()
    zone = None if here.utcoffset() == now.utcoffset() else now.tzinfo
    local = moment.astimezone(zone)
    offset = f"{local:%z}"
    return f"{local:%Y-%m-%d %H:%M:%S} local time, UTC{offset[:3]}:{offset[3:5]}"


def _body(body: str) -> tuple[str, ...]:
    """As it went out; a single line of JSON is laid out, or nobody could read it."""
    if not body:
        return ("The request had no body.",)
    value = None if "\n" in body.strip() else _value(body)
    if value is None:
        return _cut(body, LONGEST_BODY, "json")
    laid_out = encode(value, Layout.PRETTY)
    return ("It was sent on one line; here it is laid out.", *_cut(laid_out, LONGEST_BODY, "json"))


def _answer(entry: HistoryEntry, veil: Veil) -> Iterator[str]:
    response = response_of(entry.outcome)
    if response is not None:
        yield from _response(response, veil)
    elif isinstance(entry.outcome, Unreachable) and entry.outcome.detail:
        yield "There was no answer. The system said:"
        yield from _cut(veil.text(entry.outcome.detail), LONGEST_ANSWER)
    else:
        yield "There was no answer."


def _response(response: Response, veil: Veil) -> Iterator[str]:
    yield f"{code(veil.text(response.status_text))} after {response.milliseconds:,.0f} ms"
    headers = veil.headers(response.headers)
    body = veil.data(response.body).decode("utf-8", "replace")
    lines = "\n".join(f"{name}: {value}" for name, value in headers)
    yield from _cut("\n\n".join(filter(None, (lines, body))), LONGEST_ANSWER)
    if response.truncated:
        yield "The answer was longer than what is kept of it."


def _section(heading: str, *parts: str) -> Iterator[str]:
    """Nothing where there are no parts."""
    if any(parts):
        yield f"### {heading}"
        yield from filter(None, parts)


def _cut(text: str, most: int, language: str = "") -> tuple[str, ...]:
    """The text in a block; where it is long its beginning, and words on that."""
    if not text.strip():
        return ()
    if len(text) <= most:
        return (fenced(text, language),)
    words = (
        f"Cut off: these are the first {most:,} of {len(text):,} characters. "
        "Export the send as JSON Lines for all of it."
    )
    return fenced(text[:most], language), words


def _value(body: str) -> Value:
    """The body if it is JSON, and not so long that reading it would hold up the window."""
    if len(body) > _LONGEST_READ:
        return None
    try:
        return parse(body)
    except JsonError:
        return None


def _uuids(value: Value) -> list[str]:
    """The IDs of the events of a body: of its one, of its batch, or of a list."""
    batch = value.get("batch") if isinstance(value, Object) else value
    events = batch if isinstance(batch, tuple) else (value,)
    found = (event.get("uuid") for event in events if isinstance(event, Object))
    return [uuid for uuid in found if isinstance(uuid, str) and uuid]


_MOST_IDS = 5
_LONGEST_READ = 1_000_000
