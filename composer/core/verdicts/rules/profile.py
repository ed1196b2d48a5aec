"""Rules about profiles: whether a person is made, how large it is, when it was last seen.

Source: ingestion-rules.md, 2.7. Properties that are set on purpose have ``person_set``, those that
are copied from the event have ``person_copy``.
"""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import Number, Object, Value
from composer.core.verdicts.mending import Mend, Put, Take
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.people import (
    NEEDS_PROFILE,
    PROFILE_SWITCH,
    at,
    id_text,
    is_anonymous,
)
from composer.core.verdicts.scales import Certainty, Severity, Subject

_SWITCH = at(PROFILE_SWITCH)
_LAST_SEEN = at("$update_person_last_seen_at")


@event_rule(
    Rule(
        id="person.too_big",
        subject=Subject.PROFILE,
        severity=Severity.WARNING,
        when="The person properties of one event are over 512 KB; what the person has already "
        "cannot be known from here",
        says="A person holds 512 KB. PostHog does not save this change.",
        fix="Remove the largest values.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.PERSON_PROPERTIES,
    )
)
def too_big(event: Event, _: Circumstances) -> Iterator[Finding]:
    if is_anonymous(event):
        return
    for key in ("$set", "$set_once"):
        for path, place in (((key,), event.members), (at(key), event.properties)):
            value = place.get(key)
            if isinstance(value, Object) and _weight(value) > _PROFILE_LIMIT:
                yield Finding(path=path)


@event_rule(
    Rule(
        id="person.not_boolean",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$process_person_profile is neither true nor false",
        says="Only true and false count. PostHog takes this for true and makes a person.",
        fix="Choose yes or no.",
        certainty=Certainty.CODE,
        docs=docs.ANONYMOUS,
        mends=True,
    )
)
def not_boolean(event: Event, _: Circumstances) -> Iterator[Finding]:
    if PROFILE_SWITCH not in event.properties:
        return
    value = event.properties[PROFILE_SWITCH]
    if not isinstance(value, bool):
        yield Finding(path=_SWITCH, mend=_as_switch(value, event.name))


@event_rule(
    Rule(
        id="person.false_forbidden",
        subject=Subject.PROFILE,
        severity=Severity.DROPPED,
        when="$process_person_profile is false on an event that needs a person",
        says="This event needs a person profile. Without one PostHog throws it away.",
        fix="Remove $process_person_profile.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def false_forbidden(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in NEEDS_PROFILE and is_anonymous(event):
        yield Finding(path=_SWITCH, mend=_without_switch())


@event_rule(
    Rule(
        id="person.false_known",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="An anonymous event has the ID of a known person, as far as this app's history knows",
        says="This app has joined this ID to a person before, so the event is not anonymous.",
        fix="For an anonymous event, use an ID that was never a person's.",
        certainty=Certainty.CODE,
        docs=docs.ANONYMOUS,
    )
)
def false_known(event: Event, known: Circumstances) -> Iterator[Finding]:
    joined = known.memory.joined
    if not joined or not is_anonymous(event):
        return
    person = id_text(event.person)
    if person in joined or person in joined.values():
        yield Finding(path=event.person_path)


@event_rule(
    Rule(
        id="person.last_seen",
        subject=Subject.PROFILE,
        severity=Severity.ADVICE,
        when="A change of properties counts as activity of the person",
        says="PostHog takes this for activity, so the customer looks as if seen now.",
        fix="Set $update_person_last_seen_at to false.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.PERSON_PROPERTIES,
        mends=True,
    )
)
def last_seen(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name not in _BACK_OFFICE or is_anonymous(event):
        return
    if "$update_person_last_seen_at" not in event.properties:
        mend = Mend(label="Do not count it as activity", edits=(Put(path=_LAST_SEEN, value=False),))
        writable = isinstance(event.members.get("properties", Object()), Object)
        yield Finding(path=_LAST_SEEN, mend=mend if writable else None)


skipped_volume = UnknowableRule(
    rule=Rule(
        id="person.skipped_volume",
        subject=Subject.PROFILE,
        severity=Severity.WARNING,
        when="One ID sends far too many events in a short time",
        says="PostHog stores the events, but does not update the person for a while.",
        fix="Send more slowly, and use the IDs of real people.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.WARNINGS,
    ),
    because="PostHog counts the events of all senders together, and its limit is not published.",
    ask="The project's list of ingestion warnings.",
)

RULES = (
    too_big,
    not_boolean,
    false_forbidden,
    false_known,
    last_seen,
    skipped_volume,
)

_PROFILE_LIMIT = 512 * 1024  # bytes
_BACK_OFFICE = frozenset({"$set", "$set_once", "$unset", "$groupidentify"})
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def _as_switch(value: Value, event: str) -> Mend | None:
    """The yes or no that was meant; ``None`` where nobody can tell."""
    text = value.text if isinstance(value, Number) else value
    if value is None:
        return _without_switch()
    if not isinstance(text, str):
        return None
    word = text.strip().lower()
    if word in _NO:
        if event in NEEDS_PROFILE:
            return _without_switch()  # the event would be thrown away with a real no
        return Mend(label="Make it no", edits=(Put(path=_SWITCH, value=False),))
    edits = (Put(path=_SWITCH, value=True),)
    return Mend(label="Make it yes", edits=edits) if word in _YES else None


def _without_switch() -> Mend:
    return Mend(label=f"Remove {PROFILE_SWITCH}", edits=(Take(path=_SWITCH),))


def _weight(value: Value) -> int:
    """The bytes of all texts in ``value``, and one for each member: less than its JSON has."""
    total, waiting = 0, [value]
    while waiting and total <= _PROFILE_LIMIT:
        match waiting.pop():
            case str() as text:
                total += len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
            case Number(text):
                total += len(text)
            case Object(members):
                total += sum(len(key) + 1 for key, _ in members)
                waiting += (item for _, item in members)
            case tuple() as items:
                total += len(items)
                waiting += items
            case _:
                total += 1
    return total
