"""Rules about the shape of the body (ingestion-rules.md, 2.2, ``body`` and ``batch``).

One field of a wrong type makes the service refuse the whole request, and its message names no
field. Fields that have a rule of their own (name, uuid, ``$set`` …) are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import NoneType

from composer.core.ids import is_uuid
from composer.core.jsontext import Number, Object, Path, Value
from composer.core.verdicts.mending import Mend, Put, Rename, Take
from composer.core.verdicts.places import (
    DISCARDED,
    TOKENS,
    has_field_twice,
    has_text,
    token_of,
    token_of_destination,
)
from composer.core.verdicts.request import Circumstances, Event, Request, Shape
from composer.core.verdicts.rule import Finding, Rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject


@request_rule(
    Rule(
        id="body.not_events_shape",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="The body is no event or list of events, or a field has the wrong type",
        says="PostHog refuses the request, and its message will not name the cause.",
        fix="Compare it with an example.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def not_events_shape(request: Request, _: Circumstances) -> Iterator[Finding]:
    yield from _faults_around(request)
    for index, event in enumerate(request.events):
        members = event.members
        if _RARE.isdisjoint(members) and type(members.get("timestamp")) in _TIME_TYPES:
            continue
        for path, says, mend in _faults_in(event, request.event_path(index)):
            yield Finding(path=path, says=says, fix=_BY_TYPE, mend=mend)


@request_rule(
    Rule(
        id="batch.no_top_token",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="A batch has no api_key beside it",
        says="The batch has no token: PostHog refuses it and complains about an event name.",
        fix="Add api_key beside batch.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def no_top_token(request: Request, known: Circumstances) -> Iterator[Finding]:
    if request.shape is not Shape.BATCH:
        return
    if any(request.top.get(key) is not None for key in TOKENS[:2]):
        return
    key = "token" if "token" in request.top else "api_key"
    yield Finding(path=(key,), mend=_token_for_batch(request, known, key))


@request_rule(
    Rule(
        id="batch.one_bad",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="One event of several is wrong",
        says="One wrong event makes PostHog refuse the whole batch.",
        fix="Correct that event, or send the others without it.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.WARNINGS,
    )
)
def one_bad(request: Request, _: Circumstances) -> Iterator[Finding]:
    if request.shape is Shape.SINGLE or len(request.events) <= 1:
        return
    cookieless = request.text is None or _COOKIELESS in request.text
    bad = [
        (index, reason)
        for index, event in enumerate(request.events)
        if (reason := _badness(event, cookieless=cookieless))
    ]
    if not bad:
        return
    index, reason = bad[0]
    count = len(request.events)
    others = len(bad) - 1
    more = f", and {others} more {'is' if others == 1 else 'are'} wrong" if others else ""
    says = (
        f"Event {request.places[index] + 1} of {count} {reason}{more}: "
        f"PostHog refuses all {count} events."
    )
    yield Finding(path=request.event_path(index), says=says)


RULES = (not_events_shape, no_top_token, one_bad)

_NOTHING = Object()
_RARE = frozenset({*TOKENS, "offset"})
_TIME_TYPES = frozenset({str, NoneType, Number})  # ``time.number`` tells of numbers
_TEXT, _OBJECT = (str, NoneType), (Object, NoneType)
_NO_UUID = (None, "")
_COOKIELESS = '"$cookieless_mode"'
_BY_TYPE = "Compare it with an example: every field has to be of the right type."
_WHOLE = re.compile(r"(-?[0-9]{1,15})(?:\.0+)?")
_WORDS = {"true": True, "1": True, "false": False, "0": False}
_OF_64_BITS = range(-(2**63), 2**63)


def _faults_around(request: Request) -> Iterator[Finding]:
    """What is wrong with the body apart from its events."""
    value = request.value
    if isinstance(value, Object):
        if request.shape is Shape.BATCH:
            yield from _faults_of_batch(value)
    elif not isinstance(value, tuple):
        if value is not None or (request.text or "").strip() == "null":
            yield Finding(says="The body is neither an event nor a list of events.")
        return
    items = value if isinstance(value, tuple) else request.top.get("batch")
    if not isinstance(items, tuple) or len(items) == len(request.events):
        return
    for index, item in enumerate(items):
        if not isinstance(item, Object):
            path: Path = (index,) if request.shape is Shape.ARRAY else ("batch", index)
            says = f"Entry {index + 1} is no event, so PostHog refuses them all."
            yield Finding(path=path, says=says, fix="Write an event between { and }, or remove it.")


def _faults_of_batch(top: Object) -> Iterator[Finding]:
    if not isinstance(top.get("batch"), tuple):
        yield Finding(
            path=("batch",),
            says="PostHog refuses a batch that is no list.",
            fix="Write the events between [ and ], with a comma after each but the last.",
        )
    for key in TOKENS[:2]:
        if not isinstance(top.get(key), str | None):
            says = "PostHog refuses a token that is no text."
            yield Finding(path=(key,), says=says, fix="Put the token in quotes.")
    if not isinstance(top.get("sent_at"), str | None):
        says = "PostHog refuses a batch whose sent_at is no text."
        mend = Mend(label="Leave out sent_at", edits=(Take(path=("sent_at",)),))
        yield Finding(path=("sent_at",), says=says, fix="Leave it out.", mend=mend)
    flag = top.get("historical_migration")
    if not isinstance(flag, bool | None):
        says = "PostHog refuses a batch whose historical_migration is neither true nor false."
        text = flag.text if isinstance(flag, Number) else flag
        known = _WORDS.get(text.strip().lower()) if isinstance(text, str) else None
        mend = None if known is None else _put(("historical_migration",), known)
        fix = "Write true or false, without quotes."
        yield Finding(path=("historical_migration",), says=says, fix=fix, mend=mend)


def _faults_in(event: Event, prefix: Path) -> Iterator[tuple[Path, str, Mend | None]]:
    """Fields of a wrong type that no other rule tells: where, what is said, how to mend it."""
    for key in TOKENS:
        if not isinstance(event.members.get(key), str | None):
            yield (*prefix, key), "PostHog refuses a token that is no text.", None
    moment = event.members.get("timestamp")
    if not isinstance(moment, str | Number | None):
        mend = Mend(label="Leave out the time", edits=(Take(path=(*prefix, "timestamp")),))
        yield (*prefix, "timestamp"), "PostHog refuses a time that is no text.", mend
    offset = event.members.get("offset")
    if offset is not None and not _is_whole(offset):
        path = (*prefix, "offset")
        text = offset.text if isinstance(offset, Number) else offset
        whole = _WHOLE.fullmatch(text.strip()) if isinstance(text, str) else None
        mend = _put(path, Number(str(int(whole[1])))) if whole else None
        yield path, "PostHog refuses an offset that is no whole number.", mend


def _is_whole(value: Value) -> bool:
    """Whether the service reads it into 64 bits: not ``10.0``, ``1e3`` or ``-0``."""
    if not isinstance(value, Number) or value.text == "-0":
        return False
    digits = value.text.removeprefix("-")
    return digits.isdecimal() and len(digits) < _LONGEST_WHOLE and int(value.text) in _OF_64_BITS


_LONGEST_WHOLE = 20  # digits


def _badness(event: Event, *, cookieless: bool) -> str:
    """What makes the service refuse the event, in a few words; empty if it takes it."""
    members = event.members
    name, person, uuid = members.get("event"), members.get("distinct_id"), members.get("uuid")
    if not isinstance(name, str) or not name:
        return "has no name"
    named = isinstance(person, str) and person.strip()  # the quick answer for nearly all
    if not named and name != DISCARDED and not has_text(event.person):
        return "has no person's ID"
    if uuid not in _NO_UUID and not (isinstance(uuid, str) and is_uuid(uuid)):
        return "has an event ID that is no UUID"
    if not isinstance(members.get("properties", _NOTHING), Object) or _has_wrong_type(event):
        return "has a field of the wrong type"
    if cookieless and name != DISCARDED:
        mode = event.properties.get("$cookieless_mode", False)
        return "" if isinstance(mode, bool) else "has a $cookieless_mode that is no yes or no"
    return ""


def _has_wrong_type(event: Event) -> bool:
    members = event.members
    return (
        not isinstance(members.get("timestamp"), _TEXT)
        or ("$set" in members and not isinstance(members["$set"], _OBJECT))
        or ("$set_once" in members and not isinstance(members["$set_once"], _OBJECT))
        or (not _RARE.isdisjoint(members) and any(True for _ in _faults_in(event, ())))
        or has_field_twice(event)
    )


def _token_for_batch(request: Request, known: Circumstances, key: str) -> Mend | None:
    """The token that stands elsewhere in the batch, else the destination's."""
    if isinstance(request.top.get("$token"), str):
        return Mend(label="Call it api_key", edits=(Rename(path=("$token",), key="api_key"),))
    tokens = {found[1] for event in request.events[:_LOOKED_AT] if (found := token_of(event))}
    if len(tokens) == 1 and isinstance(token := tokens.pop(), str):
        return Mend(label="Use the token of its events", edits=(Put(path=(key,), value=token),))
    return token_of_destination(known, (key,))


_LOOKED_AT = 1000  # events; the token is a proposal, and a person sees it before it is used


def _put(path: Path, value: Value) -> Mend:
    return Mend(label="Write it rightly", edits=(Put(path=path, value=value),))
