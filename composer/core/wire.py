"""The one function that makes a request: what is shown is what is sent.

The preview, the copied curl, the history row and the socket all carry the ``WireRequest`` made
here: the same bytes and the same headers, none of them hidden.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from composer import __version__
from composer.core.destination import BATCH_PATH, Destination
from composer.core.jsontext import Layout, Object, Value, encode
from composer.core.urls import target, wire_url

USER_AGENT = f"event-composer/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """A request, complete: nothing is added to it on its way to the socket. The URL is ASCII."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def size(self) -> int:
        """The body's length in bytes."""
        return len(self.body)

    @property
    def sha256(self) -> str:
        """The body's SHA-256, in hex."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def path(self) -> str:
        """The path of the URL, without the query."""
        return self.target.partition("?")[0]

    @property
    def target(self) -> str:
        """The path and query of the URL, as the request line has them."""
        return target(self.url)

    @property
    def head(self) -> str:
        """The request line and every header, as HTTP/1.1 writes them."""
        lines = (f"{name}: {value}" for name, value in self.headers)
        return "\n".join((f"{self.method} {self.target} HTTP/1.1", *lines))


def build_request(body: bytes, destination: Destination, path: str) -> WireRequest:
    """POST ``body`` to ``path`` (such as ``/i/v0/e/``) of ``destination``.

    The address has to be one that ``destination.address_problem`` has nothing against, else this
    raises ``ValueError``. The project's extra headers come last; ``User-Agent`` and ``Accept``
    give way to them, and none of them stands in for another header of the app's.
    """
    url = wire_url(destination.url(path))
    own = (
        ("Host", _host(url)),
        ("User-Agent", USER_AGENT),
        ("Accept", "*/*"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
    )
    headers = _with_extra(own, destination.headers)
    return WireRequest(method="POST", url=url, headers=headers, body=body)


def path_for(body: Value, destination: Destination) -> str:
    """``/batch/`` for a body with ``batch``, else the destination's own path."""
    return BATCH_PATH if isinstance(body, Object) and "batch" in body else destination.path


def batch_body(
    events: Sequence[Object], token: str, layout: Layout, *, historical_migration: bool = False
) -> bytes:
    """Several events as one ``/batch/`` body (capture-server.md, section 2.2).

    The token moves from the events to the batch, where the service reads it.
    """
    members: list[tuple[str, Value]] = [("api_key", token)]
    if historical_migration:
        members.append(("historical_migration", True))
    members.append(("batch", tuple(event.without("api_key") for event in events)))
    return encode(Object(tuple(members)), layout).encode("utf-8")


def _with_extra(
    own: tuple[tuple[str, str], ...], extra: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    fixed = {name.lower() for name, _ in own} - _GIVING_WAY
    added = tuple((name, value) for name, value in extra if name.lower() not in fixed)
    replaced = {name.lower() for name, _ in added}
    return (*((name, value) for name, value in own if name.lower() not in replaced), *added)


_GIVING_WAY = {"user-agent", "accept"}


def _host(url: str) -> str:
    """The Host header: the authority, the port only where it is not the scheme's own."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return name if parts.port in {None, default} else f"{name}:{parts.port}"
