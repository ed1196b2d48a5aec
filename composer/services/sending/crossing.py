"""How far a request has come, how long it may still take, and why it went no further.

Follows what the HTTP libraries tell on the way ("trace"), and knows neither of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from enum import Enum, auto
from typing import Any

from composer.core.outcome import Fault, Unreachable
from composer.services.faults import answer_fault, connect_fault, words
from composer.services.sending.way import Timeouts, without_password

CHUNK = 64 * 1024
"""Bytes of an upload that have the time of ``Timeouts.answer``."""

_HTTP = b"HTTP/"


class _Phase(Enum):
    CONNECT = auto()
    TLS = auto()
    ANSWER = auto()


class Crossing:
    """The requests on one connection, one after the other."""

    def __init__(self, timeouts: Timeouts, proxy: str) -> None:
        self._timeouts = timeouts
        self._proxy = proxy
        self._phase = _Phase.CONNECT
        self._start = b""  # the first bytes that came back, as far as they tell HTTP
        self._deadline = asyncio.timeout(None)

    def connecting(self) -> asyncio.Timeout:
        """A request begins, and the connection with it; it is sent within what this returns."""
        return self._begin(_Phase.CONNECT, self._timeouts.connect)

    def going_on(self) -> asyncio.Timeout:
        """A request begins on a connection that stands."""
        return self._begin(_Phase.ANSWER, self._timeouts.answer)

    @property
    def heard(self) -> bool:
        """Whether something came back."""
        return bool(self._start)

    async def pieces(self, body: bytes) -> AsyncIterator[bytes]:
        """The body, with time for each part of it."""
        for start in range(0, len(body), CHUNK):
            self._allow_more_time()
            yield body[start : start + CHUNK]
        self._allow_more_time()

    async def trace(self, event: str, info: dict[str, Any]) -> None:
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

    def why(self, error: Exception, *, is_malformed: bool) -> Unreachable:
        """Put a failure of the network into the outcome's terms.

        ``is_malformed``: the answer broke the rules of HTTP, other than by ending too early.
        """
        detail = words(error)
        match self._phase, error:
            case ((_Phase.CONNECT | _Phase.TLS), TimeoutError()):
                fault = Fault.CONNECT_TIMEOUT
                detail = f"No connection within {self._timeouts.connect:g} seconds."
            case ((_Phase.CONNECT | _Phase.TLS), _):
                fault = connect_fault(error, in_tls=self._phase is _Phase.TLS)
            case _ if not _HTTP.startswith(self._start) or is_malformed:
                fault = Fault.NOT_HTTP
            case _, TimeoutError():
                fault = Fault.ANSWER_TIMEOUT
                detail = f"No complete answer within {self._timeouts.answer:g} seconds."
            case _:
                fault = answer_fault(error)
        if self._proxy:
            detail = f"Through the proxy {without_password(self._proxy)}: {detail}"
        return Unreachable(fault=fault, detail=detail)

    def _begin(self, phase: _Phase, seconds: float) -> asyncio.Timeout:
        self._phase = phase
        self._start = b""
        self._deadline = asyncio.timeout(seconds)
        return self._deadline

    def _allow_more_time(self) -> None:
        now = asyncio.get_running_loop().time()
        self._deadline.reschedule(now + self._timeouts.answer)

    def _watch(self, stream: Any) -> None:
        """Keep the first bytes that come back.

        When an answer fails, the libraries tell only that it did. To a person it makes a
        difference whether nothing came or something that is not HTTP.
        """
        read = stream.read

        async def watched(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 -- httpcore's own signature
            data: bytes = await read(max_bytes, timeout)
            if len(self._start) < len(_HTTP):
                self._start = (self._start + data)[: len(_HTTP)]
            return data

        stream.read = watched
