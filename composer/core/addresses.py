"""From an address as a person copies it to the address that events go to.

It knows PostHog's own hosts and paths; it looks nothing up.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from composer.core.destination import (
    BATCH_PATH,
    CAPTURE_PATHS,
    CLOUD_ADDRESSES,
    WEBSITE_HOSTS,
    address_problem,
)


def suggested_address(address: str) -> str:
    """The address that is most likely meant where ``address`` is not fit; empty if there is none.

    The website's address, with any path, becomes the ingestion host of its region. A scheme that
    is missing is added, and a path that events go to is cut off: paths are chosen apart.
    """
    text = address.strip()
    if not text or any(c.isspace() for c in text):
        return ""
    url = text if "://" in text else f"{_scheme(text)}://{text}"
    try:
        parts = urlsplit(url)
        host, authority, path = parts.hostname or "", parts.netloc, parts.path
    except ValueError:
        return ""
    if region := WEBSITE_HOSTS.get(host.rstrip(".")):
        return CLOUD_ADDRESSES[region]
    if host in _CLOUD_HOSTS:
        better = f"https://{host}"
    else:
        scheme = parts.scheme if parts.scheme in {"http", "https"} else "https"
        better = f"{scheme}://{authority.rpartition('@')[2]}{_before_capture(path)}"
    return "" if better == text.rstrip("/") or address_problem(better) else better


def capture_path_of(address: str) -> str:
    """The path of ``address`` that events go to, such as ``/capture/``; empty if it has none."""
    path = address.strip().partition("?")[0].rstrip("/")
    return next((known for known in _PATHS if path.endswith(known.rstrip("/"))), "")


def _before_capture(path: str) -> str:
    """What stands before the endpoint, or before a page of the web app (``/project/123/…``)."""
    for sign in _PAGES:
        path = path.partition(sign)[0]
    return path.rstrip("/").removesuffix(capture_path_of(path).rstrip("/"))


def _scheme(text: str) -> str:
    """A server on this computer rarely speaks HTTPS; any other should."""
    host = text.partition("/")[0].rpartition(":")[0] or text.partition("/")[0]
    return "http" if host in {"localhost", "127.0.0.1", "[::1]"} else "https"


_PATHS = (*CAPTURE_PATHS, BATCH_PATH, "/i/v1/analytics/events", "/flags/", "/decide/")
_PAGES = ("/project/", "/settings/", "/events", "/activity/", "/insights", "/login")
_CLOUD_HOSTS = {urlsplit(address).hostname: address for address in CLOUD_ADDRESSES.values()}
