"""Rules about values that an event writes to a person unasked, and those that it fails to write.

Source: ingestion-rules.md, 2.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.derive import CAMPAIGN_KEYS
from composer.core.jsontext import Object, Value
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.people import (
    AI_PREFIX,
    FULL_UPDATE,
    NO_UPDATE,
    at,
    is_anonymous,
)
from composer.core.verdicts.scales import Certainty, Severity, Subject


@event_rule(
    Rule(
        id="person.noise",
        subject=Subject.PROFILE,
        severity=Severity.WARNING,
        when="An ordinary event sets only page, browser, screen or location values",
        says="PostHog does not update a person it knows for these values alone.",
        fix="If the change matters, send it as a $set event.",
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
    )
)
def noise(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in FULL_UPDATE or not _changes_person(event):
        return
    if _is_filled(event, "$set_once") or event.properties.get("$unset"):
        return
    asked = [
        (path, value.members)
        for path, value in ((("$set",), event.members.get("$set")), (at("$set"), _set(event)))
        if isinstance(value, Object) and value.members
    ]
    keys = {key for _, members in asked for key, _ in members}
    if asked and _QUIET_VALUES.issuperset(keys | set(_copied(event))):
        yield Finding(path=asked[0][0])


@event_rule(
    Rule(
        id="person.auto_copy",
        subject=Subject.PROFILE,
        severity=Severity.ALTERED,
        when="An event has page, browser, app or campaign properties; for PostHog's own events, "
        "where this is usual, it is advice",
        says="PostHog writes these values to the person too.",
        fix="Leave them out, or make the event anonymous.",
        certainty=Certainty.CODE,
        docs=docs.PERSON_PROPERTIES,
    )
)
def auto_copy(event: Event, _: Circumstances) -> Iterator[Finding]:
    copied = _copied(event) if _changes_person(event) else ()
    if not copied:
        return
    usual = event.name.startswith("$") or event.name in _LIFECYCLE
    more = f" and {len(copied) - 2} more" if len(copied) > _NAMED else ""
    names = " and ".join(copied) if not more else f"{', '.join(copied[:2])}{more}"
    says = f"PostHog writes {names} to the person too, the first value as $initial_… beside it."
    severity = Severity.ADVICE if usual else None
    yield Finding(path=at(copied[0]), says=says, severity=severity)


RULES = (noise, auto_copy)

_NAMED = 2  # properties that a sentence names
_LIFECYCLE = frozenset(
    {
        "Application backgrounded",
        "Application became active",
        "Application installed",
        "Application opened",
        "Application updated",
        "Deep link opened",
    }
)
"""Events of PostHog's own libraries whose names have no dollar sign."""

_CONTEXT_KEYS = (
    "$app_build",
    "$app_name",
    "$app_namespace",
    "$app_version",
    "$browser",
    "$browser_version",
    "$device_type",
    "$current_url",
    "$pathname",
    "$os",
    "$os_name",
    "$os_version",
    "$referring_domain",
    "$referrer",
    "$screen_height",
    "$screen_width",
    "$viewport_height",
    "$viewport_width",
    "$raw_user_agent",
)
_COPIED = frozenset({*_CONTEXT_KEYS, *CAMPAIGN_KEYS})
"""Properties that PostHog copies to the person (event-catalogue.md, appendix 2)."""
_OF_THE_HOST = frozenset({"$os", "$os_version"})
"""Not copied where ``$is_server`` is true."""

_QUIET_VALUES = frozenset(key for key in _CONTEXT_KEYS if not key.startswith("$app_")) | frozenset(
    f"$geoip_{name}"
    for name in (
        "postal_code",
        "time_zone",
        "latitude",
        "longitude",
        "accuracy_radius",
        "subdivision_1_code",
        "subdivision_1_name",
        "subdivision_2_code",
        "subdivision_2_name",
        "subdivision_3_code",
        "subdivision_3_name",
        "city_confidence",
        "country_confidence",
        "postal_code_confidence",
        "subdivision_1_confidence",
        "subdivision_2_confidence",
    )
)
"""Values whose change alone does not update a known person (ingestion-rules.md, 1.5)."""


def _changes_person(event: Event) -> bool:
    """Whether the event may write to a person at all."""
    return not (
        is_anonymous(event)
        or event.name in NO_UPDATE
        or event.name == "$groupidentify"
        or event.name.startswith(AI_PREFIX)
    )


def _set(event: Event) -> Value:
    return event.properties.get("$set")


def _is_filled(event: Event, key: str) -> bool:
    return bool(event.members.get(key) or event.properties.get(key))


def _copied(event: Event) -> list[str]:
    """The properties that are copied to the person, in their order."""
    found = [key for key in event.properties if key in _COPIED]
    if found and event.properties.get("$is_server") is True:
        found = [key for key in found if key not in _OF_THE_HOST]
    own = _set(event)
    return [key for key in found if key not in own] if isinstance(own, Object) else found
