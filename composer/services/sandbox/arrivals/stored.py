"""What the sandbox keeps: the events of a request as stored, and the request itself.

Values only; ``store`` holds them, the endpoints make them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from composer.core.jsontext import Object
from composer.services.sandbox.arrivals.body import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event that was accepted.

    ``distinct_id`` is text of at most 200 characters, ``uuid`` is the sent or the generated one,
    ``timestamp`` is what PostHog computes (UTC). ``sent`` is the event as it arrived, ``record``
    the event as it is stored (``record.as_record``; of one event two may be stored, which then
    have the same ``sent``); both are ``None`` where the request was too large to keep its values
    in memory (``details`` reads them again).
    """

    name: str
    distinct_id: str
    uuid: str
    timestamp: datetime
    token: str
    sent: Object | None
    record: Object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedEvent:
    """An event that was thanked for and thrown away; ``reason`` says why, in PostHog's word."""

    name: str
    distinct_id: str
    uuid: str
    reason: str
    sent: Object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One request, good or bad.

    A refused one has a ``status`` of 400 or more and no events; it is 0 if the connection was
    reset instead of an answer. ``number`` counts from 1 and is never used twice; ``received_at``
    is in UTC; ``path`` includes the query; ``body`` is as it came over the wire, empty if it was
    over the limit; ``answer`` is the text that was sent back. ``fault`` names the rule that made
    the answer, and is empty for an honest one. ``client`` is the name and version of the sender's
    SDK or program, as far as it tells. ``beyond`` counts the events that a very large request had
    over those in ``events`` and ``dropped``.
    """

    number: int
    received_at: datetime
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: Body
    status: int
    answer: str
    events: tuple[StoredEvent, ...] = ()
    dropped: tuple[DroppedEvent, ...] = ()
    fault: str = ""
    client: str = ""
    beyond: int = 0
