"""A report as text for a terminal, and as JSON for a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from composer.core.compare.values import path_text
from composer.core.jsontext import Number, Object, Path, Value, line_and_column, offsets_of
from composer.core.verdicts.outlook import Forecast
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report, Verdict

HEADINGS = {
    Severity.ERROR: "Refused",
    Severity.DROPPED: "Lost",
    Severity.ALTERED: "Stored, but not as typed",
    Severity.WARNING: "Stored, but something does not happen",
    Severity.ADVICE: "Good to know",
}


def report_lines(report: Report) -> Iterator[str]:
    """The verdicts by severity, the same ones together, and the summary in the last line."""
    groups = _groups(report.verdicts)
    shown = {path for group in groups for verdict in group[:MOST_PLACES] for path in _up(verdict)}
    text = report.request.text or ""
    is_placed = report.request.fault is None and len(text) <= LONGEST
    places = offsets_of(text, shown) if is_placed and text and report.request.events else {}
    for severity, same in groupby(groups, lambda group: group[0].severity):
        yield HEADINGS[severity]
        for group in same:
            yield from _told(group, text, places)
        yield ""
    yield _printable(summary(report.forecast))


def summary(forecast: Forecast) -> str:
    """``Will be lost: 1 lost, 2 altered``: what becomes of the request, in one line."""
    outlook = forecast.outlook.value
    if 0 < forecast.lost < forecast.events:
        outlook = f"{outlook}; {forecast.lost:,} of {forecast.events:,} events will be lost"
    words = [
        f"{forecast.counts[one]:,} {_COUNTED[one]}" for one in Severity if one in forecast.counts
    ]
    return f"{outlook}: {', '.join(words)}" if words else outlook


def record(verdict: Verdict) -> Object:
    """One verdict; ``path`` is a JSON Pointer (RFC 6901), ``event`` counts from 0 or is null."""
    rule = verdict.rule
    event: Value = None if verdict.event is None else Number(str(verdict.event))
    return Object(
        (
            ("rule", rule.id),
            ("severity", verdict.severity.value),
            ("path", pointer(verdict.path)),
            ("message", verdict.says),
            ("fix", verdict.fix),
            ("event", event),
            ("certainty", rule.certainty.value),
            ("mendable", verdict.mend is not None),
            ("docs", rule.docs),
        )
    )


def pointer(path: Path) -> str:
    """``/batch/0/properties/a~1b``; empty for the body itself."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


MOST_PLACES = 3
"""Places that are told of the same verdict."""
LONGEST = 5_000_000
"""Characters; in longer text, finding lines would take longer than judging it."""

_COUNTED = {
    Severity.ERROR: "refused",
    Severity.DROPPED: "lost",
    Severity.ALTERED: "altered",
    Severity.WARNING: "to know",
    Severity.ADVICE: "advice",
}


def _groups(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """The verdicts that say the same of different places, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Verdict]] = {}
    for verdict in verdicts:
        key = (verdict.severity, verdict.rule.id, verdict.says, verdict.fix)
        found.setdefault(key, []).append(verdict)
    return list(found.values())


def _up(verdict: Verdict) -> Iterator[Path]:
    """The place, and what it is in: a field that is missing has no line of its own."""
    for end in range(len(verdict.path), -1, -1):
        yield verdict.path[:end]


def _told(group: Sequence[Verdict], text: str, places: dict[Path, int]) -> Iterator[str]:
    first = group[0]
    yield f"  {_printable(first.says)}"
    yield f"    {_printable(first.fix)}"
    for verdict in group[:MOST_PLACES]:
        offset = next((places[path] for path in _up(verdict) if path in places), None)
        where = "" if offset is None else "line {}:{}".format(*line_and_column(text, offset))
        named = _printable(path_text(verdict.path))
        if named or where:
            yield f"    at {', '.join(filter(None, (named, where)))}"
    if len(group) > MOST_PLACES:
        yield f"    and at {len(group) - MOST_PLACES:,} more places"
    yield f"    {first.rule.id}, {first.rule.certainty}, {first.rule.docs}"


def _printable(text: str) -> str:
    """Made safe for a terminal: what an event says may hold anything."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
