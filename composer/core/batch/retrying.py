"""What follows from a try: done, refused, once more, in halves, or nothing more for the whole run.

Pure: the time and the chance are handed in. What the answers mean: capture-server.md, sections 1
and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from composer.core.destination import Destination
from composer.core.explain import explain
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Refusal,
    Rejected,
    Response,
    Unreachable,
)

LONGEST_HOLD = 600.0
"""Seconds; a server that asks to wait longer is asked again after that."""


class Step(StrEnum):
    """``HALT`` is for what would befall every other request just the same."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    SPLIT = "split"
    RETRY = "retry"
    HALT = "halt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Seconds between the tries: they double, up to the longest.

    ``jitter`` is the share by which chance may lengthen them, so that not all come at once.
    """

    first: float = 1.0
    longest: float = 30.0
    jitter: float = 0.2

    def after(self, tries: int, chance: float) -> float:
        """How long to wait after so many tries; ``chance`` is from 0 to 1."""
        doubled = self.first * 2.0 ** min(tries - 1, _MOST_DOUBLINGS)
        return min(doubled, self.longest) * (1.0 + self.jitter * chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A request that was sent just now, and its past.

    ``tries`` counts this one. ``was_unanswered``: of an earlier try, nobody knows what became.
    ``is_stale``: the kept connection was of no use, and the outcome tells nothing of the server.
    """

    outcome: Outcome
    events: int
    tries: int
    most_tries: int
    was_unanswered: bool = False
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``after`` is in seconds, for ``RETRY``; with ``holds_all`` no other request goes out before.

    ``words`` tell what happened; for ``HALT`` they say the next step, too. ``is_used_up``: it ends
    because there were too many tries, not because of what it carries.
    """

    step: Step
    words: str
    after: float = 0.0
    holds_all: bool = False
    is_used_up: bool = False


def decide(
    attempt: Attempt, destination: Destination, *, backoff: Backoff, chance: float, now: datetime
) -> Decision:
    """What follows. ``chance`` is from 0 to 1; ``now`` has a zone."""
    if isinstance(attempt.outcome, Accepted):
        return Decision(step=Step.CONFIRMED, words=attempt.outcome.response.status_text)
    told = explain(attempt.outcome, destination)
    words = told.title
    usual = backoff.after(attempt.tries, chance)
    match attempt.outcome:
        case Rejected(response=response) if response.status in _CONCERNING_EVENTS and not (
            _is_strange(attempt.outcome)
        ):
            return Decision(step=Step.SPLIT if attempt.events > 1 else Step.REFUSED, words=words)
        case Rejected(response=response) if _may_pass(response.status):
            words = _passing(attempt.outcome, words)
            is_full = response.status == _TOO_MANY
            return _again(attempt, words, usual, retry_after(response, now), is_full=is_full)
        case Unreachable(fault=fault) if fault in _PASSING_FAULTS or attempt.is_stale:
            return _again(attempt, words, usual, None, is_full=False)
        case Cancelled() | Interrupted():
            return Decision(step=Step.UNCERTAIN, words=words)
        case _:
            return Decision(step=Step.HALT, words=f"{words} {told.advice}".strip())


def is_unanswered(outcome: Outcome) -> bool:
    """Whether the service may have taken the request without our knowing."""
    match outcome:
        case Unreachable(fault=fault):
            return fault in _MAYBE_TAKEN
        case Cancelled() | Interrupted():
            return True
        case _:
            return False


def retry_after(response: Response, now: datetime) -> float | None:
    """Seconds that the server asks to wait, by seconds or by date; ``None`` if it does not."""
    text = response.header("retry-after").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:_DIGITS]), LONGEST_HOLD)
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 -- loads much, and is rare

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_HOLD)


def _again(
    attempt: Attempt, words: str, usual: float, asked: float | None, *, is_full: bool
) -> Decision:
    """Once more after the ``usual`` time, or the one ``asked`` for; unless that was the last.

    A connection that was of no use is no reason to give up: then there is one try more.
    """
    if attempt.is_stale and attempt.tries <= attempt.most_tries:
        return Decision(step=Step.RETRY, words=words)
    if attempt.tries >= attempt.most_tries:
        unsure = attempt.was_unanswered or not is_full
        step = Step.UNCERTAIN if unsure else Step.REFUSED
        return Decision(step=step, words=words, is_used_up=True)
    after = asked or usual  # no time at all is no reason to press it
    holds_all = is_full or asked is not None
    return Decision(step=Step.RETRY, words=words, after=after, holds_all=holds_all)


def _is_strange(outcome: Rejected) -> bool:
    """Whether a page of a web server says so, and not the service.

    A proxy before the service says in such a page that a request is too large for it.
    """
    return outcome.refusal is Refusal.WEB_PAGE and outcome.response.status != _TOO_LARGE


def _may_pass(status: int) -> bool:
    return status in _PASSING_STATUSES or 500 <= status <= _LAST_STATUS  # noqa: PLR2004 -- 5xx


def _passing(outcome: Rejected, words: str) -> str:
    """A server in trouble may say so in a web page; it is the right server all the same."""
    if outcome.refusal is not Refusal.WEB_PAGE:
        return words
    return f"The server answered {outcome.response.status_text}."


_TOO_LARGE, _TOO_MANY, _LAST_STATUS = 413, 429, 599
_CONCERNING_EVENTS = frozenset({400, _TOO_LARGE, 422})
_PASSING_STATUSES = frozenset({408, 425, _TOO_MANY})
_PASSING_FAULTS = frozenset(
    {
        Fault.NAME_NOT_FOUND,
        Fault.REFUSED,
        Fault.NO_ROUTE,
        Fault.CONNECT_TIMEOUT,
        Fault.ANSWER_TIMEOUT,
        Fault.RESET,
    }
)
_MAYBE_TAKEN = frozenset({Fault.ANSWER_TIMEOUT, Fault.RESET, Fault.NOT_HTTP})
_MOST_DOUBLINGS = 30
_DIGITS = 9
