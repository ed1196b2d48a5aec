"""The service of 2024: what it read, refused and told otherwise than PostHog does now."""

import base64
import gzip
import zlib
from urllib.parse import quote, urlencode

import pytest

from composer.core import jsontext
from composer.core.behaviour import Behaviour, Edition
from composer.services.sandbox import routes
from composer.services.sandbox.request import HeavyError
from composer.services.sandbox.server import Sandbox
from composer.services.sandbox.v0.decoding import TEXT_LIMIT
from tests.services.sandbox.client import (
    OK,
    TOKEN,
    event,
    exchange,
    known,
    post,
    said,
    submit,
    submit_in_2024,
)

FORM = "application/x-www-form-urlencoded"
EVENT = known()
BASE64 = base64.b64encode(EVENT.encode()).decode()
NO_SHAPE = "failed to parse request: data did not match any variant of untagged enum RawRequest"
NO_JSON = "failed to parse request: expected value at line 1 column 1"
LIMIT = 2 * 1024 * 1024


@pytest.mark.parametrize("path", ["/i/v0/e", "/e", "/batch", "/e/"])
def test_three_paths_took_events(path: str) -> None:
    assert routes.endpoint(path, Behaviour(edition=Edition.OF_2024)) is not None


@pytest.mark.parametrize(
    "path",
    [
        "/capture",
        "/track",
        "/engage",
        "/test/black_hole",
        "/i/v0/ai/batch",
        "/i/v1/analytics/events",
    ],
)
def test_no_other_path_did(path: str) -> None:
    assert routes.endpoint(path, Behaviour(edition=Edition.OF_2024)) is None


def test_readiness_was_told_in_a_word(sandbox: Sandbox) -> None:
    assert exchange(sandbox, "GET", "/_readiness").body == ""
    sandbox.behave(Behaviour(edition=Edition.OF_2024))
    assert exchange(sandbox, "GET", "/_readiness").body == "capture"
    reply = exchange(sandbox, "GET", "/_liveness")
    assert (reply.status, reply.body) == (200, "HealthStatus { healthy: true, components: {} }")
    assert exchange(sandbox, "POST", "/_liveness").status == 405


def test_a_body_had_two_mebibytes(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour(edition=Edition.OF_2024))
    exact = EVENT.encode().ljust(LIMIT)
    assert post(sandbox, exact).body == OK
    reply = post(sandbox, exact + b" ")
    words = "Failed to buffer the request body: length limit exceeded"
    assert (reply.status, reply.body) == (413, words)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_wrong_query_is_told_before_a_body_that_is_too_long() -> None:
    status, words = said(submit_in_2024(None, query="_=soon"))
    assert (status, words.partition(":")[0]) == (400, "Failed to deserialize query string")
    assert said(submit(None, query="_=soon"))[0] == 400


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"data={quote(EVENT)}", "missing data field"),
        (urlencode({"data": BASE64.rstrip("=") + "!"}), "missing data field"),
        ("data=%C3%A9", "missing data field"),
        (f"ver=1&_={BASE64}", "invalid form data"),
        (EVENT, "invalid form data"),
        (f"data={quote(BASE64)}&data=1", "invalid form data"),
        (
            urlencode({"data": base64.b64encode(gzip.compress(b"1", mtime=0)[:-2]).decode()}),
            "invalid gzip data",
        ),
        (urlencode({"data": "//79"}), "invalid body encoding"),
    ],
)
def test_a_form_had_to_hold_base64(body: str, words: str) -> None:
    judgement = submit_in_2024(body, content_type=FORM)
    assert said(judgement) == (400, f"failed to decode request: {words}")


def test_a_form_was_read_however_long_the_fields_before_its_data() -> None:
    form = f"ver={'1' * 200}&data={quote(BASE64)}"
    assert said(submit_in_2024(form, content_type=FORM)) == (200, OK)
    packed = base64.b64encode(gzip.compress(EVENT.encode())).decode()
    assert said(submit_in_2024(urlencode({"data": packed}), content_type=FORM)) == (200, OK)
    typed = f"{FORM}; charset=utf-8"
    assert said(submit_in_2024(form, content_type=typed)) == (400, NO_JSON)


def test_plus_signs_lost_in_a_form_were_not_put_back() -> None:
    packed = base64.b64encode(known('"x":"~~~>>>???"').encode()).decode()
    assert "+" in packed
    words = "failed to decode request: missing data field"
    assert said(submit_in_2024(f"data={packed}", content_type=FORM)) == (400, words)


def test_an_empty_form_field_was_an_empty_text() -> None:
    words = "failed to parse request: EOF while parsing a value at line 1 column 0"
    assert said(submit_in_2024("data=", content_type=FORM)) == (400, words)
    assert said(submit_in_2024("")) == (400, words)


def test_hints_were_ignored_and_gzip_known_by_its_first_bytes() -> None:
    packed = gzip.compress(EVENT.encode())
    assert said(submit_in_2024(packed)) == (200, OK)
    assert said(submit_in_2024(EVENT, content_encoding="gzip")) == (200, OK)
    assert said(submit_in_2024(EVENT, query="compression=gzip-js")) == (200, OK)
    assert said(submit_in_2024(packed[:-5])) == (400, "failed to decode request: invalid gzip data")


def test_base64_and_the_query_were_not_looked_at() -> None:
    assert said(submit_in_2024(BASE64)) == (400, NO_JSON)
    assert said(submit_in_2024(EVENT, query="data=nonsense")) == (200, OK)
    assert said(submit_in_2024("true")) == (400, NO_SHAPE)


def test_what_would_grow_beyond_the_limit_is_refused_still() -> None:
    squeeze = zlib.compressobj(wbits=31)
    step = b" " * 2**20
    packed = b"".join(squeeze.compress(step) for _ in range(TEXT_LIMIT // 2**20))
    packed += squeeze.compress(b"1") + squeeze.flush()
    assert said(submit_in_2024(packed))[0] == 413
    with pytest.raises(HeavyError):
        submit_in_2024(packed, most_text=1000)


@pytest.mark.parametrize(
    "body",
    [
        known('"uuid":""'),
        "{}",
        f'{{"api_key":"{TOKEN}","distinct_id":"d"}}',
        f'{{"api_key":"{TOKEN}","batch":[{{"event":"e"}},5]}}',
        f'{{"api_key":"{TOKEN}","batch":[],"sent_at":5}}',
    ],
)
def test_what_fits_no_shape_was_told_in_one_way(body: str) -> None:
    assert said(submit_in_2024(body)) == (400, NO_SHAPE)


def test_the_token_was_looked_at_before_the_number_of_events() -> None:
    assert said(submit_in_2024("[]")) == (401, "event submitted without an api_key")
    empty = f'{{"api_key":"{TOKEN}","batch":[]}}'
    assert said(submit_in_2024(empty)) == (400, "request holds no event")
    wrong = '{"api_key":"phx_1","batch":[]}'
    assert said(submit_in_2024(wrong)) == (401, "API key is not valid: personal_api_key")


def test_a_token_might_hold_a_nul() -> None:
    assert said(submit_in_2024(event('"distinct_id":"d"', token="phc_\\u0000"))) == (200, OK)


@pytest.mark.parametrize(
    ("members", "stored_id"),
    [
        ('"distinct_id":" "', " "),
        ('"distinct_id":"\\u0000"', "\0"),
        ('"distinct_id":1e3', "1000.0"),
        ('"distinct_id":null,"properties":{"distinct_id":[]}', "[]"),
        (f'"distinct_id":"{"é" * 201}"', "é" * 200),
    ],
)
def test_a_distinct_id_was_taken_with_less_care(members: str, stored_id: str) -> None:
    (stored,) = submit_in_2024(event(members)).events
    assert stored.distinct_id == stored_id


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ('"event":"e","distinct_id":""', "event submitted with an empty distinct_id"),
        (
            '"event":"e","properties":{"distinct_id":""}',
            "event submitted with an empty distinct_id",
        ),
        ('"event":"e","distinct_id":null', "event submitted without a distinct_id"),
        ('"event":"","distinct_id":""', "event submitted with an empty event name"),
    ],
)
def test_a_missing_distinct_id_and_an_empty_one_were_told_apart(members: str, words: str) -> None:
    assert said(submit_in_2024(f'{{"api_key":"{TOKEN}",{members}}}')) == (400, words)


def test_no_name_was_special() -> None:
    gateway = '"properties":{"$ai_gateway_id":1,"$cookieless_mode":null,"capture_internal":1}'
    body = f'{{"event":"$ai_trace","api_key":"{TOKEN}","distinct_id":"d",{gateway}}}'
    (stored,) = submit_in_2024(body).events
    assert stored.record is not None
    assert stored.record.get("lane") == "analytics"
    assert stored.record.get("properties") == jsontext.parse(
        '{"$ai_gateway_id":1,"$cookieless_mode":null,"capture_internal":1,"$ip":"127.0.0.1"}'
    )
    heatmap = known('"properties":{"$heatmap_data":{}}')
    assert [one.name for one in submit_in_2024(heatmap).events] == ["door opened"]
    (performance,) = submit_in_2024(
        f"[{known().replace('door opened', '$performance_event')}]"
    ).events
    assert performance.name == "$performance_event"


def test_beacons_were_answered_like_all_others() -> None:
    assert said(submit_in_2024(EVENT, query="beacon=1")) == (200, OK)


def test_a_quota_had_one_name() -> None:
    judgement = submit_in_2024(EVENT, quota_reached=True)
    assert said(judgement) == (200, OK)
    assert [one.reason for one in judgement.dropped] == ["over_quota"]


def test_a_migration_went_its_own_way() -> None:
    batch = f'{{"api_key":"{TOKEN}","historical_migration":true,"batch":[{EVENT}]}}'
    (stored,) = submit_in_2024(batch, "/batch").events
    assert stored.record is not None
    assert (stored.record.get("lane"), stored.record.get("historical")) == ("historical", True)
