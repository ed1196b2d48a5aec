"""Tokens, names and ids: what is refused, in which order, and what is stored."""

import pytest

from composer.core import jsontext
from composer.core.ids import uuid7_milliseconds
from tests.services.sandbox.client import NOW, OK, TOKEN, event, known, said, submit

NO_TOKEN = (401, "event submitted without an api_key")
NO_NAME = (400, "event submitted with an empty event name")
NO_ID = (400, "event submitted without a distinct_id")


def array(*tokens: str) -> str:
    members = ",".join(
        f'{{"event":"e","distinct_id":"d"{token and f",{token}"}}}' for token in tokens
    )
    return f"[{members}]"


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        ("", "empty"),
        ("k" * 65, "too_long"),
        ("é" * 33, "too_long"),
        ("é", "not_ascii"),
        ("phx_" + "é", "not_ascii"),
        ("phx_abc", "personal_api_key"),
        ("phx_\\u0000", "personal_api_key"),
        ("phc_\\u0000", "null_byte"),
    ],
)
def test_a_malformed_token_is_refused(token: str, fault: str) -> None:
    body = event('"distinct_id":"d"', token=token)
    assert said(submit(body)) == (401, f"API key is not valid: {fault}")


@pytest.mark.parametrize("token", ["k" * 64, "anything goes", " ", "phc_x\\n"])
def test_any_other_token_is_taken(token: str) -> None:
    assert said(submit(event('"distinct_id":"d"', token=token))) == (200, OK)


def test_an_array_has_one_token_even_if_some_events_have_none() -> None:
    one, two = '"token":"one"', '"$token":"two"'
    assert said(submit(array(one, "", '"properties":{"token":"one"}'))) == (200, OK)
    assert said(submit(array(one, two))) == (
        401,
        "batch submitted with inconsistent api_key values",
    )
    assert said(submit(array("", ""))) == NO_TOKEN
    assert said(submit(array('"properties":{"token":5}'))) == NO_TOKEN


def test_known_tokens_are_an_option() -> None:
    known_tokens = frozenset({"phc_other"})
    refused = (401, "The provided API key is invalid or has expired.")
    assert said(submit(known(), known_tokens=known_tokens)) == refused
    assert said(submit(known(), known_tokens=known_tokens | {TOKEN})) == (200, OK)


def test_checks_come_in_posthogs_order() -> None:
    assert said(submit("[]")) == (400, "request holds no event")
    assert said(submit('{"event":"","distinct_id":""}')) == NO_TOKEN
    unknown = '{"api_key":"phx_1","event":"","distinct_id":""}'
    assert said(submit(unknown, known_tokens=frozenset())) == (
        401,
        "API key is not valid: personal_api_key",
    )
    bad = '"properties":{"$cookieless_mode":null}'
    nameless = f'{{"api_key":"{TOKEN}","event":"",{bad}}}'
    assert said(submit(nameless)) == NO_NAME
    assert said(submit(event(bad))) == NO_ID
    assert said(submit(known(bad))) == (400, "event submitted with invalid cookieless mode")


def test_the_first_bad_event_decides_and_nothing_is_stored() -> None:
    events = '{"event":"a","distinct_id":"d"},{"event":"b"},{"event":"","distinct_id":"d"}'
    judgement = submit(f'{{"api_key":"{TOKEN}","batch":[{events}]}}')
    assert said(judgement) == NO_ID
    assert judgement.events == ()


def test_performance_events_are_dropped_before_all_other_checks() -> None:
    discarded = '{"event":"$performance_event"}'
    assert said(submit(discarded)) == (200, OK)
    assert said(submit(discarded, query="beacon=1")) == (200, OK)
    kept = submit(f'[{discarded},{known()},{{"event":"$performance_event","token":"x"}}]')
    assert [stored.name for stored in kept.events] == ["door opened"]


def test_a_beacon_gets_an_empty_answer_but_a_refusal_gets_words() -> None:
    assert said(submit(known(), query="beacon=1")) == (204, "")
    assert said(submit(event(), query="beacon=1")) == NO_ID


@pytest.mark.parametrize(
    ("members", "stored_id"),
    [
        ('"distinct_id":"visitor-7"', "visitor-7"),
        ('"distinct_id":"  7 "', "  7 "),
        ('"distinct_id":1e3', "1000.0"),
        ('"distinct_id":23', "23"),
        ('"distinct_id":23.0', "23.0"),
        ('"distinct_id":false', "false"),
        ('"distinct_id":["p", "q"]', '["p","q"]'),
        ('"distinct_id":{"b": 1, "a": 2}', '{"a":2,"b":1}'),
        ('"distinct_id":[]', "[]"),
        ('"distinct_id":"a\\u0000b"', "a\ufffdb"),
        ('"distinct_id":"\\u0000"', "\ufffd"),
        ('"distinct_id":"\\u001c"', "\x1c"),
        ('"distinct_id":null,"properties":{"distinct_id":5}', "5"),
        ('"distinct_id":"root","properties":{"distinct_id":"property"}', "root"),
    ],
)
def test_a_distinct_id_becomes_text(members: str, stored_id: str) -> None:
    (stored,) = submit(event(members)).events
    assert stored.distinct_id == stored_id


@pytest.mark.parametrize("letter", ["k", "é", "😀"])
def test_a_distinct_id_is_cut_at_200_characters(letter: str) -> None:
    (stored,) = submit(event(f'"distinct_id":"{letter * 201}"')).events
    assert stored.distinct_id == letter * 200


@pytest.mark.parametrize(
    "members",
    [
        '"distinct_id":null',
        '"distinct_id":""',
        '"distinct_id":" \\t\\u00a0\\u3000"',
        '"distinct_id":"","properties":{"distinct_id":"good"}',
        '"properties":{"distinct_id":null}',
    ],
)
def test_a_blank_distinct_id_is_refused(members: str) -> None:
    assert said(submit(event(members))) == NO_ID


def test_the_event_is_kept_as_it_arrived() -> None:
    body = known('"properties":{"price":1.00,"a":1,"a":2},"later":true')
    (stored,) = submit(body).events
    assert stored.sent == jsontext.parse(body)
    assert (stored.name, stored.token, stored.timestamp) == ("door opened", TOKEN, NOW)


def test_a_missing_uuid_is_made_from_the_time_of_the_event() -> None:
    (stored,) = submit(known('"uuid":"","timestamp":"2026-03-01T00:00:00.123Z"')).events
    assert uuid7_milliseconds(stored.uuid) == 1_772_323_200_123
    (ancient,) = submit(known('"timestamp":"1960-01-01T00:00:00Z"')).events
    assert uuid7_milliseconds(ancient.uuid) == 0
