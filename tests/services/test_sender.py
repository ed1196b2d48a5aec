"""Sending over real sockets: the exact bytes out, and each way of failing told apart."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.outcome import Accepted, Fault, Refusal, Rejected, Unreachable
from composer.core.wire import WireRequest
from composer.services import sender as module
from composer.services.sender import Sender
from tests.helpers.recorder import Recorder, recording
from tests.helpers.servers import Behaviour, request_in, saying, serving
from tests.helpers.single_sends import PATIENT, QUICK, fault_at, request_to, reset


def sent(recorder: Recorder, request: WireRequest) -> None:
    received = recorder.next()
    assert received.line == f"{request.method} {request.path} HTTP/1.1"
    assert received.headers == request.headers
    assert received.body == request.body


@settings(max_examples=25)
@given(body=st.binary(max_size=2000))
def test_the_request_goes_out_as_it_is_and_nothing_is_added(body: bytes) -> None:
    with recording() as recorder:
        request = request_to(recorder.address, body)
        outcome = asyncio.run(Sender().send(request, PATIENT))
        assert isinstance(outcome, Accepted)
        sent(recorder, request)


@pytest.mark.parametrize("size", [0, 65_535, 65_536, 3_000_000])
async def test_a_body_of_any_size_goes_out_whole(size: int) -> None:
    with recording() as recorder:
        request = request_to(recorder.address, bytes(range(256)) * (size // 256) + b"x" * 255)
        assert isinstance(await Sender().send(request, PATIENT), Accepted)
        sent(recorder, request)


@pytest.mark.parametrize("path", ["/a/../b/./c", "/[1]{a,b}|/%zz", "//x//", "/é/"])
async def test_the_path_goes_out_as_it_is(path: str) -> None:
    with recording() as recorder:
        await Sender().send(request_to(recorder.address, path=path), PATIENT)
        assert recorder.next().line == f"POST {path.replace('é', '%C3%A9')} HTTP/1.1"


async def test_the_answer_comes_back_as_received() -> None:
    answer = (
        b"HTTP/1.1 400 So Not\r\nContent-Type: text/plain\r\nX-Two: a\r\nx-two: b\r\n"
        b"Content-Length: 5\r\n\r\nn\xff\r\n!"
    )
    async with serving(saying(answer)) as host:
        outcome = await Sender().send(request_to(f"http://{host}"), PATIENT)
    assert isinstance(outcome, Rejected)
    assert outcome.refusal is Refusal.BAD_EVENT
    response = outcome.response
    assert (response.status, response.reason, response.body) == (400, "So Not", b"n\xff\r\n!")
    assert response.headers[1:3] == (("X-Two", "a"), ("x-two", "b"))
    assert 0 < response.milliseconds < 5000


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 200 OK\r\n\r\nuntil it closes",
        b"HTTP/1.1 200\r\nTransfer-Encoding:chunked\r\n\r\nf\r\nuntil it closes\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200\r\nContent-Length: 15\r\n\r\nuntil it closes",
    ],
    ids=["without a length", "in chunks", "after a hint"],
)
async def test_every_form_of_answer_is_read(answer: bytes) -> None:
    async with serving(saying(answer)) as host:
        outcome = await Sender().send(request_to(f"http://{host}"), PATIENT)
    assert isinstance(outcome, Accepted)
    assert outcome.response.body == b"until it closes"


async def test_a_redirect_is_told_and_not_followed() -> None:
    with recording() as recorder:
        answer = f"HTTP/1.1 307 Moved\r\nLocation: {recorder.address}/\r\nContent-Length: 0\r\n\r\n"
        async with serving(saying(answer.encode())) as host:
            outcome = await Sender().send(request_to(f"http://{host}"), PATIENT)
        assert recorder.requests.empty()
    assert isinstance(outcome, Rejected)
    assert outcome.refusal is Refusal.REDIRECT


async def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ANSWER", 100_000)

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_in(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    async with serving(endless) as host:
        outcome = await Sender().send(request_to(f"http://{host}"), PATIENT)
    assert isinstance(outcome, Accepted)
    assert outcome.response.body == b"x" * 100_000
    assert outcome.response.truncated


async def test_every_send_has_a_connection_of_its_own() -> None:
    with recording() as recorder:  # it closes each connection without saying so beforehand
        sender = Sender()
        for _ in range(5):
            assert isinstance(await sender.send(request_to(recorder.address), PATIENT), Accepted)


async def test_many_sends_at_once_do_not_wait_for_each_other() -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_in(reader)
        await asyncio.sleep(0.2)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with serving(slow) as host:
        sender = Sender()
        await sender.warm_up()
        request = request_to(f"http://{host}")
        began = time.perf_counter()
        outcomes = await asyncio.gather(*(sender.send(request, PATIENT) for _ in range(20)))
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert time.perf_counter() - began < 20 * 0.2


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "http://", "http:///x", "http://127.0.0.1:99999/", "http://[::", ""]
)
async def test_an_address_that_cannot_be_used_is_told(url: str) -> None:
    request = WireRequest(method="POST", url=url, headers=(), body=b"")
    outcome = await Sender().send(request, PATIENT)
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.BAD_ADDRESS
    assert outcome.detail


async def test_a_name_that_does_not_exist_is_told() -> None:
    assert (await fault_at("http://no-such-host.invalid")).fault is Fault.NAME_NOT_FOUND


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_port_where_nobody_listens_is_told(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = await fault_at(f"http://{host}:{port}")
    assert outcome.fault is Fault.REFUSED
    assert str(port) in outcome.detail


async def test_a_server_that_does_not_pick_up_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        outcome = await fault_at(f"http://127.0.0.1:{address[1]}", QUICK)
        for one in waiting:
            one.close()
    assert outcome.fault is Fault.CONNECT_TIMEOUT
    assert outcome.milliseconds >= 290


async def test_a_server_that_never_answers_is_told() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(silent) as host:
        outcome = await fault_at(f"http://{host}", QUICK)
    assert outcome.fault is Fault.ANSWER_TIMEOUT
    assert outcome.milliseconds >= 290


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
async def test_a_server_that_drips_cannot_stretch_the_wait(start: bytes) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_in(reader)
        writer.write(start or b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with serving(drip) as host:
        outcome = await fault_at(f"http://{host}", QUICK)
    assert outcome.fault is Fault.ANSWER_TIMEOUT
    assert outcome.milliseconds < 3000


async def test_a_slow_line_has_time_for_a_big_body() -> None:
    async def slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        left = 20_000_000
        while left:
            left -= len(await reader.read(1_000_000))
            await asyncio.sleep(0.005)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with serving(slow_reader) as host:
        request = request_to(f"http://{host}", b"x" * 20_000_000)
        began = time.perf_counter()
        outcome = await Sender().send(request, QUICK)
    assert isinstance(outcome, Accepted)
    assert time.perf_counter() - began > QUICK.answer  # else this test shows nothing


async def test_a_server_that_takes_no_body_is_told() -> None:
    async def stuck(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    async with serving(stuck) as host:
        outcome = await fault_at(f"http://{host}", QUICK, body=b"x" * 20_000_000)
    assert outcome.fault is Fault.ANSWER_TIMEOUT


HALF = [b"", b"HTT", b"HTTP/1.1 200 O", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"]


@pytest.mark.parametrize("behaviour", [reset, *map(saying, HALF)])
async def test_a_connection_that_breaks_is_told(behaviour: Behaviour) -> None:
    async with serving(behaviour) as host:
        assert (await fault_at(f"http://{host}")).fault is Fault.RESET


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x15\x03\x01\x00\x02\x02\x46",
        b"220 mail.example ESMTP\r\n\r\n",
        b"HTTP/banana\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbanana\r\n",
        b"\0" * 200_000,
    ],
)
async def test_an_answer_that_is_not_http_is_told(answer: bytes) -> None:
    async with serving(saying(answer)) as host:
        assert (await fault_at(f"http://{host}")).fault is Fault.NOT_HTTP


async def test_a_banner_and_then_silence_is_not_http_either() -> None:
    async def banner(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        await reader.read()

    async with serving(banner) as host:
        assert (await fault_at(f"http://{host}", QUICK)).fault is Fault.NOT_HTTP


@pytest.mark.parametrize("after", [0.0, 0.05])
async def test_cancelling_ends_the_send_and_closes_the_connection(after: float) -> None:
    closed = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()  # returns when the client has closed
        closed.set()

    async with serving(silent) as host:
        sender = Sender()
        await sender.warm_up()
        task = asyncio.create_task(sender.send(request_to(f"http://{host}"), PATIENT))
        await asyncio.sleep(after)
        began = time.perf_counter()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.perf_counter() - began < 0.5
        if after:
            await asyncio.wait_for(closed.wait(), 5)
