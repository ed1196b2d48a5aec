"""How the tests of the rules say their cases: a body that triggers a rule, one that does not."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from composer.core.jsontext import Value
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Circumstances, Memory, Request, Shape, read_request
from composer.core.verdicts.rule import AnyRule, EventRule, Finding, RequestRule

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TOKEN = "phc_larkspurDemoToken00000000000000000000000001"


@dataclass(frozen=True, kw_only=True)
class RuleCase:
    """``triggers`` and ``quiet`` are bodies: JSON text, or Python data for ``json.dumps``."""

    rule: str
    triggers: Any
    quiet: Any
    path: str = "/i/v0/e"
    query: str = ""
    sent_at: datetime | None = None
    historical: bool = False
    memory: Memory = field(default_factory=Memory)
    other: dict[str, Any] = field(default_factory=dict)
    """More of ``Circumstances``, such as the destination."""

    def circumstances(self, request: Request) -> Circumstances:
        return Circumstances(
            now=NOW,
            path=self.path,
            query=self.query,
            shape=request.shape,
            sent_at=self.sent_at,
            historical=self.historical,
            memory=self.memory,
            **self.other,
        )


def event(**members: Any) -> dict[str, Any]:
    """A sound single event; ``None`` takes a member away."""
    whole = {"api_key": TOKEN, "event": "invoice paid", "distinct_id": "cust-20417"} | members
    return {key: value for key, value in whole.items() if value is not None}


def with_properties(**properties: Any) -> dict[str, Any]:
    """A sound single event with these properties."""
    return event(properties=properties)


def request_from(body: Any) -> Request:
    text = body if isinstance(body, str) else json.dumps(body)
    return read_request(text.encode("utf-8", "surrogatepass"))


def findings(rule: AnyRule, request: Request, known: Circumstances) -> list[Finding]:
    """What a rule finds, with the paths of an event's findings as they are in the event."""
    match rule:
        case EventRule(check=check):
            return [found for one in request.events for found in check(one, known)]
        case RequestRule(check=check):
            return list(check(request, known))
        case _:
            return []


def found(rule: AnyRule, case: RuleCase, body: Any) -> list[Finding]:
    request = request_from(body)
    return findings(rule, request, case.circumstances(request))


def mended_event(rule: AnyRule, body: Any, **known: Any) -> Value:
    """A single event after the mend of the rule's first finding."""
    request = request_from(body)
    assert request.shape is Shape.SINGLE
    first, *_ = findings(rule, request, Circumstances(now=NOW, shape=request.shape, **known))
    assert first.mend is not None
    return mended(request.value, first.mend.edits)
