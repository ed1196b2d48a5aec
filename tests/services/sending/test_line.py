"""A kept connection: the exact bytes go out on it, and it is opened again where that is needed."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.outcome import Accepted, Fault, Rejected, Unreachable
from composer.core.route import NO_PROXY, Route
from composer.core.wire import WireRequest
from composer.services.sending.line import Line, LineOutcome
from composer.services.sending.way import Timeouts, way_to
from composer.services.trust import Trust, usual_context
from tests.helpers.batch_server import Plan, batch_server
from tests.helpers.recorder import recording
from tests.helpers.servers import request_in, saying, serving
from tests.helpers.single_sends import PATIENT, QUICK, request_to, reset
from tests.services.test_sender_tls import CERTIFICATE, tls_server

TRUST = Trust(usual_context)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def line_to(address: str, timeouts: Timeouts = PATIENT, route: Route = Route()) -> Line:  # noqa: B008
    return Line(way_to(address, route, TRUST), timeouts)


async def one(
    address: str, timeouts: Timeouts = PATIENT, request: WireRequest | None = None
) -> LineOutcome:
    line = line_to(address, timeouts)
    try:
        return (await line.send(request or request_to(address))).outcome
    finally:
        await line.aclose()


@settings(max_examples=15)
@given(body=st.binary(max_size=2000))
def test_the_request_goes_out_as_it_is_and_nothing_is_added(body: bytes) -> None:
    with recording() as recorder:
        request = request_to(recorder.address, body, "/a/../b//[1]%zz")
        assert isinstance(asyncio.run(one(recorder.address, PATIENT, request)), Accepted)
        received = recorder.next()
    assert received.line == "POST /a/../b//[1]%zz HTTP/1.1"
    assert received.headers == request.headers
    assert received.body == body


@pytest.mark.parametrize("size", [0, 65_535, 65_536, 65_537, 3_000_000])
async def test_a_body_of_any_size_goes_out_whole(size: int) -> None:
    with recording() as recorder:
        request = request_to(recorder.address, bytes(range(256)) * (size // 256) + b"x" * 255)
        assert isinstance(await one(recorder.address, PATIENT, request), Accepted)
        assert recorder.next().body == request.body


async def test_many_requests_go_over_one_connection() -> None:
    with batch_server(Plan(counts_only=True)) as server:
        line = line_to(server.address)
        for size in (1, 100, 70_000, 1):
            body = b"x" * size
            reply = await line.send(request_to(server.address, body))
            assert isinstance(reply.outcome, Accepted)
            assert reply.outcome.response.milliseconds > 0
        await line.aclose()
        seen = server.seen()
    assert (seen.requests, seen.connections) == (4, 1)
    assert [len(body) for body in seen.bodies] == [1, 100, 70_000, 1]


async def test_after_an_answer_that_closes_the_next_request_opens_again() -> None:
    connections: list[int] = []

    async def close_after_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        await request_in(reader)
        writer.write(OK)

    async with serving(close_after_one) as host:
        line = line_to(f"http://{host}")
        for _ in range(3):
            reply = await line.send(request_to(f"http://{host}"))
            assert isinstance(reply.outcome, Accepted)
            await asyncio.sleep(0.02)
        await line.aclose()
    assert len(connections) == 3


async def test_a_server_that_closes_just_then_is_told_as_such() -> None:
    async def close_at_the_second(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await request_in(reader)
        writer.write(OK)
        await reader.read(1)  # it has begun to arrive

    async with serving(close_at_the_second) as host:
        line = line_to(f"http://{host}")
        assert isinstance((await line.send(request_to(f"http://{host}"))).outcome, Accepted)
        reply = await line.send(request_to(f"http://{host}"))
        assert reply.is_stale
        assert isinstance(reply.outcome, Unreachable)
        assert reply.outcome.fault is Fault.RESET
        assert isinstance((await line.send(request_to(f"http://{host}"))).outcome, Accepted)
        await line.aclose()


async def test_a_new_connection_that_breaks_is_a_failure() -> None:
    async with serving(reset) as host:
        line = line_to(f"http://{host}")
        reply = await line.send(request_to(f"http://{host}"))
        await line.aclose()
    assert not reply.is_stale
    assert isinstance(reply.outcome, Unreachable)
    assert reply.outcome.fault is Fault.RESET


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (b"SSH-2.0-OpenSSH\r\n", Fault.NOT_HTTP),
        (b"", Fault.RESET),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", Fault.RESET),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", Fault.NOT_HTTP),
    ],
)
async def test_what_is_no_answer_is_told_apart(said: bytes, fault: Fault) -> None:
    async with serving(saying(said)) as host:
        outcome = await one(f"http://{host}")
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is fault


async def test_an_answer_before_the_body_was_read_is_heard() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.2)

    async with serving(refuse) as host:
        outcome = await one(f"http://{host}", PATIENT, request_to(f"http://{host}", b"x" * 200_000))
    assert isinstance(outcome, Rejected)
    assert outcome.response.status == 413


async def test_patience_ends() -> None:
    with batch_server(Plan(drips=True)) as server:
        began = time.perf_counter()
        outcome = await one(server.address, QUICK)
        assert time.perf_counter() - began < 1.0
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.ANSWER_TIMEOUT


async def test_an_endless_answer_is_cut_off() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_in(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    async with serving(endless) as host:
        outcome = await one(f"http://{host}")
    assert isinstance(outcome, Accepted)
    assert outcome.response.truncated


async def test_cancelled_it_closes_the_connection() -> None:
    closed = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del writer
        await request_in(reader)
        await reader.read(-1)
        closed.set()

    async with serving(silent) as host:
        task = asyncio.create_task(one(f"http://{host}"))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(1):
            await closed.wait()


async def test_tls_is_kept_too_and_a_stranger_is_not_trusted(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_bytes(CERTIFICATE.read_bytes())

    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            await request_in(reader)
            writer.write(OK)

    async with serving(twice, tls_server()) as host:
        address = f"https://{host}"
        line = line_to(address, PATIENT, Route(ca_file=str(ca)))
        for _ in range(2):
            assert isinstance((await line.send(request_to(address))).outcome, Accepted)
        await line.aclose()
        stranger = await one(address)
    assert isinstance(stranger, Unreachable)
    assert stranger.fault is Fault.TLS


async def test_a_proxy_gets_the_request_or_is_asked_for_a_tunnel() -> None:
    with recording() as proxy:
        line = line_to("http://posthog.invalid", PATIENT, Route(proxy=proxy.address))
        request = request_to("http://posthog.invalid")
        assert isinstance((await line.send(request)).outcome, Accepted)
        await line.aclose()
        received = proxy.next()
        assert received.line == "POST http://posthog.invalid/i/v0/e/ HTTP/1.1"
        assert received.body == request.body
    with recording(b"HTTP/1.1 407 Who are you\r\n\r\n") as proxy:
        line = line_to("https://posthog.invalid", PATIENT, Route(proxy=proxy.address))
        outcome = (await line.send(request_to("https://posthog.invalid"))).outcome
        assert proxy.next().line == "CONNECT posthog.invalid:443 HTTP/1.1"
    assert isinstance(outcome, Unreachable)
    assert "407 Who are you" in outcome.detail


async def test_nobody_there_is_told_whatever_is_said_of_proxies() -> None:
    outcome = await one("http://127.0.0.1:9", QUICK)
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.REFUSED
    line = line_to("http://127.0.0.1:9", QUICK, Route(proxy=NO_PROXY))
    again = (await line.send(request_to("http://127.0.0.1:9"))).outcome
    assert isinstance(again, Unreachable)
    assert again.fault is Fault.REFUSED


async def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://me:secret@127.0.0.1:9")
    outcome = await one("http://posthog.invalid", QUICK)
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.NO_ROUTE
    assert "Only proxies with http" in outcome.detail
    assert "secret" not in outcome.detail
