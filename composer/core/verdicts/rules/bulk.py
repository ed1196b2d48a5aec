"""Rules about imports, a project's settings and properties (ingestion-rules.md, 2.12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from composer.core.jsontext import Number, Object, Path, Value
from composer.core.spelling import text_of
from composer.core.verdicts.kinds import is_always_text, kind_of
from composer.core.verdicts.request import Circumstances, Event, Request, Shape
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.answer import SENT
from composer.core.verdicts.rules.parts import given_time, prop, put, take
from composer.core.verdicts.scales import Certainty, Severity, Subject

_FLAG = ("historical_migration",)


@event_rule(
    Rule(
        id="hist.single",
        subject=Subject.BULK,
        severity=Severity.ALTERED,
        when="historical_migration stands in a single event",
        says="PostHog reads historical_migration only beside a batch and ignores this one.",
        fix="Remove it, or send the event as an import.",
        certainty=Certainty.CODE,
        docs=docs.MIGRATION,
        mends=True,
    )
)
def single(event: Event, known: Circumstances) -> Iterator[Finding]:
    if known.shape is Shape.SINGLE and "historical_migration" in event.members:
        yield Finding(path=_FLAG, mend=take("Remove it", _FLAG))


@request_rule(
    Rule(
        id="hist.young",
        subject=Subject.BULK,
        severity=Severity.ALTERED,
        when="An import has events that are less than 48 hours old",
        says="PostHog treats these events as live, not as an import.",
        fix="Import only old events, or leave the mark for imports out.",
        certainty=Certainty.CODE,
        docs=docs.MIGRATION,
        mends=True,
    )
)
def young(request: Request, known: Circumstances) -> Iterator[Finding]:
    if request.shape is not Shape.BATCH or request.top.get("historical_migration") is not True:
        return
    times = (given_time(event, known) for event in request.events)
    count = sum(moment is not None and known.now - moment < _OLD for moment in times)
    if count:
        events = "1 event is" if count == 1 else f"{count} events are"
        says = f"{events} less than 48 hours old: PostHog treats that as live, not as an import."
        yield Finding(path=_FLAG, says=says, mend=take("Send it as no import", _FLAG))


@event_rule(
    Rule(
        id="hist.no_timestamp",
        subject=Subject.BULK,
        severity=Severity.ALTERED,
        when="An event of an import has no timestamp",
        says="The event gets the time of the import.",
        fix="Enter when it happened.",
        certainty=Certainty.CODE,
        docs=docs.MIGRATION,
    )
)
def no_timestamp(event: Event, known: Circumstances) -> Iterator[Finding]:
    stated = (event.members.get("timestamp"), event.members.get("offset"))
    if known.historical and stated == (None, None):
        yield Finding(path=("timestamp",))


schema_enforced = UnknowableRule(
    rule=Rule(
        id="schema.enforced",
        subject=Subject.BULK,
        severity=Severity.DROPPED,
        when="The project demands certain properties of this event",
        says="PostHog throws the event away if one is missing or of another kind.",
        fix="Fill in the properties that the project's list of ingestion warnings names.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    ),
    because="What a project demands is a setting of the project.",
    ask="The project's list of ingestion warnings: look for schema_validation_failed.",
)

project_filter = UnknowableRule(
    rule=Rule(
        id="project.filter",
        subject=Subject.BULK,
        severity=Severity.DROPPED,
        when="A transformation or filter of the project throws such events away",
        says="The project's own settings throw the event away.",
        fix="Ask the project's admin.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    ),
    because="Transformations and filters are settings of the project.",
    ask="The project's list of transformations, and its ingestion warnings.",
)


@event_rule(
    Rule(
        id="props.reserved",
        subject=Subject.BULK,
        severity=Severity.ALTERED,
        when="A property has a name that PostHog keeps for itself",
        says="PostHog removes this property.",
        fix="Use another name.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def reserved(event: Event, known: Circumstances) -> Iterator[Finding]:
    for key in _REMOVED:
        if key in event.properties and not (key == "$verified" and _is_secret(event, known)):
            yield Finding(path=prop(key), mend=take("Remove it", prop(key)))
    if "$sent_at" in event.properties and known.sent_at:
        says = "PostHog writes the sent_at of the request over this property."
        yield Finding(path=prop("$sent_at"), says=says, mend=take("Remove it", prop("$sent_at")))
    for key in () if event.name in _WITH_ELEMENTS else ("$elements", "$elements_chain"):
        if key in event.properties:
            says = "PostHog moves this out of the properties: it describes what was clicked."
            yield Finding(path=prop(key), says=says)


@event_rule(
    Rule(
        id="props.name_length",
        subject=Subject.BULK,
        severity=Severity.WARNING,
        when="A property's name is longer than 200 bytes",
        says="The value is stored, but the name is never offered in PostHog's menus.",
        fix="Shorten the name.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
    )
)
def name_length(event: Event, _: Circumstances) -> Iterator[Finding]:
    for path, key in _names(event):
        if len(key) > _FEWEST and len(key.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
            yield Finding(path=(*path, key))


@event_rule(
    Rule(
        id="props.type_fixed",
        subject=Subject.BULK,
        severity=Severity.ADVICE,
        when="A value is of another kind than the first that was sent for this property",
        says="PostHog's menus keep the kind that they saw first.",
        fix="Send the same kind of value each time.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
    )
)
def type_fixed(event: Event, known: Circumstances) -> Iterator[Finding]:
    if not known.memory.kinds:
        return
    for key, value in event.properties.items():
        first = known.memory.kinds.get(key)
        kind = kind_of(key, value, known.now) if first else None
        if kind and kind != first:
            says = f"First sent as {first}, now as {kind}: PostHog's menus keep the first kind."
            yield Finding(path=prop(key), says=says)


@event_rule(
    Rule(
        id="props.utm_flag_text",
        subject=Subject.BULK,
        severity=Severity.ALTERED,
        when="A campaign tag, a flag's value or an answer is a number",
        says="PostHog's menus treat it as text.",
        fix="Write it as text.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def utm_flag_text(event: Event, _: Circumstances) -> Iterator[Finding]:
    for key, value in event.properties.items():
        if not isinstance(value, Number) or not is_always_text(key):
            continue
        if event.name != SENT or not key.startswith("$survey_response"):  # survey.answer_type
            yield Finding(path=prop(key), mend=put("Write it as text", prop(key), text_of(value)))


@request_rule(
    Rule(
        id="data.permanent",
        subject=Subject.BULK,
        severity=Severity.ADVICE,
        when="An event goes to a real project",
        says="Single events cannot be deleted from a project.",
        fix="Try it out in the sandbox or a test project first.",
        certainty=Certainty.REMEMBERED,
        docs=docs.EVENTS,
    )
)
def permanent(request: Request, known: Circumstances) -> Iterator[Finding]:
    if request.events and known.destination and known.destination.is_production:
        yield Finding()


RULES = (
    single,
    young,
    no_timestamp,
    schema_enforced,
    project_filter,
    reserved,
    name_length,
    type_fixed,
    utm_flag_text,
    permanent,
)

_OLD = timedelta(hours=48)
_REMOVED = (
    "ph_product_tours",
    "$product_tours_activated",
    "$override_feature_flag_payloads",
    "$verified",
)
"""Those of ingestion-rules.md, 1.4 that no other rule speaks of."""
_WITH_ELEMENTS = frozenset({"$autocapture", "$rageclick", "$dead_click", "$copy_autocapture"})
_HOLDERS = ("$set", "$set_once", "$group_set")
_LONGEST_NAME = 200
_FEWEST = 50  # characters that may have 200 bytes


def _is_secret(event: Event, known: Circumstances) -> bool:
    """Whether it is sent under a secret token, which alone may say that an event is verified."""
    given = event.members.get("api_key")
    token = given if isinstance(given, str) else known.destination and known.destination.token
    return (token or "").strip().startswith("phs_")


def _names(event: Event) -> Iterator[tuple[Path, str]]:
    """The names of properties: of the event, its person and its group, with their parents."""
    holders: list[tuple[Path, Value]] = [
        ((key,), event.members.get(key)) for key in ("properties", "$set", "$set_once")
    ]
    holders += [(prop(key), event.properties.get(key)) for key in _HOLDERS]
    for path, holder in holders:
        for key, _ in holder if isinstance(holder, Object) else ():
            yield path, key
