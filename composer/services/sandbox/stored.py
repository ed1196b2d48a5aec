"""What the sandbox keeps: the events of a request as stored, and the request itself.

Values only; ``store`` holds them and ``checks`` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from composer.core.jsontext import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event that was accepted.

    ``distinct_id`` is text of at most 200 characters, ``uuid`` is the sent or the generated one,
    ``timestamp`` is what PostHog computes (UTC), ``payload`` is the event as it arrived.
    """

    name: str
    distinct_id: str
    uuid: str
    timestamp: datetime
    token: str
    payload: Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One request, good or bad.

    A refused one has a ``status`` of 400 or more and no events; it is 0 if the connection was
    reset instead of an answer. ``number`` counts from 1 and is never used twice; ``received_at``
    is in UTC; ``path`` includes the query; ``body`` is as it came over the wire, empty if it was
    over the limit; ``answer`` is the text that was sent back.
    """

    number: int
    received_at: datetime
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int
    answer: str
    events: tuple[StoredEvent, ...]
