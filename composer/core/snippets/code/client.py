"""What HTTP libraries do with headers by themselves, and what that means for one request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from composer.core.wire import WireRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The habits of a library.

    ``adds`` are headers that it sends unless told otherwise, and ``always`` those that it sends
    whatever it is told, with the words for them. ``own`` are those that it does not let one choose.
    """

    name: str
    adds: tuple[str, ...] = ()
    always: Mapping[str, str] = field(default_factory=dict[str, str])
    own: tuple[str, ...] = ()
    repeats: bool = True
    """Whether it sends a header of the same name twice."""
    keeps_case: bool = True
    """Whether it sends the names of headers as they are spelled."""
    tidies: bool = True
    """Whether it respells unusual addresses."""
    notes: tuple[str, ...] = ()
    """What holds for every request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """The headers to write down, those to switch off, and what differs nevertheless."""

    written: tuple[tuple[str, str], ...]
    absent: tuple[str, ...]
    notes: tuple[str, ...]


def headers_for(request: WireRequest, client: Client) -> Headers:
    """All headers but those that the library makes of the address and the body by itself."""
    made = {"host": _host(request.url), "content-length": str(len(request.body))}
    notes = list(client.notes)
    written: list[tuple[str, str]] = []
    for name, value in request.headers:
        if made.get(name.lower()) == value:
            continue
        if name.lower() in _FRAMING or name.lower() in client.own:
            notes.append(f"The header {name} is left out: {client.name} sets its own.")
        else:
            written.append((name, value))
    if not client.repeats:
        written, joined = _joined(written)
        notes += [f"{client.name} sends {n} once, its values joined by commas." for n in joined]
    present = {name.lower() for name, _ in request.headers}
    notes += [words for name, words in client.always.items() if name.lower() not in present]
    notes += _spelling_notes(request, client, written)
    absent = (name for name in client.adds if name.lower() not in present)
    return Headers(written=tuple(written), absent=tuple(absent), notes=tuple(notes))


def _joined(headers: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """One header of each name, and the names that there were several of."""
    merged: dict[str, tuple[str, str]] = {}
    repeated: dict[str, str] = {}
    for name, value in headers:
        if earlier := merged.get(name.lower()):
            merged[name.lower()] = (earlier[0], f"{earlier[1]}, {value}")
            repeated[name.lower()] = earlier[0]
        else:
            merged[name.lower()] = (name, value)
    return list(merged.values()), list(repeated.values())


def _spelling_notes(
    request: WireRequest, client: Client, written: list[tuple[str, str]]
) -> list[str]:
    notes: list[str] = []
    unusual = [name for name, _ in written if not _CANONICAL.fullmatch(name)]
    if unusual and not client.keeps_case:
        notes.append(f"{client.name} changes upper and lower case in {', '.join(unusual)}.")
    foreign = [name for name, value in written if not value.isascii()]
    if foreign:
        notes.append(f"{client.name} may refuse or respell {', '.join(foreign)}: it is not ASCII.")
    if client.tidies and not _PLAIN_TARGET.fullmatch(request.target):
        notes.append(f"{client.name} may spell the address differently: it has unusual characters.")
    return notes


def _host(url: str) -> str:
    """The Host header that libraries make of ``url``; empty where they differ."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    name = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return name if port in {None, usual} else f"{name}:{port}"


_FRAMING = frozenset({"content-length", "transfer-encoding", "connection"})
"""Headers about the connection, which every library governs itself."""

_CANONICAL = re.compile(r"[A-Z][a-z0-9]*(?:-[A-Z][a-z0-9]*)*")
_PLAIN_TARGET = re.compile(
    r"/(?!.*/\.)(?:[A-Za-z0-9_~/-]|\.(?!/)|%[0-9A-F]{2})*"
    r"(?:\?(?:[A-Za-z0-9._~/&=,:+-]|%[0-9A-F]{2})*)?"
)
