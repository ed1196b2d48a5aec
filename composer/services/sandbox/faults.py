"""Faults by rule: which request meets which, and what it makes of the answer.

Pure but for the counting of requests; how a fault is carried out on a connection is the business of
``http.outgoing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from composer.core.behaviour import Behaviour, FaultKind, Rule, ScriptedFault, describe
from composer.services.sandbox.answers import Answer, plain

if TYPE_CHECKING:  # loaded with the web server, which makes them
    from composer.services.sandbox.request import Judgement


class Script:
    """The rules of a behaviour, and how many requests each has met since it was set.

    It belongs to one thread. A request counts for every rule whose conditions hold for it, also if
    an earlier rule decides about it.
    """

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self._counts = [0] * len(behaviour.rules)

    def pick(self, path: str, judgement: Judgement) -> Rule | None:
        """The rule for a request to ``path`` (no slash at its end); ``None`` for an honest answer.

        Of a very large request only the events that are listed in ``judgement`` are looked at.
        """
        chosen: Rule | None = None
        for place, rule in enumerate(self.behaviour.rules):
            if not _fits(rule, path, judgement):
                continue
            self._counts[place] += 1
            if chosen is None and _is_picked(rule, self._counts[place]):
                chosen = rule
        return chosen


def under(rule: Rule, judgement: Judgement, failures: Mapping[int, Answer]) -> Judgement:
    """What is told and kept if ``rule`` decides; status 0 where the sender is told nothing.

    ``failures`` are the endpoint's words for statuses.
    """
    fault = rule.fault
    told = replace(judgement, answer=_told(fault, judgement.answer, failures))
    if fault.stores or fault.kind is FaultKind.SLOW:
        return told
    from composer.services.sandbox.request import Judgement  # noqa: PLC0415 -- as above

    return Judgement(answer=told.answer)


def named(rule: Rule | None) -> str:
    """The rule as it is told with an arrival; empty for none."""
    return describe(rule) if rule else ""


def _fits(rule: Rule, path: str, judgement: Judgement) -> bool:
    if not rule.enabled or (rule.path and rule.path.removesuffix("/") != path):
        return False
    if not rule.distinct_id:
        return True
    events = (*judgement.events, *judgement.dropped)
    return any(event.distinct_id == rule.distinct_id for event in events)


def _is_picked(rule: Rule, count: int) -> bool:
    """Whether the rule means its ``count``-th request. A share is spread evenly, not by chance."""
    if rule.nth:
        return count == rule.nth
    due = count * rule.share + _ROUNDING
    return int(due) > int(due - rule.share)


def _told(fault: ScriptedFault, honest: Answer, failures: Mapping[int, Answer]) -> Answer:
    match fault.kind:
        case FaultKind.SLOW:
            return honest
        case FaultKind.STATUS:
            return _failure(fault, failures)
        case FaultKind.HALF:
            return replace(honest, body=honest.body[: len(honest.body) // 2])
        case FaultKind.RESET | FaultKind.SILENCE:
            return NO_ANSWER
        case FaultKind.PAGE:
            return _PAGE
        case FaultKind.REDIRECT:
            location = ("location", fault.location)
            return Answer(status=HTTPStatus.TEMPORARY_REDIRECT, headers=(location,))


def _failure(fault: ScriptedFault, failures: Mapping[int, Answer]) -> Answer:
    answer = failures.get(fault.status) or plain(fault.status, "")
    if fault.retry_after_s is None:
        return answer
    others = tuple(header for header in answer.headers if header[0] != _RETRY_AFTER)
    return replace(answer, headers=(*others, (_RETRY_AFTER, str(fault.retry_after_s))))


_ROUNDING = 1e-9  # as a float, 0.29 of 100 would be 28
NO_ANSWER = Answer(status=0)
"""What a sender sees that is told nothing."""
_RETRY_AFTER = "retry-after"
_PAGE = Answer(
    status=HTTPStatus.OK,
    body=b"<!doctype html><html><head><title>Welcome</title></head><body>It works.</body></html>",
    headers=(("content-type", "text/html; charset=utf-8"),),
)
