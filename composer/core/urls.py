"""A URL as it stands on the wire, and whether it leaves this computer.

A person may type ``https://bücher.example/prä``; a request line and a Host header are ASCII. What
is shown, copied, kept and sent has the form that is made here. It knows nothing of PostHog.
"""

from __future__ import annotations

import ipaddress
import string
from urllib.parse import quote, unquote_plus, urlsplit

_AS_IS = string.punctuation
"""Kept in paths and queries as typed, ``%`` included: what is already encoded stays as it is."""


def wire_url(url: str) -> str:
    """``url`` in ASCII: the host in lower case (IDNA), path and query percent-encoded.

    The fragment is left out, for it is never sent. What is fit for the wire already comes back
    unchanged. Raises ``ValueError`` with a sentence for a URL that nothing can be sent to.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"The scheme has to be http or https, not {parts.scheme!r}.")
    if not parts.hostname:
        raise ValueError("The host name is missing.")
    if parts.username is not None:
        raise ValueError("User names do not belong in the address.")
    port = "" if parts.port is None else f":{parts.port}"
    path = quote(parts.path or "/", safe=_AS_IS)
    query = f"?{quote(parts.query, safe=_AS_IS)}" if parts.query else ""
    return f"{parts.scheme}://{_ascii_host(parts.hostname)}{port}{path}{query}"


def target(url: str) -> str:
    """The path and query of a ``wire_url``, as the request line has them."""
    return "/" + url.partition("://")[2].partition("/")[2]


def query_pairs(url: str) -> tuple[tuple[str, str], ...]:
    """The names and values of a URL's query, decoded, in their order."""
    query = url.partition("#")[0].partition("?")[2]
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in pairs)


def is_loopback(url: str) -> bool:
    """Whether the URL names this computer itself, where no proxy has a place."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    return host.encode("idna").decode("ascii")
