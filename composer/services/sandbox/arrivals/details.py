"""Reads the values of a large request's events again, for they are not kept in memory.

The request is judged once more from its body, in the worker process; what was made up when it was
first judged, a generated uuid, is put in again. It knows nothing of HTTP or of the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from composer.core import jsontext
from composer.core.jsontext import Object
from composer.services.sandbox.arrivals.body import read_source
from composer.services.sandbox.arrivals.stored import Arrival, DroppedEvent, StoredEvent
from composer.services.sandbox.request import Judge, Judgement, Submission

MOST_LISTED = 10_000
"""Events that are told of a single large request; it may hold millions."""
MOST_AT_ONCE = 4 * 1024 * 1024
"""Characters of JSON after which no further event is read again in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetails:
    """One event as it arrived, and as it is stored (``None`` if it was thrown away)."""

    sent: Object | None
    record: Object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is needed to judge a request whose body lies elsewhere. ``submission`` has none."""

    judge: Judge
    submission: Submission
    source: bytes | Path

    def hold(self) -> Judgement:
        """Judge it, wherever this process is. Raises ``OSError`` if the body is gone."""
        return self.judge(replace(self.submission, body=read_source(self.source)))


def outline(trial: Trial) -> Judgement:
    """The judgement without the values of the events, which would be too much to carry."""
    found = trial.hold()
    listed = found.events[:MOST_LISTED]
    thrown = found.dropped[: MOST_LISTED - len(listed)]
    return replace(
        found,
        events=tuple(replace(event, sent=None, record=None) for event in listed),
        dropped=tuple(replace(event, sent=None) for event in thrown),
        beyond=len(found.events) - len(listed) + len(found.dropped) - len(thrown),
        characters=0,
    )


def read_again(trial: Trial, first: int, most: int | None) -> tuple[EventDetails, ...]:
    """The values of events from place ``first`` on; fewer than ``most`` if they are large."""
    found = trial.hold()
    everything = (*found.events, *found.dropped)
    chosen: list[EventDetails] = []
    characters = 0
    for event in everything[first : None if most is None else first + most]:
        chosen.append(details_of(event))
        characters += len(jsontext.encode(event.sent, jsontext.Layout.COMPACT))
        if characters > MOST_AT_ONCE:
            break
    return tuple(chosen)


def details_of(event: StoredEvent | DroppedEvent) -> EventDetails:
    """The values that an event has with it."""
    record = event.record if isinstance(event, StoredEvent) else None
    return EventDetails(sent=event.sent, record=record)


def with_first_uuids(
    details: Sequence[EventDetails], arrival: Arrival, first: int
) -> tuple[EventDetails, ...]:
    """The records with the uuids of ``arrival``: judging again has generated others."""
    listed = len(arrival.events)
    return tuple(
        _with_uuid(one, arrival.events[first + place].uuid) if first + place < listed else one
        for place, one in enumerate(details)
    )


def _with_uuid(details: EventDetails, uuid: str) -> EventDetails:
    record = details.record
    if record is None or "uuid" not in record or record.get("uuid") == uuid:
        return details
    return replace(details, record=record.with_member("uuid", uuid))
