"""Rules about errors and about AI events (ingestion-rules.md, 2.11)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from composer.core.jsontext import Number, Object, Path, Value
from composer.core.spelling import text_of
from composer.core.verdicts.mending import Mend, Put, Take
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import is_blank, prop, put
from composer.core.verdicts.scales import Certainty, Severity, Subject


@event_rule(
    Rule(
        id="exc.no_list",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="$exception has no $exception_list, or one without types and messages",
        says="Without a type and a message PostHog makes no issue of the error.",
        fix="Enter the error's type and message.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.ERRORS,
        mends=True,
    )
)
def no_list(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != "$exception":
        return
    items = event.properties.get("$exception_list")
    if not isinstance(items, tuple) or not items:
        yield Finding(path=_LIST, mend=_listed(event) if items in (None, ()) else None)
        return
    for place, item in enumerate(items):
        if (lack := _lack(item)) is not None:
            yield Finding(path=(*_LIST, place, *lack))


suppressed = UnknowableRule(
    rule=Rule(
        id="exc.suppressed",
        subject=Subject.FEATURE,
        severity=Severity.DROPPED,
        when="The project suppresses such errors, or limits how many it takes",
        says="PostHog throws the error away.",
        fix="Ask the project's admin to look at the settings for error tracking.",
        certainty=Certainty.CODE,
        docs=docs.ERRORS,
    ),
    because="Suppression rules and limits are settings of the project.",
    ask="The project's settings for error tracking.",
)


@event_rule(
    Rule(
        id="ai.no_trace",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="An AI event has no $ai_trace_id",
        says="The step stands alone: it belongs to no trace.",
        fix="Enter the trace's ID, the same for all steps of one interaction.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.AI,
    )
)
def no_trace(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in _AI_FORMS and is_blank(event.properties.get("$ai_trace_id")):
        yield Finding(path=_TRACE)


@event_rule(
    Rule(
        id="ai.trace_type",
        subject=Subject.FEATURE,
        severity=Severity.ALTERED,
        when="An ID of an AI event is no text",
        says="PostHog removes an ID that is a list or an object.",
        fix="Write it as text.",
        certainty=Certainty.CODE,
        docs=docs.AI,
        mends=True,
    )
)
def trace_type(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name not in _AI_EVENTS:
        return
    for key in _AI_IDS:
        value = event.properties.get(key)
        if isinstance(value, Number | bool):
            mend = put("Write it as text", prop(key), text_of(value))
            yield Finding(path=prop(key), says="PostHog turns this ID into text.", mend=mend)
        elif isinstance(value, tuple | Object):
            yield Finding(path=prop(key))


@event_rule(
    Rule(
        id="ai.trace_chars",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="$ai_trace_id has characters other than letters, digits and - _ ~ . @ ( ) ! ' : |",
        says="The trace's page may not open.",
        fix="Use a UUID, or letters, digits and hyphens only.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.AI,
    )
)
def trace_chars(event: Event, _: Circumstances) -> Iterator[Finding]:
    trace = event.properties.get("$ai_trace_id")
    if event.name in _AI_EVENTS and isinstance(trace, str) and not _TRACE_TEXT.fullmatch(trace):
        yield Finding(path=_TRACE)


@event_rule(
    Rule(
        id="ai.tokens",
        subject=Subject.FEATURE,
        severity=Severity.ALTERED,
        when="A count of tokens is no number",
        says="PostHog cannot read this count and empties it.",
        fix="Write a whole number.",
        certainty=Certainty.CODE,
        docs=docs.AI,
        mends=True,
    )
)
def tokens(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name not in _AI_EVENTS:
        return
    for key in _TOKEN_COUNTS:
        value = event.properties.get(key)
        if not _is_count(value):
            count = _count(value)
            mend = put(f"Write {count.text}", prop(key), count) if count else None
            yield Finding(path=prop(key), mend=mend)


@event_rule(
    Rule(
        id="ai.lane",
        subject=Subject.FEATURE,
        severity=Severity.ERROR,
        when="An event that is no AI event, or has no $ai_model, goes to an address for AI events",
        says="This address takes AI events only.",
        fix="Send it to /i/v0/e/.",
        certainty=Certainty.CODE,
        docs=docs.AI,
    )
)
def lane(event: Event, known: Circumstances) -> Iterator[Finding]:
    if known.path not in _AI_PATHS:
        return
    if event.name not in _AI_EVENTS:
        yield Finding(path=("event",))
    elif known.path == _AI_PATHS[0] and is_blank(event.properties.get("$ai_model")):
        says = "This address takes no AI event without a model."
        yield Finding(path=prop("$ai_model"), says=says, fix="Enter the model.")


RULES = (
    no_list,
    suppressed,
    no_trace,
    trace_type,
    trace_chars,
    tokens,
    lane,
)

_LIST, _TRACE = prop("$exception_list"), prop("$ai_trace_id")
_AI_PATHS = ("/i/v0/ai", "/i/v0/ai/batch")
_AI_FORMS = frozenset(
    {"$ai_generation", "$ai_embedding", "$ai_span", "$ai_trace", "$ai_metric", "$ai_feedback"}
)
_AI_EVENTS = _AI_FORMS | {
    "$ai_evaluation",
    "$ai_tag",
    "$ai_trace_summary",
    "$ai_generation_summary",
    "$ai_trace_clusters",
    "$ai_generation_clusters",
}
"""The list of capture-server.md, section 6; the beginning $ai_ alone makes no AI event."""
_AI_IDS = ("$ai_trace_id", "$ai_span_id", "$ai_parent_id", "$ai_session_id")
_TOKEN_COUNTS = (
    "$ai_input_tokens",
    "$ai_output_tokens",
    "$ai_reasoning_tokens",
    "$ai_cache_read_input_tokens",
    "$ai_cache_creation_input_tokens",
)
_TRACE_TEXT = re.compile(r"[A-Za-z0-9\-_~.@()!':|]*")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|")
_RADIX = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_COUNTED = re.compile(r"([0-9]{1,3}(?:[,\s_'][0-9]{3})+|[0-9]{1,15})\s*(?:tokens?)?", re.IGNORECASE)
_NO_DIGIT = re.compile(r"[^0-9]")


def _lack(item: Value) -> Path | None:
    """What an entry of the list lacks: its place in the entry; ``None`` if nothing."""
    if not isinstance(item, Object):
        return ()
    for key in ("type", "value"):
        text = item.get(key)
        if not isinstance(text, str) or not text:
            return (key,)
    return None


def _listed(event: Event) -> Mend | None:
    """The list made from the older pair of type and message."""
    pair = [event.properties.get(key) for key in ("$exception_type", "$exception_message")]
    if not all(isinstance(text, str) and text for text in pair):
        return None
    entry = Object((("type", pair[0]), ("value", pair[1])))
    old = (Take(path=prop("$exception_type")), Take(path=prop("$exception_message")))
    return Mend(label="Make the list", edits=(Put(path=_LIST, value=(entry,)), *old))


def _is_count(value: Value) -> bool:
    """Whether PostHog reads it: a finite number, text that JavaScript reads as one, or nothing."""
    if isinstance(value, str):
        text = value.strip()
        if _DECIMAL.fullmatch(text):
            return not text or math.isfinite(float(text))
        return _RADIX.fullmatch(text) is not None
    return value is None or (isinstance(value, Number) and math.isfinite(float(value.text)))


def _count(value: Value) -> Number | None:
    """The count that was meant; ``None`` where that is not clear."""
    if isinstance(value, Object):
        total = value.get("total")
        return total if isinstance(total, Number) and _is_count(total) else None
    match = _COUNTED.fullmatch(value.strip()) if isinstance(value, str) else None
    return Number(str(int(_NO_DIGIT.sub("", match[1])))) if match else None
