"""Rules about the time of an event (ingestion-rules.md, 2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from composer.core import times
from composer.core.dates import read_date
from composer.core.jsontext import Number, Value
from composer.core.verdicts.mending import Mend, Put, Take, move
from composer.core.verdicts.request import Circumstances, Event, Request, Shape
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import moment_named
from composer.core.verdicts.scales import Certainty, Severity, Subject

_FIELD = ("timestamp",)


@event_rule(
    Rule(
        id="time.number",
        subject=Subject.TIME,
        severity=Severity.ERROR,
        when="The timestamp is a number",
        says="PostHog refuses a time that is a number.",
        fix="Write it as text, like 2026-11-21T09:30:00Z.",
        certainty=Certainty.CODE,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def number(event: Event, _: Circumstances) -> Iterator[Finding]:
    value = event.members.get("timestamp")
    if isinstance(value, Number):
        yield Finding(path=_FIELD, mend=_as_text(value))


@event_rule(
    Rule(
        id="time.unreadable",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="The timestamp cannot be read as a date",
        says="PostHog cannot read this date and takes the time of arrival.",
        fix="Choose a time from the calendar, or write it like 2026-11-21T09:30:00Z.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.TIMESTAMPS,
    )
)
def unreadable(event: Event, known: Circumstances) -> Iterator[Finding]:
    text = _text(event)
    if text is not None and _moment(event, known) is None and not _IMPOSSIBLE_YEAR.match(text):
        yield Finding(path=_FIELD)


@event_rule(
    Rule(
        id="time.future",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="The timestamp is more than 23 hours ahead",
        says="PostHog keeps no time in the future: it takes the time of arrival.",
        fix="Correct the date.",
        certainty=Certainty.DISPUTED,
        docs=docs.TIMESTAMPS,
    )
)
def future(event: Event, known: Circumstances) -> Iterator[Finding]:
    moment = _moment(event, known)
    if moment is None or "offset" in event.members:
        return
    if known.sent_at and event.properties.get("$ignore_sent_at") is not True:
        return  # the clock correction, which ``sent_at_skew`` tells, comes first
    if moment - known.now > times.FUTURE_LIMIT:
        yield Finding(path=_FIELD)


@event_rule(
    Rule(
        id="time.year_range",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="The year is below 0 or above 9999",
        says="No such year: PostHog takes 1 January 1970 or the time of arrival.",
        fix="Correct the year.",
        certainty=Certainty.CODE,
        docs=docs.TIMESTAMPS,
    )
)
def year_range(event: Event, known: Circumstances) -> Iterator[Finding]:
    text = _text(event)
    if text is not None and _IMPOSSIBLE_YEAR.match(text) and _moment(event, known) is None:
        yield Finding(path=_FIELD)


@event_rule(
    Rule(
        id="time.no_zone",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="The timestamp has no time zone",
        says="Without a time zone PostHog reads the time as UTC.",
        fix="Add Z for UTC, or an offset such as +01:00.",
        certainty=Certainty.CODE,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def no_zone(event: Event, known: Circumstances) -> Iterator[Finding]:
    text, moment = _text(event), _moment(event, known)
    if text is None or moment is None or _EPOCH.fullmatch(text) or _DAY_MONTH.match(text):
        return
    if not _ZONED.search(text.strip()):
        yield Finding(path=_FIELD, mend=_write("Write it in UTC", moment))


@event_rule(
    Rule(
        id="time.epoch",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="The timestamp is text of 10, 13 or 19 digits",
        says="PostHog reads these digits as a Unix time.",
        fix="Write the date that you mean, like 2026-11-21T09:30:00Z.",
        certainty=Certainty.CODE,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def epoch(event: Event, known: Circumstances) -> Iterator[Finding]:
    text, moment = _text(event), _moment(event, known)
    if text is not None and moment is not None and _EPOCH.fullmatch(text):
        says = f"PostHog reads these digits as a Unix time: {moment:%d %b %Y %H:%M:%S} UTC."
        yield Finding(path=_FIELD, says=says, mend=_write("Write it as a date", moment))


@event_rule(
    Rule(
        id="time.day_month",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="The timestamp is written like 01/02/2026",
        says="PostHog reads the month first, so day and month may be swapped.",
        fix="Write year, month, day: 2026-02-01T09:30:00Z.",
        certainty=Certainty.CODE,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def day_month(event: Event, known: Circumstances) -> Iterator[Finding]:
    text, moment = _text(event), _moment(event, known)
    if text is not None and moment is not None and _DAY_MONTH.match(text):
        says = f"PostHog reads the month first and takes this for {moment:%d %B %Y}."
        yield Finding(path=_FIELD, says=says, mend=_write(f"Take {moment:%d %B %Y}", moment))


@request_rule(
    Rule(
        id="time.sent_at_skew",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="A batch says when it was sent, and its events have times",
        says="PostHog moves every time by the difference between your clock and its own.",
        fix="Leave out sent_at, or set $ignore_sent_at to true in each event.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def sent_at_skew(request: Request, known: Circumstances) -> Iterator[Finding]:
    if known.sent_at is None or not any(_is_corrected(event) for event in request.events):
        return
    skew = known.sent_at - known.now
    says = "" if abs(skew) < _NOTICED else f"PostHog moves every time by {_words(skew)}."
    written = request.shape is Shape.BATCH and request.top.get("sent_at") is not None
    mend = Mend(label="Leave out sent_at", edits=(Take(path=("sent_at",)),)) if written else None
    yield Finding(path=("sent_at",) if written else (), says=says, mend=mend)


@event_rule(
    Rule(
        id="time.sent_at_single",
        subject=Subject.TIME,
        severity=Severity.ALTERED,
        when="sent_at stands in an event",
        says="PostHog reads sent_at only beside a batch and ignores this one.",
        fix="Remove it.",
        certainty=Certainty.CODE,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def sent_at_single(event: Event, _: Circumstances) -> Iterator[Finding]:
    if "sent_at" in event.members:
        mend = Mend(label="Remove sent_at", edits=(Take(path=("sent_at",)),))
        yield Finding(path=("sent_at",), mend=mend)


@event_rule(
    Rule(
        id="time.offset",
        subject=Subject.TIME,
        severity=Severity.ADVICE,
        when="offset stands beside timestamp",
        says="There are two times: PostHog takes the offset and ignores the timestamp.",
        fix="Remove offset.",
        certainty=Certainty.DISPUTED,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def offset(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.members.get("offset") is not None and event.members.get("timestamp") is not None:
        mend = Mend(label="Remove offset", edits=(Take(path=("offset",)),))
        yield Finding(path=("offset",), mend=mend)


@event_rule(
    Rule(
        id="time.prop_time",
        subject=Subject.TIME,
        severity=Severity.ADVICE,
        when="A property is called $time, time or date",
        says="Only the timestamp at the top sets the time of the event.",
        fix="Use the field for the time.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.TIMESTAMPS,
        mends=True,
    )
)
def prop_time(event: Event, known: Circumstances) -> Iterator[Finding]:
    for key in ("$time", "time", "date"):
        if key not in event.properties:
            continue
        value = event.properties[key]
        path = ("properties", key)
        usable = isinstance(value, str) and read_date(value, known.now.astimezone(UTC))
        free = event.members.get("timestamp") is None
        mend = Mend(label="Use it as the time", edits=move(path, _FIELD, value))
        yield Finding(path=path, mend=mend if usable and free else None)


@event_rule(
    Rule(
        id="time.historical_lane",
        subject=Subject.TIME,
        severity=Severity.ADVICE,
        when="The timestamp is more than two days old",
        says="Old events may travel a slower lane and appear late.",
        fix="Give it some time before you look for the event.",
        certainty=Certainty.CODE,
        docs=docs.MIGRATION,
    )
)
def historical_lane(event: Event, known: Circumstances) -> Iterator[Finding]:
    moment = _moment(event, known)
    if moment is not None and known.now - moment > _OLD and "offset" not in event.members:
        yield Finding(path=_FIELD)


too_old = UnknowableRule(
    rule=Rule(
        id="time.too_old",
        subject=Subject.TIME,
        severity=Severity.DROPPED,
        when="The event is older than the project accepts",
        says="This project refuses events that old.",
        fix="Ask the project's admin, or send with a recent time.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    ),
    because="How old an event may be is a setting of the project.",
    ask="The project's settings, or its list of ingestion warnings (event_dropped_too_old).",
)

RULES = (
    number,
    unreadable,
    future,
    year_range,
    no_zone,
    epoch,
    day_month,
    sent_at_skew,
    sent_at_single,
    offset,
    prop_time,
    historical_lane,
    too_old,
)

_EPOCH = re.compile(r"[0-9]{10}|[0-9]{13}|[0-9]{19}")
_DAY_MONTH = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", re.ASCII)
_IMPOSSIBLE_YEAR = re.compile(r"-\d+-|\+?\d{5,}-|0000-", re.ASCII)
_ZONED = re.compile(r"(?:[Zz]|[+-]\d\d(?::?\d\d)?|[A-Za-z]{2,5})$", re.ASCII)
_NOTICED = timedelta(seconds=2)
_OLD = timedelta(hours=48)
_MILLISECONDS_FROM = 10**11  # Unix times from here on are in milliseconds: seconds end in 5138


def _text(event: Event) -> str | None:
    value = event.members.get("timestamp")
    return value if isinstance(value, str) else None


def _moment(event: Event, known: Circumstances) -> datetime | None:
    """The time as PostHog reads it; ``None`` where it reads none."""
    text = _text(event)
    return None if text is None else moment_named(text, known.now.astimezone(UTC))


def _is_corrected(event: Event) -> bool:
    has_time = event.members.get("timestamp") is not None and "offset" not in event.members
    return has_time and event.properties.get("$ignore_sent_at") is not True


def _as_text(value: Number) -> Mend | None:
    """A Unix time in seconds or milliseconds as a date; ``None`` for a number that is neither."""
    try:
        ticks = Decimal(value.text)
        seconds = ticks / 1000 if ticks >= _MILLISECONDS_FROM else ticks
        moment = datetime.fromtimestamp(float(seconds), UTC)
    except (ArithmeticError, ValueError, OSError):
        return None
    return _write(f"Write it as {moment:%d %b %Y}", moment)


def _write(label: str, moment: datetime) -> Mend:
    value: Value = times.wire_text(moment)
    return Mend(label=label, edits=(Put(path=_FIELD, value=value),))


def _words(skew: timedelta) -> str:
    """``3 minutes back``, ``2 hours ahead``: the direction in which times are moved."""
    size = times.relative(
        datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC) + abs(skew)
    )
    return f"{size.removesuffix(' ago')} {'back' if skew > timedelta() else 'ahead'}"
