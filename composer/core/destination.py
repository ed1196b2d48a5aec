"""Where a request goes: PostHog Cloud, one's own server, or the sandbox in the app."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

CAPTURE_PATHS = ("/i/v0/e/", "/capture/", "/e/", "/track/", "/engage/")
"""Paths for a single event; the first is what PostHog uses now, the others serve older servers
(capture-server.md, section 1.1)."""

BATCH_PATH = "/batch/"


class DestinationKind(StrEnum):
    """The four sorts; each has a colour of its own in the window."""

    SANDBOX = "sandbox"
    US = "us"
    EU = "eu"
    SELF_HOSTED = "self_hosted"


CLOUD_ADDRESSES = {
    DestinationKind.US: "https://us.i.posthog.com",
    DestinationKind.EU: "https://eu.i.posthog.com",
}
"""Ingestion hosts (event-catalogue.md, 0.3)."""

WEBSITE_HOSTS = {
    "app.posthog.com": DestinationKind.US,
    "us.posthog.com": DestinationKind.US,
    "posthog.com": DestinationKind.US,
    "www.posthog.com": DestinationKind.US,
    "eu.posthog.com": DestinationKind.EU,
}
"""Hosts for reading, not for sending, and the region each belongs to."""

SANDBOX_TOKEN = "phc_sandboxDemoProjectToken000000d3m0"
"""Public by nature, and of use in the sandbox only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One place to send to, with the token that is used there.

    ``address`` is scheme, host and port, perhaps with a path prefix of a reverse proxy.
    """

    id: str
    name: str
    kind: DestinationKind
    address: str
    token: str = ""
    path: str = CAPTURE_PATHS[0]

    @property
    def is_production(self) -> bool:
        """Whether real data may be hurt; the sandbox is the one place where it cannot be."""
        return self.kind is not DestinationKind.SANDBOX

    def url(self, path: str) -> str:
        """The full address of ``path`` on this destination."""
        return self.address.strip().rstrip("/") + path


def address_problem(address: str) -> str:
    """Why nothing can be sent to ``address``, with the next step; empty if all is well."""
    text = address.strip()
    if not text:
        return "Enter the address of your server, for example https://posthog.example.com."
    parts = _split(text)
    if parts is None or _BLANK.search(text):
        return "This address cannot be read. Write it like https://posthog.example.com."
    if parts.scheme not in {"http", "https"}:
        return "Start the address with https:// (or http:// for a server on your own network)."
    if not parts.hostname or not _is_host(parts.hostname):
        return "The host name is missing or misspelled. Write it like https://posthog.example.com."
    if parts.username is not None or parts.query or parts.fragment:
        return "Leave out user names, ? and #: only the scheme, host and port belong here."
    if region := WEBSITE_HOSTS.get(parts.hostname):
        return f"{parts.hostname} is the website. Events go to {CLOUD_ADDRESSES[region]}."
    return ""


def token_problem(token: str) -> str:
    """What is wrong with a project token (capture-server.md, section 3.2), with the next step."""
    if not token.strip():
        return "Enter the project token: in PostHog it stands under Settings, Project."
    if is_personal_key(token):
        return "This is a personal key. Use the project token, which begins with phc_."
    if len(token.encode("utf-8", "surrogatepass")) > _TOKEN_BYTES:
        return "Longer than 64 characters: PostHog refuses it. Copy the token again."
    if not token.isascii() or "\0" in token:
        return "There are characters in it that no token has. Copy the token again."
    if token != token.strip():
        return "There are spaces around the token. Remove them."
    if not token.startswith("phc_"):
        return "Project tokens begin with phc_. PostHog answers 200 and then drops the event."
    return ""


def is_personal_key(token: str) -> bool:
    """Whether this is a person's own key, which reads and changes a project, and is no token."""
    return token.strip().startswith("phx_")


def mask(token: str) -> str:
    """The token with its middle left out, for places that other people see."""
    if len(token) <= _SHOWN_HEAD + _SHOWN_TAIL:
        return "…" if token else ""
    return f"{token[:_SHOWN_HEAD]}…{token[-_SHOWN_TAIL:]}"


_TOKEN_BYTES = 64
_SHOWN_HEAD, _SHOWN_TAIL = 8, 4
_BLANK = re.compile(r"\s")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # read for its range check
    except ValueError:
        return None
    return parts


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return True
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return all(_LABEL.fullmatch(label) for label in ascii_host.rstrip(".").split("."))
