"""Every word of PostHog for a lost event has a sentence."""

import pytest

from composer.core.lost_why import lost_why

DOCUMENTED = (
    "dropped_performance_event",
    "missing_event_name",
    "event_name_too_long",
    "missing_distinct_id",
    "distinct_id_too_large",
    "invalid_event_timestamp",
    "malformed_event_properties",
    "invalid_options",
    "non_historical_import_drop",
    "non_ai_event",
    "misrouted_event",
    "exceptions_over_quota",
    "survey_responses_over_quota",
    "llm_events_over_quota",
    "event_restriction_drop",
    "ai_event_too_big",
    "ai_byte_rate_limited",
    "gateway_props_unparseable",
    "serialization_failed",
    "event_too_big",
    "rejected",
    "events_over_quota",
    "over_quota",
)


@pytest.mark.parametrize("reason", DOCUMENTED)
def test_each_documented_reason_is_told_in_words(reason: str) -> None:
    words = lost_why(reason)
    assert reason not in words
    assert words[0].isupper()
    assert not words.endswith(".")


def test_a_reason_that_is_not_known_is_shown_as_it_is() -> None:
    assert lost_why("some_new_reason") == "some new reason"
    assert lost_why("") == "No reason is known"
