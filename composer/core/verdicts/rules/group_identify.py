"""Rules about the event that describes a group, $groupidentify (ingestion-rules.md, 2.9)."""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import Number, Object, Value
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.people import at
from composer.core.verdicts.scales import Certainty, Severity, Subject

_EVENT = "$groupidentify"
_TYPE, _KEY, _SET = "$group_type", "$group_key", "$group_set"
_LONGEST = 400  # characters of a type or key (ingestion-rules.md, 1.6)


@event_rule(
    Rule(
        id="group.key_too_long",
        subject=Subject.GROUP,
        severity=Severity.DROPPED,
        when="$group_key has more than 400 characters",
        says="PostHog throws the event away: a group key has at most 400 characters.",
        fix="Shorten the key.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    )
)
def key_too_long(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == _EVENT and _is_too_long(event.properties.get(_KEY)):
        yield Finding(path=at(_KEY))


@event_rule(
    Rule(
        id="group.type_too_long",
        subject=Subject.GROUP,
        severity=Severity.DROPPED,
        when="$group_type has more than 400 characters",
        says="PostHog takes no group type of more than 400 characters; the event may be lost.",
        fix="Shorten the type.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.CAPTURE,
    )
)
def type_too_long(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == _EVENT and _is_too_long(event.properties.get(_TYPE)):
        yield Finding(path=at(_TYPE))


@event_rule(
    Rule(
        id="group.identify_incomplete",
        subject=Subject.GROUP,
        severity=Severity.WARNING,
        when="$groupidentify without a type or a key",
        says="PostHog stores the event, but makes no group.",
        fix="Fill in both type and key.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
    )
)
def identify_incomplete(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != _EVENT:
        return
    for key in (_TYPE, _KEY):
        if _is_nothing(event.properties.get(key)):
            yield Finding(path=at(key))


@event_rule(
    Rule(
        id="group.set_not_object",
        subject=Subject.GROUP,
        severity=Severity.DROPPED,
        when="$group_set is text, a list, a number or yes/no",
        says="PostHog throws the event away: group properties are names with values.",
        fix="Give each property a name and a value.",
        certainty=Certainty.DISPUTED,
        docs=docs.WARNINGS,
    )
)
def set_not_object(event: Event, _: Circumstances) -> Iterator[Finding]:
    value = event.properties.get(_SET)
    if event.name == _EVENT and value is not None and not isinstance(value, Object):
        yield Finding(path=at(_SET))


RULES = (key_too_long, type_too_long, identify_incomplete, set_not_object)


def _is_too_long(value: Value) -> bool:
    text = value.text if isinstance(value, Number) else value
    return isinstance(text, str) and len(text) > _LONGEST


def _is_nothing(value: Value) -> bool:
    """Whether PostHog takes the value for none: nothing, no, empty text or zero."""
    if isinstance(value, Number):
        return float(value.text) == 0
    return value in (None, False, "")
