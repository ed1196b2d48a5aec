"""Sends an answer to the client, or ends the connection in one of the ways that can be asked for.

Source: capture-server.md, 1.6. It decides nothing: it is told what the answer is and what is to be
done with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from composer.core.behaviour import FaultKind
from composer.services.sandbox import routes
from composer.services.sandbox.answers import Answer

RESET = "reset"
"""In the scope's state: the server's function that resets the connection."""
BREAK_OFF = "break_off"
"""In the scope's state: the server's function that writes bytes as they are, and then hangs up."""


class Exchange(NamedTuple):
    """A request and the way back to who sent it, as ASGI hands them over."""

    scope: Scope
    receive: Receive
    send: Send


async def send_answer(answer: Answer, exchange: Exchange) -> None:
    """The ordinary case."""
    response = Response(answer.body, answer.status, _headers(answer, exchange.scope))
    await response(*exchange)


async def carry_out(
    kind: FaultKind, told: Answer, exchange: Exchange, *, honest: Answer, now: datetime
) -> None:
    """Answer ``told`` in the way of ``kind``; ``now`` is in UTC."""
    match kind:
        case FaultKind.RESET:
            await reset(exchange)
        case FaultKind.SILENCE:
            await until_gone(exchange)
        case FaultKind.HALF:
            await _send_half(honest, now, exchange)
        case _:
            await send_answer(told, exchange)


async def reset(exchange: Exchange) -> None:
    """Reset the connection."""
    end: Callable[[], None] = exchange.scope["state"][RESET]
    end()
    await until_gone(exchange)


async def gone_within(seconds: float, exchange: Exchange) -> bool:
    """Wait; true at once if the connection is closed meanwhile, as it is when the server stops."""
    if not seconds:
        return False
    try:
        await asyncio.wait_for(until_gone(exchange), seconds)
    except TimeoutError:
        return False
    return True


async def _send_half(answer: Answer, now: datetime, exchange: Exchange) -> None:
    """The head and half of the body, or half of the head where there is no body; then the end."""
    headers = _headers(answer, exchange.scope) | {
        "content-length": str(len(answer.body)),
        "date": format_datetime(now, usegmt=True),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    first = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n"
    head = f"{first}{lines}\r\n".encode("latin-1")
    body = b"" if exchange.scope["method"] == "HEAD" else answer.body
    end: Callable[[bytes], None] = exchange.scope["state"][BREAK_OFF]
    end(head + body[: len(body) // 2] if body else head[: len(head) // 2])
    await until_gone(exchange)


async def until_gone(exchange: Exchange) -> None:
    """Return once the connection is closed, by whichever side."""
    while (await exchange.receive())["type"] != "http.disconnect":
        pass


def _headers(answer: Answer, scope: Scope) -> dict[str, str]:
    return dict(answer.headers) | routes.cors_headers(scope["method"], Headers(scope=scope))
