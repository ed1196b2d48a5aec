"""The v1 endpoint over real HTTP: where it is, which methods it takes, how much it reads."""

import gzip
import json

import pytest

from composer.core.behaviour import Behaviour, Edition, FaultKind, ScriptedFault
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import Reply, exchange
from tests.services.sandbox.v1.batches import FIRST, HEADERS, OK, PATH, REQUEST_ID, batch, event

MIB = 1024 * 1024
PATHS = [PATH, f"{PATH}/", "/i/v1/ai/events", "/i/v1/ai/events/"]
each_path = pytest.mark.parametrize("path", PATHS)


def post(sandbox: Sandbox, body: str | bytes, path: str = PATH, **headers: str) -> Reply:
    data = body.encode() if isinstance(body, str) else body
    return exchange(sandbox, "POST", path, data, HEADERS | headers)


def tag(reply: Reply) -> tuple[int, str]:
    assert reply.headers["content-type"] == "application/json"
    return reply.status, json.loads(reply.body)["error"]


@each_path
def test_events_are_taken_on_every_path_of_v1(sandbox: Sandbox, path: str) -> None:
    reply = post(sandbox, batch(event(event="$ai_trace")), path)
    assert (reply.status, json.loads(reply.body)) == (200, {"results": {FIRST: OK}})
    assert reply.headers["posthog-request-id"] == REQUEST_ID
    assert "date" in reply.headers
    assert len(sandbox.arrivals()[-1].events) == 1


@each_path
@pytest.mark.parametrize(
    "behaviour", [Behaviour(serves_v1=False), Behaviour(edition=Edition.OF_2024)]
)
def test_an_installation_without_v1_knows_no_such_path(
    sandbox: Sandbox, path: str, behaviour: Behaviour
) -> None:
    sandbox.behave(behaviour)
    reply = post(sandbox, batch(), path)
    assert (reply.status, reply.body) == (404, "")
    assert exchange(sandbox, "GET", path).status == 404


@each_path
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_post_is_taken(sandbox: Sandbox, path: str, method: str) -> None:
    reply = exchange(sandbox, method, path)
    assert (reply.status, reply.body) == (405, "")
    assert reply.headers["allow"] == "POST,OPTIONS"


@each_path
def test_a_preflight_is_told_the_methods_of_v1(sandbox: Sandbox, path: str) -> None:
    asked = {"Origin": "https://app.example.test", "Access-Control-Request-Headers": "x"}
    reply = exchange(sandbox, "OPTIONS", path, headers=asked)
    assert (reply.status, reply.body) == (200, "")
    assert reply.headers["access-control-allow-methods"] == "POST,OPTIONS"
    assert reply.headers["access-control-allow-origin"] == "https://app.example.test"


def test_a_body_of_exactly_the_limit_passes(sandbox: Sandbox) -> None:
    assert post(sandbox, batch().ljust(10 * MIB)).status == 200
    assert tag(post(sandbox, batch().ljust(10 * MIB + 1))) == (413, "payload_too_large")
    assert sandbox.arrivals()[-1].events == ()


def test_a_large_text_in_a_small_body_is_judged_all_the_same(sandbox: Sandbox) -> None:
    text = batch(event(properties={"text": "x" * (5 * MIB)}))
    reply = post(sandbox, gzip.compress(text.encode()), **{"content-encoding": "gzip"})
    assert json.loads(reply.body) == {"results": {FIRST: OK}}
    arrival = sandbox.arrivals()[-1]
    (details,) = sandbox.details(arrival.number)
    assert details.record is not None
    assert details.record.get("uuid") == arrival.events[0].uuid == FIRST


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((400, "request_parsing_error"), (401, "invalid_api_token")),
        *((402, "billing_limit_exceeded"), (408, "request_timeout"), (413, "payload_too_large")),
        *((415, "unsupported_encoding"), (429, "rate_limited"), (500, "internal_error")),
        *((503, "service_unavailable"), (504, "gateway_timeout")),
    ],
)
def test_a_scripted_status_is_told_in_the_words_of_v1(
    sandbox: Sandbox, status: int, expected: str
) -> None:
    sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=status)))
    reply = post(sandbox, batch())
    assert tag(reply) == (status, expected)
    passing = status in {408, 429, 500, 503, 504}
    assert reply.headers.get("retry-after") == ("1" if passing else None)
