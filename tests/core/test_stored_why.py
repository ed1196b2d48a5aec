"""Each difference between an event as sent and as stored has its reason in plain words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from composer.core.jsontext import Object, Value, parse
from composer.core.stored_why import explain_stored
from tests.helpers.values import objects, values

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def as_object(text: str) -> Object:
    value = parse(text)
    assert isinstance(value, Object)
    return value


def reasons(sent: str, stored: str) -> dict[str, str]:
    found = explain_stored(as_object(sent), as_object(stored), NOW)
    return {one.field: one.why for one in found}


def reason(sent: str, stored: str) -> str:
    (only,) = reasons(sent, stored).values()
    return only


def test_an_event_that_is_stored_as_it_was_sent_has_no_difference() -> None:
    text = '{"event": "e", "distinct_id": "d", "properties": {"n": 1.50}}'
    assert reasons(text, text) == {}


def test_other_names_of_the_same_field_are_no_difference() -> None:
    sent = '{"event": "e", "api_key": "k", "$distinct_id": "d", "uuid": null, "$set": null}'
    stored = '{"uuid": "u", "event": "e", "distinct_id": "d", "token": "k"}'
    assert reasons(sent, stored) == {"uuid": "Made by PostHog: no event ID was sent"}


LONG = "x" * 250


@pytest.mark.parametrize(
    ("sent", "stored", "why"),
    [
        ('{"distinct_id": 23}', '{"distinct_id": "23"}', "Number turned into text"),
        ('{"distinct_id": true}', '{"distinct_id": "true"}', "Turned into text"),
        (
            f'{{"distinct_id": "{LONG}"}}',
            f'{{"distinct_id": "{LONG[:200]}"}}',
            "Cut to 200 characters",
        ),
        (
            f'{{"distinct_id": ["{LONG}"]}}',
            f'{{"distinct_id": "[\\"{LONG[:198]}"}}',
            "Turned into text, Cut to 200 characters",
        ),
        ('{"distinct_id": "a\\u0000"}', '{"distinct_id": "a\ufffd"}', "NUL characters replaced"),
        ('{"distinct_id": " a "}', '{"distinct_id": "a"}', "Spaces around it removed"),
        ("{}", '{"distinct_id": "d"}', "Taken from the properties: the event itself had none"),
        (
            "{}",
            '{"event": "$identify"}',
            "Named by PostHog: /engage calls a nameless event $identify",
        ),
        ("{}", '{"ip": "127.0.0.1"}', "Added by PostHog: the address that the request came from"),
        ("{}", '{"token": "k"}', "Taken from the request around the event"),
        ('{"uuid": ""}', '{"uuid": "u"}', "Made by PostHog: no event ID was sent"),
        (
            '{"uuid": "019A964CB1C0769EB2A74DE452E6B438"}',
            '{"uuid": "019a964c-b1c0-769e-b2a7-4de452e6b438"}',
            "The same event ID in its usual form",
        ),
        (
            '{"$unset": ["a"]}',
            "{}",
            "Not kept: only known fields are forwarded. Put it inside the properties",
        ),
        ('{"offset": 5}', "{}", "Used for the time, then not kept"),
        ('{"options": {}}', "{}", "Moved into the properties"),
        (
            '{"properties": {}}',
            '{"properties": {"$session_id": "s"}}',
            "Moved here from session_id of the event",
        ),
        (
            '{"properties": {"$ai_gateway_x": 1}}',
            '{"properties": {}}',
            "Not kept: reserved for PostHog's own AI gateway",
        ),
        (
            '{"properties": {"$heatmap_data": {}}}',
            '{"properties": {}}',
            "Split off into a $$heatmap event of its own",
        ),
        (
            '{"properties": {"n": 1e3}}',
            '{"properties": {"n": 1000.0}}',
            "The same number as PostHog writes it",
        ),
        ('{"properties": {"n": 1}}', '{"properties": {"n": "1"}}', "Number turned into text"),
        (
            '{"properties": {"$lib": "a"}}',
            '{"properties": {"$lib": "b"}}',
            "Replaced by what the header PostHog-Sdk-Info says",
        ),
        ("{}", '{"properties": {}}', "Added by PostHog: no properties were sent"),
    ],
)
def test_each_field_says_why(sent: str, stored: str, why: str) -> None:
    assert reason(sent, stored) == why


@pytest.mark.parametrize(
    ("time", "stored", "why"),
    [
        ('"2026-11-21T10:00:00+01:00"', "2026-11-21T09:00:00Z", "The same moment, written in UTC"),
        (
            '"2026-11-21T09:00:00Z"',
            "2026-11-21T09:05:00Z",
            "Time moved by the sender's clock difference",
        ),
        (
            '"nonsense"',
            "2026-11-21T09:30:00Z",
            "Time of arrival: PostHog cannot read the time that was sent",
        ),
        (
            '"2026-11-23T09:30:00Z"',
            "2026-11-21T09:30:00.000Z",
            "Time of arrival: the time sent is more than 23 hours ahead",
        ),
    ],
)
def test_the_time_says_why_it_is_another(time: str, stored: str, why: str) -> None:
    assert reason(f'{{"timestamp": {time}}}', f'{{"timestamp": "{stored}"}}') == why


def test_an_offset_explains_the_time_whatever_the_timestamp_says() -> None:
    stored = '{"timestamp": "2026-11-21T09:29:59Z"}'
    for sent in ('{"offset": 1000}', '{"offset": 1000, "timestamp": "2026-01-01T00:00:00Z"}'):
        assert reasons(sent, stored)["timestamp"] == "Time of arrival less the offset that was sent"


def test_an_event_without_a_time_gets_the_time_of_arrival() -> None:
    why = reason('{"timestamp": null}', '{"timestamp": "2026-11-21T09:30:00Z"}')
    assert why == "Added by PostHog: the time of arrival, for none was sent"


def test_a_heatmap_that_was_split_off_says_so() -> None:
    sent = '{"event": "$pageview", "properties": {"$heatmap_data": {"/": []}, "plan": "pro"}}'
    stored = '{"event": "$$heatmap", "properties": {"$heatmap_data": {"/": []}}}'
    why = "Split off from the event that was sent, to hold its heatmap data"
    assert reasons(sent, stored) == {"event": why, "properties.plan": why}


@given(objects(values), objects(values))
def test_whatever_differs_has_a_reason(sent: Object, stored: Value) -> None:
    assert isinstance(stored, Object)
    assert all(one.why for one in explain_stored(sent, stored, NOW))
