"""What every target says of a request: its code, its token, and its notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.snippets import TARGETS, Family, render
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from tests.helpers.curl_calls import BODIES, TOKEN, request_for
from tests.helpers.snippets import example_bodies, example_request

CODE = [target.id for target in TARGETS if target.family is Family.CODE]
SDK = [target.id for target in TARGETS if target.family is Family.SDK]
EVENT = ('{"api_key": "%s", "event": "paid", "distinct_id": "d", "properties": %s%s}').replace(
    "%s", TOKEN, 1
)
REQUEST = request_for((EVENT % ("{}", "")).encode(), "https://eu.i.posthog.com")


def sdk_notes(target: str, properties: str = "{}", more: str = "") -> str:
    body = (EVENT % (properties, more)).encode()
    return "\n".join(render(target, request_for(body, "https://x.example"), KeyMode.INLINE).notes)


def code_notes(target: str, request: WireRequest) -> str:
    return "\n".join(render(target, request, KeyMode.INLINE).notes)


def test_every_target_has_an_id_of_its_own_and_a_label() -> None:
    assert len({target.id for target in TARGETS}) == len(TARGETS) == 14
    assert all(target.label and target.language for target in TARGETS)


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("cobol", REQUEST, KeyMode.INLINE)


@settings(max_examples=30)
@given(body=BODIES, key=st.sampled_from(KeyMode))
@pytest.mark.parametrize("target", CODE)
def test_any_body_makes_text_that_can_be_copied(target: str, body: bytes, key: KeyMode) -> None:
    snippet = render(target, request_for(body, "https://x.example"), key)
    assert snippet.text.encode()
    assert all(note[-1] in ".…" and note.encode() for note in snippet.notes)


@pytest.mark.parametrize("target", [target.id for target in TARGETS])
def test_the_token_stands_in_full_as_a_variable_or_masked(target: str) -> None:
    inline, env, masked = (render(target, REQUEST, key) for key in KeyMode)
    assert TOKEN in inline.text
    assert TOKEN not in env.text + masked.text
    assert "POSTHOG_PROJECT_TOKEN" in env.text
    assert "phc_a" in masked.text
    assert any("environment variable" in note for note in env.notes)
    assert any("for reading" in note for note in masked.notes)


def test_http_text_is_the_head_an_empty_line_and_the_body() -> None:
    snippet = render("http", REQUEST, KeyMode.INLINE)
    assert snippet.text == f"{REQUEST.head}\n\n{REQUEST.body.decode()}"


def test_http_text_shows_bytes_that_are_no_text_and_says_so() -> None:
    snippet = render("http", request_for(b"a\xff", "https://x.example"), KeyMode.INLINE)
    assert snippet.text.endswith("\n\na\\xff")
    assert any("not UTF-8" in note for note in snippet.notes)


@pytest.mark.parametrize("target", CODE[1:])
def test_escapes_are_announced(target: str) -> None:
    assert "escapes" in code_notes(target, request_for(b"a\x07", "https://x.example"))
    assert "bytes" in code_notes(target, request_for(b"a\xff", "https://x.example"))


@pytest.mark.parametrize("target", ["python-requests", "javascript-fetch", "ruby"])
def test_a_repeated_header_is_joined_where_a_library_takes_each_name_once(target: str) -> None:
    request = replace(REQUEST, headers=(*REQUEST.headers, ("X-A", "1"), ("x-a", "2")))
    snippet = render(target, request, KeyMode.INLINE)
    assert "1, 2" in snippet.text
    assert any("X-A once" in note for note in snippet.notes)


@pytest.mark.parametrize("target", CODE[1:])
def test_a_false_length_is_left_out_and_a_false_host_is_not(target: str) -> None:
    headers = (("Host", "other.example"), ("Content-Length", "7"))
    snippet = render(target, replace(REQUEST, headers=headers), KeyMode.INLINE)
    assert any("Content-Length is left out" in note for note in snippet.notes)
    told = any("Host is left out" in note for note in snippet.notes)
    assert told is ("other.example" not in snippet.text) is (target == "javascript-fetch")


def test_a_browser_leaves_out_what_no_page_may_set() -> None:
    request = replace(REQUEST, headers=(*REQUEST.headers, ("Cookie", "a"), ("Sec-X", "b")))
    assert "Cookie, Sec-X" in code_notes("javascript-fetch", request)


def test_fetch_sends_no_body_with_get() -> None:
    snippet = render("javascript-fetch", replace(REQUEST, method="GET"), KeyMode.INLINE)
    assert "  body,\n" not in snippet.text
    assert any("no body with GET" in note for note in snippet.notes)


@pytest.mark.parametrize("url", ["https://x.example/a/../b", "https://x.example/?a='b'"])
def test_unusual_addresses_are_told(url: str) -> None:
    assert "unusual" in code_notes("python-requests", replace(REQUEST, url=url))
    assert "unusual" not in code_notes("python-requests", REQUEST)


@pytest.mark.parametrize("target", SDK)
def test_the_examples_can_be_sent_by_every_library(target: str) -> None:
    for body in example_bodies():
        snippet = render(target, example_request(body, "https://x.example"), KeyMode.INLINE)
        assert "x.example" in snippet.text
        assert "/i/v0/e" not in snippet.text


@pytest.mark.parametrize("target", SDK)
@pytest.mark.parametrize("body", [b"{", b"1", b"[]", b'{"event": "x"}', b'{"batch": []}'])
def test_what_is_no_event_is_refused_with_a_next_step(target: str, body: bytes) -> None:
    snippet = render(target, request_for(body, "https://x.example"), KeyMode.INLINE)
    assert snippet.text == ""
    assert "as code" in snippet.notes[-1]


@pytest.mark.parametrize("target", SDK)
def test_an_event_without_a_token_asks_for_one(target: str) -> None:
    body = b'{"event": "x", "distinct_id": "y"}'
    snippet = render(target, request_for(body, "https://x.example"), KeyMode.INLINE)
    assert (snippet.text, "token" in snippet.notes[-1]) == ("", True)


@pytest.mark.parametrize("target", SDK)
def test_each_difference_is_told_with_its_field(target: str) -> None:
    said = sdk_notes(target, '{"a": [1e999]}', ', "type": "x", "uuid": 1, "timestamp": "soon"')
    for words in (
        "properties.a[0] (1e999 becomes null)",
        "type is left",
        "uuid is left",
        "timesta",
    ):
        assert words in said
    assert "repeated a " in sdk_notes(target, '{"a": 1, "a": 2}')
    assert "$set moves" in sdk_notes(target, "{}", ', "$set": {"a": 1}')
    assert "properties is left" in sdk_notes(target, "[1]")


@pytest.mark.parametrize(
    ("target", "number", "words"),
    [
        ("posthog-python", "1e3", "(1e3 becomes 1000.0)"),
        ("posthog-node", "9007199254740993", "(9007199254740993 becomes 9007199254740992)"),
        ("posthog-js", "1.00", "(1.00 becomes 1)"),
        ("posthog-php", "1.0", "(1.0 becomes 1)"),
        ("posthog-ruby", "1e3", "(1e3 becomes 1000.0)"),
    ],
)
def test_numbers_that_come_out_otherwise_are_told(target: str, number: str, words: str) -> None:
    assert words in sdk_notes(target, f'{{"a": {number}}}')
    assert "becomes" not in sdk_notes(target, '{"a": 12}')
    assert "becomes" not in sdk_notes("posthog-go", f'{{"a": {number}}}')


@pytest.mark.parametrize("target", SDK)
def test_a_historical_batch_is_marked_or_the_notes_say_that_it_cannot_be(target: str) -> None:
    body = (
        f'{{"api_key": "{TOKEN}", "historical_migration": true, "batch": ['
        '{"event": "a", "distinct_id": "b"}, {"event": "c"}]}'
    ).encode()
    snippet = render(target, request_for(body, "https://x.example", "/batch/"), KeyMode.INLINE)
    told = any("historical_migration is left out" in note for note in snippet.notes)
    assert told is ("istorical" not in snippet.text)
    assert "Event 2: It is left out, for it has no distinct_id." in snippet.notes


@pytest.mark.parametrize(
    ("target", "call"),
    [
        ("posthog-python", "client.alias("),
        ("posthog-node", "client.alias("),
        ("posthog-ruby", "client.alias("),
        ("posthog-go", "posthog.Capture{"),
        ("posthog-php", "PostHog::capture("),
    ],
)
def test_an_alias_has_a_call_of_its_own_where_that_makes_the_same_event(
    target: str, call: str
) -> None:
    body = (EVENT % ('{"distinct_id": "d", "alias": "a"}', "")).replace("paid", "$create_alias")
    request = request_for(body.encode(), "https://x.example")
    assert call in render(target, request, KeyMode.INLINE).text


@pytest.mark.parametrize("target", SDK)
def test_a_large_batch_does_not_drown_the_notes(target: str) -> None:
    events = ",".join(
        f'{{"event": "e", "distinct_id": "d", "timestamp": "2026-01-01T00:00:{i:02}.123456789Z"}}'
        for i in range(60)
    )
    body = f'{{"api_key": "{TOKEN}", "batch": [{events}]}}'.encode()
    notes = render(target, request_for(body, "https://x.example"), KeyMode.INLINE).notes
    assert len(notes) < 40
    assert any(note.startswith("Every event: ") for note in notes)
