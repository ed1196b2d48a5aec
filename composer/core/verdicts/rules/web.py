"""Rules about page views, sessions and location (ingestion-rules.md, 2.10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from composer.core.derive import url_parts, web_address
from composer.core.jsontext import Number
from composer.core.verdicts.mending import Mend, Put
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import (
    given_time,
    has_room,
    is_blank,
    prop,
    put,
    stored_time,
    take,
)
from composer.core.verdicts.rules.session import WEB_EVENTS
from composer.core.verdicts.scales import Certainty, Severity, Subject

_URL = prop("$current_url")
_VIEWS = frozenset({"$pageview", "$pageleave"})


@event_rule(
    Rule(
        id="page.no_url",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="A page view or page leave has no $current_url",
        says="No page report can show this view.",
        fix="Enter the address of the page.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.WEB,
    )
)
def no_url(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in _VIEWS and is_blank(event.properties.get("$current_url")):
        yield Finding(path=_URL)


@event_rule(
    Rule(
        id="page.relative_url",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="$current_url has no https:// and host",
        says="Reports by host and domain stay empty.",
        fix="Enter the whole address, beginning with https:// and the host.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.WEB,
    )
)
def relative_url(event: Event, _: Circumstances) -> Iterator[Finding]:
    url = event.properties.get("$current_url")
    if event.name in WEB_EVENTS and isinstance(url, str) and url and web_address(url) is None:
        yield Finding(path=_URL)


@event_rule(
    Rule(
        id="page.no_host_path",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="A page view has no $host or no $pathname",
        says="Web analytics lists pages by path and filters by host; nothing is derived for you.",
        fix="Fill both from the address.",
        certainty=Certainty.CODE,
        docs=docs.WEB,
        mends=True,
    )
)
def no_host_path(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name not in _VIEWS:
        return
    lacking = [key for key in ("$host", "$pathname") if is_blank(event.properties.get(key))]
    if not lacking:
        return
    url = event.properties.get("$current_url")
    parts = url_parts(url) if isinstance(url, str) else ()
    edits = tuple(Put(path=path, value=value) for path, value in parts if path[-1] in lacking)
    mend = Mend(label="Fill from the address", edits=edits) if edits else None
    yield Finding(path=prop(lacking[0]), mend=mend)


@event_rule(
    Rule(
        id="ip.support_machine",
        subject=Subject.WEB,
        severity=Severity.ALTERED,
        when="Neither $ip nor $geoip_disable is given",
        says="Your own location is put on the event and on the customer's profile.",
        fix="Turn on “Do not add a location”.",
        certainty=Certainty.CODE,
        docs=docs.GEOIP,
        mends=True,
    )
)
def support_machine(event: Event, _: Circumstances) -> Iterator[Finding]:
    if _is_unlocated(event) or not is_blank(event.properties.get("$ip")):
        return
    if "capture_internal" not in event.properties and has_room(event):
        yield Finding(path=prop("$geoip_disable"), mend=_NO_LOCATION)


@event_rule(
    Rule(
        id="ip.loopback",
        subject=Subject.WEB,
        severity=Severity.ALTERED,
        when="$ip is 127.0.0.1, or a property is called capture_internal",
        says="PostHog takes a made-up address in its place, so a made-up location appears.",
        fix="Remove it.",
        certainty=Certainty.CODE,
        docs=docs.GEOIP,
        mends=True,
    )
)
def loopback(event: Event, _: Circumstances) -> Iterator[Finding]:
    if _is_unlocated(event):
        return
    for key in ("$ip", "capture_internal"):
        if key in event.properties and (key != "$ip" or event.properties[key] == "127.0.0.1"):
            yield Finding(path=prop(key), mend=take(f"Remove {key}", prop(key)))


@event_rule(
    Rule(
        id="geo.overwritten",
        subject=Subject.WEB,
        severity=Severity.ALTERED,
        when="$geoip_ values are given while locations are looked up",
        says="PostHog overwrites the location that you typed.",
        fix="Turn on “Do not add a location” as well.",
        certainty=Certainty.CODE,
        docs=docs.GEOIP,
        mends=True,
    )
)
def overwritten_location(event: Event, _: Circumstances) -> Iterator[Finding]:
    if _is_unlocated(event):
        return
    typed = (k for k in event.properties if k.startswith("$geoip_") and k != "$geoip_disable")
    if key := next(typed, ""):
        yield Finding(path=prop(key), mend=_NO_LOCATION)


@event_rule(
    Rule(
        id="cookieless.not_boolean",
        subject=Subject.WEB,
        severity=Severity.ERROR,
        when="$cookieless_mode is neither true nor false",
        says="PostHog refuses everything but yes and no here.",
        fix="Choose one of them, or remove it.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def cookieless_not_boolean(event: Event, _: Circumstances) -> Iterator[Finding]:
    value = event.properties.get("$cookieless_mode", False)
    if isinstance(value, bool):
        return
    text = value.text if isinstance(value, Number) else value
    meant = _WORDS.get(text.strip().lower()) if isinstance(text, str) else None
    if meant is None:
        yield Finding(path=_COOKIELESS, mend=take("Remove it", _COOKIELESS))
    else:
        label = f"Make it {'yes' if meant else 'no'}"
        yield Finding(path=_COOKIELESS, mend=put(label, _COOKIELESS, meant))


@event_rule(
    Rule(
        id="cookieless.incomplete",
        subject=Subject.WEB,
        severity=Severity.DROPPED,
        when="A cookieless event lacks address, browser, host or a recent time, or joins people",
        says="PostHog throws away a cookieless event without the visitor's address, browser and "
        "site.",
        fix="Turn cookieless off: it is not meant for events made by hand.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def cookieless_incomplete(event: Event, known: Circumstances) -> Iterator[Finding]:
    if event.properties.get("$cookieless_mode") is not True:
        return
    lacks = any(is_blank(event.properties.get(key)) for key in _COOKIELESS_NEEDS)
    untimed = given_time(event, known) is None
    old = known.now - stored_time(event, known) > _COOKIELESS_AGE
    if lacks or untimed or old or event.name in _COOKIELESS_NEVER:
        yield Finding(path=_COOKIELESS, mend=take("Turn it off", _COOKIELESS))


hidden = UnknowableRule(
    rule=Rule(
        id="ip.hidden",
        subject=Subject.WEB,
        severity=Severity.ALTERED,
        when="The project discards addresses",
        says="The address is not stored.",
        fix="Nothing has to be done.",
        certainty=Certainty.CODE,
        docs=docs.GEOIP,
    ),
    because="Whether addresses are discarded is a setting of the project.",
    ask="The project's settings, under IP data capture.",
)

RULES = (
    no_url,
    relative_url,
    no_host_path,
    support_machine,
    loopback,
    overwritten_location,
    cookieless_not_boolean,
    cookieless_incomplete,
    hidden,
)

_COOKIELESS = prop("$cookieless_mode")
_COOKIELESS_AGE = timedelta(hours=72)
_COOKIELESS_NEEDS = ("$ip", "$raw_user_agent", "$host")
_COOKIELESS_NEVER = frozenset({"$create_alias", "$merge_dangerously"})
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NO_LOCATION = put("Do not add a location", prop("$geoip_disable"), True)


def _is_unlocated(event: Event) -> bool:
    """Whether PostHog looks up no location: anything that its script takes for true counts."""
    value = event.properties.get("$geoip_disable")
    return not (value is False or is_blank(value) or value == Number("0"))
