"""What rules of several subjects read from an event, and the mends they share.

Knows no rule. Reading is lenient: a value of the wrong type counts as not there.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from composer.core import times
from composer.core.dates import read_date
from composer.core.jsontext import Number, Object, Path, Value
from composer.core.verdicts.mending import Mend, Put, Take
from composer.core.verdicts.request import Circumstances, Event


def prop(key: str) -> Path:
    """Where the property stands in an event."""
    return ("properties", key)


def is_blank(value: Value) -> bool:
    """Whether there is nothing: absent, ``null`` or empty text."""
    return value is None or value == ""


def has_room(event: Event) -> bool:
    """Whether a property can be put in; where ``properties`` is no object it would be replaced."""
    return isinstance(event.members.get("properties", Object()), Object)


def put(label: str, path: Path, value: Value) -> Mend:
    """A mend that sets one value."""
    return Mend(label=label, edits=(Put(path=path, value=value),))


def take(label: str, path: Path) -> Mend:
    """A mend that removes one member."""
    return Mend(label=label, edits=(Take(path=path),))


@lru_cache(maxsize=64)  # several rules ask for the same one
def moment_named(text: str, now: datetime) -> datetime | None:
    """The instant that ``text`` names, in UTC, as PostHog reads it; ``now`` is in UTC."""
    return read_date(text, now)


def given_time(event: Event, known: Circumstances) -> datetime | None:
    """The time that the event itself states, in UTC, with the correction of the sender's clock.

    ``None`` where it states none that PostHog can read (capture-server.md, section 5).
    """
    now = known.now.astimezone(UTC)
    try:
        if (offset := event.members.get("offset")) is not None:
            return _before(now, offset)
        text = event.members.get("timestamp")
        moment = moment_named(text, now) if isinstance(text, str) else None
        if moment and known.sent_at and event.properties.get("$ignore_sent_at") is not True:
            moment -= known.sent_at - known.now
    except OverflowError:
        return None
    return moment


def stored_time(event: Event, known: Circumstances) -> datetime:
    """The time that PostHog stores, in UTC: where none is given, or a future one, the arrival's."""
    now = known.now.astimezone(UTC)
    moment = given_time(event, known)
    return now if moment is None or moment - now > times.FUTURE_LIMIT else moment


def milliseconds(moment: datetime) -> int:
    """A moment as Unix time in milliseconds."""
    return int(moment.timestamp() * 1000)


_WHOLE = re.compile(r"-?[0-9]{1,18}")


def _before(now: datetime, offset: Value) -> datetime | None:
    if not isinstance(offset, Number) or not _WHOLE.fullmatch(offset.text):
        return None
    return now - timedelta(milliseconds=int(offset.text))
