"""Rules about the event's name (ingestion-rules.md, 2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from composer.core.jsontext import Number
from composer.core.verdicts.mending import Mend, Put, Rename, Take
from composer.core.verdicts.places import DISCARDED, WRONG_NAME_KEYS, is_nameless_by_right
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject

_FIELD = ("event",)


@event_rule(
    Rule(
        id="event.missing",
        subject=Subject.NAME,
        severity=Severity.ERROR,
        when="The event has no name, or one that is no text",
        says="The event has no name, so PostHog refuses the request.",
        fix="Enter a name.",
        certainty=Certainty.DISPUTED,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def missing(event: Event, known: Circumstances) -> Iterator[Finding]:
    if event.name or is_nameless_by_right(event, known):
        return
    value = event.members.get("event")
    if value is None or value == "":
        yield Finding(path=_FIELD, mend=_from_other_key(event))
        return
    says = "The event's name is no text, so PostHog refuses the request."
    mend = _named("Write it as text", value.text) if isinstance(value, Number) else None
    yield Finding(path=_FIELD, says=says, fix="Put the name in quotes.", mend=mend)


@event_rule(
    Rule(
        id="event.blank",
        subject=Subject.NAME,
        severity=Severity.ADVICE,
        when="The event's name consists of spaces",
        says="PostHog stores the event under a name that nobody can see.",
        fix="Enter a name.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
    )
)
def blank(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name and not event.name.strip():
        yield Finding(path=_FIELD)


@event_rule(
    Rule(
        id="event.too_long",
        subject=Subject.NAME,
        severity=Severity.ALTERED,
        when="The event's name has more than 200 characters",
        says="PostHog cuts the name after 200 characters.",
        fix="Shorten the name, and put the details into a property.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def too_long(event: Event, _: Circumstances) -> Iterator[Finding]:
    length = len(event.name)
    if length > _LONGEST:
        says = f"PostHog cuts the name after {_LONGEST} of its {length} characters."
        mend = _named("Cut it there", event.name[:_LONGEST])
        yield Finding(path=_FIELD, says=says, mend=mend)


@event_rule(
    Rule(
        id="event.dollar_custom",
        subject=Subject.NAME,
        severity=Severity.ADVICE,
        when="The name begins with $ and is none of PostHog's",
        says="Names that begin with $ are PostHog's own, and it has no such event.",
        fix="Leave out the $, or choose one of PostHog's events.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def dollar_custom(event: Event, _: Circumstances) -> Iterator[Finding]:
    name = event.name
    if not name.startswith("$") or name in BUILT_IN or name.startswith(_BUILT_IN_FAMILIES):
        return
    if name in _INTERNAL or name == DISCARDED or _meant(name) is not None:
        return
    plain = name.lstrip("$").strip()
    yield Finding(path=_FIELD, mend=_named("Leave out the $", plain) if plain else None)


@event_rule(
    Rule(
        id="event.lookalike",
        subject=Subject.NAME,
        severity=Severity.WARNING,
        when="The name is almost that of a PostHog event",
        says="PostHog has an event of almost this name, and treats this one as any other.",
        fix="Use the exact name.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def lookalike(event: Event, _: Circumstances) -> Iterator[Finding]:
    meant = _meant(event.name)
    if meant is not None:
        says = f"PostHog's own event is called {meant}; it treats this one as any other."
        fix = f"Use {meant} if you mean that event. Capital letters count."
        yield Finding(path=_FIELD, says=says, fix=fix, mend=_named(f"Use {meant}", meant))


@event_rule(
    Rule(
        id="event.filtered",
        subject=Subject.NAME,
        severity=Severity.DROPPED,
        when="The event is $performance_event",
        says="PostHog throws events of this name away.",
        fix="Do not send it, or choose another name.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
    )
)
def filtered(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == DISCARDED:
        yield Finding(path=_FIELD)


@event_rule(
    Rule(
        id="event.internal_lane",
        subject=Subject.NAME,
        severity=Severity.DROPPED,
        when="The name is for PostHog's own use, such as $snapshot",
        says="This name is for PostHog's own use: it will not appear as an event.",
        fix="Choose another name.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
    )
)
def internal_lane(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in _INTERNAL:
        yield Finding(path=_FIELD)


RULES = (missing, blank, too_long, dollar_custom, lookalike, filtered, internal_lane)

_LONGEST = 200  # characters

_FORMS = (
    "$identify",
    "$create_alias",
    "$merge_dangerously",
    "$groupidentify",
    "$pageview",
    "$pageleave",
    "$screen",
    "$autocapture",
    "$rageclick",
    "$web_vitals",
    "Application opened",
    "Application installed",
    "Application updated",
    "Application backgrounded",
    "Application became active",
    "Deep link opened",
    "survey shown",
    "survey sent",
    "survey dismissed",
    "$feature_flag_called",
    "$feature_enrollment_update",
    "$exception",
    "$ai_generation",
    "$ai_embedding",
    "$ai_span",
    "$ai_trace",
    "$ai_metric",
    "$ai_feedback",
)
"""Names whose misspellings are told (event-catalogue.md, 0.4)."""

BUILT_IN = frozenset(
    {
        *_FORMS,
        "$set",
        "$set_once",
        "$unset",
        "$copy_autocapture",
        "$dead_click",
        "$opt_in",
        "$feature_view",
        "$feature_interaction",
        "$element_viewed",
        "$capture_metrics",
        "$csp_violation",
        "$ai_evaluation",
        "$ai_tag",
    }
)
"""PostHog's own names (event-catalogue.md, 0.4 and appendix 1)."""

_BUILT_IN_FAMILIES = ("$mcp_", "$conversation_", "$error_tracking_issue_")
_INTERNAL = frozenset({"$snapshot", "$$heatmap", "$$client_ingestion_warning", "$$plugin_metrics"})

_DECORATION = re.compile(r"[\s_\-$]+")


def _bare(name: str) -> str:
    """The letters of a name alone: what is left of it when people spell it from memory."""
    return _DECORATION.sub("", name).lower()


_BY_LETTERS = {_bare(name): name for name in _FORMS} | {
    "page": "$pageview",
    "screenview": "$screen",
    "alias": "$create_alias",
    "group": "$groupidentify",
    "mergedangerously": "$merge_dangerously",
    "featureflagcall": "$feature_flag_called",
}
_ONLY_WITH_DOLLAR = {"error": "$exception", "set": "$set", "setonce": "$set_once"}
"""Words too common to be suspected without the ``$``."""

_LONGEST_LOOKALIKE = 40


@lru_cache(maxsize=512)  # a batch has few names, many times
def _meant(name: str) -> str | None:
    """The built-in event that a name is likely to stand for; ``None`` if it is one, or none."""
    if name in BUILT_IN or not name or len(name) > _LONGEST_LOOKALIKE:
        return None
    letters = _bare(name)
    if name.lstrip().startswith("$") and letters in _ONLY_WITH_DOLLAR:
        return _ONLY_WITH_DOLLAR[letters]
    return _BY_LETTERS.get(letters)


def _named(label: str, name: str) -> Mend:
    return Mend(label=label, edits=(Put(path=_FIELD, value=name),))


def _from_other_key(event: Event) -> Mend | None:
    """The name, where it stands under a name that other programs use."""
    for key in WRONG_NAME_KEYS:
        value = event.members.get(key)
        if isinstance(value, str) and value.strip():
            label = f"Use {key} as the name"
            empty = (Take(path=_FIELD),) if "event" in event.members else ()
            return Mend(label=label, edits=(*empty, Rename(path=(key,), key="event")))
    return None
