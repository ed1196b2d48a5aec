"""A request as a command for bash: pasted and run, it sends the very same bytes.

curl adds headers of its own, reads ``~/.curlrc``, speaks HTTP/2 where it can and waits for
``100 Continue`` before a long body. Each of these is switched off, because the promise is that
the command and the app send the same request. Apart from that the command stays as short as a
person would write it. It knows nothing of the window or of events.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from composer.core.jsontext import encode_string
from composer.core.tokens import TOKEN_VARIABLE, KeyMode, masked, tokens_in
from composer.core.urls import is_loopback, wire_url
from composer.core.wire import WireRequest

INLINE_LIMIT = 24 * 1024
"""The longest body, in bytes, that is an argument of curl. Linux takes 128 KiB for one argument,
but Git Bash hands the whole command line to Windows, which takes 32,767 characters. A longer body
is piped: ``printf`` is part of bash itself and has no limit."""


def render(request: WireRequest, *, key: KeyMode = KeyMode.INLINE, wrapped: bool = True) -> str:
    """The command that sends ``request``; with ``wrapped`` each option stands on its own line.

    ``key`` governs the project token wherever it is a whole JSON string of the body: in full, as
    the variable ``POSTHOG_PROJECT_TOKEN`` (the same bytes if it holds what stands between the
    quotes; of several tokens, the first), or with its middle left out (such a command is for
    reading, not for running).
    """
    feed, data = _data_options(request, _body_parts(request.body, key))
    parts = [*feed, *_curl_options(request), *_header_options(request), *data]
    return (" \\\n  " if wrapped else " ").join(parts)


def _curl_options(request: WireRequest) -> list[str]:
    """The call itself, the URL, and what keeps curl from doing more than it is told.

    ``-q`` (no ``~/.curlrc``) counts only as the first option. ``-i`` shows the status, ``-sS``
    keeps errors but no progress bar when the output is piped on.
    """
    url = _readable_url(request.url)
    words = ["curl -q -i -sS --http1.1"]
    if request.method != "POST" or not _has_data(request):
        words.append(f"-X {_quote(request.method)}")
    if re.search(r"[\[\]{}]", url):
        words.append("--globoff")
    if "/." in url:
        words.append("--path-as-is")
    if is_loopback(url):
        words.append("--noproxy '*'")
    return [" ".join([*words, _quote(url)])]


def _header_options(request: WireRequest) -> list[str]:
    """All headers but those to which curl gives the same value by itself."""
    has_data = _has_data(request)
    own = {"content-length": str(len(request.body))} if has_data else {}
    if host := _host_of_curl(request.url):
        own["host"] = host
    options = [
        f"-H {_quote(f'{name}: {value}' if value else f'{name};')}"
        for name, value in request.headers
        if own.get(name.lower()) != value
    ]
    present = {name.lower() for name, _ in request.headers}
    added = ["User-Agent", "Accept", *(["Content-Type"] if has_data else [])]
    if len(request.body) >= _EXPECT_FROM:
        added.append("Expect")
    options += [f"-H {_quote(f'{name}:')}" for name in added if name.lower() not in present]
    return options


def _data_options(request: WireRequest, parts: list[str]) -> tuple[list[str], list[str]]:
    """What stands before the pipe, if there is one, and curl's own option for the body."""
    if not _has_data(request):
        return [], []
    if any(_UNSAFE.search(part) or part.count("'") > _MANY for part in parts):
        feed = "printf '%b' " + _argument([_escaped(part) for part in parts])
    elif len(request.body) > INLINE_LIMIT:
        feed = "printf '%s' " + _argument(parts)
    else:
        return [], [f"--data-raw {_argument(parts)}"]
    return [f"{feed} |"], ["--data-binary @-"]


def _body_parts(body: bytes, key: KeyMode) -> list[str]:
    """The body's text, cut where the variable goes. A byte that is not UTF-8 is a surrogate."""
    text = body.decode("utf-8", "surrogateescape")
    tokens = () if key is KeyMode.INLINE else tokens_in(body)
    match key:
        case KeyMode.ENV if tokens:
            inner = re.escape(encode_string(tokens[0])[1:-1])
            return re.split(f'(?<="){inner}(?=")', text)
        case KeyMode.MASKED:
            return [masked(text, tokens)]
        case _:
            return [text]


def _argument(parts: list[str]) -> str:
    """One argument: ``parts`` in single quotes, the variable between them."""
    quoted = (part.replace("'", r"'\''") for part in parts)
    return "'" + f"'\"${TOKEN_VARIABLE}\"'".join(quoted) + "'"


def _escaped(text: str) -> str:
    """``text`` for ``printf '%b'``: what a clipboard or a terminal would change is escaped."""
    return _UNSAFE.sub(_escape, text.replace("\\", r"\\")).replace("'", r"\0047")


def _escape(match: re.Match[str]) -> str:
    named = {"\t": r"\t", "\r": r"\r"}.get(match[0])
    return named or "".join(
        f"\\0{byte:03o}" for byte in match[0].encode("utf-8", "surrogateescape")
    )


def _quote(text: str) -> str:
    return _argument([text])


def _has_data(request: WireRequest) -> bool:
    return bool(request.body) or any(n.lower() == "content-length" for n, _ in request.headers)


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


_UNSAFE = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\udc80-\udcff]")
"""Control characters but the line feed, and bytes that are not UTF-8. Terminals take them out,
make a line feed of a carriage return, and complete file names at a tab."""

_MANY = 1000
"""Apostrophes from which they are escaped as well. Each ``'\\''`` makes bash copy the whole
argument: 300,000 of them in 2 MB took four seconds, escaped a quarter of a second."""

_EXPECT_FROM = 1024
"""Bytes from which some version of curl asks for ``100 Continue`` first."""

_PORTS = {"http": 80, "https": 443}
_PLAIN_NAME = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z][a-z0-9_-]*")
