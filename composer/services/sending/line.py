"""A connection that is kept from request to request, for those who send many.

What goes out is the ``WireRequest``, byte for byte, as from the one-shot ``Sender``; what comes
back is an ``Outcome``. This uses httpcore, the engine of httpx, directly: for each request that
takes a third of the time. It knows no runs, no retries and no events.
"""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import urlsplit

from composer.core.outcome import Accepted, Fault, Rejected, Response, Unreachable, judge
from composer.core.wire import WireRequest
from composer.services.sending.crossing import CHUNK, Crossing
from composer.services.sending.way import Timeouts, Way, proxy_at

if TYPE_CHECKING:
    import httpcore

MAX_ANSWER = 1024 * 1024
"""Bytes of an answer's body that are read; what follows is cut off, with the connection."""

_EARLY = "The server had said more than its answer to the request before."

LineOutcome: TypeAlias = Accepted | Rejected | Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``is_stale``: the kept connection was of no use, and the outcome tells nothing of the server.

    It had closed it, or had said more than its last answer.
    """

    outcome: LineOutcome
    is_stale: bool = False


class Line:
    """Sends requests to one server, one after the other; it opens and closes as needed."""

    def __init__(self, way: Way, timeouts: Timeouts) -> None:
        self._way = way
        self._crossing = Crossing(timeouts, way.proxy)
        self._connection: httpcore.AsyncConnectionInterface | None = None

    async def send(self, request: WireRequest) -> Reply:
        """Send, and read the answer to its end. Cancelling closes the connection at once."""
        import httpcore  # noqa: PLC0415 -- only those who send pay for it

        began = time.perf_counter()
        connection = await self._kept()
        is_fresh = connection is None
        crossing = self._crossing
        try:
            async with crossing.connecting() if is_fresh else crossing.going_on():
                response = await self._converse(request, connection)
        except (
            OSError,
            UnicodeError,
            httpcore.NetworkError,
            httpcore.TimeoutException,
            httpcore.RemoteProtocolError,
            httpcore.ProxyError,
        ) as error:
            await self.aclose()
            why = crossing.why(error, is_malformed=_is_malformed(error))
            is_silent = why.fault is Fault.RESET and not crossing.heard
            is_stale = not is_fresh and (is_silent or why.fault is Fault.NOT_HTTP)
            return Reply(outcome=replace(why, milliseconds=_since(began)), is_stale=is_stale)
        except BaseException:  # cancelled: whatever is still to come is not for the next request
            await self.aclose()
            raise
        if not crossing.heard:  # it had come with the last answer: it is none to this request
            await self.aclose()
            early = Unreachable(fault=Fault.RESET, detail=_EARLY, milliseconds=_since(began))
            return Reply(outcome=early, is_stale=True)
        return Reply(outcome=judge(replace(response, milliseconds=_since(began))))

    async def aclose(self) -> None:
        """Close the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()

    async def _kept(self) -> httpcore.AsyncConnectionInterface | None:
        """The connection of the last request, if it can serve another."""
        connection = self._connection
        if connection is None or not (connection.is_closed() or connection.has_expired()):
            return connection
        await self.aclose()
        return None

    async def _converse(
        self, request: WireRequest, connection: httpcore.AsyncConnectionInterface | None
    ) -> Response:
        import httpcore  # noqa: PLC0415

        parts = urlsplit(request.url)
        host, port = (parts.hostname or "").encode("ascii"), parts.port
        scheme = parts.scheme.encode("ascii")
        extensions: dict[str, Any] = {}
        if connection is None:
            port_number = port or (443 if parts.scheme == "https" else 80)
            connection = self._connect(httpcore.Origin(scheme, host, port_number))
            self._connection = connection
            extensions["trace"] = self._crossing.trace
        body = request.body
        message = httpcore.Request(
            request.method,
            httpcore.URL(scheme=scheme, host=host, port=port, target=request.target.encode()),
            headers=[(name.encode(), value.encode()) for name, value in request.headers],
            content=body if len(body) <= CHUNK else self._crossing.pieces(body),
            extensions=extensions,
        )
        async with aclosing(await connection.handle_async_request(message)) as answer:
            return await _read(answer)

    def _connect(self, origin: httpcore.Origin) -> httpcore.AsyncConnectionInterface:
        import httpcore  # noqa: PLC0415

        from composer.services.sending.stream import GatheringBackend  # noqa: PLC0415

        way, backend = self._way, GatheringBackend()
        if not way.proxy:
            return httpcore.AsyncHTTPConnection(
                origin, ssl_context=way.trust, network_backend=backend
            )
        url, name = proxy_at(way.proxy)
        proxy = httpcore.AsyncHTTPProxy(
            url,
            proxy_auth=name and (name[0].encode(), name[1].encode()),
            ssl_context=way.trust,
            proxy_ssl_context=way.proxy_trust if url.startswith("https:") else None,
            network_backend=backend,
        )
        return proxy.create_connection(origin)


async def _read(answer: httpcore.Response) -> Response:
    body, truncated = bytearray(), False
    async for part in answer.aiter_stream():
        body += part
        if len(body) > MAX_ANSWER:
            truncated = True
            break
    told = cast("dict[str, bytes]", answer.extensions)  # pyright: ignore[reportUnknownMemberType]
    return Response(
        status=answer.status,
        reason=told.get("reason_phrase", b"").decode("ascii", "ignore"),
        headers=tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in answer.headers),
        body=bytes(body[:MAX_ANSWER]),
        truncated=truncated,
    )


def _is_malformed(error: Exception) -> bool:
    """Whether the answer broke the rules of HTTP, other than by ending too early."""
    import httpcore  # noqa: PLC0415

    ended = ("disconnected", "closed")
    return isinstance(error, httpcore.RemoteProtocolError) and not any(
        word in str(error) for word in ended
    )


def _since(began: float) -> float:
    """Milliseconds since ``began``, a reading of ``time.perf_counter``."""
    return 1000 * (time.perf_counter() - began)
