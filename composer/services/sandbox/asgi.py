"""The HTTP face of the sandbox: reads a request within its limit, has it judged, sends the answer.

Plain ASGI rather than a framework's routing, for the rules of this server are not a framework's:
every OPTIONS is answered alike, no path redirects, a body too long is drained before its refusal.

Source: capture-server.md, 1.3 and 1.4. It judges nothing itself: ``routes`` and ``capture`` do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from composer.services.sandbox import routes
from composer.services.sandbox.answers import ACCEPTED, Answer, plain
from composer.services.sandbox.behaviour import Behaviour, scripted_answer
from composer.services.sandbox.capture import Judgement, Submission, judge
from composer.services.sandbox.stored import Arrival
from composer.services.sandbox.unpack import WIRE_LIMIT

RESET = "reset"
"""In the scope's state, the server's function that resets the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the application asks of the server around it.

    ``record`` is told of every arrival, with the number of characters that were read into events.
    """

    clock: Callable[[], datetime]
    behaviour: Callable[[], Behaviour]
    record: Callable[[Arrival, int], None]
    stopping: asyncio.Event


class CaptureApp:
    """The ASGI application. It lives in one event loop."""

    def __init__(self, host: Host, *, first_number: int = 1) -> None:
        self._host = host
        self._next_number = first_number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        answer = routes.service_answer(method, path)
        if answer is not None:
            await _send(answer, scope, receive, send)
            return
        body = await _read_body(receive)
        if body.length > 2 * WIRE_LIMIT:
            await _reset(scope, receive)
            return
        behaviour = self._host.behaviour()
        now = self._host.clock().astimezone(UTC)
        answer = _early_answer(method, path, body)
        if answer is None:
            await self._wait(behaviour.delay_s)
            answer = _NO_ANSWER if behaviour.drop else scripted_answer(behaviour)
        if answer is None:
            judgement = await _judge(scope, body, now, behaviour.known_tokens)
        else:
            judgement = Judgement(answer=answer)
        self._record(scope, body, now, judgement)
        if judgement.answer is _NO_ANSWER:
            await _reset(scope, receive)
        else:
            await _send(judgement.answer, scope, receive, send)

    async def _wait(self, seconds: float) -> None:
        """Sleep, but not on while the server is being stopped."""
        if seconds <= 0:
            return
        try:
            await asyncio.wait_for(self._host.stopping.wait(), seconds)
        except TimeoutError:
            return

    def _record(self, scope: Scope, body: _Body, now: datetime, judgement: Judgement) -> None:
        query: bytes = scope["query_string"]
        path: bytes = scope["raw_path"]
        arrival = Arrival(
            number=self._next_number,
            received_at=now,
            method=scope["method"],
            path=(path + b"?" + query if query else path).decode("latin-1"),
            headers=tuple(Headers(scope=scope).items()),
            body=body.data or b"",
            status=judgement.answer.status,
            answer=judgement.answer.text,
            events=judgement.events,
        )
        self._next_number += 1
        self._host.record(arrival, judgement.characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What came of a body. ``data`` is ``None`` if it was longer than the limit.

    ``complete`` is false if the sender broke off.
    """

    data: bytes | None
    length: int
    complete: bool


_NO_ANSWER = Answer(status=0)
_BROKEN_OFF = "failed to decode request: Error reading request body: connection closed by client"
_LARGE = 256 * 1024  # bytes from which a body is judged beside the loop, not in it


def _early_answer(method: str, path: str, body: _Body) -> Answer | None:
    """What is clear before the switches and the checks have their say."""
    if refusal := routes.refusal(method, path):
        return refusal
    if not body.complete:
        return plain(HTTPStatus.BAD_REQUEST, _BROKEN_OFF)
    return ACCEPTED if routes.capture_route(path) == routes.BLACK_HOLE else None


async def _judge(
    scope: Scope, body: _Body, now: datetime, known_tokens: frozenset[str] | None
) -> Judgement:
    headers = Headers(scope=scope)
    submission = Submission(
        path=routes.capture_route(scope["path"]),
        query=scope["query_string"],
        content_type=headers.get("content-type", ""),
        content_encoding=headers.get("content-encoding", ""),
        body=body.data,
        now=now,
        known_tokens=known_tokens,
    )
    if body.length > _LARGE:
        return await asyncio.to_thread(judge, submission)
    return judge(submission)


async def _read_body(receive: Receive) -> _Body:
    """Read to the end, or to twice the limit; beyond the limit the bytes are only counted."""
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        data: bytes = message["body"]
        fits = len(data) <= WIRE_LIMIT
        return _Body(data=data if fits else None, length=len(data), complete=True)
    chunks = bytearray()
    length = 0
    while message["type"] == "http.request":
        chunk: bytes = message["body"]
        length += len(chunk)
        if length <= WIRE_LIMIT:
            chunks += chunk
        else:
            chunks.clear()
        if not message.get("more_body") or length > 2 * WIRE_LIMIT:
            break
        message = await receive()
    fits = length <= WIRE_LIMIT
    complete = message["type"] == "http.request"
    return _Body(data=bytes(chunks) if fits else None, length=length, complete=complete)


async def _send(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    headers = dict(answer.headers)
    headers |= routes.cors_headers(scope["method"], Headers(scope=scope))
    response = Response(answer.body, status_code=answer.status, headers=headers)
    await response(scope, receive, send)


async def _reset(scope: Scope, receive: Receive) -> None:
    """Break the connection off, and return once the server has noticed."""
    scope["state"][RESET]()
    while (await receive())["type"] != "http.disconnect":
        pass
