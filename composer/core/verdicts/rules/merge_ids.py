"""Rules about the two IDs of an event that joins people (ingestion-rules.md, 2.8).

What joining them does stands in ``merge``, which asks here what will be joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.jsontext import Number, Value
from composer.core.verdicts.mending import Mend, Put, Take, move
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.people import at, has_room, id_text
from composer.core.verdicts.scales import Certainty, Severity, Subject

FORCED = "$merge_dangerously"
ANONYMOUS, ALIAS = "$anon_distinct_id", "alias"
SECOND = {"$identify": ANONYMOUS, "$create_alias": ALIAS, FORCED: ALIAS}
"""Which property of which event names the ID that is folded in."""


def pair(event: Event) -> tuple[str, str] | None:
    """The ID that stays and the ID that is folded in, if PostHog can join them."""
    folded = _second(event)
    if folded is None or not folded.strip() or _is_illegal(folded):
        return None
    kept = id_text(event.person)
    if kept == folded or not kept.strip() or _is_illegal(kept):
        return None
    return kept, folded


@event_rule(
    Rule(
        id="merge.illegal_id",
        subject=Subject.MERGE,
        severity=Severity.WARNING,
        when="One of the two IDs is a placeholder, or the second is blank",
        says="PostHog joins nobody with a placeholder. The event itself is stored.",
        fix="Use the IDs of real people.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
        mends=True,
    )
)
def illegal_id(event: Event, _: Circumstances) -> Iterator[Finding]:
    second = _second(event)
    person = id_text(event.person)
    if second is None or second == person:
        return
    if person.strip() and _is_illegal(person):
        yield Finding(path=event.person_path)
    path = at(SECOND[event.name])
    if not second.strip():
        mend = Mend(label="Remove the blank ID", edits=(Take(path=path),))
        yield Finding(path=path, says="PostHog joins nobody with a blank ID.", mend=mend)
    elif _is_illegal(second):
        yield Finding(path=path)


@event_rule(
    Rule(
        id="merge.same",
        subject=Subject.MERGE,
        severity=Severity.WARNING,
        when="Both IDs are the same",
        says="There is nothing to join: both IDs are the same.",
        fix="Enter two different IDs.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
    )
)
def same(event: Event, _: Circumstances) -> Iterator[Finding]:
    second = _second(event)
    if second is not None and second.strip() and second == id_text(event.person):
        yield Finding(path=at(SECOND[event.name]))


@event_rule(
    Rule(
        id="merge.no_alias",
        subject=Subject.MERGE,
        severity=Severity.WARNING,
        when="alias is missing or empty on $create_alias or $merge_dangerously",
        says="Without a second ID in properties PostHog joins nobody.",
        fix="Enter the second ID as alias in properties.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
        mends=True,
    )
)
def no_alias(event: Event, _: Circumstances) -> Iterator[Finding]:
    if SECOND.get(event.name) != ALIAS or event.properties.get(ALIAS) not in (None, ""):
        return
    outside = event.members.get(ALIAS)
    if isinstance(outside, str) and outside and has_room(event, ALIAS):
        edits = move((ALIAS,), at(ALIAS), outside)
        says = "PostHog reads alias only in properties, so it joins nobody."
        mend = Mend(label="Move alias into properties", edits=edits)
        yield Finding(path=(ALIAS,), says=says, fix="Move it into properties.", mend=mend)
    else:
        yield Finding(path=at(ALIAS))


@event_rule(
    Rule(
        id="merge.not_text",
        subject=Subject.MERGE,
        severity=Severity.DROPPED,
        when="alias or $anon_distinct_id of an event that joins is no text",
        says="Newer versions of PostHog throw the event away: the second ID has to be text.",
        fix="Put the ID in quotes.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def not_text(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name not in SECOND:
        return
    for key in (ANONYMOUS, ALIAS):
        value = event.properties.get(key)
        if value is not None and not isinstance(value, str):
            yield Finding(path=at(key), mend=_quoted(key, value))


@event_rule(
    Rule(
        id="merge.null_anon",
        subject=Subject.MERGE,
        severity=Severity.WARNING,
        when="$anon_distinct_id is null",
        says="PostHog reads this as the word null and joins nobody.",
        fix="Leave $anon_distinct_id out.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
        mends=True,
    )
)
def null_anon(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != "$identify" or event.properties.get(ANONYMOUS, "") is not None:
        return
    mend = Mend(label=f"Remove {ANONYMOUS}", edits=(Take(path=at(ANONYMOUS)),))
    yield Finding(path=at(ANONYMOUS), mend=mend)


RULES = (illegal_id, same, no_alias, not_text, null_anon)


def _with_quotes(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for word in words for form in (word, f"'{word}'", f'"{word}"'))


_ILLEGAL_IN_ANY_CASE = _with_quotes(
    (
        "anonymous",
        "guest",
        "distinctid",
        "distinct_id",
        "id",
        "not_authenticated",
        "email",
        "undefined",
        "true",
        "false",
    )
)
_ILLEGAL_AS_WRITTEN = _with_quotes(
    ("[object Object]", "NaN", "None", "none", "null", "0", "undefined")
)
"""Both lists: ingestion-rules.md, 1.1. The IDs are compared with the spaces around them."""


def _is_illegal(text: str) -> bool:
    return text.lower() in _ILLEGAL_IN_ANY_CASE or text in _ILLEGAL_AS_WRITTEN


def _second(event: Event) -> str | None:
    """The ID to be folded in, if PostHog tries to join; ``None`` if it does not."""
    key = SECOND.get(event.name)
    value = event.properties.get(key) if key else None
    if not isinstance(value, str) or (key == ALIAS and not value):
        return None
    return value


def _quoted(key: str, value: Value) -> Mend | None:
    """A number as text; what else stands there is no ID."""
    if not isinstance(value, Number):
        return None
    return Mend(label="Put it in quotes", edits=(Put(path=at(key), value=value.text),))
