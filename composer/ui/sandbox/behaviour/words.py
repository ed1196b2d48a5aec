"""Rules in words, for the list and for what is said about it. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from composer.core.behaviour import Behaviour, Edition, FaultKind, Rule, ScriptedFault
from composer.ui.sandbox.behaviour.reading import number_text, percent_text
from composer.ui.wording import counted

KINDS = {
    FaultKind.STATUS: "Refuse with a status",
    FaultKind.SLOW: "Answer slowly",
    FaultKind.RESET: "Reset the connection",
    FaultKind.HALF: "Break the answer off",
    FaultKind.SILENCE: "Never answer",
    FaultKind.PAGE: "Answer with a web page",
    FaultKind.REDIRECT: "Redirect elsewhere",
}
"""What can happen, in the order of the list."""

KIND_HELP = {
    FaultKind.STATUS: "PostHog's own text comes with the statuses it uses: 413, 429, 500 and 503.",
    FaultKind.SLOW: "The honest answer, only later. The events are stored.",
    FaultKind.RESET: "As a crashing server or a strict firewall does.",
    FaultKind.HALF: "The first half of the honest answer, then the connection ends.",
    FaultKind.SILENCE: "The connection stays open without an answer until the client gives up.",
    FaultKind.PAGE: "200 with HTML, as a host that is not PostHog gives.",
    FaultKind.REDIRECT: "307 with another address. Many clients do not follow it with a body.",
}

_STEADY = {
    FaultKind.RESET: "Resets the connection",
    FaultKind.HALF: "Breaks the answer off",
    FaultKind.SILENCE: "Never answers",
    FaultKind.PAGE: "Answers with a web page",
}


def what_text(fault: ScriptedFault) -> str:
    """What happens: ``429 Too Many Requests, retry after 5 s``."""
    wait = f"{number_text(fault.delay_s)} s"
    match fault.kind:
        case FaultKind.SLOW:
            return f"Answers after {wait}"
        case FaultKind.STATUS:
            parts = [_status_text(fault.status)]
        case FaultKind.REDIRECT:
            parts = [f"Redirects to {fault.location}"]
        case _:
            parts = [_STEADY[fault.kind]]
    if fault.retry_after_s is not None:
        parts.append(f"retry after {fault.retry_after_s} s")
    if fault.delay_s:
        parts.append(f"after {wait}")
    if fault.stores:
        parts.append("keeps the events")
    return ", ".join(parts)


def when_text(rule: Rule) -> str:
    """When it happens: ``/batch · customer-42 · only the 3rd``."""
    parts = [rule.path] if rule.path else []
    if rule.distinct_id:
        parts.append(rule.distinct_id)
    if rule.nth:
        nth = _ordinal(rule.nth)
        parts.append(f"only the {nth}" if parts else f"Only the {nth} request")
    elif rule.share < 1:
        parts.append(f"{percent_text(rule.share)} % of them" if parts else _share_text(rule.share))
    return " · ".join(parts) or "Every request"


def never_reached(rules: Sequence[Rule]) -> frozenset[int]:
    """Places of rules that stand below one that takes every request."""
    for place, rule in enumerate(rules):
        takes_all = not (rule.path or rule.distinct_id or rule.nth) and rule.share >= 1
        if rule.enabled and takes_all:
            return frozenset(range(place + 1, len(rules)))
    return frozenset()


def state_text(behaviour: Behaviour) -> str:
    """How the sandbox behaves, in a few words; empty on a good day."""
    parts: list[str] = []
    rules = sum(rule.enabled for rule in behaviour.rules)
    if rules:
        parts.append(f"{counted(rules, 'rule')} on")
    if behaviour.quota_reached:
        parts.append("quota reached")
    if behaviour.known_tokens is not None:
        parts.append("known tokens only")
    if behaviour.edition is Edition.OF_2024:
        parts.append("PostHog of 2024")
    if not behaviour.serves_v1:
        parts.append("no v1")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _status_text(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _share_text(share: float) -> str:
    each = 1 / share
    if each < 2 or abs(each - round(each)) > 1e-6:
        return f"{percent_text(share)} % of all requests"
    return f"Every {_ordinal(round(each))} request"


def _ordinal(number: int) -> str:
    teens = 10 < number % 100 < 14
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
