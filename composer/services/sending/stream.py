"""The bytes of a connection: what is written in parts goes out in one piece, for speed.

A small request is otherwise two packets, its head and its body. It knows no HTTP; connecting is
left to the library.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

import httpcore

_FULL = 64 * 1024


class GatheringBackend(httpcore.AsyncNetworkBackend):
    """Opens connections whose writes are gathered."""

    def __init__(self) -> None:
        self._backend = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- the library's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        return GatheringStream(stream)


class GatheringStream(httpcore.AsyncNetworkStream):
    """Keeps what is written until there is much of it, or an answer is wanted."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._written = bytearray()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        with suppress(httpcore.WriteError):  # a server may close before it has read all:
            await self._flush(timeout)  # its answer says why
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        self._written += buffer
        if len(self._written) >= _FULL:
            await self._flush(timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:  # cancelled, too: then the library leaves the connection open
            await self._stream.aclose()
            raise
        return GatheringStream(stream)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    async def _flush(self, timeout: float | None) -> None:  # noqa: ASYNC109
        if self._written:
            written, self._written = bytes(self._written), bytearray()
            await self._stream.write(written, timeout)
