"""The way a request takes: proxy, certificates and patience, and what is to be said of them.

All of it belongs to the connection: none of it shows in the request. This module opens no file
and no connection, and knows nothing of what is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_WAIT = 3600.0
"""Seconds; the limit of every timeout."""

NO_PROXY = "direct"
"""As a proxy: none, whatever the system says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How to reach a destination; one without anything is the usual way.

    ``proxy`` is a URL, empty for the system's, or ``NO_PROXY``. The files are paths of PEM files:
    the authorities to trust in place of the system's, and the certificate that the server asks
    for, with its key (empty: it stands in the same file). Timeouts are in seconds, ``None`` for
    the usual.
    """

    proxy: str = ""
    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    connect_timeout: float | None = None
    answer_timeout: float | None = None


USUAL_WAY = Route()


def proxy_problem(proxy: str) -> str:
    """What is wrong with a proxy as typed, with the next step; empty if all is well."""
    text = proxy.strip()
    if not text or text == NO_PROXY:
        return ""
    if re.search(r"\s", text):
        return f"There are blanks in it. {_PROXY_FORM}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return f"The port has to be a number up to 65535. {_PROXY_FORM}"
    if parts.scheme not in {"http", "https"}:
        return f"Only proxies with http:// or https:// can be used. {_PROXY_FORM}"
    if not parts.hostname:
        return f"The host name is missing. {_PROXY_FORM}"
    if parts.username is not None:
        return "A name and password would be kept in the settings: leave them out of the address."
    if parts.path.strip("/") or parts.query or parts.fragment:
        return f"Only the scheme, host and port belong here. {_PROXY_FORM}"
    return "" if port is not None else f"The port is missing. {_PROXY_FORM}"


def certificate_problem(certificate: str, key: str) -> str:
    """What is wrong with the two paths as such; whether the files can be used is seen later."""
    if key.strip() and not certificate.strip():
        return "A key alone is of no use: choose the certificate that belongs to it, too."
    return ""


_PROXY_FORM = "Write it like http://proxy.example.com:3128."
