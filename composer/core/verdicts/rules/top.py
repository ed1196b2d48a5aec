"""Rules about the top of an event (ingestion-rules.md, 2.2, ``props`` and ``top``)."""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import JsonError, Object, Value, parse
from composer.core.verdicts.homes import homed
from composer.core.verdicts.mending import Mend, Put, Take
from composer.core.verdicts.places import FIELDS, WRONG_ID_KEYS, WRONG_NAME_KEYS
from composer.core.verdicts.request import Circumstances, Event, Shape
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject


@event_rule(
    Rule(
        id="props.not_object",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="properties is no object",
        says="PostHog refuses properties that are not names with values.",
        fix="Write names with values between { and }, or leave properties out.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def not_object(event: Event, _: Circumstances) -> Iterator[Finding]:
    value = event.members.get("properties", _NOTHING)
    if not isinstance(value, Object):
        yield Finding(path=("properties",), mend=_as_object(value))


@event_rule(
    Rule(
        id="top.unknown_keys",
        subject=Subject.BODY,
        severity=Severity.ALTERED,
        when="Something stands at the top that PostHog does not know",
        says="PostHog ignores this field, and it is lost.",
        fix="Move it into the properties, or remove it.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def unknown_keys(event: Event, known: Circumstances) -> Iterator[Finding]:
    if event.members.keys() <= _TOLD:
        return
    for key in event.members:
        if key in _TOLD or (key in WRONG_NAME_KEYS and not event.name):
            continue  # ``event.missing`` tells the latter
        if key == "historical_migration" and known.shape is Shape.SINGLE:
            continue  # ``hist.single`` tells it
        if key == "alias" and event.name in _MERGES:
            continue  # ``merge.no_alias`` tells it
        says = f"PostHog ignores {key} here, and it is lost."
        yield Finding(path=(key,), says=says, mend=homed(event, key))


RULES = (not_object, unknown_keys)

_NOTHING = Object()
_TOLD = FIELDS | {*WRONG_ID_KEYS, "sent_at", "$unset", "groups", "$groups"}
"""Keys that are read, or that another rule tells."""

_MERGES = frozenset({"$create_alias", "$merge_dangerously"})


def _as_object(value: Value) -> Mend | None:
    """Properties that are empty, or an object that was written as text."""
    if value is None or value in ((), ""):
        return Mend(label="Leave them out", edits=(Take(path=("properties",)),))
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            found = parse(value)
        except JsonError:
            return None
        if isinstance(found, Object):
            edits = (Put(path=("properties",), value=found),)
            return Mend(label="Take the quotes away", edits=edits)
    return None
