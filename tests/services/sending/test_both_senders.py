"""A kept line and the one-shot sender: the same bytes go out, and odd answers end the same."""

from __future__ import annotations

import asyncio
import gzip
import socket
from dataclasses import replace

import pytest

from composer.core.outcome import Accepted, Fault, Rejected, Unreachable
from composer.core.route import USUAL_WAY
from composer.core.wire import WireRequest
from composer.services.sender import Sender
from composer.services.sending.line import Line, Reply
from composer.services.sending.way import Timeouts, way_to
from composer.services.trust import Trust, usual_context
from tests.helpers.servers import Behaviour, request_in, serving
from tests.helpers.single_sends import PATIENT, request_to

TRUST = Trust(usual_context)
BRIEF = Timeouts(connect=5.0, answer=0.3)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
ODD = {
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
    "a reason in UTF-8": "HTTP/1.1 200 Schön\r\nContent-Length: 0\r\n\r\n".encode(),
    "old HTTP": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
    "a line before": b"\r\n" + OK,
    "hints before": b"HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n" * 3 + OK,
    "go on before": b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
    "another protocol": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "nothing to say": b"HTTP/1.1 204 No\r\n\r\n",
    "not modified": b"HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n",
    "elsewhere": b"HTTP/1.1 308 Go\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"1;x=y\r\no\r\n1\r\nk\r\n0\r\nX-After: 1\r\n\r\n",
    "a broken chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nokX",
    "compressed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 22\r\n\r\n"
    + gzip.compress(b"ok", mtime=0),
    "compressed in name": OK.replace(b"\r\n", b"\r\nContent-Encoding: br\r\n", 1),
    "folded": b"HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 0\r\n\r\n",
    "odd header values": OK.replace(b"\r\n", b"\r\nX-A: \xff\xc3\xa9\r\nX-A:\r\n", 1),
    "large headers": OK.replace(b"\r\n", b"\r\n" + b"X-A: a\r\n" * 9_000, 1),
    "larger headers": OK.replace(b"\r\n", b"\r\n" + b"X-A: a\r\n" * 30_000, 1),
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
    "the same length twice": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
    "chunks and a length": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n"
    b"\r\n2\r\nok\r\n0\r\n\r\n",
    "an odd status": b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
    "a small status": b"HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n",
    "too short": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
    "a name with a blank": b"HTTP/1.1 200 OK\r\nX A: b\r\nContent-Length: 0\r\n\r\n",
    "no HTTP": b"220 mail.example ESMTP\r\n",
    "a page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
    "an answer and more": OK + b"\r\n",
    "an answer and nonsense": OK + b"nonsense",
    "two answers": OK + b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
    "a body where none belongs": b"HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nok",
}


def answering(answer: bytes, requests: list[bytes], *, keeps: bool) -> Behaviour:
    """Answer with these bytes; whatever comes after that on the connection, too, if it ``keeps``.

    ``requests`` are those that came, whole.
    """

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                return
            requests.append(head + await reader.readexactly(2))
            writer.write(answer)
            await writer.drain()
            if not keeps:
                return

    return behave


def plain(outcome: Accepted | Rejected | Unreachable) -> Accepted | Rejected | Unreachable:
    """Without the time that it took."""
    if isinstance(outcome, Unreachable):
        return replace(outcome, milliseconds=0.0)
    return replace(outcome, response=replace(outcome.response, milliseconds=0.0))


async def sent(line: Line, request: WireRequest) -> Reply:
    """As a run sends: where a kept connection was of no use, once more on a new one."""
    reply = await line.send(request)
    return await line.send(request) if reply.is_stale else reply


@pytest.mark.parametrize("keeps", [False, True], ids=["closes", "keeps"])
@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
async def test_an_odd_answer_ends_the_same_however_often(answer: bytes, keeps: bool) -> None:
    requests: list[bytes] = []
    async with serving(answering(answer, requests, keeps=keeps)) as host:
        request = request_to(f"http://{host}")
        single = await Sender().send(request, BRIEF)
        line = Line(way_to(request.url, USUAL_WAY, TRUST), BRIEF)
        kept = [await sent(line, request) for _ in range(3)]
        await line.aclose()
    assert [plain(reply.outcome) for reply in kept] == [plain(single)] * 3
    assert len(requests) >= 4
    assert len(set(requests)) == 1


async def test_an_answer_that_came_before_the_request_is_none() -> None:
    async def ahead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_in(reader)
        writer.write(OK + OK)
        await reader.read(1)
        await asyncio.sleep(1)

    async with serving(ahead) as host:
        request = request_to(f"http://{host}")
        line = Line(way_to(request.url, USUAL_WAY, TRUST), PATIENT)
        assert isinstance((await line.send(request)).outcome, Accepted)
        second = await line.send(request)
        await line.aclose()
    assert isinstance(second.outcome, Unreachable)
    assert second.outcome.fault is Fault.RESET
    assert second.is_stale


async def test_a_server_with_an_address_of_version_6() -> None:
    requests: list[bytes] = []
    behaviour = answering(OK, requests, keeps=True)
    tasks: set[asyncio.Task[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        await behaviour(reader, writer)
        writer.close()

    try:
        server = await asyncio.start_server(one, "::1", 0, family=socket.AF_INET6)
    except OSError:
        return  # this computer has none
    async with server:
        port = server.sockets[0].getsockname()[1]
        request = request_to(f"http://[::1]:{port}")
        line = Line(way_to(request.url, USUAL_WAY, TRUST), PATIENT)
        single = await Sender().send(request, PATIENT)
        kept = [(await line.send(request)).outcome for _ in range(2)]
        await line.aclose()
        await asyncio.gather(*tasks)
    assert [plain(outcome) for outcome in kept] == [plain(single)] * 2
    assert isinstance(single, Accepted)
    assert set(requests) == {requests[0]}
    assert f"\r\nHost: [::1]:{port}\r\n".encode() in requests[0]


PROXIED = [
    "http://posthog.invalid",
    "http://posthog.invalid:81/a",
    "http://[2001:db8::1]",
    "http://[2001:db8::1]:81",
    "http://bücher.invalid",
    "https://posthog.invalid",
    "https://[2001:db8::1]:444",
]


@pytest.mark.parametrize("address", PROXIED)
@pytest.mark.parametrize("user", ["", "me@", "me:pass@", "m%C3%A9:p%40%C3%A4@", ":@"])
async def test_a_proxy_is_told_the_same(
    monkeypatch: pytest.MonkeyPatch, address: str, user: str
) -> None:
    heads: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await request_in(reader))
        writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with serving(refuse) as host:
        monkeypatch.setenv("http_proxy", f"http://{user}{host}")
        monkeypatch.setenv("https_proxy", f"http://{user}{host}")
        request = request_to(address)
        single = await Sender().send(request, PATIENT)
        line = Line(way_to(request.url, USUAL_WAY, TRUST), PATIENT)
        kept = (await line.send(request)).outcome
        await line.aclose()
    assert plain(kept) == plain(single)
    assert len(heads) == 2
    assert heads[0] == heads[1]


@pytest.mark.parametrize(
    "proxy",
    [
        "http://",
        "http://127.0.0.1:many",
        "http://127.0.0.1:99999",
        "http://[::",
        "http://bücher.invalid:9",
        "http://127.0.0.1:9",
        "https://127.0.0.1:9",
        "socks5://127.0.0.1:9",
        "gopher://127.0.0.1:9",
        "HTTP://127.0.0.1:9",
    ],
)
async def test_a_proxy_that_cannot_be_used_ends_the_same(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    request = request_to("http://posthog.invalid")
    single = await Sender().send(request, PATIENT)
    line = Line(way_to(request.url, USUAL_WAY, TRUST), PATIENT)
    kept = (await line.send(request)).outcome
    await line.aclose()
    assert isinstance(single, Unreachable)
    assert isinstance(kept, Unreachable)
    assert kept.fault is single.fault
