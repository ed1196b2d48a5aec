"""An outcome as text for a terminal and as JSON for a script."""

from __future__ import annotations

from typing import assert_never

from composer.core.destination import Destination
from composer.core.explain import explain
from composer.core.jsontext import Number, Object
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Interrupted,
    Outcome,
    Rejected,
    Unreachable,
)

_SHOWN = 2_000
"""Characters of an answer that are shown for reading."""


def explanation_lines(outcome: Outcome, destination: Destination) -> list[str]:
    """What happened, and the next step if there is one."""
    said = explain(outcome, destination)
    return [f"{said.badge}: {said.title}", *filter(None, [said.advice])]


def answer_lines(outcome: Outcome) -> list[str]:
    """The answer, or why the system gives none, made safe for a terminal; empty if neither."""
    match outcome:
        case Accepted(response=response) | Rejected(response=response):
            text = response.text[:_SHOWN]
        case Unreachable(detail=detail):
            text = detail
        case _:
            text = ""
    safe = "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text).strip()
    return safe.splitlines()


def as_json(outcome: Outcome) -> Object:
    """``outcome``, ``status`` (null without an answer), ``ms`` and ``body`` (as text)."""
    match outcome:
        case Accepted(response=response) | Rejected(response=response):
            status, body = Number(str(response.status)), response.text
            milliseconds = response.milliseconds
        case Unreachable(milliseconds=milliseconds) | Cancelled(milliseconds=milliseconds):
            status, body = None, ""
        case Interrupted():
            status, body, milliseconds = None, "", 0.0
        case _:
            assert_never(outcome)
    return Object(
        (
            ("outcome", type(outcome).__name__.lower()),
            ("status", status),
            ("ms", Number(f"{milliseconds:.1f}")),
            ("body", body),
        )
    )
