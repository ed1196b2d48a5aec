"""What curl has to be told about a request, in no shell's words.

curl adds headers of its own, reads ``~/.curlrc``, speaks HTTP/2 where it can and waits for
``100 Continue`` before a long body. Each of these is switched off, because the promise is that
the command and the app send the same request. Apart from that the command stays as short as a
person would write it. How the body gets to curl is the shell's affair.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from composer.core.curl.style import Style
from composer.core.route import NO_PROXY, Route
from composer.core.stand_ins import Body, carried_body
from composer.core.tokens import KeyMode
from composer.core.urls import is_loopback, wire_url
from composer.core.wire import WireRequest


@dataclass(frozen=True, slots=True)
class Quoted:
    """An argument that the shell has to quote; plain ``str`` stands as it is in every shell."""

    text: str


Row = tuple[str | Quoted, ...]
"""Arguments that stay together on a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One call of curl. ``headers`` are the values of ``-H``; ``body`` is ``None`` without one."""

    style: Style
    options: Row
    url: str
    headers: tuple[str, ...]
    body: Body | None

    @property
    def given(self) -> tuple[str, ...]:
        """The arguments of the options that come from the request and its way."""
        return tuple(part.text for part in self.options if isinstance(part, Quoted))

    @property
    def header_option(self) -> str:
        """The option that stands before each header."""
        return "--header" if self.style is Style.DOCS else "-H"

    @property
    def data_option(self) -> str:
        """The option that stands before a body in the command."""
        return "-d" if self.style is Style.DOCS and not self.data_notes else "--data-raw"

    @property
    def data_notes(self) -> list[str]:
        """What is to be said of that option."""
        is_like_a_file = self.body is not None and self.body.texts[0].startswith("@")
        return [_NO_FILE] if self.style is Style.DOCS and is_like_a_file else []

    @property
    def is_wrapped(self) -> bool:
        """Whether each row gets a line of its own."""
        return self.style is Style.WRAPPED

    @property
    def is_one_line(self) -> bool:
        """Whether all commands go on the same line."""
        return self.style is Style.ONE_LINE

    @property
    def notes(self) -> list[str]:
        """What is to be said of the request in every shell."""
        first, *others = (self.body.variables if self.body else ()) or ("",)
        return [_SEVERAL.format(first, ", ".join(others))] if others else []

    def rows(self, program: str, headers: Sequence[Row], data: Row) -> list[Row]:
        """The call, laid out as the style has it."""
        call, url = (program, *self.options), (Quoted(self.url),)
        if self.style is Style.DOCS:
            return [(*call, *sum(headers, ()), *data, *url)]
        return [(*call, *url), *headers, *([data] if data else [])]

    def header_row(self, header: str) -> Row:
        """A header as an option of curl."""
        return (self.header_option, Quoted(header))


def plan(request: WireRequest, key: KeyMode, style: Style, route: Route) -> Plan:
    """What makes curl send ``request`` on ``route``.

    A request without a body gets no option for data.
    """
    url = _readable_url(request.url)
    return Plan(
        style=style,
        options=(*_BEGINNINGS[style], *_options(request, url), *_on_the_way(url, route)),
        url=url,
        headers=tuple(_headers(request)),
        body=carried_body(request.body, key) if request.body else None,
    )


def written(rows: Sequence[Row], quoted: Callable[[str], str]) -> list[str]:
    """Each row as text, its arguments quoted by the shell's ``quoted``."""
    return [
        " ".join(part if isinstance(part, str) else quoted(part.text) for part in row)
        for row in rows
    ]


def _options(request: WireRequest, url: str) -> Row:
    """What keeps curl from doing more, or something else, than it is told."""
    options: list[str | Quoted] = []
    if request.method != "POST" or not request.body:
        options += ["-X", Quoted(request.method)]
    if re.search(r"[\[\]{}]", url):
        options.append("--globoff")
    if "/." in url:
        options.append("--path-as-is")
    return tuple(options)


def _on_the_way(url: str, route: Route) -> Row:
    """The proxy, and with HTTPS the certificates."""
    options: list[str | Quoted] = []
    if route.proxy == NO_PROXY or (not route.proxy and is_loopback(url)):
        options += ["--noproxy", Quoted("*")]
    elif route.proxy:
        options += ["--proxy", Quoted(route.proxy)]
    if url.startswith("https:"):
        for option, path in (
            ("--cacert", route.ca_file),
            ("--cert", _cert_argument(route.client_certificate)),
            ("--key", route.client_key),
        ):
            options += [option, Quoted(path)] if path else []
    return tuple(options)


def _cert_argument(path: str) -> str:
    r"""A path for ``--cert``, where curl takes ``:`` for the start of a password.

    It takes the colon of a Windows drive for what it is, and ``\`` as it stands but before
    another ``\`` or a colon.
    """
    rest = path[2:] if _DRIVE.match(path) else path
    if ":" in rest or "\\\\" in rest or (rest is path and "\\" in rest):
        return re.sub(r"([\\:])", r"\\\1", path)
    return path


def _headers(request: WireRequest) -> list[str]:
    """All headers but those to which curl gives the same value by itself."""
    own = {"content-length": str(len(request.body))} if request.body else {}
    if host := _host_of_curl(request.url):
        own["host"] = host
    headers = [
        f"{name}: {value}" if value else f"{name};"
        for name, value in request.headers
        if own.get(name.lower()) != value
    ]
    present = {name.lower() for name, _ in request.headers}
    added = ["User-Agent", "Accept", *(["Content-Type"] if request.body else [])]
    if len(request.body) >= _EXPECT_FROM:
        added.append("Expect")
    return headers + [f"{name}:" for name in added if name.lower() not in present]


def _readable_url(url: str) -> str:
    """The URL in ASCII; as typed while it is still being typed and cannot be used."""
    try:
        return wire_url(url)
    except ValueError:
        return url


def _host_of_curl(url: str) -> str:
    """The Host header that every curl makes of ``url``; empty where versions differ.

    They differ on IPv6, on trailing dots and on numbers such as ``127.1``.
    """
    try:
        parts = urlsplit(wire_url(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not (_is_ipv4(host) or _PLAIN_NAME.fullmatch(host)):
        return ""
    return host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"


def _is_ipv4(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_PLAIN_BEGINNING = ("-q", "-i", "-sS", "--http1.1")
_BEGINNINGS: dict[Style, Row] = {
    Style.WRAPPED: _PLAIN_BEGINNING,
    Style.ONE_LINE: _PLAIN_BEGINNING,
    Style.DOCS: ("-v", "-L"),
}
"""``-q`` (no ``~/.curlrc``) counts only as the first option. ``-i`` shows the status, ``-sS``
keeps errors but no progress bar when the output is piped on."""

_SEVERAL = "The body holds several project tokens: {} is the first of them, then come {}."
_NO_FILE = "--data-raw stands for -d, which would take a body that begins with @ for a file name."

_EXPECT_FROM = 1024
"""Bytes from which some version of curl asks for ``100 Continue`` first."""

_PORTS = {"http": 80, "https": 443}
_PLAIN_NAME = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z][a-z0-9_-]*")
