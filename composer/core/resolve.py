"""From what a person types for a destination to the destination: a name or a URL."""

from __future__ import annotations

from collections.abc import Sequence

from composer.core.destination import (
    BATCH_PATH,
    CAPTURE_PATHS,
    CLOUD_ADDRESSES,
    Destination,
    DestinationKind,
    address_problem,
)
from composer.core.errors import ComposerError
from composer.core.extra_headers import headers_problem


class DestinationError(ComposerError):
    """No project goes by that name, or nothing can be sent to its address."""


def resolve(text: str, destinations: Sequence[Destination]) -> Destination:
    """The project called ``text`` (id or name, in any capitalisation), or what is at that URL.

    A name goes before the id of another project, for it is what a person sees. A URL may end with
    a path that events go to, such as ``/capture/``; that is the path then. The sandbox comes
    without an address, for only a running one has it. Raises ``DestinationError``.
    """
    wanted = text.strip().casefold()
    called = (place for place in destinations if place.name.casefold() == wanted)
    known = (place for place in destinations if place.id.casefold() == wanted)
    for place in (*called, *known):
        return _usable(place)
    if "://" in text:
        return _usable(_at_url(text.strip()))
    names = ", ".join(place.name for place in destinations)
    raise DestinationError(f"No project is called {text!r}. Use a URL or one of: {names}.")


def _at_url(url: str) -> Destination:
    bare = url.rstrip("/")
    path = next((p for p in (*CAPTURE_PATHS, BATCH_PATH) if bare.endswith(p.rstrip("/"))), "")
    address = bare.removesuffix(path.rstrip("/"))
    kinds = {known: kind for kind, known in CLOUD_ADDRESSES.items()}
    return Destination(
        id="url",
        name=address,
        kind=kinds.get(address.lower(), DestinationKind.SELF_HOSTED),
        address=address,
        path=path or CAPTURE_PATHS[0],
    )


def _usable(place: Destination) -> Destination:
    if place.kind is DestinationKind.SANDBOX:
        return place
    if not place.address:
        raise DestinationError(
            f"{place.name} has no address yet. Enter it in the window's settings, or use its URL."
        )
    if problem := address_problem(place.address) or headers_problem(place.headers):
        raise DestinationError(f"{place.address}: {problem}")
    return place
