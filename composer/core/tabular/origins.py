"""Which product's export a table is, by the names of its columns.

PostHog: batch exports have ``uuid, event, properties, timestamp, distinct_id, team_id, set,
set_once, elements, site_url, ip, created_at``; the events table writes its first column out as
``*.uuid``, ``*.event`` and so on; a query on ``events`` has the columns of that table. What was
sent to the capture service counts as well. Mixpanel's raw export is JSON Lines of ``event`` and
``properties``, with ``time``, ``distinct_id`` and ``$insert_id`` among these. Amplitude's has
``event_type``, ``event_time``, ``user_id``, ``device_id`` and some forty more.
"""

from __future__ import annotations

from collections.abc import Iterable

from composer.core.tabular.values import Origin


def origin_of(columns: Iterable[str]) -> Origin:
    """What the columns (as in ``Guess``) look like."""
    names = frozenset(columns)
    plain = frozenset(map(_simple, names))
    if _EVENT_TYPE & plain and len(plain & _AMPLITUDE) >= _ENOUGH:
        return Origin.AMPLITUDE
    if _is_mixpanel(names, plain):
        return Origin.MIXPANEL
    if _is_posthog(names, plain):
        return Origin.POSTHOG
    return Origin.PLAIN


def is_known_name(cell: str) -> bool:
    """Whether one of these products calls a column so."""
    return _simple(cell) in _KNOWN or cell.startswith(("*.", "properties.", "event_properties."))


def _is_mixpanel(names: frozenset[str], plain: frozenset[str]) -> bool:
    if "event" in names and {"properties.time", "properties.distinct_id"} <= names:
        return not names & {"uuid", "timestamp", "distinct_id"}  # PostHog has these outside
    if not plain & {"event", "event_name"} or not {"time", "distinct_id"} <= plain:
        return False
    return "insert_id" in plain or any(name.startswith("mp_") for name in plain)


def _is_posthog(names: frozenset[str], plain: frozenset[str]) -> bool:
    if {"*.event", "*.distinct_id"} <= names or {"*.uuid", "*.event"} <= names:
        return True
    if "event" not in names:
        return False
    person = "distinct_id" in names or "properties.distinct_id" in names
    person = person or any(name.startswith("person.") for name in names)
    others = plain & _POSTHOG - _UUID or any(name.startswith("properties.") for name in names)
    return person and bool(others)


def _simple(name: str) -> str:
    return name.strip().lower().lstrip("$").replace(" ", "_")


_ENOUGH = 2
_EVENT_TYPE = {"event_type"}
_UUID = {"uuid"}
"""Alone no sign of an export: it stands in tables of a person's own too."""
_POSTHOG = {"uuid", "properties", "elements_chain", "elements", "team_id", "set_once"}
_AMPLITUDE = {
    "amplitude_event_type",
    "amplitude_id",
    "client_event_time",
    "client_upload_time",
    "device_id",
    "event_properties",
    "event_time",
    "insert_id",
    "server_received_time",
    "server_upload_time",
    "session_id",
    "user_id",
    "user_properties",
    "version_name",
}
_KNOWN = (
    _EVENT_TYPE
    | _POSTHOG
    | _AMPLITUDE
    | {
        "created_at",
        "date",
        "distinct_id",
        "email",
        "event",
        "event_name",
        "id",
        "name",
        "person",
        "time",
        "timestamp",
        "user",
    }
)
