"""Rules about the event's ID and about repeats (ingestion-rules.md, 2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zlib import crc32

from composer.core import times
from composer.core.ids import is_uuid, uuid7, uuid7_milliseconds
from composer.core.jsontext import Layout, Number, encode
from composer.core.verdicts.mending import Mend, Put, under
from composer.core.verdicts.request import Circumstances, Event, Request, Sent
from composer.core.verdicts.rule import Finding, Rule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import moment_named
from composer.core.verdicts.rules.people import at, id_text
from composer.core.verdicts.scales import Certainty, Severity, Subject

_FIELD = ("uuid",)


@event_rule(
    Rule(
        id="uuid.invalid",
        subject=Subject.EVENT_ID,
        severity=Severity.ERROR,
        when="The event ID is not a UUID",
        says="PostHog refuses an event ID that is not a UUID.",
        fix="Make a new one with the button, or leave it out.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def invalid(event: Event, known: Circumstances) -> Iterator[Finding]:
    value = event.members.get("uuid")
    if value in (None, "") or (isinstance(value, str) and is_uuid(value)):
        return
    trimmed = value.strip() if isinstance(value, str) else ""
    if is_uuid(trimmed):
        mend = Mend(label="Remove the spaces", edits=(Put(path=_FIELD, value=trimmed),))
        yield Finding(path=_FIELD, says="PostHog refuses spaces around the event ID.", mend=mend)
    else:
        yield Finding(path=_FIELD, mend=_fresh(event, known))


@event_rule(
    Rule(
        id="uuid.empty",
        subject=Subject.EVENT_ID,
        severity=Severity.ALTERED,
        when="The event ID is empty text",
        says="PostHog makes an ID of its own, which you will not know.",
        fix="Make one with the button, so that you can find the event again.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def empty(event: Event, known: Circumstances) -> Iterator[Finding]:
    if event.members.get("uuid") == "":
        yield Finding(path=_FIELD, mend=_fresh(event, known))


@request_rule(
    Rule(
        id="uuid.duplicate",
        subject=Subject.EVENT_ID,
        severity=Severity.WARNING,
        when="The same event ID stands twice in the request, or was sent before",
        says="Both copies count until PostHog tidies up. Only equal ones become one event: same "
        "ID, name, person and day.",
        fix="To send it again, change nothing. For another event, make a new ID.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def duplicate(request: Request, known: Circumstances) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, event in enumerate(request.events):
        value = event.members.get("uuid")
        name = _canonical(value) if isinstance(value, str) else ""
        if not name:
            continue
        if name in first:
            yield _repeated(request, index, first[name], known)
            continue
        first[name] = index
        sent = known.memory.sent
        before = (sent.get(name) or sent.get(str(value))) if sent else None
        if before:
            yield _sent_before(request, index, before, known)


@event_rule(
    Rule(
        id="uuid.time_mismatch",
        subject=Subject.EVENT_ID,
        severity=Severity.WARNING,
        when="The time inside a version 7 event ID is more than 3 days from the event's time",
        says="The event is stored, but PostHog cannot find it by its ID.",
        fix="Make a new ID, which takes the event's time.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def time_mismatch(event: Event, known: Circumstances) -> Iterator[Finding]:
    value = event.members.get("uuid")
    inside = uuid7_milliseconds(value) if isinstance(value, str) else None
    if inside is None:
        return
    stored = _stored_at(event, known)
    if stored is not None and abs(_milliseconds(stored) - inside) > _FINDABLE:
        yield Finding(path=_FIELD, mend=_fresh(event, known))


@event_rule(
    Rule(
        id="uuid.not_v7",
        subject=Subject.EVENT_ID,
        severity=Severity.WARNING,
        when="The event ID is not of version 7, and $lib names a program PostHog does not know",
        says="The event is stored, but PostHog lists it among the project's warnings.",
        fix="Make a new ID with the button.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
        mends=True,
    )
)
def not_v7(event: Event, known: Circumstances) -> Iterator[Finding]:
    value, library = event.members.get("uuid"), event.properties.get("$lib")
    if not isinstance(value, str) or not isinstance(library, str) or library in _KNOWN_LIBRARIES:
        return
    if is_uuid(value) and UUID(value).version not in (None, 7):
        yield Finding(path=_FIELD, mend=_fresh(event, known))


@event_rule(
    Rule(
        id="uuid.other_ids",
        subject=Subject.EVENT_ID,
        severity=Severity.ADVICE,
        when="messageId, $insert_id or event_id stands where uuid is missing",
        says="This ID does not keep a repeated send from counting twice.",
        fix="Use the event ID, which is called uuid.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def other_ids(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.members.get("uuid") not in (None, ""):
        return
    for key in ("messageId", "$insert_id", "event_id"):
        for path, place in (((key,), event.members), (at(key), event.properties)):
            if key not in place:
                continue
            value = place[key]
            usable = isinstance(value, str) and is_uuid(value)
            mend = Mend(label="Use it as event ID", edits=(Put(path=_FIELD, value=value),))
            yield Finding(path=path, mend=mend if usable else None)


RULES = (invalid, empty, duplicate, time_mismatch, not_v7, other_ids)

_KNOWN_LIBRARIES = frozenset(
    {
        "",
        "detsys-ids-client",
        "determinate-nixd",
        "github.com/hollow-cube/posthog-java",
        "pixiehog",
        "posthog-android",
        "posthog-capture-v1-internal",
        "posthog-chrome-extension",
        "posthog-dotnet",
        "posthog-edge",
        "posthog-flutter",
        "posthog-go",
        "posthog-ios",
        "posthog-java",
        "posthog-node",
        "posthog-php",
        "posthog-python",
        "posthog-react-native",
        "posthog-rs",
        "posthog-ruby",
        "web",
    }
)
"""Programs whose other IDs PostHog expects (PostHog/posthog, validate-event-uuid-version.ts)."""
_FINDABLE = 3 * 86_400_000  # milliseconds around the ID's own time in which PostHog searches
_START = datetime(1970, 1, 1, tzinfo=UTC)
_HYPHENATED = 36  # characters of a UUID with hyphens


def _canonical(text: str) -> str:
    """The one spelling of a UUID; empty for what cannot be one."""
    if len(text) == _HYPHENATED:
        return text.lower()
    return str(UUID(text)) if is_uuid(text) else ""


def _milliseconds(moment: datetime) -> int:
    return (moment - _START) // timedelta(milliseconds=1)


def _stored_at(event: Event, known: Circumstances) -> datetime | None:
    """The time that PostHog stores (capture-server.md, 5); ``None`` where that cannot be told."""
    now, offset = known.now.astimezone(UTC), event.members.get("offset")
    text = event.members.get("timestamp")
    try:
        if isinstance(offset, Number):
            return now - timedelta(milliseconds=int(offset.text))
        moment = moment_named(text, now) if isinstance(text, str) else None
        if moment is None:
            return now
        if known.sent_at and event.properties.get("$ignore_sent_at") is not True:
            moment -= known.sent_at - now
    except (ValueError, OverflowError):
        return None
    return now if moment - now > times.FUTURE_LIMIT else moment


def _fresh(event: Event, known: Circumstances, number: int = 0) -> Mend | None:
    """A new ID with the event's time inside; ``None`` for a time that no such ID can hold.

    The events of a batch may have one time and are judged with the same chance, so what stands in
    the event, and ``number``, keep their IDs apart.
    """
    moment = _stored_at(event, known)
    if moment is None or moment < _START:
        return None
    text = encode(event.payload, Layout.COMPACT).encode("utf-8", "surrogatepass")
    made = uuid7(_milliseconds(moment), known.randomness ^ crc32(text) ^ number << 32)
    return Mend(label="Make a new event ID", edits=(Put(path=_FIELD, value=made),))


def _identity(event: Event, known: Circumstances) -> Sent:
    moment = _stored_at(event, known)
    day = moment.astimezone(UTC).date() if moment else None
    return Sent(event=event.name, distinct_id=id_text(event.person), day=day)


def _differences(one: Sent, other: Sent) -> str:
    """``another name and day``: what keeps two copies from becoming one; empty if nothing."""
    pairs = (
        ("name", one.event != other.event),
        ("person", one.distinct_id != other.distinct_id),
        ("day", None not in (one.day, other.day) and one.day != other.day),
    )
    return " and ".join(word for word, differs in pairs if differs)


def _repeated(request: Request, index: int, first: int, known: Circumstances) -> Finding:
    event, prefix = request.events[index], request.event_path(index)
    apart = _differences(_identity(event, known), _identity(request.events[first], known))
    if apart:
        says = f"Event {first + 1} has the same ID with another {apart}: PostHog keeps both."
    else:
        says = f"Event {first + 1} has the same ID: both count until PostHog keeps only one."
    mend = _fresh(event, known, number=index)
    return Finding(path=prefix + _FIELD, says=says, mend=under(prefix, mend) if mend else None)


def _sent_before(request: Request, index: int, before: Sent, known: Circumstances) -> Finding:
    event, prefix = request.events[index], request.event_path(index)
    apart = _differences(_identity(event, known), before)
    if not apart:
        return Finding(
            path=prefix + _FIELD,
            says="This event was sent before: both count until PostHog tidies up and keeps one.",
            severity=Severity.ADVICE,
        )
    says = f"This ID was sent before with another {apart}: PostHog keeps both events."
    mend = _fresh(event, known)
    return Finding(path=prefix + _FIELD, says=says, mend=under(prefix, mend) if mend else None)
