"""Sends one request, byte for byte, and tells what became of it, over httpx.

It adds nothing to a ``WireRequest``, follows no redirect, keeps no connection for later (one that
the server has dropped meanwhile would look like a failed send) and raises nothing for what the
network does: that comes back as an ``Outcome``. It knows no history, no Qt and no event.

Addresses and answers: capture-server.md, sections 1 and 3.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from composer.core.outcome import Accepted, Fault, Rejected, Response, Unreachable, judge
from composer.core.route import NO_PROXY, USUAL_WAY, Route
from composer.core.urls import is_loopback, target, wire_url
from composer.core.wire import WireRequest
from composer.services.faults import answer_fault, connect_fault, words
from composer.services.trust import RouteError, Trust

if TYPE_CHECKING:
    import httpx

MAX_ANSWER = 10 * 1024 * 1024
"""Bytes of an answer's body that are read; what follows is cut off."""

_CHUNK = 64 * 1024
_HTTP = b"HTTP/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """In seconds.

    ``connect`` bounds everything up to the first byte sent: name, proxy, connection, TLS.
    ``answer`` bounds each 64 KiB of the upload, so that a big body on a slow line has time, and
    then the whole answer to its last byte, so that a server that drips cannot hold us.
    """

    connect: float = 10.0
    answer: float = 30.0


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
            way = await asyncio.to_thread(self._way, url, route)
        except RouteError as error:
            return Unreachable(fault=Fault.ROUTE, detail=str(error))
        return await _Exchange(request, url, _patience(timeouts, route), way).run()

    def _way(self, url: str, route: Route) -> _Way:
        trust, usual = self._trust.on(route), self._trust.usual()
        return _Way(trust=trust, proxy=_proxy_on(url, route), proxy_trust=usual)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """``proxy`` is empty for none. A proxy with HTTPS is not the server: others vouch for it."""

    trust: ssl.SSLContext
    proxy: str
    proxy_trust: ssl.SSLContext


def _patience(timeouts: Timeouts, route: Route) -> Timeouts:
    return Timeouts(
        connect=timeouts.connect if route.connect_timeout is None else route.connect_timeout,
        answer=timeouts.answer if route.answer_timeout is None else route.answer_timeout,
    )


def _proxy_on(url: str, route: Route) -> str:
    """The proxy for ``url``. The system's never stands between the app and this computer."""
    if proxy := route.proxy.strip():
        return "" if proxy == NO_PROXY else proxy
    return "" if is_loopback(url) else _proxy_for(url)


class _Phase(Enum):
    CONNECT = auto()
    TLS = auto()
    ANSWER = auto()


class _Exchange:
    """One request on its way. httpx's trace tells how far it has come."""

    def __init__(self, request: WireRequest, url: str, timeouts: Timeouts, way: _Way) -> None:
        self._request = request
        self._url = url
        self._timeouts = timeouts
        self._way = way
        self._proxy = way.proxy
        self._phase = _Phase.CONNECT
        self._deadline = asyncio.timeout(timeouts.connect)
        self._start = b""  # the first bytes that came back, as far as they tell HTTP

    async def run(self) -> Accepted | Rejected | Unreachable:
        """Send, and read the answer to its end."""
        import httpx  # noqa: PLC0415 -- it was loaded in a thread, see Sender

        began = time.perf_counter()
        try:
            async with self._deadline:
                response = await self._converse()
        except httpx.LocalProtocolError:
            raise  # a request that is not HTTP is a fault of our own
        except (OSError, UnicodeError, httpx.TransportError) as error:
            return replace(self._why(error), milliseconds=_since(began))
        return judge(replace(response, milliseconds=_since(began)))

    async def _converse(self) -> Response:
        import httpx  # noqa: PLC0415 -- it was loaded in a thread, see Sender

        body = self._request.body
        extensions: dict[str, Any] = {"trace": self._trace}
        if not self._proxy:
            # httpx tidies unusual paths (/a/../b); what is shown is what goes out. Not with a
            # proxy: httpcore would give this target to the proxy's own CONNECT as well.
            extensions["target"] = target(self._url).encode()
        request = httpx.Request(
            self._request.method,
            self._url,
            headers=[(name.encode(), value.encode()) for name, value in self._request.headers],
            content=self._pieces() if body else None,
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
        if not self._proxy:
            return httpx.AsyncHTTPTransport(verify=trust, trust_env=False)
        own = self._way.proxy_trust if self._proxy.startswith("https:") else None
        try:
            proxy = httpx.Proxy(self._proxy, ssl_context=own)
            return httpx.AsyncHTTPTransport(verify=trust, trust_env=False, proxy=proxy)
        except (ValueError, httpx.InvalidURL, ImportError) as error:  # the last one: SOCKS
            raise ConnectionError("Only proxies with http:// or https:// can be used.") from error

    async def _pieces(self) -> AsyncIterator[bytes]:
        body = self._request.body
        for start in range(0, len(body), _CHUNK):
            self._allow_more_time()
            yield body[start : start + _CHUNK]
        self._allow_more_time()

    def _allow_more_time(self) -> None:
        now = asyncio.get_running_loop().time()
        self._deadline.reschedule(now + self._timeouts.answer)

    async def _trace(self, event: str, info: dict[str, Any]) -> None:
        """Note how far it is: called before and after each step (httpx's "trace" extension)."""
        match event.split(".")[1:]:
            case ["start_tls", "started"]:
                self._phase = _Phase.TLS
            case ["connect_tcp" | "start_tls", "complete"]:
                self._watch(info["return_value"])
            case ["send_request_headers", "started"] if info["request"].method != b"CONNECT":
                self._phase = _Phase.ANSWER
                self._start = b""  # what a proxy said before is not the answer
                self._allow_more_time()
            case _:
                pass

    def _watch(self, stream: Any) -> None:
        """Keep the first bytes that come back.

        When an answer fails, httpx tells only that it did. To a person it makes a difference
        whether nothing came or something that is not HTTP.
        """
        read = stream.read

        async def watched(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 -- httpcore's own signature
            data: bytes = await read(max_bytes, timeout)
            self._start = (self._start + data)[: len(_HTTP)]
            return data

        stream.read = watched

    def _why(self, error: Exception) -> Unreachable:
        """Put a failure of the network into the outcome's terms."""
        detail = words(error)
        match self._phase, error:
            case ((_Phase.CONNECT | _Phase.TLS), TimeoutError()):
                fault = Fault.CONNECT_TIMEOUT
                detail = f"No connection within {self._timeouts.connect:g} seconds."
            case ((_Phase.CONNECT | _Phase.TLS), _):
                fault = connect_fault(error, in_tls=self._phase is _Phase.TLS)
            case _ if not _HTTP.startswith(self._start) or _is_malformed(error):
                fault = Fault.NOT_HTTP
            case _, TimeoutError():
                fault = Fault.ANSWER_TIMEOUT
                detail = f"No complete answer within {self._timeouts.answer:g} seconds."
            case _:
                fault = answer_fault(error)
        if self._proxy:
            detail = f"Through the proxy {_without_password(self._proxy)}: {detail}"
        return Unreachable(fault=fault, detail=detail)


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


def _proxy_for(url: str) -> str:
    """The proxy that the system names for ``url``; empty if there is none."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 -- takes 20 ms to load

    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    if not proxy or proxy_bypass(parts.netloc):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _without_password(proxy: str) -> str:
    scheme, _, rest = proxy.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _since(began: float) -> float:
    """Milliseconds since ``began``, a reading of ``time.perf_counter``."""
    return 1000 * (time.perf_counter() - began)
