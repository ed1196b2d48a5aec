"""Where a request goes: PostHog Cloud, one's own server, or the sandbox in the app.

Nothing is read, looked up or sent here: it is what a person has typed, and what is to be said of
it.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from composer.core.route import Route

CAPTURE_PATHS = ("/i/v0/e/", "/capture/", "/e/", "/track/", "/engage/")
"""Paths for a single event; the first is what PostHog uses now, the others serve older servers
(capture-server.md, section 1.1)."""

BATCH_PATH = "/batch/"


class DestinationKind(StrEnum):
    """The four sorts; each has a colour of its own where the project has none."""

    SANDBOX = "sandbox"
    US = "us"
    EU = "eu"
    SELF_HOSTED = "self_hosted"


class ProjectColour(StrEnum):
    """The colours a project can be told by. How they look is the theme's affair."""

    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    RED = "red"
    ORANGE = "orange"
    GREY = "grey"


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
    """One named project: where to send to, with which token, and on which way.

    ``address`` is scheme, host and port, perhaps with a path prefix of a reverse proxy. ``colour``
    is a ``ProjectColour`` or empty: the colour of the kind. ``proxy`` is as in ``Route``, and the
    three files are paths. Timeouts are in seconds; ``None``: what is set for all projects.
    ``headers`` are sent besides the app's own.
    """

    id: str
    name: str
    kind: DestinationKind
    address: str
    token: str = ""
    path: str = CAPTURE_PATHS[0]
    colour: str = ""
    production: bool = True
    ca_file: str = ""
    proxy: str = ""
    client_certificate: str = ""
    client_key: str = ""
    connect_timeout: float | None = None
    answer_timeout: float | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_production(self) -> bool:
        """Whether real data may be hurt; in the sandbox it never can be."""
        return self.production and self.kind is not DestinationKind.SANDBOX

    @property
    def route(self) -> Route:
        """What the connection needs to know and the request does not show."""
        return Route(
            proxy=self.proxy,
            ca_file=self.ca_file,
            client_certificate=self.client_certificate,
            client_key=self.client_key,
            connect_timeout=self.connect_timeout,
            answer_timeout=self.answer_timeout,
        )

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
    """What is wrong with a project token (capture-server.md, section 3.2), with the next step.

    Which region a token belongs to does not show in it: a token of the other one is fine here.
    """
    if not token.strip():
        return "Enter the project token: in PostHog it stands under Settings, Project."
    if is_personal_key(token):
        return _PERSONAL_KEY
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


def personal_key_words(token: str) -> str:
    """Why ``token`` may not be kept or sent, with the next step; empty for what is no personal key.

    To be asked wherever a token is put in, before it is put anywhere.
    """
    return _PERSONAL_KEY if is_personal_key(token) else ""


def mask(token: str) -> str:
    """The token with its middle left out, for places that other people see."""
    if len(token) <= _SHOWN_HEAD + _SHOWN_TAIL:
        return "…" if token else ""
    return f"{token[:_SHOWN_HEAD]}…{token[-_SHOWN_TAIL:]}"


_PERSONAL_KEY = "This is a personal key. Use the project token, which begins with phc_."
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
