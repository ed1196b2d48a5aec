"""The sandbox as a server: starting, stopping, hostile clients, switches."""

import http.client
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import pytest

from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.services.sandbox.arrivals.stored import Arrival
from composer.services.sandbox.server import Sandbox
from composer.services.sandbox.v0.unpack import WIRE_LIMIT
from tests.services.sandbox.client import (
    NOW,
    OK,
    TOKEN,
    exchange,
    head,
    known,
    plugged,
    post,
    read_all,
)

STOPS_WITHIN_S = 2


@pytest.fixture
def fresh() -> Iterator[Sandbox]:
    """A sandbox of the test's own, to start and to stop."""
    sandbox = Sandbox(clock=lambda: datetime.now(UTC))
    yield sandbox
    sandbox.stop()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_importing_the_service_loads_no_server_and_no_window() -> None:
    program = (
        "import sys, composer.services.sandbox.server; "
        "print([m for m in ('uvicorn', 'starlette', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_it_listens_on_the_loopback_address_alone(fresh: Sandbox) -> None:
    assert fresh.url == ""
    url = fresh.bind()
    assert url == fresh.url == fresh.bind()
    assert urlsplit(url).hostname == "127.0.0.1"


def test_a_request_before_the_start_waits_for_it(fresh: Sandbox) -> None:
    fresh.bind()
    body = known().encode()
    with plugged(fresh, head(len(body), "Connection: close") + body) as plug:
        fresh.start()
        assert read_all(plug).endswith(OK.encode())


def test_starting_twice_is_starting_once(fresh: Sandbox) -> None:
    fresh.start()
    before = threading.active_count()
    fresh.start()
    assert threading.active_count() == before
    assert fresh.await_ready()


def test_a_busy_port_is_replaced_by_a_free_one(fresh: Sandbox) -> None:
    taken = urlsplit(fresh.bind()).port or 0
    second = Sandbox(taken, clock=lambda: NOW)
    try:
        second.start()
        assert urlsplit(second.url).port not in {0, taken}
        assert post(second, known()).status == 200
    finally:
        second.stop()


def test_a_wanted_port_is_taken_again_after_a_stop(fresh: Sandbox) -> None:
    fresh.start()
    url = fresh.url
    assert post(fresh, known()).body == OK
    fresh.stop()
    with pytest.raises(ConnectionRefusedError):
        post(fresh, known())
    fresh.start()
    assert fresh.url == url
    assert post(fresh, known()).body == OK
    assert [arrival.number for arrival in fresh.arrivals()] == [1, 2]


def test_it_stops_in_time_whatever_its_clients_do(fresh: Sandbox) -> None:
    before = set(threading.enumerate())
    fresh.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=60)))
    fresh.start()
    body = known().encode()
    idle, half = plugged(fresh), plugged(fresh, head(1000) + b"{")
    waiting = plugged(fresh, head(len(body)) + body)
    with idle as first, half as second, waiting as third:
        assert fresh.await_ready()
        time.sleep(0.1)  # so that the server has read what was written
        began = time.monotonic()
        fresh.stop()
        fresh.stop()
        assert time.monotonic() - began < STOPS_WITHIN_S
        for plug in (first, second, third):
            assert _is_gone(plug)
    assert set(threading.enumerate()) <= before


def _is_gone(plug: socket.socket) -> bool:
    try:
        return plug.recv(1) == b""
    except ConnectionResetError:
        return True


def test_it_can_be_stopped_before_it_serves(fresh: Sandbox) -> None:
    before = set(threading.enumerate())
    fresh.stop()
    fresh.bind()
    fresh.stop()
    assert not fresh.await_ready(0)
    fresh.start()
    fresh.stop()
    assert set(threading.enumerate()) <= before


def test_an_arrival_tells_what_came_and_what_was_said(sandbox: Sandbox) -> None:
    body = known('"offset":5')
    post(sandbox, body, "/i/v0/e/?ip=1&x=%C3%A9", **{"X-Extra": "yes"})
    (arrival,) = sandbox.arrivals()
    assert (arrival.method, arrival.path) == ("POST", "/i/v0/e/?ip=1&x=%C3%A9")
    assert (arrival.body.read(), arrival.status, arrival.answer) == (body.encode(), 200, OK)
    assert ("x-extra", "yes") in arrival.headers
    assert arrival.received_at.tzinfo is UTC
    (stored,) = arrival.events
    assert (stored.name, stored.distinct_id, stored.token) == ("door opened", "visitor-7", TOKEN)


def test_a_refused_request_is_an_arrival_without_events(sandbox: Sandbox) -> None:
    post(sandbox, "{")
    post(sandbox, known(), "/nowhere")
    exchange(sandbox, "DELETE", "/e")
    assert [(one.status, one.events) for one in sandbox.arrivals()] == [
        (400, ()),
        (404, ()),
        (405, ()),
    ]
    assert sandbox.arrivals()[0].answer.startswith("failed to parse request: EOF")
    sandbox.clear()
    assert sandbox.arrivals() == ()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://127.0.0.1/e", 200),
        ("HTTP://events.example/batch/?beacon=1", 204),
        ("http://events.example", 405),
        ("/%65", 404),
        ("/e%2f", 404),
        ("//e", 404),
    ],
)
def test_a_path_is_looked_up_as_it_came(sandbox: Sandbox, target: str, status: int) -> None:
    assert post(sandbox, known(), target).status == status


def test_an_arrival_has_the_path_without_scheme_and_host(sandbox: Sandbox) -> None:
    post(sandbox, known(), "http://events.example/e/?ip=1")
    assert [arrival.path for arrival in sandbox.arrivals()] == ["/e/?ip=1"]


def test_the_addresses_for_scripts_are_guarded_however_they_are_spelled(sandbox: Sandbox) -> None:
    foreign = {"Host": "events.example"}
    own = urlsplit(sandbox.url).netloc
    assert exchange(sandbox, "GET", f"http://{own}/_sandbox/events", None, foreign).status == 403
    assert exchange(sandbox, "GET", f"http://{own}/_sandbox/events").status == 200
    assert exchange(sandbox, "GET", "/%5Fsandbox/events", None, foreign).status == 404


def test_of_a_repeated_header_the_first_counts(sandbox: Sandbox) -> None:
    body = known().encode()
    lines = ("Content-Encoding: gzip", "Content-Encoding: none", "Connection: close")
    with plugged(sandbox, head(len(body), *lines) + body) as plug:
        assert b"invalid GZIP data" in read_all(plug)


def test_service_routes_and_preflights_are_no_arrivals(sandbox: Sandbox) -> None:
    assert exchange(sandbox, "GET", "/").body == "capture"
    assert exchange(sandbox, "HEAD", "/_liveness").status == 200
    assert exchange(sandbox, "OPTIONS", "/nowhere").status == 200
    assert sandbox.arrivals() == ()
    assert exchange(sandbox, "POST", "/_liveness").status == 405


def test_the_black_hole_takes_anything_and_keeps_nothing(sandbox: Sandbox) -> None:
    assert post(sandbox, "anything", "/test/black_hole/").body == OK
    assert sandbox.arrivals()[0].events == ()


def test_the_listener_is_told_before_the_sender_has_its_answer(sandbox: Sandbox) -> None:
    told: list[tuple[Arrival, str]] = []
    sandbox.listen(lambda arrival: told.append((arrival, threading.current_thread().name)))
    post(sandbox, known())
    ((arrival, thread),) = told
    assert (arrival, thread) == (sandbox.arrivals()[0], "sandbox")


def test_a_listeners_fault_is_not_the_senders(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Arrival) -> None:
        raise RuntimeError("the window is gone")

    sandbox.listen(fail)
    with caplog.at_level(logging.ERROR):
        assert post(sandbox, known()).status == 200
    assert "the window is gone" in caplog.text


def test_every_web_page_may_read_every_answer(sandbox: Sandbox) -> None:
    origin = {"Origin": "https://shop.example"}
    for reply in (
        post(sandbox, known(), **origin),
        post(sandbox, "{", **origin),
        exchange(sandbox, "GET", "/nowhere", headers=origin),
        exchange(sandbox, "OPTIONS", "/e", headers=origin),
    ):
        assert reply.headers["access-control-allow-origin"] == "https://shop.example"
        assert reply.headers["access-control-allow-credentials"] == "true"
        assert reply.headers["vary"].startswith("origin, ")
    assert "access-control-allow-origin" not in post(sandbox, known()).headers


def test_a_preflight_allows_the_headers_it_asks_for(sandbox: Sandbox) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Headers": "content-type,x-y"}
    reply = exchange(sandbox, "OPTIONS", "/e", headers=asked)
    assert reply.headers["access-control-allow-headers"] == "content-type,x-y"
    assert reply.headers["access-control-allow-methods"] == "GET,POST,OPTIONS"


def test_the_answers_say_what_they_are(sandbox: Sandbox) -> None:
    assert post(sandbox, known()).headers["content-type"] == "application/json"
    assert post(sandbox, "{").headers["content-type"] == "text/plain; charset=utf-8"
    assert exchange(sandbox, "PUT", "/e").headers["allow"] == "POST,GET,HEAD,OPTIONS"


def test_an_event_may_stand_in_a_long_address(sandbox: Sandbox) -> None:
    text = known(f'"properties":{{"pad":"{"a" * 100_000}"}}')
    request = f"GET /e/?data={quote(text)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with plugged(sandbox, request[:50_000].encode()) as plug:
        time.sleep(0.05)  # so that the address arrives in two parts
        plug.sendall(request[50_000:].encode())
        assert read_all(plug).endswith(OK.encode())


def test_a_large_body_in_chunks_is_read(sandbox: Sandbox) -> None:
    text = known(f'"properties":{{"pad":"{"a" * 2_000_000}"}}').encode()
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=20)
    with closing(connection):
        pieces = (text[i : i + 70_000] for i in range(0, len(text), 70_000))
        connection.request("POST", "/e", body=pieces, encode_chunked=True)
        assert connection.getresponse().read() == OK.encode()
    assert sandbox.arrivals()[0].body.read() == text


def test_a_sender_that_asks_before_it_sends_is_told_to_go_on(sandbox: Sandbox) -> None:
    body = known().encode()
    ask = head(len(body), "Expect: 100-continue", "Connection: close")
    with plugged(sandbox, ask) as plug:
        assert plug.recv(65536).startswith(b"HTTP/1.1 100 ")
        plug.sendall(body)
        assert read_all(plug).endswith(OK.encode())


def test_a_stalled_sender_does_not_hold_up_others(sandbox: Sandbox) -> None:
    with plugged(sandbox, head(1000) + b"{"), plugged(sandbox, b"POST /e HT"):
        assert post(sandbox, known()).body == OK
    wait_until(lambda: len(sandbox.arrivals()) == 2)
    broken_off = sandbox.arrivals()[1]
    assert (broken_off.status, broken_off.events) == (400, ())
    assert broken_off.answer.startswith("failed to decode request: Error reading request body: ")


def test_nonsense_on_the_wire_is_answered_and_not_logged(sandbox: Sandbox) -> None:
    with plugged(sandbox, b"\x16\x03\x01\x00\xff not http\r\n\r\n") as plug:
        assert read_all(plug).startswith(b"HTTP/1.1 400 ")
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
    assert exchange(sandbox, "GET", "/", headers=upgrade).body == "capture"


def test_a_body_of_just_the_limit_is_read(sandbox: Sandbox) -> None:
    reply = post(sandbox, b" " * WIRE_LIMIT)
    words = f"EOF while parsing a value at line 1 column {WIRE_LIMIT}"
    assert (reply.status, reply.body) == (400, f"failed to parse request: {words}")


def test_a_body_beyond_the_limit_is_drained_and_refused(sandbox: Sandbox) -> None:
    reply = post(sandbox, b" " * (WIRE_LIMIT + 1))
    words = f"Request body exceeds limit of {WIRE_LIMIT} bytes"
    assert (reply.status, reply.body) == (413, f"maximum event size exceeded: {words}")
    assert sandbox.arrivals()[0].body.read() == b""


def test_a_body_beyond_twice_the_limit_loses_its_connection(sandbox: Sandbox) -> None:
    with pytest.raises(ConnectionError):
        post(sandbox, b" " * (2 * WIRE_LIMIT + 1))
    assert post(sandbox, known()).body == OK
