"""Which destination a pasted address stands for. It is offered, never chosen by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from composer.core.destination import (
    CAPTURE_PATHS,
    WEBSITE_HOSTS,
    Destination,
    DestinationKind,
    address_problem,
)


def destination_in(
    url: str, destinations: Iterable[Destination], chosen: Destination
) -> Destination | None:
    """The destination that a request to ``url`` goes to.

    ``None`` where that is the ``chosen`` one, or no address that could be sent to. An address that
    is none of the known ones becomes that of the person's own server. A path for single events is
    taken over with it.
    """
    address, path = _parts(url)
    if not address:
        return None
    places = tuple(destinations)
    found = next((place for place in places if _is_at(place, address)), None)
    if found is None and not address_problem(address):
        own = (place for place in places if place.kind is DestinationKind.SELF_HOSTED)
        found = next((replace(place, address=address) for place in own), None)
    if found is None or (found.id == chosen.id and found.address == chosen.address):
        return None
    return replace(found, path=path) if path in CAPTURE_PATHS else found


def _is_at(place: Destination, address: str) -> bool:
    host = urlsplit(address).hostname or ""
    known = place.address.strip().rstrip("/").lower()
    return known == address or WEBSITE_HOSTS.get(host) is place.kind


def _parts(url: str) -> tuple[str, str]:
    """Scheme, host, port and a proxy's own path; and the path behind that, ending with a slash."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "", ""
    if parts.scheme not in {"http", "https"} or not host or _MIXPANEL.search(host):
        return "", ""
    name = f"[{host}]" if ":" in host else host
    is_usual = port in {None, {"http": 80, "https": 443}[parts.scheme]}
    base = f"{parts.scheme}://{name}" if is_usual else f"{parts.scheme}://{name}:{port}"
    path = parts.path.rstrip("/")
    end = _END.search(path)
    prefix, own = (path[: end.start()], f"{end[0]}/") if end else ("", "")
    return base + prefix, own


_MIXPANEL = re.compile(r"(?:^|\.)mixpanel\.com$")
_END = re.compile(
    r"/(?:i/v0/e|i/v[01](?:/\w+)*/events|e|batch|capture|track|engage|import|flags|decide|s)$"
)
