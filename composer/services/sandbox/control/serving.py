"""The addresses for scripts over HTTP: reads a request, and sends the reply piece by piece.

Beside the loop, for a reply may be long and slow to make. No answer here has the headers that let
web pages read it, and nothing here is an arrival.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from starlette.datastructures import Headers

from composer.services.ports import Sandbox
from composer.services.sandbox.control import desk, guard
from composer.services.sandbox.control.request import ControlError, ControlRequest, Reply, refused
from composer.services.sandbox.http.outgoing import Exchange, until_gone

ROOT = "/_sandbox"
LONGEST_BODY = 1024 * 1024
"""Bytes of a request to these addresses."""


def is_control(path: str) -> bool:
    """Whether ``path`` is one of these addresses, be it one that does not exist."""
    return path == ROOT or path.startswith(f"{ROOT}/")


async def serve(sandbox: Sandbox, exchange: Exchange, stopping: asyncio.Event) -> None:
    """Answer a request; a reply under way ends with ``stopping``."""
    try:
        request = await _read(exchange)
        found = await asyncio.to_thread(desk.reply, request, sandbox)
    except ControlError as error:
        found = refused(error)
    await _send(found, exchange, stopping)


async def _read(exchange: Exchange) -> ControlRequest:
    scope = exchange.scope
    _, port = scope["server"]
    if words := guard.refusal(scope["method"], scope["scheme"], port, scope["headers"]):
        raise ControlError(HTTPStatus.FORBIDDEN, words)
    return ControlRequest(
        method=scope["method"],
        path=scope["path"].removeprefix(ROOT).strip("/"),
        query=scope["query_string"],
        content_type=Headers(scope=scope).get("content-type", ""),
        body=await _body(exchange) if scope["method"] == "POST" else b"",
    )


async def _body(exchange: Exchange) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                message = await exchange.receive()
                if message["type"] == "http.disconnect":
                    raise ControlError(HTTPStatus.BAD_REQUEST, "The request ended early.")
                body += message["body"]
                if len(body) > LONGEST_BODY:
                    words = f"Send at most {LONGEST_BODY} bytes at once."
                    raise ControlError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        words = "The rest of the request did not come: send it again."
        raise ControlError(HTTPStatus.REQUEST_TIMEOUT, words, ("connection", "close")) from None


async def _send(reply: Reply, exchange: Exchange, stopping: asyncio.Event) -> None:
    pieces = _gathered(reply.text)
    first = await asyncio.to_thread(next, pieces, b"")
    second = await asyncio.to_thread(next, pieces, b"")
    headers = [("content-type", reply.content_type), *_ALWAYS, *reply.headers]
    if not second:
        headers.append(("content-length", str(len(first))))
    start = {
        "type": "http.response.start",
        "status": reply.status,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    await exchange.send(start)
    await exchange.send(_piece(first))
    while second:
        if stopping.is_set():  # what was sent must not look whole
            await until_gone(exchange)
            return
        await exchange.send(_piece(second))
        second = await asyncio.to_thread(next, pieces, b"")
    await exchange.send({"type": "http.response.body", "body": b"", "more_body": False})


def _piece(data: bytes) -> dict[str, object]:
    return {"type": "http.response.body", "body": data, "more_body": True}


def _gathered(texts: Iterable[str]) -> Iterator[bytes]:
    """The same text in pieces of some size, the last one excepted."""
    gathered = bytearray()
    for text in texts:
        gathered += text.encode()
        if len(gathered) >= _PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


_PATIENCE_S = 30.0
_PIECE = 64 * 1024
_ALWAYS = (
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    # For browsers that do not tell where a request comes from: nothing of this is for other pages.
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
)
