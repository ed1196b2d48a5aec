"""Whatever is sent to whichever address, the answer is one that is documented for it."""

import json
import socket
from dataclasses import dataclass, replace

from hypothesis import given, settings, strategies as st

from composer.core.behaviour import Behaviour, Edition, FaultKind, Rule
from composer.core.jsontext import Object, parse
from composer.services.sandbox.server import Sandbox
from tests.core.behaviour.rules import FAULTS, RULES
from tests.services.sandbox.client import TOKEN, known, plugged, read_all

V0 = ("/e", "/batch/", "/i/v0/e", "/capture", "/track", "/engage", "/test/black_hole")
V1 = ("/i/v1/analytics/events", "/i/v1/ai/events/")
FLAGS = ("/flags", "/decide/")
CONFIG = (f"/array/{TOKEN}/config.js", "/array/x/config")
SERVICE = ("/", "/_readiness", "/_liveness")
CONTROL = ("/_sandbox", *(f"/_sandbox/{name}" for name in ("events", "faults", "reset", "x")))
NOWHERE = ("/nowhere", "//e", "/E", "/%ff", "/array/x/y", "/_sandboxes", "/e/e")
ALLOWED = {
    path: statuses
    for paths, statuses in (
        (V0, frozenset({200, 204, 400, 401, 404, 413})),
        (V1, frozenset({200, 400, 401, 402, 404, 413, 415})),
        (FLAGS, frozenset({200, 400, 401, 413, 415})),
        (CONFIG, frozenset({200, 400, 404})),
        (SERVICE, frozenset({200})),
        (CONTROL, frozenset({200, 400, 403, 404, 413})),
        (NOWHERE, frozenset({404})),
    )
    for path in paths
}
"""Statuses, beside 405 for a method that an address does not take."""
METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
WELL_KNOWN = st.sampled_from(
    [
        *("content-type", "content-encoding", "origin", "sec-fetch-site", "authorization"),
        *("access-control-request-headers", "user-agent", "x-forwarded-for", "expect", "x-other"),
        *("posthog-sdk-info", "posthog-attempt", "posthog-request-id", "cookie", "upgrade"),
        "posthog-request-timestamp",
    ]
)
VALUES = st.sampled_from(
    [
        *("application/json", "application/x-www-form-urlencoded", "text/plain", "gzip", "br"),
        *(f"Bearer {TOKEN}", "1", "posthog-python/7.0.0", "2026-03-19T14:30:00Z", "null", "zstd"),
        *("same-origin", "cross-site", "100-continue", "websocket", "deflate", "127.0.0.1"),
        "01890a5d-ac96-774b-bcce-b302099a8057",
    ]
) | st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=20)
HEADERS = st.lists(st.tuples(WELL_KNOWN, VALUES), max_size=10)
SOUND_V1 = json.dumps(
    {
        "created_at": "2026-03-19T14:30:00Z",
        "batch": [
            {
                "event": "e",
                "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
                "distinct_id": "ann",
                "timestamp": "2026-03-19T14:30:00Z",
            }
        ],
    }
)
BODIES = st.binary(max_size=60) | st.sampled_from(
    [known(), f"[{known()}]", "{}", "[]", "null", f'{{"token":"{TOKEN}"}}', SOUND_V1, '["503"]']
).map(str.encode)
QUERIES = st.sampled_from(["", "?", "?beacon=1", "?v=2", "?compression=gzip", "?data=e30", "?_=x"])
BEHAVIOURS = st.builds(
    Behaviour,
    edition=st.sampled_from(Edition),
    known_tokens=st.sampled_from([None, frozenset[str](), frozenset({TOKEN})]),
    quota_reached=st.booleans(),
    serves_v1=st.booleans(),
)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    body: bytes


def ask(sandbox: Sandbox, asked: Asked) -> tuple[int, bytes]:
    """Status and body of the answer; status 0 if the connection ended without a whole head."""
    host = sandbox.url.removeprefix("http://")
    lines = [f"{asked.method} {asked.path}{asked.query} HTTP/1.1", f"Host: {host}"]
    lines += ["Connection: close", f"Content-Length: {len(asked.body)}"]
    lines += [f"{name}: {value}" for name, value in asked.headers]
    data = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + asked.body
    with plugged(sandbox, data) as plug:
        try:
            answer = read_all(plug)
        except ConnectionResetError:
            return 0, b""
    while answer.startswith(b"HTTP/1.1 100 "):
        answer = answer.partition(b"\r\n\r\n")[2]
    head, ended, rest = answer.partition(b"\r\n\r\n")
    return (int(head.split()[1]) if ended else 0), rest


ANYTHING = st.builds(Asked, METHODS, st.sampled_from(list(ALLOWED)), QUERIES, HEADERS, BODIES)


def test_every_request_gets_an_answer_documented_for_its_address(sandbox: Sandbox) -> None:
    @settings(max_examples=400)
    @given(ANYTHING, BEHAVIOURS)
    def check(asked: Asked, behaviour: Behaviour) -> None:
        sandbox.behave(behaviour)
        status, answer = ask(sandbox, asked)
        if asked.method == "OPTIONS":
            assert status == (403 if asked.path in CONTROL else 200)
            return
        assert status in ALLOWED[asked.path] | {405}
        told_in_json = asked.path in CONTROL or (asked.path in V1 and status not in {404, 405})
        if status >= 400 and told_in_json and asked.method != "HEAD":
            error = parse(answer.decode())
            assert isinstance(error, Object)
            assert error.get("error")

    check()


FAULTY = st.builds(
    lambda rule, fault: replace(rule, fault=replace(fault, delay_s=0.001), path=""), RULES, FAULTS
).filter(lambda rule: rule.fault.kind is not FaultKind.SILENCE)
STATUSES = {FaultKind.PAGE: 200, FaultKind.REDIRECT: 307, FaultKind.RESET: 0, FaultKind.HALF: 0}


def test_a_rule_makes_no_other_answer_than_its_own(sandbox: Sandbox) -> None:
    @settings(max_examples=200)
    @given(ANYTHING.filter(lambda asked: asked.path not in SERVICE), FAULTY)
    def check(asked: Asked, rule: Rule) -> None:
        sandbox.behave(Behaviour(rules=(rule,)))
        status, _ = ask(sandbox, asked)
        if asked.method == "OPTIONS":
            assert status == (403 if asked.path in CONTROL else 200)
            return
        scripted = rule.fault.status or STATUSES.get(rule.fault.kind, 405)
        assert status in ALLOWED[asked.path] | {405, scripted}

    check()


def test_any_bytes_leave_the_server_standing(sandbox: Sandbox) -> None:
    @settings(max_examples=150)
    @given(
        st.binary(max_size=200),
        st.sampled_from(
            [
                b"",
                b"POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n",
                b"POST /_sandbox/reset HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                b"POST /i/v1/analytics/events HTTP/1.1\r\n",
                b"GET /flags HTTP/1.0\r\n",
            ]
        ),
    )
    def check(data: bytes, start: bytes) -> None:
        with plugged(sandbox, start + data) as plug:
            plug.shutdown(socket.SHUT_WR)

    check()
    assert ask(sandbox, Asked("POST", "/e", "", [], known().encode()))[0] == 200
