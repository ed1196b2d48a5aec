"""How the tests of the sandbox talk to it: over HTTP, or straight to the judge behind it."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from composer.services.sandbox.capture import Judgement, Submission, judge
from composer.services.sandbox.server import Sandbox

TOKEN = "phc_sandboxTokenAAAA1111"
NOW = datetime(2026, 3, 19, 14, 30, tzinfo=UTC)
OK = '{"status":"Ok"}'


@dataclass(frozen=True)
class Reply:
    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def exchange(
    sandbox: Sandbox,
    method: str,
    target: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=20)
    try:
        connection.request(method, target, body=body, headers=headers or {})
        response = connection.getresponse()
        text = response.read().decode()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, text, found)
    finally:
        connection.close()


def post(sandbox: Sandbox, body: str | bytes, target: str = "/e", **headers: str) -> Reply:
    data = body.encode() if isinstance(body, str) else body
    return exchange(sandbox, "POST", target, data, {"Content-Type": "application/json"} | headers)


def submit(
    body: str | bytes,
    path: str = "/e",
    *,
    query: str = "",
    content_type: str = "application/json",
    content_encoding: str = "",
    known_tokens: frozenset[str] | None = None,
    now: datetime = NOW,
) -> Judgement:
    """Have a body judged as if it had been posted to ``path``."""
    return judge(
        Submission(
            path=path,
            query=query.encode(),
            content_type=content_type,
            content_encoding=content_encoding,
            body=body.encode() if isinstance(body, str) else body,
            now=now,
            known_tokens=known_tokens,
        )
    )


def event(members: str = "", *, token: str = TOKEN) -> str:
    """A sound single event as JSON text; ``members`` are put behind its name."""
    more = f",{members}" if members else ""
    return f'{{"api_key":"{token}","event":"door opened"{more}}}'


def known(members: str = "") -> str:
    """``event`` with a distinct_id."""
    return event('"distinct_id":"visitor-7"' + (f",{members}" if members else ""))


def said(judgement: Judgement) -> tuple[int, str]:
    return judgement.answer.status, judgement.answer.text


@contextmanager
def plugged(sandbox: Sandbox, data: bytes = b"") -> Iterator[socket.socket]:
    """A bare connection to the sandbox, with something written to it."""
    place = urlsplit(sandbox.url)
    with socket.create_connection((str(place.hostname), place.port or 0), timeout=10) as plug:
        plug.sendall(data)
        yield plug


def read_all(plug: socket.socket) -> bytes:
    chunks = b""
    while chunk := plug.recv(65536):
        chunks += chunk
    return chunks


def head(length: int, *lines: str) -> bytes:
    text = ["POST /e HTTP/1.1", "Host: sandbox", f"Content-Length: {length}", *lines]
    return ("\r\n".join(text) + "\r\n\r\n").encode()
