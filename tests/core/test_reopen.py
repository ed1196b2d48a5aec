"""What was sent opens again as drafts."""

import pytest

from composer.core.destination import SANDBOX_TOKEN
from composer.core.draft import Draft, first_draft
from composer.core.jsontext import JsonError, Layout, Object
from composer.core.reopen import draft_of_event, drafts_from_body, drafts_from_text
from composer.core.wire import batch_body

FIRST = first_draft(
    token=SANDBOX_TOKEN, uuid="019a964c-b1c0-769e-b2a7-4de452e6b438", timestamp="2026-03-14T09:30Z"
)


def opened(text: str) -> tuple[Draft, ...]:
    return drafts_from_body(text.encode())


@pytest.mark.parametrize("layout", Layout)
def test_an_event_opens_as_it_was_in_either_layout(layout: Layout) -> None:
    (draft,) = opened(FIRST.text(layout))
    assert draft.payload == FIRST.payload
    assert draft.source is None
    assert draft.generated == frozenset()


def test_an_event_with_spacing_of_its_own_keeps_it() -> None:
    text = ' { "event" : "$pageview" } '
    (draft,) = opened(text)
    assert draft.text(Layout.COMPACT) == text
    assert draft.type_id == "pageview"


def test_the_events_of_a_batch_take_over_its_token() -> None:
    body = batch_body([FIRST.payload, FIRST.payload], SANDBOX_TOKEN, Layout.COMPACT)
    assert [draft.payload for draft in drafts_from_body(body)] == [FIRST.payload] * 2


def test_events_keep_a_token_of_their_own_and_need_none() -> None:
    (own,) = opened('{"token": "b", "batch": [{"api_key": "a"}]}')
    (aliased,) = opened('{"token": "b", "batch": [{"$token": "a"}]}')
    (inherited,) = opened('{"token": "b", "batch": [{"event": "x"}]}')
    (without,) = opened('{"batch": [{"event": "x"}]}')
    assert own.payload.get("api_key") == "a"
    assert list(aliased.payload) == [("$token", "a")]
    assert inherited.payload.get("api_key") == "b"
    assert "api_key" not in without.payload


def test_a_list_opens_as_its_events_and_leaves_out_what_is_none() -> None:
    assert [draft.type_id for draft in opened('[{"event": "$set"}, 1, {}]')] == ["set", "custom"]


@pytest.mark.parametrize("text", ["1", "null", '"event"', "{", ""])
def test_what_is_no_event_is_told(text: str) -> None:
    with pytest.raises(JsonError):
        opened(text)


V1 = '{"created_at": "2026-03-14T09:30:00Z", "batch": [{"event": "x", "options": {}}]}'


def test_events_take_over_a_token_that_stands_beside_the_body() -> None:
    (draft,) = drafts_from_text(V1, "phc_beside")
    assert list(draft.payload) == [("api_key", "phc_beside"), ("event", "x"), ("options", Object())]


def test_a_token_in_the_body_goes_before_one_beside_it() -> None:
    (own,) = drafts_from_text('{"event": "x", "$token": "a"}', "b")
    (of_batch,) = drafts_from_text('{"api_key": "a", "batch": [{"event": "x"}]}', "b")
    assert list(own.payload) == [("event", "x"), ("$token", "a")]
    assert of_batch.payload.get("api_key") == "a"


def test_a_single_event_that_had_a_token_keeps_its_text_and_one_that_had_none_gets_it() -> None:
    text = ' { "event" : "x", "token": "a" } '
    assert drafts_from_text(text, "b")[0].text(Layout.COMPACT) == text
    (draft,) = drafts_from_text(' { "event" : "x" } ', "b")
    assert draft.text(Layout.COMPACT) == '{"api_key":"b","event":"x"}'


def test_one_event_of_a_request_opens_with_the_requests_token() -> None:
    event = Object((("event", "$set"),))
    assert draft_of_event(event, "t").payload.get("api_key") == "t"
    assert draft_of_event(event, "").payload == event
    assert draft_of_event(event, "").type_id == "set"
