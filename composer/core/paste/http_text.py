"""A request as HTTP/1.1 writes it, saved or copied: the request line, headers, and the body.

It works on bytes, for the body may be packed. Several requests may follow each other, also with
``###`` between them, as files for the HTTP clients of editors have it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.paste.pasted import Format, PasteError
from composer.core.paste.sources import Source, header_in
from composer.core.remarks import Remark
from composer.core.urls import is_loopback


def read_http(data: bytes) -> tuple[Source, ...] | None:
    """The requests in ``data``; ``None`` where it does not begin with a request line.

    Raises ``PasteError`` where headers and body cannot be told apart.
    """
    found: list[Source] = []
    rest = _BEFORE.sub(b"", data, count=1)
    while len(found) < _MOST and (line := _REQUEST_LINE.match(rest)):
        headers, body = _head(rest[line.end() :])
        read = _body(body, headers)
        url, remarks = _address(line["target"].decode("latin-1"), header_in(headers, "host"))
        source = Source(
            format=Format.HTTP,
            method=line["method"].decode(),
            url=url,
            headers=headers,
            body=read.payload,
            steps=read.steps,
            remarks=remarks + read.remarks,
        )
        found.append(source)
        rest = read.behind
    return tuple(found) or None


_MOST = 1000  # requests in one paste, and headers of one request
_BEFORE = re.compile(rb"\A(?:\s+|#[^\n]*\n)+")
_REQUEST_LINE = re.compile(
    rb"(?P<method>GET|POST|PUT|PATCH|HEAD|DELETE|OPTIONS)[ \t]+"
    rb"(?P<target>(?:/|https?://)\S*)(?:[ \t]+HTTP/[\d.]+)?[ \t]*(?:\r?\n|$)"
)
_HEADER = re.compile(rb"(?P<name>[!#$%&'*+.^_`|~\w-]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*+)(?:\r?\n|$)")
_BLANK = re.compile(rb"[ \t]*\r?\n|[ \t]*$")
_BETWEEN = re.compile(rb"\r?\n###[^\n]*(?:\n|$)\s*")


def _head(rest: bytes) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The headers, and all behind the empty line."""
    headers: list[tuple[str, str]] = []
    place = 0
    while len(headers) < _MOST and (header := _HEADER.match(rest, place)):
        name, value = (header[part].decode("latin-1").strip() for part in ("name", "value"))
        headers.append((name, value))
        place = header.end()
    blank = _BLANK.match(rest, place)
    if blank is None:
        raise PasteError(
            "A line in the head of this HTTP request is no header. "
            "Put an empty line between the headers and the body, then paste it again."
        )
    return tuple(headers), rest[blank.end() :]


def _address(target: str, host: str) -> tuple[str, tuple[Remark, ...]]:
    """The whole URL; only a proxy is told whether it is http or https."""
    if not target.startswith("/") or not host:
        return target, ()
    is_plain = host.endswith(":80") or is_loopback(f"http://{host}")
    scheme = "http" if is_plain else "https"
    words = f"The text does not say whether this was http or https. {scheme} is assumed."
    return f"{scheme}://{host}{target}", (Remark(name="Host", words=words),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """A body, and what stands behind it."""

    payload: bytes
    behind: bytes = b""
    steps: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def _body(body: bytes, headers: tuple[tuple[str, str], ...]) -> _Body:
    if header_in(headers, "transfer-encoding").lower() == "chunked":
        return _dechunked(body) or _Body(payload=body)
    length = header_in(headers, "content-length")
    if length.isdecimal():
        return _measured(body, int(length[:_DIGITS]))
    between = _BETWEEN.search(body)
    if between is None:
        return _Body(payload=body)
    return _Body(payload=body[: between.start()], behind=body[between.end() :])


_DIGITS = 18
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")


def _measured(body: bytes, length: int) -> _Body:
    """By ``Content-Length``, which is no longer right where an editor has changed the body."""
    behind = body[length:].lstrip()
    if len(body) >= length and (not behind or _REQUEST_LINE.match(behind)):
        return _Body(payload=body[:length], behind=behind)
    words = f"It says {length:,} bytes, but the body has {len(body):,}. Look at the end of it."
    return _Body(payload=body, remarks=(Remark(name="Content-Length", words=words),))


def _dechunked(body: bytes) -> _Body | None:
    """The chunks joined; ``None`` for a body that was joined before."""
    pieces: list[bytes] = []
    place = 0
    while chunk := _CHUNK.match(body, place):
        size = int(chunk[1], 16)
        if size == 0:
            behind = body[chunk.end() :].lstrip()
            return _Body(payload=b"".join(pieces), behind=behind, steps=("Chunks joined",))
        pieces.append(body[chunk.end() : chunk.end() + size])
        line = _BLANK.match(body, chunk.end() + size)
        if line is None:
            return None
        place = line.end()
    return None
