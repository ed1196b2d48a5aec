"""Sends one request, byte for byte, and tells what became of it, over httpx.

It adds nothing to a ``WireRequest``, follows no redirect, keeps no connection for later (one that
the server has dropped meanwhile would look like a failed send) and raises nothing for what the
network does: that comes back as an ``Outcome``. It knows no history, no Qt and no event.

Addresses and answers: capture-server.md, sections 1 and 3.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from composer.core.outcome import Accepted, Fault, Rejected, Response, Unreachable, judge
from composer.core.route import USUAL_WAY, Route
from composer.core.urls import target, wire_url
from composer.core.wire import WireRequest
from composer.services.sending.crossing import Crossing
from composer.services.sending.way import Timeouts, Way, proxy_at, way_to
from composer.services.trust import RouteError, Trust

if TYPE_CHECKING:
    import httpx

MAX_ANSWER = 10 * 1024 * 1024
"""Bytes of an answer's body that are read; what follows is cut off."""


class Sender:
    """Sends requests; any number at once. It holds nothing open between two sends.

    The HTTP library and the system's certificates are loaded by the first send, in a thread:
    the window neither waits for them at its start nor stalls then.
    """

    def __init__(self, trust: Trust | None = None) -> None:
        self._trust = trust or Trust()

    async def warm_up(self) -> None:
        """Load what the first send needs: about 0.15 s, in a thread."""
        await asyncio.to_thread(self._trust.usual)

    async def send(
        self, request: WireRequest, timeouts: Timeouts, route: Route = USUAL_WAY
    ) -> Accepted | Rejected | Unreachable:
        """Send ``request`` and read the answer. Cancelling closes the connection at once.

        What ``route`` says on timeouts goes before ``timeouts``.
        """
        try:
            url = wire_url(request.url)
        except ValueError as error:
            return Unreachable(fault=Fault.BAD_ADDRESS, detail=str(error))
        # In a thread, because files are read, and Windows may look names up to find the proxy.
        try:
            way = await asyncio.to_thread(way_to, url, route, self._trust)
        except RouteError as error:
            return Unreachable(fault=Fault.ROUTE, detail=str(error))
        return await _Exchange(request, url, timeouts.on(route), way).run()


class _Exchange:
    """One request on its way. httpx's trace tells how far it has come."""

    def __init__(self, request: WireRequest, url: str, timeouts: Timeouts, way: Way) -> None:
        self._request = request
        self._url = url
        self._way = way
        self._crossing = Crossing(timeouts, way.proxy)

    async def run(self) -> Accepted | Rejected | Unreachable:
        """Send, and read the answer to its end."""
        import httpx  # noqa: PLC0415 -- it was loaded in a thread, see Sender

        began = time.perf_counter()
        try:
            async with self._crossing.connecting():
                response = await self._converse()
        except httpx.LocalProtocolError:
            raise  # a request that is not HTTP is a fault of our own
        except (OSError, UnicodeError, httpx.TransportError) as error:
            why = self._crossing.why(error, is_malformed=_is_malformed(error))
            return replace(why, milliseconds=_since(began))
        return judge(replace(response, milliseconds=_since(began)))

    async def _converse(self) -> Response:
        import httpx  # noqa: PLC0415 -- it was loaded in a thread, see Sender

        body = self._request.body
        extensions: dict[str, Any] = {"trace": self._crossing.trace}
        if not self._way.proxy:
            # httpx tidies unusual paths (/a/../b); what is shown is what goes out. Not with a
            # proxy: httpcore would give this target to the proxy's own CONNECT as well.
            extensions["target"] = target(self._url).encode()
        request = httpx.Request(
            self._request.method,
            self._url,
            headers=[(name.encode(), value.encode()) for name, value in self._request.headers],
            content=self._crossing.pieces(body) if body else None,
            extensions=extensions,
        )
        transport = self._transport()
        async with transport, aclosing(await transport.handle_async_request(request)) as answer:
            body, truncated = await _read(answer)
            return Response(
                status=answer.status_code,
                reason=answer.reason_phrase,
                headers=tuple(
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in answer.headers.raw
                ),
                body=body,
                truncated=truncated,
            )

    def _transport(self) -> httpx.AsyncHTTPTransport:
        import httpx  # noqa: PLC0415

        trust = self._way.trust
        if not self._way.proxy:
            return httpx.AsyncHTTPTransport(verify=trust, trust_env=False)
        url, name = proxy_at(self._way.proxy)
        own = self._way.proxy_trust if url.startswith("https:") else None
        proxy = httpx.Proxy(url, auth=name, ssl_context=own)
        return httpx.AsyncHTTPTransport(verify=trust, trust_env=False, proxy=proxy)


async def _read(answer: httpx.Response) -> tuple[bytes, bool]:
    """The body as received, nothing unpacked; and whether there was more of it."""
    body = bytearray()
    async for part in answer.aiter_raw():
        body += part
        if len(body) > MAX_ANSWER:
            break
    return bytes(body[:MAX_ANSWER]), len(body) > MAX_ANSWER


def _is_malformed(error: Exception) -> bool:
    """Whether the answer broke the rules of HTTP, other than by ending too early."""
    import httpx  # noqa: PLC0415

    ended = ("disconnected", "closed")
    return isinstance(error, httpx.RemoteProtocolError) and not any(e in str(error) for e in ended)


def _since(began: float) -> float:
    """Milliseconds since ``began``, a reading of ``time.perf_counter``."""
    return 1000 * (time.perf_counter() - began)
