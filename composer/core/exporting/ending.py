"""How a send ended, flat, as files have it. Its sentence for people is in ``core.explain``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from composer.core.outcome import (
    Accepted,
    Cancelled,
    Interrupted,
    Outcome,
    Rejected,
    Response,
    Unreachable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """``name`` is empty while the send is under way; ``cause`` says which kind of it."""

    name: str
    cause: str = ""
    response: Response | None = None
    milliseconds: float = 0.0
    detail: str = ""


def ending_of(outcome: Outcome | None) -> Ending:
    """The same as one flat value."""
    match outcome:
        case None:
            return Ending(name="")
        case Accepted(response=response):
            spent = response.milliseconds
            return Ending(name="accepted", response=response, milliseconds=spent)
        case Rejected(response=response, refusal=refusal):
            spent = response.milliseconds
            return Ending(
                name="rejected", cause=refusal.value, response=response, milliseconds=spent
            )
        case Unreachable(fault=fault, detail=detail, milliseconds=spent):
            return Ending(name="unreachable", cause=fault.value, detail=detail, milliseconds=spent)
        case Cancelled(milliseconds=spent):
            return Ending(name="cancelled", milliseconds=spent)
        case Interrupted():
            return Ending(name="interrupted")
        case _:
            assert_never(outcome)
