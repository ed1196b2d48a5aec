"""Method, address and headers of two requests.

Query parameters and headers are compared by name, whatever their order; names of headers in any
case. It knows nothing of bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from composer.core.compare.request import NamedRequest, Part, RequestDifference
from composer.core.compare.values import DifferenceKind
from composer.core.urls import query_pairs

_FLEETING_QUERY = frozenset({"_", "sent_at"})
"""The time of the send, in milliseconds (capture-server.md, 1.5)."""
_FLEETING_HEADERS = frozenset(
    {
        "content-length",
        "date",
        "posthog-request-id",
        "posthog-request-timestamp",
        "traceparent",
        "tracestate",
        "x-request-id",
    }
)
_OF_THE_PROGRAM = frozenset(
    {"accept", "accept-encoding", "accept-language", "connection", "user-agent"}
)
"""Each program has its own; they change nothing in the event."""
_NO_HEADER = ":"
"""How the names of HTTP/2 begin that say what the address says."""


def compare_addresses(left: NamedRequest, right: NamedRequest) -> Iterator[RequestDifference]:
    """Method and address, as far as both are known."""
    if left.method and right.method:
        yield from _line("method", left.method, right.method)
    if not (left.url and right.url):
        return
    one, other = _split(left.url), _split(right.url)
    for name in one:
        yield from _line(name, one[name], other[name])
    before, after = _grouped(query_pairs(left.url)), _grouped(query_pairs(right.url))
    for name, found, wanted in _paired(before, after):
        yield from _named(Part.QUERY, name, found, wanted, fleeting=name in _FLEETING_QUERY)


def compare_headers(left: NamedRequest, right: NamedRequest) -> Iterator[RequestDifference]:
    """The headers, if both have some; those that differ anyway come last."""
    if not (left.headers and right.headers):
        return
    before, after = _headers(left), _headers(right)
    spelled = {name.lower(): name for name, _ in (*right.headers, *left.headers)}
    pairs = sorted(_paired(before, after), key=lambda pair: _rank(pair[0]))
    for name, found, wanted in pairs:
        fleeting = name in _FLEETING_HEADERS
        yield from _named(Part.HEADERS, spelled[name], found, wanted, fleeting=fleeting)


def _rank(name: str) -> int:
    return (name in _OF_THE_PROGRAM) + 2 * (name in _FLEETING_HEADERS)


_Groups = dict[str, tuple[str, ...]]


def _grouped(pairs: Iterable[tuple[str, str]]) -> _Groups:
    groups: _Groups = {}
    for name, value in pairs:
        groups[name] = (*groups.get(name, ()), value)
    return groups


def _headers(request: NamedRequest) -> _Groups:
    """Those that say more than the address does."""
    host = _split(request.url)["host"]
    return _grouped(
        (name.lower(), value.strip())
        for name, value in request.headers
        if not name.startswith(_NO_HEADER)
        and not (name.lower() == "host" and value.strip().lower() == host)
    )


def _paired(
    before: _Groups, after: _Groups
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for name in dict.fromkeys((*before, *after)):
        yield name, before.get(name, ()), after.get(name, ())


def _split(url: str) -> dict[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:  # an address that somebody mistyped, such as http://[
        return {"scheme": "", "host": "", "path": url.partition("?")[0]}
    return {"scheme": parts.scheme, "host": parts.netloc.lower(), "path": parts.path or "/"}


def _line(name: str, left: str, right: str) -> Iterator[RequestDifference]:
    if left != right:
        yield RequestDifference(
            part=Part.LINE, what=name, kind=DifferenceKind.CHANGED, left=left, right=right
        )


def _named(
    part: Part, name: str, left: tuple[str, ...], right: tuple[str, ...], *, fleeting: bool
) -> Iterator[RequestDifference]:
    if left == right:
        return
    kind = DifferenceKind.CHANGED
    if not left or not right:
        kind = DifferenceKind.REMOVED if left else DifferenceKind.ADDED
    elif len(left) != len(right):
        kind = DifferenceKind.REPEATED
    yield RequestDifference(
        part=part,
        what=name,
        kind=kind,
        left=", ".join(left),
        right=", ".join(right),
        is_fleeting=fleeting,
    )
