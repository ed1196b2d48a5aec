"""Rules about sessions and windows (ingestion-rules.md, 2.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TypeGuard
from uuid import UUID
from zlib import crc32

from composer.core.ids import is_uuid, uuid7, uuid7_milliseconds
from composer.core.jsontext import Value
from composer.core.verdicts.mending import Mend
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import (
    has_room,
    is_blank,
    milliseconds,
    prop,
    put,
    stored_time,
    take,
)
from composer.core.verdicts.rules.people import id_text
from composer.core.verdicts.scales import Certainty, Severity, Subject

_SESSION = prop("$session_id")
WEB_EVENTS = frozenset({"$pageview", "$pageleave", "$autocapture", "$rageclick", "$web_vitals"})
"""Events of a website, which belong to visits."""


@event_rule(
    Rule(
        id="session.missing",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="A web event has no $session_id",
        says="Visits, their length and the bounce rate leave this view out.",
        fix="Use the visitor's session ID, or make one for each visit.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SESSIONS,
        mends=True,
    )
)
def no_session(event: Event, known: Circumstances) -> Iterator[Finding]:
    if event.name not in WEB_EVENTS or event.properties.get("$cookieless_mode") is True:
        return  # a cookieless event gets its session from PostHog
    if is_blank(event.properties.get("$session_id")):
        yield Finding(path=_SESSION, mend=_new_session(event, known) if has_room(event) else None)


@event_rule(
    Rule(
        id="session.not_uuid",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="$session_id is no UUID",
        says="The session ID is not valid, so the event is left out of sessions.",
        fix="Make a new one.",
        certainty=Certainty.CODE,
        docs=docs.SESSIONS,
        mends=True,
    )
)
def session_not_uuid(event: Event, known: Circumstances) -> Iterator[Finding]:
    session = event.properties.get("$session_id")
    if is_blank(session) or _is_session(session):
        return
    if isinstance(session, str) and is_uuid(session.strip()):
        says = "The session ID is a UUID in a form that sessions do not take."
        mend = put("Write it with hyphens", _SESSION, str(UUID(session.strip())))
        yield Finding(path=_SESSION, says=says, fix="Write it with hyphens.", mend=mend)
    else:
        yield Finding(path=_SESSION, mend=_new_session(event, known))


@event_rule(
    Rule(
        id="session.not_v7",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="$session_id is a UUID of another version than 7",
        says="Sessions take version 7 only, so the event is left out of them.",
        fix="Make a new one.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SESSIONS,
        mends=True,
    )
)
def session_not_v7(event: Event, known: Circumstances) -> Iterator[Finding]:
    session = event.properties.get("$session_id")
    if _is_session(session) and uuid7_milliseconds(session) is None:
        yield Finding(path=_SESSION, mend=_new_session(event, known))


@event_rule(
    Rule(
        id="session.time",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="The time in $session_id is after the event, or more than 24 hours before it",
        says="The session does not fit the time of the event, so reports may leave it out.",
        fix="Make the session ID from the time of its first event.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SESSIONS,
        mends=True,
    )
)
def session_time(event: Event, known: Circumstances) -> Iterator[Finding]:
    session = event.properties.get("$session_id")
    began = uuid7_milliseconds(session) if _is_session(session) else None
    if began is None:
        return
    age = timedelta(milliseconds=milliseconds(stored_time(event, known)) - began)
    if age < -_ROUNDING or age > _LONGEST_SESSION:
        yield Finding(path=_SESSION, mend=_new_session(event, known))


@event_rule(
    Rule(
        id="session.case",
        subject=Subject.WEB,
        severity=Severity.ALTERED,
        when="$session_id has capital letters",
        says="PostHog stores the session ID in small letters.",
        fix="Write it in small letters.",
        certainty=Certainty.CODE,
        docs=docs.SESSIONS,
        mends=True,
    )
)
def session_case(event: Event, _: Circumstances) -> Iterator[Finding]:
    session = event.properties.get("$session_id")
    if _is_session(session) and session != session.lower():
        yield Finding(
            path=_SESSION, mend=put("Write it in small letters", _SESSION, session.lower())
        )


@event_rule(
    Rule(
        id="session.window_only",
        subject=Subject.WEB,
        severity=Severity.WARNING,
        when="$window_id stands without a usable $session_id",
        says="A window needs a session; without one PostHog does not use it.",
        fix="Add the session ID, or remove the window ID.",
        certainty=Certainty.CODE,
        docs=docs.SESSIONS,
        mends=True,
    )
)
def window_only(event: Event, _: Circumstances) -> Iterator[Finding]:
    if is_blank(event.properties.get("$window_id")):
        return
    if not _is_session(event.properties.get("$session_id")):
        path = prop("$window_id")
        yield Finding(path=path, mend=take("Remove the window ID", path))


RULES = (
    no_session,
    session_not_uuid,
    session_not_v7,
    session_time,
    session_case,
    window_only,
)

_LONGEST_SESSION = timedelta(hours=24)
_ROUNDING = timedelta(seconds=1)  # a timestamp may be written without its fraction
_FORM = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def _is_session(value: Value) -> TypeGuard[str]:
    """Whether sessions take it for a UUID: only the form with hyphens, unlike an event's uuid."""
    return isinstance(value, str) and _FORM.fullmatch(value) is not None


def _new_session(event: Event, known: Circumstances) -> Mend:
    """A session ID that begins with this event; another person at the same time gets another."""
    person = id_text(event.person).encode("utf-8", "surrogatepass")
    began = max(milliseconds(stored_time(event, known)), 0)
    return put("New session ID", _SESSION, uuid7(began, known.randomness ^ crc32(person)))
