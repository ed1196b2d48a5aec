"""The way to a server as a connection needs it: whom to trust, which proxy, how much patience.

It opens no connection. Files are read and the system is asked for its proxy: not for the thread of
the window.
"""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from composer.core.route import NO_PROXY, Route
from composer.core.urls import is_loopback, wire_url
from composer.services.trust import Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """In seconds.

    ``connect`` bounds everything up to the first byte sent: name, proxy, connection, TLS.
    ``answer`` bounds each 64 KiB of the upload, so that a big body on a slow line has time, and
    then the whole answer to its last byte, so that a server that drips cannot hold us.
    """

    connect: float = 10.0
    answer: float = 30.0

    def on(self, route: Route) -> Timeouts:
        """These, or what ``route`` says in their place."""
        return Timeouts(
            connect=self.connect if route.connect_timeout is None else route.connect_timeout,
            answer=self.answer if route.answer_timeout is None else route.answer_timeout,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """``proxy`` is empty for none. A proxy with HTTPS is not the server: others vouch for it."""

    trust: ssl.SSLContext
    proxy: str
    proxy_trust: ssl.SSLContext


def way_to(url: str, route: Route, trust: Trust) -> Way:
    """The way that ``route`` describes. Raises ``RouteError``."""
    own, usual = trust.on(route), trust.usual()
    return Way(trust=own, proxy=_proxy_on(url, route), proxy_trust=usual)


def proxy_at(proxy: str) -> tuple[str, tuple[str, str] | None]:
    """The URL of a proxy, in ASCII; with the name and password that stand in it.

    Raises ``ConnectionError`` for one that cannot be used.
    """
    with suppress(ValueError):  # its words would be told in place of ours
        parts = urlsplit(proxy)
        url = wire_url(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
        name, password = unquote(parts.username or ""), unquote(parts.password or "")
        return url, (name, password) if name or password else None
    raise ConnectionError("Only proxies with http:// or https:// can be used.")


def without_password(proxy: str) -> str:
    """The address of a proxy as it may be shown."""
    scheme, _, rest = proxy.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _proxy_on(url: str, route: Route) -> str:
    """The proxy for ``url``. The system's never stands between the app and this computer."""
    if proxy := route.proxy.strip():
        return "" if proxy == NO_PROXY else proxy
    return "" if is_loopback(url) else _proxy_for(url)


def _proxy_for(url: str) -> str:
    """The proxy that the system names for ``url``; empty if there is none."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 -- takes 20 ms to load

    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    if not proxy or proxy_bypass(parts.netloc):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"
