"""JSON Lines: one object a send, with all that is known of it.

The members, in their order:

- ``id``, ``sent_at`` (UTC), ``event``, ``person``, ``events`` (their number);
- ``destination``: ``id``, ``name``, ``kind``, ``address``;
- ``method``, ``url``, ``headers`` (a list of name and value);
- ``body``, or ``body_base64`` where the bytes are not UTF-8; ``bytes`` and ``sha256`` of the bytes
  that went out, before any token was masked; ``keys``: how tokens are carried here;
- ``outcome`` (null while under way), ``cause``, ``status``, ``reason``, ``milliseconds`` and
  ``detail``;
- ``response``: ``headers``, ``body`` or ``body_base64``, ``truncated``; null without an answer;
- ``note``, ``ticket``, ``pinned``.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from composer.core.exporting.ending import Ending, ending_of
from composer.core.exporting.hiding import Headers, Veil
from composer.core.jsontext import Layout, Number, Object, Value, encode
from composer.core.records import HistoryEntry
from composer.core.times import wire_text
from composer.core.tokens import KeyMode


def json_lines(entries: Iterable[HistoryEntry], key: KeyMode) -> Iterator[str]:
    """One line a send, each with its line end."""
    for entry in entries:
        yield encode(_object(entry, key), Layout.COMPACT) + "\n"


def body_member(name: str, body: bytes) -> tuple[str, Value]:
    """``name`` with the text of the bytes, or ``name_base64`` for those that are no UTF-8."""
    try:
        return name, body.decode("utf-8")
    except UnicodeDecodeError:
        return f"{name}_base64", base64.b64encode(body).decode("ascii")


def _object(entry: HistoryEntry, key: KeyMode) -> Object:
    row, request, veil = entry.row, entry.request, Veil(entry.request, key)
    place, ending = row.destination, ending_of(entry.outcome)
    return Object(
        (
            ("id", Number(str(row.id))),
            ("sent_at", wire_text(row.sent_at)),
            ("event", veil.text(row.summary.event)),
            ("person", veil.text(row.summary.person)),
            ("events", Number(str(row.summary.events))),
            (
                "destination",
                Object(
                    (
                        ("id", place.id),
                        ("name", veil.text(place.name)),
                        ("kind", place.kind.value),
                        ("address", veil.text(place.address)),
                    )
                ),
            ),
            ("method", request.method),
            ("url", veil.text(request.url)),
            ("headers", _pairs(veil.headers(request.headers))),
            body_member("body", veil.data(request.body)),
            ("bytes", Number(str(request.size))),
            ("sha256", request.sha256),
            ("keys", key.value),
            *_ending_members(ending, veil),
            ("note", veil.text(row.note)),
            ("ticket", veil.text(row.ticket)),
            ("pinned", row.pinned),
        )
    )


def _ending_members(ending: Ending, veil: Veil) -> Iterator[tuple[str, Value]]:
    response = ending.response
    yield "outcome", ending.name or None
    yield "cause", ending.cause
    yield "status", Number(str(response.status)) if response else None
    yield "reason", veil.text(response.reason) if response else ""
    yield "milliseconds", Number(f"{ending.milliseconds:.3f}")
    yield "detail", veil.text(ending.detail)
    yield (
        "response",
        (
            Object(
                (
                    ("headers", _pairs(veil.headers(response.headers))),
                    body_member("body", veil.data(response.body)),
                    ("truncated", response.truncated),
                )
            )
            if response
            else None
        ),
    )


def _pairs(headers: Headers) -> Value:
    return tuple((name, value) for name, value in headers)
