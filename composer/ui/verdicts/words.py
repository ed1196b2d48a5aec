"""Severities and forecasts in words and colours, the same in every pane. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from composer.core.verdicts.outlook import Forecast, Outlook
from composer.core.verdicts.scales import Severity
from composer.ui.widgets import Severity as Look
from composer.ui.wording import counted

UNSEEN = "Not judged yet"
"""What is said before the first judgement."""

WORDS = {
    Severity.ERROR: "Refused",
    Severity.DROPPED: "Lost",
    Severity.ALTERED: "Altered",
    Severity.WARNING: "To know",
    Severity.ADVICE: "Note",
}
"""The word beside the icon of a verdict."""

LOOKS = {
    Severity.ERROR: Look.ERROR,
    Severity.DROPPED: Look.ERROR,
    Severity.ALTERED: Look.WARNING,
    Severity.WARNING: Look.INFO,
    Severity.ADVICE: Look.NEUTRAL,
}

OUTLOOKS = {
    Outlook.STORED: Look.OK,
    Outlook.ALTERED: Look.WARNING,
    Outlook.LOST: Look.ERROR,
    Outlook.REFUSED: Look.ERROR,
}


def counts_text(counts: Mapping[Severity, int]) -> str:
    """``1 error · 2 altered · 1 to know``, the worst first; notes are counted elsewhere."""
    parts = {
        Severity.ERROR: counted(counts.get(Severity.ERROR, 0), "error"),
        Severity.DROPPED: f"{counts.get(Severity.DROPPED, 0):,} lost",
        Severity.ALTERED: f"{counts.get(Severity.ALTERED, 0):,} altered",
        Severity.WARNING: f"{counts.get(Severity.WARNING, 0):,} to know",
    }
    return " · ".join(words for severity, words in parts.items() if counts.get(severity))


def outlook_text(forecast: Forecast) -> str:
    """What becomes of a request; of many events, how many are lost."""
    is_refused = forecast.outlook is Outlook.REFUSED
    if not is_refused and 0 < forecast.lost < forecast.events:
        return f"{forecast.lost:,} of {forecast.events:,} events will be lost"
    return forecast.outlook.value


def outlook_look(forecast: Forecast) -> Look:
    """The colour of the outlook; events that get lost are worse than altered ones."""
    return Look.ERROR if forecast.needs_asking else OUTLOOKS[forecast.outlook]
