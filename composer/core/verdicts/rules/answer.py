"""Rules about the answers to a survey: their keys and their values (ingestion-rules.md, 2.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.jsontext import Number, Object, Value
from composer.core.spelling import text_of
from composer.core.verdicts.mending import Mend, Rename
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import prop, put
from composer.core.verdicts.scales import Certainty, Severity, Subject

SENT = "survey sent"
_FIRST = "$survey_response"


def answers(event: Event) -> dict[str, Value]:
    """The answers that PostHog can match to a question, by their keys."""
    return {key: value for key, value in event.properties.items() if _ANSWER.fullmatch(key)}


def misnamed(key: str) -> bool:
    """Whether a key is meant for an answer and PostHog reads none from it."""
    return bool(_NEAR.match(key) or _ID.fullmatch(key)) and not _ANSWER.fullmatch(key)


@event_rule(
    Rule(
        id="survey.key_format",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="An answer's key is not $survey_response_ with the question's ID or place",
        says="PostHog cannot match this answer to a question.",
        fix="Write $survey_response_ and then the question's ID.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
        mends=True,
    )
)
def key_format(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != SENT:
        return
    for key in event.properties:
        if misnamed(key):
            right = _right_key(key)
            free = right and right not in event.properties
            mend = _renamed(key, right) if free else None
            yield Finding(path=prop(key), mend=mend)


@event_rule(
    Rule(
        id="survey.index_off",
        subject=Subject.FEATURE,
        severity=Severity.ADVICE,
        when="Answers by place do not begin with $survey_response, then _1",
        says="The first question has no number, the second has 1: an answer may stand elsewhere.",
        fix="Better use the questions' IDs.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
        mends=True,
    )
)
def index_off(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != SENT:
        return
    keys = [key for key in event.properties if _PLACED.fullmatch(key)]
    numbers = sorted(int(key.rpartition("_")[2]) for key in keys)
    has_first = _FIRST in event.properties
    if not keys or (has_first and numbers == list(range(1, len(numbers) + 1))):
        return
    zero = f"{_FIRST}_0"
    mend = _renamed(zero, _FIRST) if zero in keys and not has_first else None
    yield Finding(path=prop(zero if zero in keys else keys[0]), mend=mend)


@event_rule(
    Rule(
        id="survey.answer_type",
        subject=Subject.FEATURE,
        severity=Severity.ALTERED,
        when="An answer is a number or yes/no",
        says="PostHog keeps answers as text.",
        fix='Write it as text: "9", not 9.',
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
        mends=True,
    )
)
def answer_type(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != SENT:
        return
    for key, value in answers(event).items():
        quoted = tuple(map(_quoted, value)) if isinstance(value, tuple) else _quoted(value)
        if quoted != value:
            yield Finding(path=prop(key), mend=put("Write it as text", prop(key), quoted))


@event_rule(
    Rule(
        id="survey.multi_not_list",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="A multiple choice is one text with commas",
        says="The choices count as one.",
        fix="Write them as a list.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
        mends=True,
    )
)
def multi_not_list(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != SENT:
        return
    for key, value in answers(event).items():
        items = _items(value)
        if len(items) < _FEWEST:
            continue
        is_choice = _is_multiple_choice(event, key)
        mend = put(f"Make it a list of {len(items)}", prop(key), items)
        if is_choice:
            yield Finding(path=prop(key), mend=mend)
        elif is_choice is None and len(items) > _FEWEST and all(map(_looks_chosen, items)):
            yield Finding(
                path=prop(key),
                says="If this was a multiple choice, the choices count as one.",
                fix="Write them as a list. A free text may stay as it is.",
                severity=Severity.ADVICE,
                mend=mend,
            )


RULES = (
    key_format,
    index_off,
    answer_type,
    multi_not_list,
)

_UUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_ID = re.compile(_UUID)
_ANSWER = re.compile(rf"\$survey_response(?:_(?:[0-9]{{1,4}}|{_UUID}))?")
_PLACED = re.compile(r"\$survey_response_[0-9]{1,4}")
_NEAR = re.compile(r"\$?survey[ _-]?(?:response|answer)", re.IGNORECASE)
_BY_PLACE = re.compile(r"\$?survey[ _-]?responses?(?:[ _-]?([0-9]{1,3}))?", re.IGNORECASE)
_CHOSEN = re.compile(r"[^\s.!?;:]+(?: [^\s.!?;:]+){0,3}")
_LONGEST_CHOICE = 40
_FEWEST = 2


def _right_key(key: str) -> str:
    """The key that was meant, if that is clear; else empty."""
    if question := _ID.search(key):
        return f"{_FIRST}_{question[0]}"
    if place := _BY_PLACE.fullmatch(key):
        return f"{_FIRST}_{int(place[1])}" if place[1] else _FIRST
    return ""


def _renamed(key: str, right: str) -> Mend:
    return Mend(label=f"Call it {right}", edits=(Rename(path=prop(key), key=right),))


def _quoted(value: Value) -> Value:
    return text_of(value) if isinstance(value, bool | Number) else value


def _items(value: Value) -> tuple[str, ...]:
    if not isinstance(value, str) or "," not in value:
        return ()
    return tuple(item for item in (part.strip() for part in value.split(",")) if item)


def _looks_chosen(item: str) -> bool:
    """Whether a text reads like one of several choices rather than like part of a sentence."""
    return len(item) <= _LONGEST_CHOICE and _CHOSEN.fullmatch(item) is not None


def _is_multiple_choice(event: Event, key: str) -> bool | None:
    """What ``$survey_questions`` says of the question; ``None`` where it says nothing."""
    questions = event.properties.get("$survey_questions")
    for question in questions if isinstance(questions, tuple) else ():
        if isinstance(question, Object) and key == f"{_FIRST}_{question.get('id')}":
            kind = question.get("type")
            return kind == "multiple_choice" if isinstance(kind, str) else None
    return None
