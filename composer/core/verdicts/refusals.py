"""The words with which the capture service refuses, and the rule that each of them stands for.

For refusals that no rule has found the place of. Source: capture-server.md, 3.1.
"""

from __future__ import annotations

from composer.core.verdicts.request import Request, Shape
from composer.core.verdicts.rule import Finding, Rule
from composer.core.verdicts.rules import ALL, docs
from composer.core.verdicts.scales import Certainty, Severity, Subject
from composer.core.verdicts.verdict import Verdict

UNEXPLAINED = Rule(
    id="refused",
    subject=Subject.BODY,
    severity=Severity.ERROR,
    when="PostHog refuses the request for a reason that no other rule explains",
    says="PostHog refuses this request.",
    fix="Compare the request with an example of its type.",
    certainty=Certainty.CODE,
    docs=docs.CAPTURE,
)


def explained(words: str, request: Request) -> Verdict:
    """The verdict that the service's ``words`` amount to."""
    rule = rule_for(words)
    if rule is not None:
        return Verdict(rule=rule, finding=Finding(severity=Severity.ERROR))
    event = 0 if request.shape is Shape.SINGLE and request.events else None
    says = words if words.startswith("PostHog") else f"PostHog refuses this request: {words}"
    return Verdict(rule=UNEXPLAINED, finding=Finding(says=says), event=event)


def rule_for(words: str) -> Rule | None:
    """The rule; ``None`` for words that no rule is about."""
    place = next((place for place in _MEANINGS if place in words), None)
    return None if place is None else _BY_ID[_MEANINGS[place]]


_MEANINGS = {
    "request missing data payload": "body.empty",
    "request holds no event": "body.empty",
    "request body is empty": "body.empty",
    "request batch is empty": "body.empty",
    "invalid UTF8 in request payload": "json.encoding",
    "recursion limit exceeded": "json.depth",
    "surrogate in hex escape": "text.broken_unicode",
    "unexpected end of hex escape": "text.broken_unicode",
    "did not match any variant": "body.not_events_shape",
    "non-engage request missing event name": "body.not_events_shape",
    "Failed to parse request body": "body.not_events_shape",
    "failed to parse request": "json.syntax",
    "empty event name": "event.missing",
    "without a distinct_id": "id.missing",
    "invalid cookieless mode": "cookieless.not_boolean",
    "without an api_key": "token.missing",
    "inconsistent api_key": "token.mixed",
    "not valid: personal_api_key": "token.personal_key",
    "not valid: empty": "token.missing",
    "API key is not valid": "token.shape",
    "API token is not valid": "token.shape",
    "event submitted without a uuid": "uuid.invalid",
    "invalid event uuid": "uuid.invalid",
    "size exceeded": "size.request",
    "payload too large": "size.request",
}
"""Parts of the words; the first that is found decides."""

_BY_ID = {rule.rule.id: rule.rule for rule in ALL}
