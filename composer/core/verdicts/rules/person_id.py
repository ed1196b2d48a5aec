"""Rules about the person's ID (ingestion-rules.md, 2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.ids import PLACEHOLDER_IDS
from composer.core.jsontext import Value
from composer.core.spelling import shown, text_of, trimmed
from composer.core.verdicts.mending import Mend, Put, Take
from composer.core.verdicts.places import (
    DISCARDED,
    WRONG_ID_KEYS,
    as_person,
    has_text,
    into_properties,
    stray_id,
)
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject

_PROPERTY = ("properties", "distinct_id")


@event_rule(
    Rule(
        id="id.missing",
        subject=Subject.PERSON_ID,
        severity=Severity.ERROR,
        when="There is no person's ID, or an empty one",
        says="There is no person's ID, so PostHog refuses the request.",
        fix="Enter the ID; for events of nobody in particular always use the same one.",
        certainty=Certainty.DISPUTED,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def missing(event: Event, _: Circumstances) -> Iterator[Finding]:
    if not _is_missing(event) or stray_id(event) is not None:
        return
    yield Finding(path=event.person_path, mend=_from_properties(event))


@event_rule(
    Rule(
        id="id.too_long",
        subject=Subject.PERSON_ID,
        severity=Severity.ALTERED,
        when="The person's ID has more than 200 characters",
        says="PostHog keeps the first 200 characters, which may be those of another person.",
        fix="Use a short ID, such as the customer number.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def too_long(event: Event, _: Circumstances) -> Iterator[Finding]:
    text = _text(event)
    if len(text) > _LONGEST:
        says = f"PostHog keeps the first {_LONGEST} of {len(text)} characters, which may be those "
        mend = _write("Cut it there", event, text[:_LONGEST])
        yield Finding(path=event.person_path, says=says + "of another person.", mend=mend)


@event_rule(
    Rule(
        id="id.not_text",
        subject=Subject.PERSON_ID,
        severity=Severity.ALTERED,
        when="The person's ID is no text",
        says="PostHog turns the ID into text.",
        fix="Put it in quotes.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def not_text(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.person is None or isinstance(event.person, str):
        return
    text = text_of(event.person)
    says = f"PostHog turns the ID into the text {shown(text)}."
    yield Finding(path=event.person_path, says=says, mend=_write("Write it as text", event, text))


@event_rule(
    Rule(
        id="id.padding",
        subject=Subject.PERSON_ID,
        severity=Severity.ALTERED,
        when="The person's ID begins or ends with a space",
        says="PostHog keeps the spaces around the ID: with them it is another person.",
        fix="Remove the spaces.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def padding(event: Event, _: Circumstances) -> Iterator[Finding]:
    person = event.person
    if isinstance(person, str) and person.strip() not in ("", person):
        mend = _write("Remove the spaces", event, person.strip())
        yield Finding(path=event.person_path, mend=mend)


@event_rule(
    Rule(
        id="id.placeholder",
        subject=Subject.PERSON_ID,
        severity=Severity.ADVICE,
        when="The person's ID is a placeholder, such as null or anonymous",
        says="This looks like a placeholder: all events with it become those of one person.",
        fix="Enter the ID of a real person.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.WARNINGS,
    )
)
def placeholder(event: Event, _: Circumstances) -> Iterator[Finding]:
    text = _text(event)
    if len(text) <= _LONGEST_PLACEHOLDER and _bare(text) in PLACEHOLDER_IDS:
        yield Finding(path=event.person_path)


@event_rule(
    Rule(
        id="id.two_places",
        subject=Subject.PERSON_ID,
        severity=Severity.ALTERED,
        when="The person's ID at the top and the one in the properties differ",
        says="There are two IDs: PostHog takes the one at the top.",
        fix="Keep one of them.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def two_places(event: Event, _: Circumstances) -> Iterator[Finding]:
    other = event.properties.get("distinct_id")
    if other is None or event.person_path == _PROPERTY or _is_missing(event):
        return
    if text_of(other) != _text(event):
        says = f"There are two IDs: PostHog takes the one at the top, {shown(_text(event))}."
        mend = Mend(label="Remove the other one", edits=(Take(path=_PROPERTY),))
        yield Finding(path=_PROPERTY, says=says, mend=mend)


@event_rule(
    Rule(
        id="id.wrong_key",
        subject=Subject.PERSON_ID,
        severity=Severity.ERROR,
        when="The person's ID is called userId or the like",
        says="PostHog reads the person's ID from distinct_id only and refuses the request.",
        fix="Rename it to distinct_id.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def wrong_key(event: Event, _: Circumstances) -> Iterator[Finding]:
    stray = stray_id(event) if _is_missing(event) else None
    if stray is not None:
        yield Finding(path=stray, mend=as_person(event, stray))
    for key in WRONG_ID_KEYS:
        if key not in event.members or stray == (key,):
            continue
        says = f"PostHog does not read {key} here: it is lost."
        fix = "Remove it, or move it into the properties."
        yield Finding(
            path=(key,), says=says, fix=fix, severity=Severity.ALTERED, mend=_put_away(event, key)
        )


@event_rule(
    Rule(
        id="id.case",
        subject=Subject.PERSON_ID,
        severity=Severity.ADVICE,
        when="The same ID was sent before with other capitals",
        says="Capital letters count: this is another person than the one sent before.",
        fix="Check which spelling your product uses.",
        certainty=Certainty.REMEMBERED,
        docs=docs.IDENTIFY,
    )
)
def case(event: Event, known: Circumstances) -> Iterator[Finding]:
    text = _text(event)
    seen = known.memory.people.get(text.lower(), frozenset())
    if seen and text not in seen:
        says = f"Capital letters count: you sent events of {shown(min(seen))} before, and this is "
        yield Finding(path=event.person_path, says=says + "another person.")


@event_rule(
    Rule(
        id="id.null_byte",
        subject=Subject.PERSON_ID,
        severity=Severity.ALTERED,
        when="The person's ID contains a null character",
        says="PostHog replaces a character that cannot be printed: this becomes another person.",
        fix="Remove the character, or type the ID again.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def null_byte(event: Event, _: Circumstances) -> Iterator[Finding]:
    person = event.person
    if isinstance(person, str) and "\0" in person:
        clean = person.replace("\0", "")
        mend = _write("Remove the character", event, clean) if trimmed(clean) else None
        yield Finding(path=event.person_path, mend=mend)


RULES = (
    missing,
    too_long,
    not_text,
    padding,
    placeholder,
    two_places,
    wrong_key,
    case,
    null_byte,
)

_LONGEST = 200  # characters
_LONGEST_PLACEHOLDER = 100  # a placeholder with ample spaces; no need to look at longer ones


def _text(event: Event) -> str:
    """The ID as PostHog reads it; empty if there is none."""
    return "" if event.person is None else text_of(event.person)


def _is_missing(event: Event) -> bool:
    """Whether the capture service finds no ID (capture-server.md, 2.5)."""
    person = event.person
    is_blank = person is None or (isinstance(person, str) and not trimmed(person))
    return is_blank and event.name != DISCARDED


def _from_properties(event: Event) -> Mend | None:
    """An empty ID at the top hides a good one in the properties."""
    value = event.properties.get("distinct_id")
    if event.person_path == _PROPERTY or not has_text(value):
        return None
    return _write("Use the ID in the properties", event, value)


def _put_away(event: Event, key: str) -> Mend | None:
    """A second ID: without it where it says the same, else among the properties."""
    value = event.members[key]
    if not has_text(value) or text_of(value) == _text(event):
        return Mend(label=f"Remove {key}", edits=(Take(path=(key,)),))
    return into_properties(event, key, key, "Move it into the properties")


def _write(label: str, event: Event, value: Value) -> Mend:
    return Mend(label=label, edits=(Put(path=event.person_path, value=value),))


def _bare(text: str) -> str:
    """In small letters, without the spaces or one pair of quotes around it."""
    text = text.strip().lower()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text
