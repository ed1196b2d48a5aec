"""Which JSON is a batch: types, repeated fields, fields that nobody knows."""

import json
from typing import Any

import pytest

from tests.services.sandbox.v1.batches import (
    FIRST,
    OK,
    Refusal,
    batch,
    event,
    refusal,
    results,
    submit,
)

UNPARSABLE = Refusal(400, "request_parsing_error", "Failed to parse request body.")
REQUIRED = ["event", "uuid", "distinct_id", "timestamp"]


@pytest.mark.parametrize(
    "text", ["{{{", " ", "null", "true", '"x"', "[]", "{}", "1", batch() + "x", batch()[:-1]]
)
def test_what_is_no_batch_cannot_be_parsed(text: str) -> None:
    assert refusal(submit(text)) == UNPARSABLE


def test_events_without_an_envelope_cannot_be_parsed() -> None:
    assert refusal(submit(json.dumps([event()]))) == UNPARSABLE
    assert refusal(submit(json.dumps(event()))) == UNPARSABLE


def test_blanks_around_the_batch_do_not_matter() -> None:
    assert results(submit(f" \n{batch()}\r\n\t"))


@pytest.mark.parametrize("name", ["created_at", "batch"])
def test_a_batch_needs_its_fields(name: str) -> None:
    envelope = json.loads(batch())
    del envelope[name]
    assert refusal(submit(json.dumps(envelope))) == UNPARSABLE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("created_at", value) for value in (None, 1, True, [], {})),
        *(("batch", value) for value in (None, 1, "x", {}, [1], [None], [[]])),
        *(("historical_migration", value) for value in (None, "true", 1, {})),
        *(("capture_internal", value) for value in ("true", 1, [])),
    ],
)
def test_a_field_of_a_wrong_type_fails_the_batch(name: str, value: Any) -> None:
    assert refusal(submit(batch(**{name: value}))) == UNPARSABLE


@pytest.mark.parametrize("value", [None, True, False])
def test_capture_internal_may_be_null(value: bool | None) -> None:
    assert results(submit(batch(capture_internal=value)))


@pytest.mark.parametrize("name", REQUIRED)
def test_an_event_needs_its_fields(name: str) -> None:
    broken = event()
    del broken[name]
    assert refusal(submit(batch(event(), broken))) == UNPARSABLE


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, 1, True, [], {}])
def test_a_required_field_of_a_wrong_type_fails_the_batch(name: str, value: Any) -> None:
    assert refusal(submit(batch(event(**{name: value})))) == UNPARSABLE


@pytest.mark.parametrize("name", ["session_id", "window_id"])
def test_an_optional_field_is_text_or_null(name: str) -> None:
    assert results(submit(batch(event(**{name: None}))))[FIRST] == OK
    assert results(submit(batch(event(**{name: "x"}))))[FIRST] == OK
    for value in (1, True, [], {}):
        assert refusal(submit(batch(event(**{name: value})))) == UNPARSABLE


@pytest.mark.parametrize("name", [*REQUIRED, "session_id", "window_id", "options", "properties"])
def test_a_field_of_an_event_may_not_stand_twice(name: str) -> None:
    whole = json.dumps(event(session_id="s", window_id="w", options={}, properties={}))
    twice = f'{whole[:-1]},"{name}":{json.dumps(json.loads(whole)[name])}}}'
    text = f'{{"created_at":"2026-03-19T14:30:00Z","batch":[{twice}]}}'
    assert results(submit(text.replace(twice, whole)))
    assert refusal(submit(text)) == UNPARSABLE


@pytest.mark.parametrize(
    "member", ['"created_at":"2026-03-19T14:30:00Z"', '"batch":[]', '"capture_internal":null']
)
def test_a_field_of_the_batch_may_not_stand_twice(member: str) -> None:
    whole = batch(capture_internal=True)
    assert refusal(submit(f"{whole[:-1]},{member}}}")) == UNPARSABLE


def test_unknown_fields_are_passed_over_and_may_stand_twice() -> None:
    whole = batch(event(api_key=1, sent_at=[]), api_key="phc_other", sent_at=1)
    assert results(submit(f'{whole[:-1]},"sent_at":2}}'))[FIRST] == OK


def test_types_are_judged_before_what_the_fields_say() -> None:
    text = batch(event(uuid=""), event(uuid=1), created_at="today")
    assert refusal(submit(text)) == UNPARSABLE
    assert refusal(submit(batch(created_at="today") + "]")) == UNPARSABLE
