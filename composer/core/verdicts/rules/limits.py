"""Rules about size, and answers that no body can foretell (ingestion-rules.md, 1.6 and 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import Number, Object, Value
from composer.core.verdicts.request import Circumstances, Event, Request, Shape
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject


@request_rule(
    Rule(
        id="size.request",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="The request is larger than 20 MiB",
        says="PostHog refuses a request of more than 20 MiB.",
        fix="Split it into requests of about 5 MiB.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
    )
)
def of_request(request: Request, _: Circumstances) -> Iterator[Finding]:
    if request.size > _LARGEST_REQUEST:
        size = request.size / _MIB
        yield Finding(says=f"PostHog refuses a request of more than 20 MiB; this has {size:.1f}.")


@event_rule(
    Rule(
        id="size.event",
        subject=Subject.BODY,
        severity=Severity.DROPPED,
        when="An event is larger than 1 MB, or close to it",
        says="PostHog refuses an event of more than 1 MB, or says OK and loses it.",
        fix="Shorten long texts and lists until it is below 900 KiB.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    )
)
def of_event(event: Event, _: Circumstances) -> Iterator[Finding]:
    size, largest = _weight(event.payload), _largest(event)
    if size > largest:
        says = f"PostHog refuses an event of more than {_in_words(largest)}, or loses it after "
        yield Finding(says=f"{says}it said OK. This one has about {_in_words(size)}.")
    elif size > largest - _MARGIN:
        says = f"This event has about {_in_words(size)}, and PostHog adds location and person to "
        fix = f"Shorten it: more than {_in_words(largest)} in the end, and the event is lost."
        yield Finding(says=says + "it.", fix=fix, severity=Severity.ADVICE)


@event_rule(
    Rule(
        id="size.batch_413_partial",
        subject=Subject.BODY,
        severity=Severity.WARNING,
        when="One event of several is too large",
        says="If PostHog refuses the batch for this event, it may have stored those before it.",
        fix="Send the others again with the same event IDs, without this one.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
    )
)
def partial(event: Event, known: Circumstances) -> Iterator[Finding]:
    if known.shape is not Shape.SINGLE and _weight(event.payload) > _largest(event):
        yield Finding()


quota = UnknowableRule(
    rule=Rule(
        id="quota.exceeded",
        subject=Subject.BODY,
        severity=Severity.DROPPED,
        when="The project is over its billing limit",
        says="PostHog answers 200 and stores nothing until the limit is raised.",
        fix="Ask the project's admin about the billing limit.",
        certainty=Certainty.CODE,
        docs=docs.API,
    ),
    because="The billing limit and what is used of it are known to PostHog only.",
    ask="The billing page in PostHog.",
)

rate_limited = UnknowableRule(
    rule=Rule(
        id="rate.limited",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="Too many events for the project at this moment",
        says="PostHog answers 429 and stores nothing of the request.",
        fix="Wait a little, then send the same events again with the same event IDs.",
        certainty=Certainty.CODE,
        docs=docs.API,
    ),
    because="It depends on what else is sent to the project at the same time.",
    ask="The answer to the request: status 429.",
)

busy = UnknowableRule(
    rule=Rule(
        id="server.busy",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="PostHog cannot take events at this moment",
        says="PostHog answers 503, or not at all. Nothing is wrong with the event.",
        fix="Send it again with the same event ID.",
        certainty=Certainty.CODE,
        docs=docs.API,
    ),
    because="It depends on the state of PostHog's servers.",
    ask="The answer to the request, or PostHog's status page.",
)

RULES = (of_request, of_event, partial, quota, rate_limited, busy)

_KB, _MIB = 1000, 1024 * 1024
_LARGEST_REQUEST = 20 * _MIB
_LARGEST_EVENT = 1_000_000
_LARGEST_AI_EVENT = 8 * _MIB
_MARGIN = _LARGEST_EVENT - 900 * 1024
"""What PostHog may add; its own senders stop at 900 KiB."""


def _largest(event: Event) -> int:
    """In bytes; events of AI travel a lane of their own."""
    return _LARGEST_AI_EVENT if event.name.startswith("$ai_") else _LARGEST_EVENT


def _weight(value: Value) -> int:
    """Bytes of the value as compact JSON, but for escapes: close enough, and quick to tell."""
    if isinstance(value, str):
        return (len(value) if value.isascii() else len(value.encode(errors="replace"))) + 2
    if isinstance(value, Object):
        return sum([len(key) + 4 + _weight(item) for key, item in value.members]) + 1
    if isinstance(value, tuple):
        return sum(map(_weight, value)) + len(value) + 1
    return len(value.text) if isinstance(value, Number) else _WORD


_WORD = 4  # true, null


def _in_words(size: int) -> str:
    text = f"{size / _KB:.0f} KB" if size < _LARGEST_EVENT else f"{size / _KB / _KB:.1f} MB"
    return text.replace(".0 ", " ")
