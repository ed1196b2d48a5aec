"""Whatever is sent, the answer is one that is documented."""

import json
import re

from hypothesis import given, settings, strategies as st

from composer.services.sandbox.request import Judgement
from tests.services.sandbox.client import TOKEN
from tests.services.sandbox.v1.batches import FIRST, HEADERS, SECOND, batch, event, judged, submit

ERRORS = re.compile(
    r"""
    401\ missing_authorization\ .+ |
    401\ invalid_api_token\ The\ provided\ API\ token\ is\ not\ valid\. |
    400\ missing_required_headers\ request\ is\ missing\ required\ headers:\ \["[^]]+"\] |
    400\ invalid_header_value\ invalid\ header\ value:\ (?:
        Authorization\ must\ use\ Bearer\ scheme |
        \S+\ contains\ non-visible\ ASCII\ characters |
        PostHog-Request-Id\ is\ not\ a\ valid\ UUID:\ .* |
        PostHog-Attempt\ must\ be\ a\ positive\ integer:\ .* |
        PostHog-Request-Timestamp\ is\ not\ valid\ RFC\ 3339:\ .*) |
    415\ unsupported_content_type\ unsupported\ content\ type:\ .* |
    415\ unsupported_encoding\ unsupported\ content\ encoding:\ .* |
    400\ empty_body\ request\ body\ is\ empty |
    400\ request_decoding_error\ Failed\ to\ decode\ request\ body\. |
    400\ request_parsing_error\ Failed\ to\ parse\ request\ body\. |
    400\ empty_batch\ request\ batch\ is\ empty |
    400\ invalid_batch\ invalid\ batch:\ created_at\ is\ not\ valid\ RFC\ 3339:\ .* |
    400\ missing_event_uuid\ event\ submitted\ without\ a\ uuid |
    400\ invalid_event_uuid\ .+ |
    400\ duplicate_event_uuid\ duplicate\ event\ uuid:\ .+ |
    413\ payload_too_large\ payload\ too\ large:\ .+
    """,
    re.VERBOSE | re.DOTALL,
)
DROPS = {
    *("dropped_performance_event", "missing_event_name", "event_name_too_long"),
    *("missing_distinct_id", "distinct_id_too_large", "invalid_event_timestamp"),
    *("malformed_event_properties", "invalid_options", "misrouted_event", "ai_event_too_big"),
}
KEPT = [{"result": "ok"}, {"result": "ok", "details": "person_processing_disabled"}]
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

NAMES = st.sampled_from([*HEADERS, "content-encoding", "x-forwarded-for", "origin"])
VALUES = st.sampled_from(
    [
        *("", "1", "gzip", "deflate", "br", "zstd", "identity", "Bearer ", "application/json"),
        *HEADERS.values(),
    ]
) | st.text(st.characters(max_codepoint=255), max_size=40)
KEYS = st.sampled_from(
    [
        *("created_at", "batch", "historical_migration", "capture_internal", "event", "uuid"),
        *("distinct_id", "timestamp", "session_id", "window_id", "options", "properties"),
        *("cookieless_mode", "product_tour_id", "$set", "$lib"),
    ]
)
LEAVES = st.sampled_from(
    [
        *("null", "true", "0", "-1", "1e5", "1e999", '""', '"x"', '"0"', "[]", "{}"),
        *(f'"{TOKEN}"', f'"{FIRST}"', '"2026-03-19T14:30:00Z"', '"$ai_span"', '"\\ud800"'),
    ]
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.builds('"{}":{}'.format, KEYS, inner), max_size=5).map(
            lambda members: f"{{{','.join(members)}}}"
        )
    ),
    max_leaves=12,
)
WORDS = st.sampled_from(["", " ", "$ai_trace", "$performance_event", "user", "x" * 201]) | st.text(
    st.characters(codec="utf-8"), max_size=10
)
TIMES = st.sampled_from(["2026-03-19T14:30:00Z", "9999-12-31T23:59:59-23:59", "noon"]) | (
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
EVENTS = st.fixed_dictionaries(
    {"event": WORDS, "distinct_id": WORDS, "timestamp": TIMES, "options": ANYTHING},
    optional={"uuid": st.sampled_from([SECOND, "", "x"]), "properties": ANYTHING},
)


def check(judgement: Judgement) -> None:
    """The answer is documented, and tells what is kept."""
    said = json.loads(judgement.answer.body)
    if judgement.answer.status != 200:
        text = f"{judgement.answer.status} {said['error']} {said['error_description']}"
        assert ERRORS.fullmatch(text)
        assert (judgement.events, judgement.dropped) == ((), ())
        return
    assert list(said) == ["results"]
    results = said["results"]
    assert all(UUID.fullmatch(uuid) for uuid in results)
    kept = [uuid for uuid, result in results.items() if result in KEPT]
    assert kept == [stored.uuid for stored in judgement.events]
    told = {uuid: result for uuid, result in results.items() if uuid not in kept}
    dropped = {lost.uuid: {"result": "drop", "details": lost.reason} for lost in judgement.dropped}
    assert told == dropped
    assert {lost.reason for lost in judgement.dropped} <= DROPS


@settings(max_examples=300)
@given(st.binary() | JSON.map(str.encode), st.dictionaries(NAMES, VALUES))
def test_any_body_and_headers_get_a_documented_answer(body: bytes, headers: dict[str, str]) -> None:
    check(judged(body, headers))
    check(submit(body, headers=headers))


@settings(max_examples=300)
@given(JSON)
def test_any_json_gets_a_documented_answer(text: str) -> None:
    check(submit(text))


@settings(max_examples=200)
@given(st.dictionaries(NAMES, VALUES, max_size=2))
def test_a_sound_batch_under_any_headers_gets_a_documented_answer(headers: dict[str, str]) -> None:
    check(submit(headers=headers))


@settings(max_examples=400)
@given(st.lists(EVENTS, max_size=3), TIMES, st.booleans())
def test_any_events_get_a_documented_answer(
    events: list[dict[str, object]], sent_at: str, ai_path: bool
) -> None:
    numbered = [
        event(**{"uuid": f"{place:08x}{FIRST[8:]}"} | members)
        for place, members in enumerate(events)
    ]
    text = batch(*numbered)
    path = "/i/v1/ai/events" if ai_path else "/i/v1/analytics/events"
    check(submit(text, headers={"posthog-request-timestamp": sent_at}, path=path))


@settings(max_examples=100)
@given(st.data())
def test_a_damaged_batch_gets_a_documented_answer(data: st.DataObject) -> None:
    body = bytearray(batch(event(options={"cookieless_mode": 1}, properties={"a": [1]})).encode())
    place = data.draw(st.integers(0, len(body) - 1))
    body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    check(submit(bytes(body)))
