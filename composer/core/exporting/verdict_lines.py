"""The verdicts of a report as a Markdown list, with the events that each is about counted."""

from __future__ import annotations

from itertools import groupby

from composer.core.exporting.hiding import Veil
from composer.core.exporting.markdown import prose
from composer.core.verdicts.scales import Severity
from composer.core.verdicts.verdict import Report, Verdict

_MOST = 20
_NAMES = {
    Severity.ERROR: "Refused",
    Severity.DROPPED: "Lost",
    Severity.ALTERED: "Altered",
    Severity.WARNING: "To know",
    Severity.ADVICE: "Note",
}


def verdict_lines(report: Report | None, veil: Veil) -> str:
    """The outlook, then what leads to it, the worst first; empty without a report."""
    if report is None:
        return ""
    groups = _groups(report)
    lines = [f"{report.forecast.outlook.value}, as far as can be told beforehand."]
    lines += [_line(first, count, veil) for first, count in groups[:_MOST]]
    if len(groups) > _MOST:
        lines.append(f"- and {len(groups) - _MOST:,} more")
    head, *rest = lines
    return "\n".join((head, "", *rest)) if rest else head


def _groups(report: Report) -> list[tuple[Verdict, int]]:
    """What says the same of several places is told once, with their number."""
    ordered = sorted(report.verdicts, key=_place)
    groups = groupby(ordered, _said)
    return [(next(group), 1 + sum(1 for _ in group)) for _, group in groups]


def _place(verdict: Verdict) -> tuple[int, str, str, str]:
    return list(Severity).index(verdict.severity), *_said(verdict)


def _said(verdict: Verdict) -> tuple[str, str, str]:
    return verdict.rule.id, verdict.says, verdict.fix


def _line(verdict: Verdict, count: int, veil: Veil) -> str:
    places = f" ({count:,} places)" if count > 1 else ""
    says, fix = prose(veil.text(verdict.says)), prose(veil.text(verdict.fix))
    return f"- **{_NAMES[verdict.severity]}:** {says}{places} {fix}".rstrip()
