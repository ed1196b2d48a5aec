"""What a sender sees of a fault, and what is kept of its request."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from composer.core.behaviour import Behaviour, parse_rule
from composer.core.jsontext import Object, parse
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import (
    OK,
    exchange,
    head,
    known,
    plugged,
    post,
    read_all,
)

V1 = "/i/v1/analytics/events"


def test_rules_count_anew_once_they_are_set_anew(sandbox: Sandbox) -> None:
    behaviour = Behaviour(rules=(parse_rule("503 nth=2"),))
    for _ in range(2):
        sandbox.behave(behaviour)
        assert [post(sandbox, known()).status for _ in range(3)] == [200, 503, 200]


def test_an_arrival_names_the_rule_that_answered_it(sandbox: Sandbox) -> None:
    behave(sandbox, "503 path=/batch")
    post(sandbox, known(), "/batch/")
    post(sandbox, known())
    assert [arrival.fault for arrival in sandbox.arrivals()] == [
        "Status 503; requests to /batch",
        "",
    ]


def behave(sandbox: Sandbox, *lines: str) -> None:
    sandbox.behave(Behaviour(rules=tuple(parse_rule(line) for line in lines)))


@pytest.mark.parametrize(
    "line", ["503", "500 delay=0.01", "half", "page", "redirect=https://a.example/", "reset"]
)
@pytest.mark.parametrize("stores", [False, True])
def test_events_of_a_failed_request_are_kept_only_if_asked_for(
    sandbox: Sandbox, line: str, stores: bool
) -> None:
    behave(sandbox, f"{line} stores" if stores else line)
    body = known().encode()
    with plugged(sandbox, head(len(body), "Connection: close") + body) as plug:
        try:
            read_all(plug)
        except ConnectionResetError:
            assert line == "reset"
    (arrival,) = sandbox.arrivals()
    assert len(arrival.events) == stores
    assert arrival.body.read() == body


def test_a_slow_answer_is_the_honest_one(sandbox: Sandbox) -> None:
    behave(sandbox, "slow=0.05")
    began = time.monotonic()
    assert post(sandbox, known()).body == OK
    assert time.monotonic() - began >= 0.05
    assert len(sandbox.arrivals()[0].events) == 1
    assert post(sandbox, "{").status == 400


def test_who_does_not_wait_for_a_slow_answer_is_stored_all_the_same(sandbox: Sandbox) -> None:
    behave(sandbox, "slow=60")
    body = known().encode()
    with plugged(sandbox, head(len(body)) + body):
        time.sleep(0.05)
        assert sandbox.arrivals() == ()
    deadline = time.monotonic() + 5
    while not sandbox.arrivals():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    (arrival,) = sandbox.arrivals()
    assert (arrival.status, arrival.answer, len(arrival.events)) == (0, "", 1)


def test_half_an_answer_is_the_honest_head_and_half_of_the_body(sandbox: Sandbox) -> None:
    behave(sandbox, "half")
    body = known().encode()
    with plugged(sandbox, head(len(body), "Origin: https://shop.example") + body) as plug:
        start, _, rest = read_all(plug).partition(b"\r\n\r\n")
    lines = start.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 200 OK"
    assert f"content-length: {len(OK)}" in lines
    assert "content-type: application/json" in lines
    assert "access-control-allow-origin: https://shop.example" in lines
    assert any(line.startswith("date: ") and line.endswith(" GMT") for line in lines)
    assert rest.decode() == OK[: len(OK) // 2]
    (arrival,) = sandbox.arrivals()
    assert (arrival.status, arrival.answer) == (200, OK[: len(OK) // 2])


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_half_of_an_empty_answer_ends_in_its_head(sandbox: Sandbox, method: str) -> None:
    behave(sandbox, "half")
    body = known().encode()
    request = head(len(body)).replace(b"POST /e", f"{method} /e?beacon=1".encode()) + body
    with plugged(sandbox, request) as plug:
        answer = read_all(plug)
    assert answer.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert b"\r\n\r\n" not in answer


def test_silence_lasts_until_the_sender_goes(sandbox: Sandbox) -> None:
    behave(sandbox, "silence")
    body = known().encode()
    with plugged(sandbox, head(len(body)) + body) as plug:
        plug.settimeout(0.2)
        with pytest.raises(TimeoutError):
            plug.recv(1)
    (arrival,) = sandbox.arrivals()
    assert (arrival.status, arrival.answer, arrival.events) == (0, "", ())


@pytest.fixture
def fresh() -> Iterator[Sandbox]:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC))
    sandbox.start()
    assert sandbox.await_ready()
    yield sandbox
    sandbox.stop()


@pytest.mark.parametrize("line", ["silence", "slow=60", "503 delay=60"])
def test_stopping_waits_for_no_fault(fresh: Sandbox, line: str) -> None:
    behave(fresh, line)
    body = known().encode()
    with plugged(fresh, head(len(body)) + body) as plug:
        time.sleep(0.1)  # so that the server has read what was written
        began = time.monotonic()
        fresh.stop()
        assert time.monotonic() - began < 2
        with suppress(ConnectionResetError):
            assert plug.recv(1) == b""
    assert [arrival.status for arrival in fresh.arrivals()] == ([0] if line == "silence" else [])


def test_a_delay_stands_before_any_fault(sandbox: Sandbox) -> None:
    behave(sandbox, "reset delay=0.1")
    body = known().encode()
    began = time.monotonic()
    with plugged(sandbox, head(len(body)) + body) as plug, pytest.raises(ConnectionResetError):
        plug.recv(1)
    assert time.monotonic() - began >= 0.1


def test_each_endpoint_fails_in_its_own_words(sandbox: Sandbox) -> None:
    behave(sandbox, "429")
    assert post(sandbox, known()).body == "rate limited"
    reply = post(sandbox, "{}", V1)
    assert (reply.status, reply.headers["content-type"]) == (429, "application/json")
    answer = parse(reply.body)
    assert isinstance(answer, Object)
    assert answer.get("error") == "rate_limited"
    assert reply.headers["retry-after"] == "1"
    behave(sandbox, "429 retry-after=9")
    assert post(sandbox, "{}", V1).headers["retry-after"] == "9"
    assert post(sandbox, known()).headers["retry-after"] == "9"
    behave(sandbox, "418")
    assert post(sandbox, known()).body == ""


def test_a_kept_connection_goes_on_after_a_status(sandbox: Sandbox) -> None:
    behave(sandbox, "503 nth=1")
    body = known().encode()
    with plugged(sandbox, head(len(body)) + body) as plug:
        answer = b""
        while not answer.endswith(b"please retry"):
            answer += plug.recv(65536)
        assert answer.startswith(b"HTTP/1.1 503 ")
        plug.sendall(head(len(body), "Connection: close") + body)
        assert read_all(plug).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("line", ["reset", "503", "silence"])
def test_what_takes_no_events_knows_no_rules(sandbox: Sandbox, line: str) -> None:
    behave(sandbox, line)
    assert exchange(sandbox, "GET", "/_liveness").body == "ok"
    assert exchange(sandbox, "OPTIONS", "/e").status == 200
    assert exchange(sandbox, "GET", "/nowhere").status == 404
    assert exchange(sandbox, "PUT", "/e").status == 405
    assert exchange(sandbox, "GET", "/_sandbox/summary").status == 200


@pytest.mark.parametrize("path", ["/flags", "/array/phc_a/config.js", "/test/black_hole", V1])
def test_rules_hold_for_everything_that_takes_requests(sandbox: Sandbox, path: str) -> None:
    behave(sandbox, "503")
    method = "GET" if path.endswith(".js") else "POST"
    assert exchange(sandbox, method, path, b"{}").status == 503


def test_a_sender_that_hangs_up_does_not_count(sandbox: Sandbox) -> None:
    behave(sandbox, "503 nth=1")
    told = threading.Event()
    sandbox.listen(lambda _: told.set())
    with plugged(sandbox, head(1000) + b"{"):
        pass
    assert told.wait(10)
    assert sandbox.arrivals()[0].fault == ""
    assert post(sandbox, known()).status == 503
