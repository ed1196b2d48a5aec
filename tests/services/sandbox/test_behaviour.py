"""The switches with which the sandbox is told to misbehave, and heavy work beside light."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.services.sandbox.server import Sandbox
from composer.services.sandbox.v0.unpack import WIRE_LIMIT
from tests.services.sandbox.client import OK, exchange, head, known, plugged, post, read_all


def test_the_switches_touch_the_next_request(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour(known_tokens=frozenset()))
    assert post(sandbox, known()).status == 401
    sandbox.behave(Behaviour())
    assert post(sandbox, known()).status == 200


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "The provided API key is invalid or has expired."),
        (413, f"maximum event size exceeded: Request body exceeds limit of {WIRE_LIMIT} bytes"),
        (429, "rate limited"),
        (500, "internal server error"),
        (503, "transient error, please retry"),
        (502, ""),
    ],
)
def test_a_status_can_be_asked_for(sandbox: Sandbox, status: int, words: str) -> None:
    sandbox.behave(
        Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=status, retry_after_s=7))
    )
    reply = post(sandbox, known())
    assert (reply.status, reply.body, reply.headers["retry-after"]) == (status, words, "7")
    assert sandbox.arrivals()[0].status == status
    assert sandbox.arrivals()[0].events == ()


def test_a_web_page_can_be_asked_for(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.PAGE)))
    reply = post(sandbox, known())
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert reply.body.startswith("<!doctype html>")


def test_a_redirect_can_be_asked_for(sandbox: Sandbox) -> None:
    sandbox.behave(
        Behaviour.always(
            ScriptedFault(kind=FaultKind.REDIRECT, location="https://elsewhere.example/e")
        )
    )
    reply = post(sandbox, known())
    assert (reply.status, reply.headers["location"]) == (307, "https://elsewhere.example/e")


def test_a_reset_can_be_asked_for(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.RESET)))
    body = known().encode()
    with (
        plugged(sandbox, head(len(body)) + body) as plug,
        pytest.raises(ConnectionResetError),
    ):
        plug.recv(1)  # an orderly end would be empty
    (arrival,) = sandbox.arrivals()
    assert (arrival.status, arrival.answer, arrival.events) == (0, "", ())


@contextmanager
def watched() -> Iterator[tuple[Sandbox, threading.Event]]:
    """A running sandbox, and a flag that goes up once it has read a request."""
    read = threading.Event()

    def clock() -> datetime:
        read.set()  # the time is asked for when a request has been read
        return datetime.now(UTC)

    sandbox = Sandbox(clock=clock)
    sandbox.start()
    try:
        yield sandbox, read
    finally:
        sandbox.stop()


def test_a_delay_can_be_asked_for_and_holds_up_no_one_else() -> None:
    body = known().encode()
    with watched() as (sandbox, read):
        sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.SLOW, delay_s=0.5)))
        began = time.monotonic()
        with plugged(sandbox, head(len(body), "Connection: close") + body) as slow:
            assert read.wait(10)
            sandbox.behave(Behaviour())
            assert post(sandbox, known()).body == OK
            assert len(sandbox.arrivals()) == 1
            assert read_all(slow).endswith(OK.encode())
        assert time.monotonic() - began >= 0.5
        quick_one, slow_one = sandbox.arrivals()
        assert slow_one.received_at < quick_one.received_at


def test_a_heavy_body_holds_up_no_one_else() -> None:
    body = f"[{','.join([known()] * 30_000)}]".encode()
    with (
        watched() as (sandbox, read),
        plugged(sandbox, head(len(body), "Connection: close") + body) as heavy,
    ):
        assert read.wait(10)
        assert exchange(sandbox, "GET", "/_liveness").body == "ok"
        assert sandbox.arrivals() == ()
        assert read_all(heavy).endswith(OK.encode())
        (arrival,) = sandbox.arrivals()
        assert len(arrival.events) + arrival.beyond == 30_000


def test_service_routes_know_no_switches(sandbox: Sandbox) -> None:
    sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=500)))
    assert exchange(sandbox, "GET", "/_readiness").status == 200
    assert exchange(sandbox, "GET", "/nowhere").status == 404
