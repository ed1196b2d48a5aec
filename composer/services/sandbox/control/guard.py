"""Who may use the addresses for scripts: programs of this computer, and no web page.

A page that a person has open somewhere can make the browser send requests to this computer. What
gives it away is checked here: the name by which it found the sandbox (a name of its own that it
has pointed to 127.0.0.1 would make it of one origin with us), its origin, and what the browser says
about it. It knows nothing of what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

Headers = Sequence[tuple[bytes, bytes]]
"""Names in lower case, as ASGI has them."""


def refusal(method: str, scheme: str, port: int, headers: Headers) -> str:
    """Why the request may not be answered, in words; empty if it may.

    ``scheme`` and ``port`` are those at which the sandbox was reached.
    """
    hosts = _all(headers, b"host")
    if len(hosts) != 1 or hosts[0] not in _own_hosts(scheme, port):
        return (
            "These addresses answer only at 127.0.0.1 or localhost with the sandbox's own port: "
            f"use {scheme}://127.0.0.1:{port}/_sandbox."
        )
    is_own = all(origin == f"{scheme}://{hosts[0]}" for origin in _all(headers, b"origin"))
    is_direct = all(site in _DIRECT for site in _all(headers, b"sec-fetch-site"))
    if method == "OPTIONS" or not is_own or not is_direct:
        return "Web pages may not use these addresses: ask from a program, such as curl."
    return ""


_DIRECT = frozenset({"none", "same-origin"})
"""What a browser says of an address that was typed in, and of our own pages."""
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def _own_hosts(scheme: str, port: int) -> frozenset[str]:
    named = frozenset(f"{name}:{port}" for name in _NAMES)
    return named | frozenset(_NAMES) if _DEFAULT_PORTS.get(scheme) == port else named


def _all(headers: Headers, wanted: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for name, value in headers if name == wanted]
