"""Rules about feature flags (ingestion-rules.md, 2.11)."""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.derive import CAMPAIGN_KEYS
from composer.core.jsontext import Layout, encode
from composer.core.verdicts.request import Circumstances, Event, Request
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import is_blank, prop
from composer.core.verdicts.rules.people import id_text
from composer.core.verdicts.scales import Certainty, Severity, Subject

_CALLED = "$feature_flag_called"


@event_rule(
    Rule(
        id="flag.missing_keys",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="$feature_flag_called has no $feature_flag or no $feature_flag_response",
        says="The flag or its value is missing, so its use is not counted.",
        fix="Enter both: the flag's key, and the variant or yes or no.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.FLAGS,
    )
)
def missing_keys(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != _CALLED:
        return
    for key in ("$feature_flag", "$feature_flag_response"):
        if is_blank(event.properties.get(key)):
            yield Finding(path=prop(key))


@request_rule(
    Rule(
        id="flag.duplicate",
        subject=Subject.FEATURE,
        severity=Severity.DROPPED,
        when="A person is said to have got the same value of a flag before",
        says="Where the project has this turned on, PostHog keeps only the first.",
        fix="Nothing has to be done: it is the same exposure.",
        certainty=Certainty.CODE,
        docs=docs.FLAGS,
    )
)
def duplicate(request: Request, _: Circumstances) -> Iterator[Finding]:
    seen: set[tuple[str, ...]] = set()
    for place, event in enumerate(request.events):
        if event.name != _CALLED or not isinstance(event.properties.get("$feature_flag"), str):
            continue
        told = tuple(
            encode(event.properties.get(key), Layout.COMPACT)
            for key in ("$feature_flag", "$feature_flag_response", "$groups")
        )
        key = (id_text(event.person), *told)
        if key in seen:  # only some projects have it turned on, so it is no more than advice
            yield Finding(path=request.event_path(place), severity=Severity.ADVICE)
        seen.add(key)


@event_rule(
    Rule(
        id="flag.stripped",
        subject=Subject.FEATURE,
        severity=Severity.ALTERED,
        when="$feature_flag_called has properties of your own, and the value is no variant's name",
        says="Where the project has this turned on, PostHog removes it.",
        fix="Put your own data into a custom event.",
        certainty=Certainty.CODE,
        docs=docs.FLAGS,
    )
)
def stripped(event: Event, _: Circumstances) -> Iterator[Finding]:
    response = event.properties.get("$feature_flag_response")
    if event.name != _CALLED or isinstance(response, str):
        return
    own = (key for key in event.properties if not key.startswith("$") and key not in _KEPT)
    for key in own:  # only some projects have it turned on, so it is no more than advice
        yield Finding(path=prop(key), severity=Severity.ADVICE)


personless = UnknowableRule(
    rule=Rule(
        id="flag.personless",
        subject=Subject.FEATURE,
        severity=Severity.ALTERED,
        when="Nobody is known by this ID, and $process_person_profile is not true",
        says="No person is created.",
        fix="Set “Create or update a person” to yes if you need one.",
        certainty=Certainty.CODE,
        docs=docs.FLAGS,
    ),
    because="Whether the person exists, and whether the project has this turned on, is not in the "
    "request.",
    ask="PostHog's list of persons: search for the ID after the event was stored.",
)

RULES = (
    missing_keys,
    duplicate,
    stripped,
    personless,
)

_KEPT = frozenset({"locally_evaluated", "distinct_id", "token", *CAMPAIGN_KEYS})
"""Names without a $ that PostHog keeps. Of the others it keeps those that it knows."""
