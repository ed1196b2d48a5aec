"""HAR 1.2, the HTTP archive that browsers' developer tools and proxies such as Charles open.

What is not known has the value that the format has for it: -1 for sizes and times, status 0 for no
answer. Masked tokens change the text of a body, not its size, which is that of what went out.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from composer import __version__
from composer.core.exporting.ending import Ending, ending_of
from composer.core.exporting.hiding import Headers, Veil
from composer.core.jsontext import Layout, Number, Object, Value, encode
from composer.core.outcome import Response
from composer.core.records import HistoryEntry
from composer.core.times import wire_text
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest

_CREATOR = Object((("name", "Event Composer"), ("version", __version__)))
_UNKNOWN = Number("-1")
_ZERO = Number("0")
_PROTOCOL = "HTTP/1.1"


def har_pieces(entries: Iterable[HistoryEntry], key: KeyMode) -> Iterator[str]:
    """The head of the archive, one entry a send, and its end."""
    creator = encode(_CREATOR, Layout.COMPACT)
    yield f'{{"log":{{"version":"1.2","creator":{creator},"entries":['
    separator = "\n"
    for entry in entries:
        yield separator + encode(_entry(entry, key), Layout.COMPACT)
        separator = ",\n"
    yield "\n]}}\n"


def _entry(entry: HistoryEntry, key: KeyMode) -> Object:
    veil, ending = Veil(entry.request, key), ending_of(entry.outcome)
    spent = Number(f"{ending.milliseconds:.3f}")
    members: list[tuple[str, Value]] = [
        ("startedDateTime", wire_text(entry.row.sent_at)),
        ("time", spent),
        ("request", _request(entry.request, veil)),
        ("response", _response(ending, veil)),
        ("cache", Object()),
        ("timings", _timings(spent)),
    ]
    if comment := _comment(entry, ending, veil):
        members.append(("comment", comment))
    return Object(tuple(members))


def _request(request: WireRequest, veil: Veil) -> Object:
    url = veil.text(request.url)
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return Object(
        (
            ("method", request.method),
            ("url", url),
            ("httpVersion", _PROTOCOL),
            ("cookies", ()),
            ("headers", _pairs(veil.headers(request.headers))),
            ("queryString", _pairs(tuple(query))),
            (
                "postData",
                Object((("mimeType", _type(request.headers)), *_text(veil, request.body))),
            ),
            ("headersSize", _UNKNOWN),
            ("bodySize", Number(str(request.size))),
        )
    )


def _response(ending: Ending, veil: Veil) -> Object:
    response = ending.response or Response(status=0)
    body = response.body
    return Object(
        (
            ("status", Number(str(response.status))),
            ("statusText", veil.text(response.reason)),
            ("httpVersion", _PROTOCOL if ending.response else ""),
            ("cookies", ()),
            ("headers", _pairs(veil.headers(response.headers))),
            (
                "content",
                Object(
                    (
                        ("size", Number(str(len(body)))),
                        ("mimeType", _type(response.headers)),
                        *_text(veil, body),
                    )
                ),
            ),
            ("redirectURL", veil.text(response.header("location"))),
            ("headersSize", _UNKNOWN),
            ("bodySize", _UNKNOWN if response.truncated else Number(str(len(body)))),
        )
    )


def _text(veil: Veil, body: bytes) -> tuple[tuple[str, Value], ...]:
    hidden = veil.data(body)
    try:
        return (("text", hidden.decode("utf-8")),)
    except UnicodeDecodeError:
        text = base64.b64encode(hidden).decode("ascii")
        return (("text", text), ("encoding", "base64"))


def _timings(spent: Number) -> Object:
    """The whole time is known and not what it was spent on: it counts as waiting."""
    unknown = tuple((name, _UNKNOWN) for name in ("blocked", "dns", "connect", "ssl"))
    return Object((*unknown, ("send", _ZERO), ("wait", spent), ("receive", _ZERO)))


def _comment(entry: HistoryEntry, ending: Ending, veil: Veil) -> str:
    """What the format has no place for: why there is no answer, ticket and note."""
    row = entry.row
    outcome = "" if ending.response else " ".join((ending.name or "under way", ending.detail))
    ticket = f"Ticket {row.ticket}" if row.ticket else ""
    parts = (outcome.strip(), ticket, row.note)
    return veil.text("; ".join(part for part in parts if part))


def _type(headers: Headers) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def _pairs(headers: Headers) -> Value:
    return tuple(Object((("name", name), ("value", value))) for name, value in headers)
