"""Why PostHog thanked for an event and threw it away, in words for people.

The capture service has one word for each reason (capture-server.md, 3.3 and 7.4); an unknown one is
shown as it is, for the service learns new ones.
"""

from __future__ import annotations


def lost_why(reason: str) -> str:
    """A short sentence without its full stop for PostHog's word."""
    return _WORDS.get(reason) or reason.replace("_", " ").strip() or "No reason is known"


_QUOTA = "The project's quota is used up"
_WORDS = {
    "dropped_performance_event": "PostHog takes no $performance_event any more",
    "events_over_quota": _QUOTA,
    "over_quota": _QUOTA,
    "exceptions_over_quota": f"{_QUOTA} for exceptions",
    "survey_responses_over_quota": f"{_QUOTA} for survey responses",
    "llm_events_over_quota": f"{_QUOTA} for AI events",
    "missing_event_name": "The event has no name",
    "event_name_too_long": "The event name is longer than 200 bytes",
    "missing_distinct_id": "The event has no distinct_id",
    "distinct_id_too_large": "The distinct_id is longer than 200 bytes",
    "invalid_event_timestamp": "The time needs the form 2026-11-21T09:30:00Z, with its zone",
    "malformed_event_properties": "The properties are not an object",
    "invalid_options": "The options hold a value that PostHog cannot read",
    "non_historical_import_drop": "The import takes only batches marked historical_migration",
    "non_ai_event": "This address takes AI events only",
    "misrouted_event": "This address takes AI events only",
    "event_restriction_drop": "PostHog was told to drop events of this project or person",
    "ai_event_too_big": "The AI event is too large",
    "ai_byte_rate_limited": "Too much AI data at once",
    "gateway_props_unparseable": "The properties of the AI gateway cannot be read",
    "serialization_failed": "PostHog could not write the event down",
    "event_too_big": "The event is too large",
    "rejected": "PostHog's queue would not take the event",
}
