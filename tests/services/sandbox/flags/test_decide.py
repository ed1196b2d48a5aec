"""The flag service: who is let in, which flags are told, in which shape."""

import uuid

import pytest

from composer.core.behaviour import Behaviour, Flag
from tests.services.sandbox.client import NOW, TOKEN
from tests.services.sandbox.flags.asking import JSON, QUESTION, ask, refused, told, undecodable

FLAGS = Behaviour(
    flags=(
        Flag(key="new-checkout"),
        Flag(key="price-test", variant="higher", payload='{"price":12}'),
        Flag(key="beta", only_for=("visitor-8",), payload="true"),
        Flag(key="retired", enabled=False, variant="old"),
    )
)
NO_TOKEN = (401, "No API token provided. Please include a valid API token in your request.")
UNKNOWN = (
    401,
    "The provided API key is invalid or has expired. Please check your API key and try again.",
)
NO_ID = (
    400,
    "The distinct_id field is missing from the request. Please include a valid identifier.",
)


def test_each_flag_is_told_with_its_reason() -> None:
    answer = told(ask(behaviour=FLAGS))
    assert answer["errorsWhileComputingFlags"] is False
    assert answer["flags"]["price-test"] == {
        "key": "price-test",
        "enabled": True,
        "variant": "higher",
        "reason": {
            "code": "condition_match",
            "condition_index": 0,
            "description": "Matched condition set 1",
        },
        "metadata": {"id": 2, "version": 1, "description": None, "payload": '{"price":12}'},
    }
    assert answer["flags"]["beta"] == {
        "key": "beta",
        "enabled": False,
        "variant": None,
        "reason": {
            "code": "no_condition_match",
            "condition_index": None,
            "description": "No matching condition set",
        },
        "metadata": {"id": 3, "version": 1, "description": None, "payload": None},
    }


def test_the_request_has_an_id_and_the_time() -> None:
    answer = told(ask())
    assert uuid.UUID(answer["requestId"]).version == 4
    assert answer["evaluatedAt"] == NOW.timestamp() * 1000
    given = "0190a5c4-7d2e-7aaa-8bbb-123456789abc"
    assert told(ask(headers=JSON | {"x-request-id": given}))["requestId"] == given
    assert told(ask(headers=JSON | {"x-request-id": "17"}))["requestId"] != "17"


def test_a_flag_for_some_people_is_on_for_them_alone() -> None:
    question = QUESTION.replace("visitor-7", "visitor-8")
    enabled = {
        key
        for key, flag in told(ask(question, behaviour=FLAGS))["flags"].items()
        if flag["enabled"]
    }
    assert enabled == {"new-checkout", "price-test", "beta"}


@pytest.mark.parametrize("name", ["flag_keys", "flag_keys_to_evaluate"])
def test_only_the_flags_that_are_asked_for_are_told(name: str) -> None:
    question = f'{{"token":"{TOKEN}","distinct_id":7,"{name}":["beta","unheard-of"]}}'
    assert list(told(ask(question, behaviour=FLAGS))["flags"]) == ["beta"]


@pytest.mark.parametrize(
    ("path", "query"),
    [("/flags", "v=1"), ("/flags", "config=false"), ("/flags", "v=x"), ("/decide", "v=3")],
)
def test_older_senders_get_values_and_payloads(path: str, query: str) -> None:
    answer = told(ask(path=path, query=query, behaviour=FLAGS))
    assert answer["featureFlags"] == {
        "new-checkout": True,
        "price-test": "higher",
        "beta": False,
        "retired": False,
    }
    assert answer["featureFlagPayloads"] == {"price-test": '{"price":12}'}
    assert "flags" not in answer


def test_the_oldest_senders_get_the_flags_that_are_on() -> None:
    assert told(ask(path="/decide", query="v=2", behaviour=FLAGS))["featureFlags"] == {
        "new-checkout": True,
        "price-test": "higher",
    }
    for query in ("", "v=1", "v=0"):
        answer = told(ask(path="/decide", query=query, behaviour=FLAGS))
        assert answer["featureFlags"] == ["new-checkout", "price-test"]
        assert answer["defaultIdentifiedOnly"] is True


@pytest.mark.parametrize(("path", "query"), [("/decide", "v=4"), ("/flags", ""), ("/flags", "v=3")])
def test_newer_versions_get_the_details(path: str, query: str) -> None:
    assert "flags" in told(ask(path=path, query=query, behaviour=FLAGS))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        *(("v=2", False), ("v=2&config=false", False), ("v=2&config=0", False)),
        *(("v=2&config", True), ("v=2&config=true", True), ("v=2&config=anything", True)),
        *(("", True), ("config=1", True)),
    ],
)
def test_the_configuration_comes_with_the_flags_when_asked_for(query: str, wanted: bool) -> None:
    answer = told(ask(query=query, behaviour=FLAGS))
    assert ("supportedCompression" in answer) is wanted
    assert answer.get("token") == (TOKEN if wanted else None)


def test_no_flags_are_evaluated_if_so_wished() -> None:
    question = f'{{"api_key":"{TOKEN}","disable_flags":true}}'
    answer = told(ask(question, behaviour=FLAGS))
    assert answer["flags"] == {}
    assert "quotaLimited" not in answer


def test_over_quota_there_are_no_flags() -> None:
    behaviour = Behaviour(flags=FLAGS.flags, quota_reached=True)
    answer = told(ask(behaviour=behaviour))
    assert (answer["flags"], answer["quotaLimited"]) == ({}, ["feature_flags"])
    question = f'{{"$token":"{TOKEN}","disable_flags":true}}'
    assert "quotaLimited" not in told(ask(question, behaviour=behaviour))


@pytest.mark.parametrize("token", ["", None])
def test_without_a_token_there_is_no_answer(token: str | None) -> None:
    value = "null" if token is None else f'"{token}"'
    assert refused(ask(f'{{"token":{value},"distinct_id":"a"}}')) == NO_TOKEN


@pytest.mark.parametrize("token", ["phx_personal", "phc_é", "p" * 65, "phc_\\u0000"])
def test_a_token_that_cannot_be_one_is_unknown(token: str) -> None:
    assert refused(ask(f'{{"token":"{token}","distinct_id":"a"}}')) == UNKNOWN


def test_a_token_can_be_checked_before_anything_is_sent() -> None:
    behaviour = Behaviour(known_tokens=frozenset({TOKEN}))
    check = '{{"token":"{}","disable_flags":true}}'
    assert told(ask(check.format(TOKEN), behaviour=behaviour))["flags"] == {}
    assert refused(ask(check.format("phc_mistyped"), behaviour=behaviour)) == UNKNOWN


def test_the_token_is_looked_at_before_the_distinct_id() -> None:
    assert refused(ask('{"token":"phx_a"}')) == UNKNOWN
    assert refused(ask(f'{{"token":"{TOKEN}"}}')) == NO_ID
    assert refused(ask(f'{{"token":"{TOKEN}","distinct_id":null}}')) == NO_ID


def test_a_distinct_id_may_be_a_number_or_empty_and_is_cut() -> None:
    flag = Flag(key="beta", only_for=("12.5", "", "x" * 200))
    for written in ("12.5", '""', f'"{"x" * 300}"'):
        question = f'{{"token":"{TOKEN}","$distinct_id":{written}}}'
        answer = told(ask(question, behaviour=Behaviour(flags=(flag,))))
        assert answer["flags"]["beta"]["enabled"] is True


@pytest.mark.parametrize(
    "members",
    [
        '"distinct_id":true',
        '"api_key":"phc_b"',
        '"distinct_id":"a","$distinct_id":"a"',
        '"disable_flags":"yes"',
        '"person_properties":[]',
        '"group_properties":{"company":1}',
        '"flag_keys":["a",1]',
        '"timezone":1',
    ],
)
def test_a_field_of_the_wrong_kind_spoils_the_request(members: str) -> None:
    assert refused(ask(f'{{"token":"{TOKEN}",{members}}}')) == undecodable("invalid JSON")


def test_what_the_flags_do_not_depend_on_is_read_all_the_same() -> None:
    more = '"group_properties":{"company":{"size":5}},"geoip_disable":true,"groups":{"company":"a"}'
    assert told(ask(f'{{"token":"{TOKEN}","distinct_id":"a",{more},"unheard_of":[1]}}'))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_look_without_a_question_gets_an_outline(method: str) -> None:
    answer = told(ask(None, "", method=method, behaviour=FLAGS))
    assert answer["featureFlags"] == {}
    assert answer["supportedCompression"] == ["gzip", "gzip-js"]
    assert told(ask(None, "v=2", method=method))["flags"] == {}


def test_a_query_that_cannot_be_read_is_refused() -> None:
    start = "Failed to deserialize query string: "
    assert refused(ask(query="v=2&version=1")) == (400, start + "duplicate field `version`")
    assert refused(ask(query="_=yesterday")) == (400, start + "invalid digit found in string")


def test_a_body_over_the_limit_is_refused() -> None:
    words = "Failed to buffer the request body: length limit exceeded"
    assert refused(ask(None)) == (413, words)
