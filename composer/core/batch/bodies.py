"""The bytes of a request that carries events of a run: what is shown is what is sent.

The body is compact whatever the layout setting says, and the events stand in it as they are kept.
"""

from __future__ import annotations

import gzip

from composer.core.batch.options import BatchOptions
from composer.core.destination import BATCH_PATH, Destination
from composer.core.jsontext import encode_string
from composer.core.wire import WireRequest, build_request

_LEVEL = 6
_TAIL = b"]}"


class Envelope:
    """What stands around the events in every body of a run."""

    def __init__(self, destination: Destination, options: BatchOptions) -> None:
        token = f'{{"api_key":{encode_string(destination.token)},'
        historical = '"historical_migration":true,' if options.historical_migration else ""
        self._is_single = options.one_each
        self._head = (token if options.one_each else f'{token}{historical}"batch":[').encode()

    @property
    def size(self) -> int:
        """Bytes of a body beside its events and the commas between them."""
        return len(self._head) - 1 if self._is_single else len(self._head) + len(_TAIL)

    def body(self, events: bytes | memoryview) -> bytes:
        """The body that carries ``events``: one or more objects with members, joined by commas.

        With one request an event the token becomes its first member.
        """
        if self._is_single:
            return b"".join((self._head, memoryview(events)[1:]))
        return b"".join((self._head, events, _TAIL))


def path_of(destination: Destination, options: BatchOptions) -> str:
    """The path that a run's requests go to."""
    return destination.path if options.one_each else BATCH_PATH


def request_for(body: bytes, destination: Destination, options: BatchOptions) -> WireRequest:
    """The request of a run with this body, before any compression."""
    return build_request(body, destination, path_of(destination, options))


def gzipped(request: WireRequest) -> WireRequest:
    """The same request with its body compressed; the same bytes each time.

    It takes a moment for a large body: not in the thread of an event loop.
    """
    body = gzip.compress(request.body, _LEVEL, mtime=0)
    headers = tuple(
        (name, str(len(body)) if name.lower() == "content-length" else value)
        for name, value in request.headers
        if name.lower() != "content-encoding"
    )
    headers = (*headers, ("Content-Encoding", "gzip"))
    return WireRequest(method=request.method, url=request.url, headers=headers, body=body)
