"""The URL to which curl would send."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from composer.core.remarks import Remark
from composer.core.shells.words import as_bytes
from composer.core.urls import wire_url

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_USER = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)([^/?#@]*)@")
_GLOB = re.compile(r"\{[^{}]*,[^{}]*\}|\[\w+-\w+(?::\d+)?\](?!:\d)")
_NOT_WRITTEN_OUT = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*(?:[$`<>{}]|%\w+%)")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """``url`` is ASCII, or as written if nothing can be sent to it. ``host`` is for its header."""

    url: str
    host: str
    user: str
    """Name and password that stood in it, as ``name:password``"""
    remarks: tuple[Remark, ...]


def address_of(written: str, *, squashes: bool = True, has_globs: bool = False) -> Address:
    """The address of a URL. ``squashes`` takes ``/../`` out of its path as curl does."""
    remarks: list[Remark] = []
    url, user = written.strip(), ""
    if _NOT_WRITTEN_OUT.match(url):
        told = Remark(name=written[:60], words="Its host is not written out: put it in.")
        return Address(url=url, host="", user="", remarks=(told,))
    if not _SCHEME.match(url):
        url = f"http://{url}"
        remarks.append(Remark(name=written[:60], words="It has no scheme, so curl takes http."))
    if found := _USER.match(url):
        user, url = found[2], found[1] + url[found.end() :]
    if has_globs and _GLOB.search(url):
        words = "curl would send several requests: it stands as it is written. Choose one."
        remarks.append(Remark(name=written[:60], words=words))
    try:
        url = wire_url(_squashed(url) if squashes else url)
        host = _host(url)
    except ValueError as error:
        remarks.append(Remark(name=written[:60], words=f"Nothing can be sent to it. {error}"))
        host = ""
    return Address(url=url, host=host, user=user, remarks=tuple(remarks))


def basic(user: str, *, is_encoded: bool = False) -> str:
    """The value of ``Authorization`` for ``name:password``."""
    name, _, password = user.partition(":")
    pair = f"{name}:{password}"
    data = unquote_to_bytes(pair) if is_encoded else as_bytes(pair)
    return "Basic " + base64.b64encode(data).decode("ascii")


def _host(url: str) -> str:
    """The value of ``Host``: the port only where it is not the scheme's own."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    return name if parts.port in {None, _PORTS[parts.scheme]} else f"{name}:{parts.port}"


def _squashed(url: str) -> str:
    """``url`` without ``.`` and ``..`` in its path (RFC 3986, section 5.2.4)."""
    if "/." not in url:
        return url
    match = re.match(r"([^:]+://[^/?#]*)([^?#]*)(.*)", url, re.DOTALL)
    if match is None:
        return url
    kept: list[str] = []
    parts = match[2].split("/")
    for part in parts[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in {".", ".."}:
        kept.append("")
    return match[1] + "".join(f"/{part}" for part in kept) + match[3]
