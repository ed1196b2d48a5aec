"""Every fault of a header, its words, and the order in which they are found."""

import json

import pytest

from composer.core.behaviour import Behaviour
from tests.services.sandbox.client import TOKEN
from tests.services.sandbox.v1.batches import (
    HEADERS,
    REQUEST_ID,
    Refusal,
    judged,
    properties,
    refusal,
    results,
    submit,
)

INVALID_TOKEN = Refusal(401, "invalid_api_token", "The provided API token is not valid.")


def invalid(words: str) -> Refusal:
    return Refusal(400, "invalid_header_value", f"invalid header value: {words}")


def with_header(name: str, value: str) -> Refusal:
    return refusal(submit(headers={name: value}))


def without(*names: str) -> Refusal:
    headers = {name: value for name, value in HEADERS.items() if name not in names}
    return refusal(judged(b"", headers))


def test_sound_headers_are_accepted() -> None:
    assert results(submit())


def test_a_missing_authorization_comes_before_all_else() -> None:
    found = without("authorization", "content-type", "posthog-attempt")
    assert (found.status, found.tag) == (401, "missing_authorization")


def test_all_missing_headers_are_listed_in_a_fixed_order() -> None:
    words = "request is missing required headers: "
    everything = [name for name in HEADERS if name != "authorization"]
    listed = (
        '["PostHog-Sdk-Info", "PostHog-Attempt", "PostHog-Request-Id", '
        '"PostHog-Request-Timestamp", "content-type", "user-agent"]'
    )
    assert without(*everything) == Refusal(400, "missing_required_headers", words + listed)


@pytest.mark.parametrize(
    "name",
    [
        *("PostHog-Sdk-Info", "PostHog-Attempt", "PostHog-Request-Id"),
        *("PostHog-Request-Timestamp", "content-type", "user-agent"),
    ],
)
def test_each_header_is_required(name: str) -> None:
    words = f'request is missing required headers: ["{name}"]'
    assert without(name.lower()) == Refusal(400, "missing_required_headers", words)


@pytest.mark.parametrize("value", ["Basic abc", "Bearer", "", TOKEN, "Bearer\tabc", "Bearerabc"])
def test_another_scheme_than_bearer_is_refused(value: str) -> None:
    assert with_header("authorization", value) == invalid("Authorization must use Bearer scheme")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "beaRER"])
def test_the_scheme_is_read_in_any_case(scheme: str) -> None:
    assert submit(headers={"authorization": f"{scheme} {TOKEN}"}).answer.status == 200


def test_blanks_around_the_token_do_not_matter() -> None:
    judgement = submit(headers={"authorization": f"Bearer   {TOKEN}  "})
    assert judgement.events[0].token == TOKEN


@pytest.mark.parametrize("token", ["  ", "phx_personal", "t" * 65])
def test_a_malformed_token_is_refused(token: str) -> None:
    assert with_header("authorization", f"Bearer {token}") == INVALID_TOKEN


def test_a_token_of_64_bytes_passes() -> None:
    assert submit(headers={"authorization": f"Bearer {'t' * 64}"}).answer.status == 200


def test_an_unknown_token_is_refused_where_tokens_are_known() -> None:
    knowing = Behaviour(known_tokens=frozenset({"phc_other"}))
    assert refusal(submit(behaviour=knowing)) == INVALID_TOKEN
    knowing = Behaviour(known_tokens=frozenset({TOKEN}))
    assert submit(behaviour=knowing).answer.status == 200


@pytest.mark.parametrize("value", ["text/plain", "", "application/jsonl", "json; application/json"])
def test_another_content_type_is_refused(value: str) -> None:
    expected = Refusal(415, "unsupported_content_type", f"unsupported content type: {value}")
    assert with_header("content-type", value) == expected


@pytest.mark.parametrize("value", ["Application/JSON", "application/json; charset=utf-8"])
def test_the_content_type_may_have_parameters_and_capitals(value: str) -> None:
    assert submit(headers={"content-type": value}).answer.status == 200


@pytest.mark.parametrize("value", ["identity", "lz4", "", "gzip, br", "x-gzip", "Identity"])
def test_an_unknown_encoding_is_refused(value: str) -> None:
    expected = Refusal(415, "unsupported_encoding", f"unsupported content encoding: {value}")
    assert with_header("content-encoding", value) == expected


@pytest.mark.parametrize("value", ["abc", "", f" {REQUEST_ID}", REQUEST_ID[:-1]])
def test_a_request_id_is_a_uuid(value: str) -> None:
    expected = invalid(f"PostHog-Request-Id is not a valid UUID: {value}")
    assert with_header("posthog-request-id", value) == expected


@pytest.mark.parametrize(
    "value", ["0", "-1", "abc", "", "1.0", "4294967296", "9" * 5000, "1 ", "١", "00"]
)
def test_an_attempt_is_a_positive_integer_of_32_bits(value: str) -> None:
    words = f"PostHog-Attempt must be a positive integer: {value}"
    if not value.isascii():
        words = "PostHog-Attempt contains non-visible ASCII characters"
    assert with_header("posthog-attempt", value) == invalid(words)


@pytest.mark.parametrize("value", ["1", "+2", "007", "4294967295"])
def test_an_attempt_may_be_spelled_as_rust_reads_it(value: str) -> None:
    assert submit(headers={"posthog-attempt": value}).answer.status == 200


@pytest.mark.parametrize(
    "value",
    [
        *("noon", "", "2026-03-19", "2026-03-19T14:30:00", "2026-03-19T14:30Z", "1773930600"),
        *("2026-03-19T14:30:00+01", "2026-03-19T14:30:00+0100", "2026-13-19T14:30:00Z"),
        *("2026-03-19T14:30:00+24:00", "2026-03-19T14:30:00+01:60", "2026-03-19T14:30:00.Z"),
    ],
)
def test_the_request_timestamp_is_rfc_3339(value: str) -> None:
    expected = invalid(f"PostHog-Request-Timestamp is not valid RFC 3339: {value}")
    assert with_header("posthog-request-timestamp", value) == expected


@pytest.mark.parametrize(
    "value",
    ["2026-03-19T14:30:00z", "2026-03-19 14:30:00.123456789Z", "2026-03-19T15:30:00.5+01:00"],
)
def test_the_request_timestamp_may_take_every_form_of_rfc_3339(value: str) -> None:
    assert submit(headers={"posthog-request-timestamp": value}).answer.status == 200


@pytest.mark.parametrize(
    "name",
    [
        *("authorization", "content-type", "Content-Encoding", "PostHog-Request-Id"),
        *("PostHog-Attempt", "PostHog-Request-Timestamp", "user-agent", "PostHog-Sdk-Info"),
    ],
)
def test_a_header_beyond_visible_ascii_is_refused(name: str) -> None:
    words = f"{name} contains non-visible ASCII characters"
    assert with_header(name.lower(), "caf\xe9") == invalid(words)


def test_faults_are_found_in_a_fixed_order() -> None:
    faults = {
        "authorization": ("Basic abc", "invalid_header_value"),
        "content-type": ("text/plain", "unsupported_content_type"),
        "content-encoding": ("lz4", "unsupported_encoding"),
        "posthog-request-id": ("abc", "invalid_header_value"),
        "posthog-attempt": ("0", "invalid_header_value"),
        "posthog-request-timestamp": ("noon", "invalid_header_value"),
    }
    headers = {name: value for name, (value, _) in faults.items()}
    for name, (value, tag) in faults.items():
        found = refusal(submit(b"", headers=headers))
        assert found.tag == tag
        assert tag != "invalid_header_value" or name == "authorization" or value in found.words
        del headers[name]
    assert refusal(submit(b"", headers=headers)).tag == "empty_body"


@pytest.mark.parametrize("value", ["no-slash", "/1.0", "name/", "/", "", " / ", "n/" + "9" * 199])
def test_an_unusable_sdk_info_is_accepted_and_leaves_the_library_alone(value: str) -> None:
    stored = properties({"posthog-sdk-info": value}, properties={"$lib": "web"})
    assert stored["$lib"] == "web"
    assert "$lib_version" not in stored


@pytest.mark.parametrize(
    ("value", "name", "version"),
    [
        ("posthog/sub-sdk/2.3.4", "posthog/sub-sdk", "2.3.4"),
        ("  posthog-rs / 1.2.3  ", "posthog-rs", "1.2.3"),
        ("n/" + "9" * 198, "n", "9" * 198),
    ],
)
def test_the_sdk_info_is_split_at_its_last_slash(value: str, name: str, version: str) -> None:
    stored = properties({"posthog-sdk-info": value})
    assert (stored["$lib"], stored["$lib_version"]) == (name, version)


@pytest.mark.parametrize("value", [REQUEST_ID, REQUEST_ID.upper(), "abc"])
def test_the_request_id_is_repeated_as_it_was_sent(value: str) -> None:
    answer = submit(headers={"posthog-request-id": value}).answer
    assert ("posthog-request-id", value) in answer.headers


def test_no_request_id_is_repeated_where_none_was_sent() -> None:
    headers = {name: value for name, value in HEADERS.items() if name != "posthog-request-id"}
    answer = judged(b"", headers).answer
    assert [name for name, _ in answer.headers] == ["content-type"]


def test_an_error_names_the_manual() -> None:
    said = json.loads(submit(b"").answer.body)
    assert said["error_uri"] == "https://posthog.com/docs/api"
