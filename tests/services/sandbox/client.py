"""How the tests of the sandbox talk to it: over HTTP, or straight to the judge behind it."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from composer.core.behaviour import Behaviour, Edition
from composer.services.sandbox.request import Judgement, Submission
from composer.services.sandbox.server import Sandbox
from composer.services.sandbox.v0.capture import judge

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
    body: str | bytes | None,
    path: str = "/e",
    *,
    query: str = "",
    content_type: str = "application/json",
    content_encoding: str = "",
    headers: dict[str, str] | None = None,
    known_tokens: frozenset[str] | None = None,
    edition: Edition = Edition.CURRENT,
    quota_reached: bool = False,
    now: datetime = NOW,
    most_text: int | None = None,
) -> Judgement:
    """Have a body judged as if it had been posted to ``path``."""
    told = {"content-type": content_type, "content-encoding": content_encoding}
    behaviour = Behaviour(edition=edition, known_tokens=known_tokens, quota_reached=quota_reached)
    return judge(
        Submission(
            path=path,
            query=query.encode(),
            headers=told | (headers or {}),
            body=body.encode() if isinstance(body, str) else body,
            now=now,
            behaviour=behaviour,
            most_text=most_text,
        )
    )


def submit_in_2024(body: str | bytes | None, path: str = "/e", **more: Any) -> Judgement:
    """``submit`` to the service of 2024."""
    return submit(body, path, edition=Edition.OF_2024, **more)


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
