"""HAR, the file in which browsers and proxies save what they sent: whole, or one entry of it.

Chosen among its requests are those that carry events; the others are counted. It knows how bodies
stand in a HAR, and nothing of what is in them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from composer.core.jsontext import Object, Value, get_at
from composer.core.paste.addresses import Purpose, purpose_of
from composer.core.paste.characters import as_sent
from composer.core.paste.pasted import Format
from composer.core.paste.sources import Source
from composer.core.remarks import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The requests of a HAR: to addresses that take events, and to others with a body.

    The latter may go to PostHog by way of a proxy of one's own. ``flags`` are questions for
    feature flags, and ``others`` the number of all the rest.
    """

    events: tuple[Source, ...]
    perhaps: tuple[Source, ...]
    flags: tuple[Source, ...]
    others: int


def requests_in(value: Value) -> tuple[Object, ...] | None:
    """The requests of a HAR, of its log, of some of its entries; ``None`` for other JSON."""
    entries = get_at(value, ("log", "entries"))
    if isinstance(value, Object) and not isinstance(entries, tuple):
        entries = value.get("entries") if _are_entries(value.get("entries")) else (value,)
    elif isinstance(value, tuple):
        entries = value
    if not isinstance(entries, tuple):
        return None
    is_log = isinstance(get_at(value, ("log", "entries")), tuple)
    requests = tuple(_request(entry) for entry in entries)
    found = tuple(request for request in requests if request is not None)
    return found if is_log or (found and len(found) == len(requests)) else None


def chosen(requests: Iterable[Object]) -> Choice:
    """The requests, sorted by where they go."""
    sorts: dict[Purpose, list[Source]] = {purpose: [] for purpose in Purpose}
    others = 0
    for request in requests:
        source = _source(request)
        purpose = purpose_of(source.url)
        has_body = source.body or "data=" in source.url
        if purpose is Purpose.OTHER and not (source.body and source.method == "POST"):
            others += 1
        elif has_body and purpose is not Purpose.RECORDING:
            sorts[purpose].append(source)
        else:
            others += 1
    return Choice(
        events=tuple(sorts[Purpose.EVENTS]),
        perhaps=tuple(sorts[Purpose.OTHER]),
        flags=tuple(sorts[Purpose.FLAGS]),
        others=others,
    )


def _are_entries(value: Value) -> bool:
    return isinstance(value, tuple) and any(_request(item) is not None for item in value)


def _request(entry: Value) -> Object | None:
    """The request of an entry, or the thing itself if it looks like one."""
    for found in (get_at(entry, ("request",)), entry):
        match found:
            case Object() if isinstance(found.get("url"), str) and isinstance(
                found.get("method"), str
            ):
                return found
            case _:
                pass
    return None


def _source(request: Object) -> Source:
    body, steps, remarks = _body(request.get("postData"))
    return Source(
        format=Format.HAR,
        method=_text(request.get("method")),
        url=_text(request.get("url")),
        headers=tuple(_pairs(request.get("headers"))),
        body=body,
        steps=steps,
        remarks=remarks,
    )


_Body = tuple[bytes, tuple[str, ...], tuple[Remark, ...]]


def _body(post: Value) -> _Body:
    """The bytes of ``postData``: its text, text in base64, or the fields of a form."""
    if not isinstance(post, Object):
        return b"", (), ()
    text = _text(post.get("text")) or _text(post.get("_base64"))
    if text and (post.get("encoding") == "base64" or not post.get("text")):
        try:
            return base64.b64decode(text, validate=True), ("Base64 of the HAR taken off",), ()
        except (binascii.Error, ValueError):
            words = "It says that the body is base64, but it is not. It was read as it stands."
            return as_sent(text), (), (Remark(name="encoding", words=words),)
    if not text:
        return urlencode([*_pairs(post.get("params"))]).encode(), (), ()
    return as_sent(text), (), ()


def _pairs(items: Value) -> Iterator[tuple[str, str]]:
    """Names and values, but for those that HTTP/2 has in place of a request line."""
    for item in items if isinstance(items, tuple) else ():
        name = _text(item.get("name")) if isinstance(item, Object) else ""
        if isinstance(item, Object) and name and not name.startswith(":"):
            yield name, _text(item.get("value"))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
