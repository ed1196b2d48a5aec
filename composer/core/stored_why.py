"""An event as it was sent against the event as PostHog stores it: what differs, and why, in words.

The stored form has the members uuid, event, distinct_id, timestamp, token, ip, lane, historical,
properties, $set and $set_once. Source of the reasons: capture-server.md, 2.3 to 2.5, 5, 6 and 7.2.
It only reads both forms; how the one is made from the other is the sandbox's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from composer.core.compare.values import Difference, DifferenceKind, compare, path_text
from composer.core.dates import read_date
from composer.core.ids import is_uuid
from composer.core.jsontext import Number, Object, Path, Value
from composer.core.times import FUTURE_LIMIT, read
from composer.core.tokens import ALIASES

LONGEST_ID = 200
"""Characters of a person's ID that are kept (capture-server.md, 2.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDifference:
    """One place where the stored event is not what was sent; ``field`` is its path as text."""

    field: str
    difference: Difference
    why: str


def explain_stored(
    sent: Object, record: Object, received_at: datetime
) -> tuple[StoredDifference, ...]:
    """The differences, none if the event is stored just as it was sent. ``received_at`` in UTC."""
    reasons = _Reasons(sent, record, received_at)
    return tuple(
        StoredDifference(
            field=path_text(difference.path), difference=difference, why=reasons.why(difference)
        )
        for difference in compare(_aligned(sent), record)
    )


_ONCE = {**dict.fromkeys(ALIASES, "token"), "$distinct_id": "distinct_id"}
_NULL_IS_NONE = frozenset(
    {"uuid", "event", "distinct_id", "timestamp", "token", "properties", "$set", "$set_once"}
)


def _aligned(sent: Object) -> Object:
    """The sent event under the names that the stored one has, without what counts as not sent."""
    renamed = ((_ONCE.get(key, key), value) for key, value in sent)
    return Object(tuple((k, v) for k, v in renamed if v is not None or k not in _NULL_IS_NONE))


_ADDED: dict[Path, str] = {
    ("event",): "Named by PostHog: /engage calls a nameless event $identify",
    ("distinct_id",): "Taken from the properties: the event itself had none",
    ("timestamp",): "Added by PostHog: the time of arrival, for none was sent",
    ("token",): "Taken from the request around the event",
    ("ip",): "Added by PostHog: the address that the request came from",
    ("lane",): "Added by PostHog: the queue that handles this kind of event",
    ("historical",): "Added by PostHog: old events wait in a queue of their own",
    ("uuid",): "Made by PostHog: no event ID was sent",
    ("properties",): "Added by PostHog: no properties were sent",
    ("properties", "$ip"): "Added by PostHog: the address that the request came from",
    ("properties", "$session_id"): "Moved here from session_id of the event",
    ("properties", "$window_id"): "Moved here from window_id of the event",
    ("properties", "$lib"): "Added by PostHog from the header PostHog-Sdk-Info",
    ("properties", "$lib_version"): "Added by PostHog from the header PostHog-Sdk-Info",
    ("properties", "$cookieless_mode"): "Moved here from the options of the event",
    ("properties", "$ignore_sent_at"): "Moved here from the options of the event",
    ("properties", "$process_person_profile"): "Moved here from the options of the event",
    ("properties", "$product_tour_id"): "Moved here from the options of the event",
}
_REMOVED: dict[Path, str] = {
    ("offset",): "Used for the time, then not kept",
    ("session_id",): "Moved into the properties as $session_id",
    ("window_id",): "Moved into the properties as $window_id",
    ("options",): "Moved into the properties",
    ("properties", "$heatmap_data"): "Split off into a $$heatmap event of its own",
}
_NOT_FORWARDED = "Not kept: only known fields are forwarded. Put it inside the properties"
_HEATMAP = "$$heatmap"
_SPLIT_OFF = "Split off from the event that was sent, to hold its heatmap data"
_TOLERANCE = timedelta(milliseconds=2)


class _Reasons:
    """Finds the words for one difference after the other, of the same event."""

    def __init__(self, sent: Object, record: Object, received_at: datetime) -> None:
        self._sent = sent
        self._received_at = received_at
        stored_name = record.get("event")
        self._is_split = stored_name == _HEATMAP and sent.get("event") != _HEATMAP

    def why(self, difference: Difference) -> str:
        """A sentence without its full stop."""
        path = difference.path
        if self._is_split and (path[0] in {"event", "uuid", "properties"}):
            return _SPLIT_OFF
        match difference.kind:
            case DifferenceKind.ADDED:
                return self._why_added(path)
            case DifferenceKind.REMOVED:
                return self._why_removed(path)
            case _:
                return self._why_changed(difference)

    def _why_added(self, path: Path) -> str:
        if path == ("timestamp",) and "offset" in self._sent:
            return _FROM_OFFSET
        return _ADDED.get(path, "Added by PostHog")

    def _why_removed(self, path: Path) -> str:
        if known := _REMOVED.get(path):
            return known
        if path[0] == "properties":
            is_gateway = str(path[-1]).startswith("$ai_gateway")
            return "Not kept: reserved for PostHog's own AI gateway" if is_gateway else "Not kept"
        return _NOT_FORWARDED

    def _why_changed(self, difference: Difference) -> str:
        match difference.path:
            case ("distinct_id",):
                return _why_id(difference.before, difference.after)
            case ("timestamp",):
                return self._why_time(difference.before, difference.after)
            case ("uuid",):
                return _why_uuid(difference.before, difference.after)
            case ("properties", "$lib" | "$lib_version"):
                return "Replaced by what the header PostHog-Sdk-Info says"
            case _:
                return _why_value(difference.before, difference.after)

    def _why_time(self, before: Value, after: Value) -> str:
        stored = read(after) if isinstance(after, str) else None
        if self._sent.get("offset") is not None:
            return _FROM_OFFSET
        if stored is None or not isinstance(before, str):
            return "Changed by PostHog"
        meant = read_date(before, self._received_at)
        if meant is None:
            return "Time of arrival: PostHog cannot read the time that was sent"
        if abs(meant - stored) <= _TOLERANCE:
            return "The same moment, written in UTC"
        if abs(stored - self._received_at) <= _TOLERANCE and meant - stored > FUTURE_LIMIT:
            return "Time of arrival: the time sent is more than 23 hours ahead"
        return "Time moved by the sender's clock difference"


_FROM_OFFSET = "Time of arrival less the offset that was sent"


def _why_id(before: Value, after: Value) -> str:
    reasons: list[str] = []
    text = before if isinstance(before, str) else ""
    if not isinstance(before, str):
        is_number = isinstance(before, Number)
        reasons.append("Number turned into text" if is_number else "Turned into text")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
        reasons.append("NUL characters replaced")
    if isinstance(after, str) and len(after) == LONGEST_ID and text != after:
        reasons.append(f"Cut to {LONGEST_ID} characters")
    elif isinstance(after, str) and text != after and text.strip() == after:
        reasons.append("Spaces around it removed")
    return ", ".join(reasons) or "Changed by PostHog"


def _why_uuid(before: Value, after: Value) -> str:
    if before == "":
        return _ADDED["uuid",]
    sent = before.strip() if isinstance(before, str) else ""
    if is_uuid(sent) and str(UUID(sent)) == after:
        return "The same event ID in its usual form"
    return "Changed by PostHog"


def _why_value(before: Value, after: Value) -> str:
    match before, after:
        case Number(), Number():
            return "The same number as PostHog writes it"
        case Number(), str():
            return "Number turned into text"
        case _:
            return "Changed by PostHog"
