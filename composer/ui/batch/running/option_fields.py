"""The numbers of a run's options as fields: text to number and back, and why a text is none.

Pure functions; no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.batch.options import LARGEST_REQUEST, LIMITS, BatchOptions, option_problem

_MEGA = 1_000_000
_MOST_MEGABYTES = LARGEST_REQUEST // 100_000 / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField:
    """One number: the option it is, its caption, what stands behind it, and what it is for."""

    option: str
    caption: str
    unit: str
    help: str


FIELDS = (
    NumberField(
        option="request_bytes",
        caption="Request size",
        unit="MB",
        help=f"Before compression; up to {_MOST_MEGABYTES:g} MB.",
    ),
    NumberField(
        option="most_events",
        caption="Events a request",
        unit="events",
        help="At most so many go out together.",
    ),
    NumberField(
        option="workers",
        caption="Requests at once",
        unit="requests",
        help="Under way together, up to 32.",
    ),
    NumberField(
        option="rate",
        caption="Rate",
        unit="events/s",
        help="At most so many. Empty: no limit.",
    ),
    NumberField(
        option="tries",
        caption="Tries",
        unit="tries",
        help="Where a request fails in passing.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchField:
    """One switch: the option it is, its words, and what it is for.

    ``name`` is the accessible name where the words are short.
    """

    option: str
    caption: str
    help: str
    name: str = ""


SWITCHES = (
    SwitchField(
        option="one_each",
        caption="One request an event",
        help="For servers that take no batches. It takes longer.",
    ),
    SwitchField(
        option="gzip",
        caption="Compress requests (gzip)",
        help="Less to send, more work for this computer.",
    ),
    SwitchField(
        option="historical_migration",
        caption="Import of old events",
        name="Import of old events (historical migration)",
        help="For events older than 48 hours with a time of their own (historical_migration): a "
        "slower lane that sets off no alarms. They may appear much later; younger events are "
        "taken as usual.",
    ),
)
NEEDS_BATCH = frozenset({"most_events", "historical_migration"})
"""Options that mean nothing with one request an event."""


def shown(option: str, options: BatchOptions) -> str:
    """The number as it stands in its field."""
    value = float(getattr(options, option))
    if option == "request_bytes":
        return f"{value / _MEGA:.6f}".rstrip("0").rstrip(".")
    if option == "rate" and not value:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def read(option: str, text: str) -> float | None:
    """The number that a text is; ``None`` for none."""
    bare = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", "")
    if option == "rate" and not bare:
        return 0.0
    if not _is_plain(bare):
        return None
    value = float(bare)
    return float(round(value * _MEGA)) if option == "request_bytes" else value


def problem(option: str, text: str) -> str:
    """Why the text cannot stand there, with the next step; empty if it can."""
    value, limits = read(option, text), LIMITS[option]
    if value is not None and not option_problem(option, value):
        return ""
    if option == "request_bytes":
        return f"Enter a size from 0.001 to {_MOST_MEGABYTES:g} MB."
    whole = "number" if option == "rate" else "whole number"
    return f"Enter a {whole} from {limits.least:,.0f} to {limits.most:,.0f}."


def as_option(option: str, text: str) -> int | float:
    """The value for the options of a text that has no problem."""
    value = read(option, text) or 0.0
    return value if option == "rate" else int(value)


def _is_plain(text: str) -> bool:
    """Digits with at most one point: no ``nan``, no ``1e9``, no digits of other scripts."""
    whole, _, part = text.partition(".")
    digits = whole + part
    return bool(digits) and digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST


_LONGEST = 15
