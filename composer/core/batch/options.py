"""How a run is sent, as a person chooses it, and what the service allows.

Knows nothing of events, files or widgets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LARGEST_REQUEST = 20 * 1024 * 1024 - 1
"""Bytes of a request body, unpacked; from the next one on PostHog answers 413
(capture-server.md, section 1.3)."""

LARGEST_EVENT = 1_000_000
"""Bytes of one event. The service refuses a larger one, and with it the request it stands in
(ingestion-rules.md, 1.6)."""

MOST_WORKERS = 32
"""Requests under way at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """The choices. ``request_bytes`` are of a whole body before compression.

    ``rate`` is in events a second, 0 for no limit; ``tries`` counts the first one too.
    ``one_each`` sends every event in a request of its own, for servers without ``/batch/``; then
    ``most_events`` and ``historical_migration`` mean nothing, for both belong to a batch.
    """

    request_bytes: int = 5_000_000
    most_events: int = 2_000
    one_each: bool = False
    workers: int = 4
    rate: float = 0.0
    gzip: bool = False
    tries: int = 5
    historical_migration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The least and the most that an option can be; ``unit`` stands after the numbers."""

    least: float
    most: float
    unit: str


LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "request_bytes": Limits(least=1_000, most=LARGEST_REQUEST, unit="bytes"),
        "most_events": Limits(least=1, most=100_000, unit="events"),
        "workers": Limits(least=1, most=MOST_WORKERS, unit="requests at once"),
        "rate": Limits(least=0, most=1_000_000, unit="events a second"),
        "tries": Limits(least=1, most=20, unit="tries"),
    }
)
"""By the name of the option; those that are not here are switches."""


def option_problem(name: str, value: float) -> str:
    """Why the option ``name`` cannot be ``value``, with the next step; empty if it can be."""
    limits = LIMITS[name]
    if limits.least <= value <= limits.most and (name == "rate" or float(value).is_integer()):
        return ""
    if name == "request_bytes" and value > limits.most:
        return "PostHog takes requests under 20 MB only. Enter a smaller size."
    whole = "number" if name == "rate" else "whole number"
    return f"Enter a {whole} from {limits.least:,.0f} to {limits.most:,.0f} ({limits.unit})."
