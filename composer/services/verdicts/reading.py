"""A body as the capture service would read it, and what is known around it.

What came packed, as base64 or gzip, is unpacked, so that there is something to judge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from composer.core.destination import Destination
from composer.core.verdicts.request import Circumstances, Memory, Request, Shape, read_request
from composer.services.sandbox import routes
from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.v0.editions import CURRENT
from composer.services.sandbox.v0.query import read_query
from composer.services.sandbox.v0.timestamps import read_sent_at
from composer.services.sandbox.v0.unpack import Packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a request goes; ``path`` and ``query`` as the request line has them."""

    path: str
    query: str = ""
    destination: Destination | None = None


def read(body: bytes, to: Address) -> tuple[Request, Address]:
    """The request in ``body``, and the address as if it had been sent without packing."""
    route = routes.route_of(to.path)
    if route in CURRENT.paths and len(body) <= CURRENT.wire_limit:
        text = _unpacked(body, route, to.query)
        if text is not None and text != body:
            request = replace(read_request(text), size=len(body))
            return request, replace(to, query=_without_packing(to.query))
    return read_request(body), to


def circumstances(
    request: Request, to: Address, *, now: datetime, memory: Memory, randomness: int
) -> Circumstances:
    """What the rules need to know beside the body."""
    top = request.top if request.shape is Shape.BATCH else None
    own = top.get("sent_at") if top else None
    sent_at = read_sent_at(own if isinstance(own, str) else None) or _query_sent_at(to.query)
    return Circumstances(
        now=now,
        path=routes.route_of(to.path),
        query=to.query,
        destination=to.destination,
        shape=request.shape,
        historical=top is not None and top.get("historical_migration") is True,
        sent_at=sent_at,
        memory=memory,
        randomness=randomness,
    )


_PACKING = frozenset({"data", "compression"})


def _unpacked(body: bytes, route: str, query: str) -> bytes | None:
    """``None`` where the service could not, for which its judge has the words."""
    try:
        found = read_query(query.encode("utf-8", "replace"), CURRENT.parameters)
        packed = Packed(
            path=route, query=found, content_type="application/json", content_encoding="", body=body
        )
        return CURRENT.unpack(packed).encode()
    except RefusedError:
        return None


def _without_packing(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    return urlencode([pair for pair in pairs if pair[0] not in _PACKING])


def _query_sent_at(query: str) -> datetime | None:
    if not query:
        return None
    try:
        moment = read_query(query.encode("utf-8", "replace"), CURRENT.parameters).sent_at
    except RefusedError:
        return None
    return moment.astimezone(UTC) if moment else None
