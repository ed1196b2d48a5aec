"""An event as the table of the Batch place keeps it: its text, and what a row of the table shows.

It knows neither the file nor how a person edits a cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from composer.core.dates import read_date
from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse
from composer.core.jsontext.writing import SURROGATE
from composer.core.personal_keys import without_personal_keys
from composer.core.summary import summary_of
from composer.core.tokens import ALIASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """``instant`` is the time of ``moment`` in milliseconds since 1970, ``None`` for no time."""

    body: str
    name: str
    person: str
    moment: str
    instant: int | None
    size: int


def event_in(text: str) -> Object:
    """The object in the JSON text of an event. Raises ``ValueError`` where it is none."""
    try:
        event = parse(text)
    except JsonError as error:
        raise ValueError(f"no event: {error}") from error
    if isinstance(event, Object):
        return event
    raise ValueError("no event: it is no object")


def object_in(text: str) -> Object:
    """The object in JSON text; an empty one where there is none."""
    try:
        value = parse(text)
    except JsonError:
        return Object()
    return value if isinstance(value, Object) else Object()


def ready(event: Object, new_uuid: Callable[[datetime], str], now: datetime) -> Object:
    """The event without a token, and with a ``uuid`` if it has none yet.

    From then on every copy of it that is sent carries the same. ``new_uuid`` makes one for the
    time of the event.
    """
    bare = Object(tuple(member for member in event if member[0] not in ALIASES))
    return bare if bare.get("uuid") is not None else with_new_uuid(bare, new_uuid, now)


def with_new_uuid(event: Object, new_uuid: Callable[[datetime], str], now: datetime) -> Object:
    """The event with another ``uuid``, made for its time."""
    instant = instant_of(moment_of(event), now)
    if instant is None or instant < 0:
        moment = now
    else:  # the last hours of the year 9999 are over it in UTC
        moment = _EPOCH + min(instant, _LATEST) * _MILLISECOND
    return event.with_member("uuid", new_uuid(moment), before=("timestamp", "properties"))


def facts_of(event: Object, now: datetime) -> Facts:
    """What the table keeps of an event; personal keys in it are masked."""
    body = without_personal_keys(encode(event, Layout.COMPACT))
    summary, moment = summary_of(event), moment_of(event)
    return Facts(
        body=body,
        name=_kept(summary.event),
        person=_kept(summary.person),
        moment=_kept(moment),
        instant=instant_of(moment, now),
        size=size_of(body),
    )


def moment_of(event: Object) -> str:
    """The ``timestamp`` as it stands there; empty where there is none."""
    return _plain(event.get("timestamp"))


def instant_of(moment: str, now: datetime) -> int | None:
    """Milliseconds since 1970 of a time as PostHog reads it; ``None`` where there is none."""
    try:
        found = datetime.fromisoformat(moment)  # nearly always, and quickly
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        found = read_date(moment, now.astimezone(UTC)) if moment else None
    return None if found is None else (found - _EPOCH) // _MILLISECOND


def size_of(body: str) -> int:
    """Bytes of the text as UTF-8."""
    return len(body) if body.isascii() else len(body.encode("utf-8", "surrogatepass"))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MILLISECOND


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else encode(value, Layout.COMPACT)


def _kept(text: str) -> str:
    """As a database takes it: half a character has no UTF-8 form, a key must not stand there."""
    return without_personal_keys(SURROGATE.sub("\ufffd", text))
