"""The address that a request is said to come from.

The capture service believes the headers that proxies add, in the order of the library it uses
(capture-server.md, 1.5 and 8), and takes the connection's own address only if none holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address


def address_of(headers: Mapping[str, str], peer: str) -> str:
    """The sender's address; ``headers`` have lower-case names, ``peer`` is the connection's."""
    for name in _HEADERS:
        value = headers.get(name)
        if value is None:
            continue
        for entry in value.split(","):
            if found := _read(entry, forwarded=name == _FORWARDED):
                return found
    return peer


_FORWARDED = "forwarded"
_HEADERS = (
    "x-forwarded-for",
    _FORWARDED,
    "x-real-ip",
    "fly-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "cloudfront-viewer-address",
)
_PARTS_WITH_PORT = 2  # 192.0.2.1:443; an address of version 6 has more colons


def _read(entry: str, *, forwarded: bool) -> str:
    """An address in its usual spelling, without a port; empty for anything else."""
    text = entry.strip()
    if forwarded:
        text = _named_for(text)
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif len(parts := text.split(":")) == _PARTS_WITH_PORT:
        text = parts[0]
    if "%" in text:
        return ""
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def _named_for(stanza: str) -> str:
    """What ``for=`` says in one stanza of RFC 7239."""
    for pair in stanza.split(";"):
        key, _, value = pair.strip().partition("=")
        if key.lower() == "for":
            return value.strip('"')
    return ""
