"""Rules about properties that are set on a person or removed: $set, $set_once, $unset.

Source: ingestion-rules.md, 2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from composer.core.jsontext import Number, Object, Path, Value
from composer.core.verdicts.mending import Mend, Put, Take, move
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.people import (
    AI_PREFIX,
    NO_UPDATE,
    at,
    has_room,
    is_anonymous,
)
from composer.core.verdicts.scales import Certainty, Severity, Subject

_SETS = ("$set", "$set_once")
_CHANGES = (*_SETS, "$unset")


@event_rule(
    Rule(
        id="set.top_not_object",
        subject=Subject.PROFILE,
        severity=Severity.ERROR,
        when="$set or $set_once at the top level is text, a list, a number or yes/no",
        says="PostHog refuses person properties that are not names with values.",
        fix="Give each property a name and a value.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
    )
)
def top_not_object(event: Event, _: Circumstances) -> Iterator[Finding]:
    for key in _SETS:
        value = event.members.get(key)
        if value is not None and not isinstance(value, Object):
            yield Finding(path=(key,))


@event_rule(
    Rule(
        id="set.prop_not_object",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$set or $set_once in properties is text, a list, a number or yes/no",
        says="PostHog ignores this, or makes person properties called 0, 1, 2 of it.",
        fix="Give each property a name and a value.",
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
    )
)
def prop_not_object(event: Event, _: Circumstances) -> Iterator[Finding]:
    for key in _SETS:
        value = event.properties.get(key)
        if value is not None and not isinstance(value, Object):
            yield Finding(path=at(key))


@event_rule(
    Rule(
        id="set.both_places",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$set or $set_once stands both at the top level and in properties",
        says="PostHog makes one of both; where they differ, the one at the top level wins.",
        fix="Keep one, best the one in properties.",
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
        mends=True,
    )
)
def both_places(event: Event, _: Circumstances) -> Iterator[Finding]:
    for key in _SETS:
        top, inner = event.members.get(key), event.properties.get(key)
        if isinstance(top, Object) and inner is not None:
            mend = _one_of(key, top, inner) if isinstance(inner, Object) else None
            yield Finding(path=(key,), mend=mend)


once_exists = UnknowableRule(
    rule=Rule(
        id="set.once_exists",
        subject=Subject.PROFILE,
        severity=Severity.WARNING,
        when="$set_once names a property that the person has already",
        says="The value that the person has stays.",
        fix="To write over it, use $set.",
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
    ),
    because="What stands on the person is known to PostHog alone.",
    ask="The person's page in PostHog.",
)


@event_rule(
    Rule(
        id="set.on_exception",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$set, $set_once or $unset on $exception or $$heatmap",
        says="An error or heatmap cannot change a person: PostHog ignores this.",
        fix="Send the change as a $set event of its own.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def on_exception(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in NO_UPDATE:
        yield from _superfluous(event, _CHANGES)


@event_rule(
    Rule(
        id="set.on_ai",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$set or $set_once on an event whose name begins with $ai_",
        says="An AI event cannot change a person: newer versions of PostHog remove this.",
        fix="Send the change as a $set event of its own.",
        certainty=Certainty.CODE,
        docs=docs.AI,
        mends=True,
    )
)
def on_ai(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name.startswith(AI_PREFIX):
        yield from _superfluous(event, _SETS)


@event_rule(
    Rule(
        id="set.on_groupidentify",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$set, $set_once or $unset on $groupidentify",
        says="An update of a group cannot change a person: PostHog removes this.",
        fix="Send the change as a $set event of its own.",
        certainty=Certainty.CODE,
        docs=docs.GROUPS,
        mends=True,
    )
)
def on_groupidentify(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == "$groupidentify":
        yield from _superfluous(event, _CHANGES)


@event_rule(
    Rule(
        id="set.on_personless",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$set, $set_once or $unset beside $process_person_profile: false",
        says="An anonymous event cannot change a person: PostHog removes this.",
        fix="Remove one of the two.",
        certainty=Certainty.CODE,
        docs=docs.ANONYMOUS,
        mends=True,
    )
)
def on_personless(event: Event, _: Circumstances) -> Iterator[Finding]:
    if is_anonymous(event):
        yield from _superfluous(event, _CHANGES)


@event_rule(
    Rule(
        id="unset.top_level",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="$unset stands at the top level",
        says="PostHog reads $unset only in properties: nothing is removed.",
        fix="Move it into properties.",
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
        mends=True,
    )
)
def unset_top_level(event: Event, _: Circumstances) -> Iterator[Finding]:
    value = event.members.get("$unset")
    if value is None:
        return
    edits = move(("$unset",), at("$unset"), value)
    mend = Mend(label="Move it into properties", edits=edits)
    yield Finding(path=("$unset",), mend=mend if has_room(event, "$unset") else None)


@event_rule(
    Rule(
        id="unset.shape",
        subject=Subject.PROFILE,
        severity=Severity.WARNING,
        when="$unset is not a list of names",
        says="PostHog finds no names in this and removes nothing you meant.",
        fix='Write a list of names, such as ["old_plan"].',
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
        mends=True,
    )
)
def unset_shape(event: Event, _: Circumstances) -> Iterator[Finding]:
    path, value = at("$unset"), event.properties.get("$unset")
    match value:
        case None:
            return
        case Object(members):
            mend = _list_of(path, dict(members))
            says = "PostHog takes the names in this and ignores the values."
            yield Finding(path=path, says=says, severity=Severity.ADVICE, mend=mend)
        case str():
            yield Finding(path=path, mend=_list_of(path, (value,)) if value else None)
        case tuple():
            yield from _list_with_others(path, value)
        case _:
            yield Finding(path=path)


RULES = (
    top_not_object,
    prop_not_object,
    both_places,
    once_exists,
    on_exception,
    on_ai,
    on_groupidentify,
    on_personless,
    unset_top_level,
    unset_shape,
)


def _one_of(key: str, top: Object, inner: Object) -> Mend:
    whole = inner
    for name, value in top:
        whole = whole.with_member(name, value)
    edits = (Take(path=(key,)), Put(path=at(key), value=whole))
    return Mend(label="Make one of both", edits=edits)


def _superfluous(event: Event, keys: Iterable[str]) -> Iterator[Finding]:
    """A finding for each change of a person that has no effect."""
    for key in keys:
        places: tuple[tuple[Path, Value], ...] = (
            ((key,), event.members.get(key)),
            (at(key), event.properties.get(key)),
        )
        for path, value in places:
            if value is None or (key == "$unset" and len(path) == 1):
                continue  # at the top level $unset is lost on every event: unset.top_level
            yield Finding(path=path, mend=Mend(label=f"Remove {key}", edits=(Take(path=path),)))


def _list_of(path: Path, names: Iterable[str]) -> Mend:
    return Mend(label="Make it a list", edits=(Put(path=path, value=tuple(names)),))


def _list_with_others(path: Path, items: tuple[Value, ...]) -> Iterator[Finding]:
    """A list that has more than names; numbers in it can only be meant as names."""
    if all(isinstance(item, str) for item in items):
        return
    names = [item.text if isinstance(item, Number) else item for item in items]
    texts = [name for name in names if isinstance(name, str)]
    says = "PostHog passes over what is no text in this list."
    mend = _list_of(path, texts) if len(texts) == len(items) else None
    yield Finding(path=path, says=says, mend=mend)
