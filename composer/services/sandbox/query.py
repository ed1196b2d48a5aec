"""Form-encoded pairs, and the query parameters that the capture service reads.

Source: capture-server.md, 1.5; the texts are those of serde_urlencoded behind axum. It knows
nothing of bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from composer.services.sandbox.answers import RefusedError


class Compression(Enum):
    """What a sender says of its body."""

    GZIP = auto()
    LZ64 = auto()
    BASE64 = auto()  # says nothing: base64 is recognised by its look


COMPRESSIONS = {
    "gzip": Compression.GZIP,
    "gzip-js": Compression.GZIP,
    "lz64": Compression.LZ64,
    "lz-string": Compression.LZ64,
    "base64": Compression.BASE64,
    "b64": Compression.BASE64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The parameters that matter to v0."""

    data: str = ""
    compression: Compression | None = None
    sent_at: datetime | None = None
    beacon: bool = False


class RepeatedFieldError(ValueError):
    """A field that may stand once stands twice."""


def read_query(raw: bytes) -> Query:
    """Read a query string. Raises ``RefusedError`` (400) for a number that is none."""
    if not raw:
        return _EMPTY
    try:
        fields = form_fields(raw, _FIELDS)
        milliseconds = _whole(fields["sent_at"], 64) if "sent_at" in fields else None
        beacon = "beacon" in fields and _whole(fields["beacon"], 32) == 1
    except ValueError as error:
        words = f"Failed to deserialize query string: {error}"
        raise RefusedError(HTTPStatus.BAD_REQUEST, words) from None
    return Query(
        data=fields.get("data", ""),
        compression=COMPRESSIONS.get(fields.get("compression", "").lower()),
        sent_at=None if milliseconds is None else _moment(milliseconds),
        beacon=beacon,
    )


def form_fields(raw: bytes, names: dict[str, str]) -> dict[str, str]:
    """The wanted fields of form-encoded bytes; ``names`` maps each spelling to its field.

    Bytes that are not UTF-8 are replaced, as the ``url`` crate does. Raises
    ``RepeatedFieldError`` for a wanted field that stands twice.
    """
    found: dict[str, str] = {}
    for pair in raw.split(b"&"):
        key, _, value = pair.partition(b"=")
        field = names.get(_decoded(key))
        if field is None:
            continue
        if field in found:
            raise RepeatedFieldError(f"duplicate field `{field}`")
        found[field] = _decoded(value)
    return found


_EMPTY = Query()
_FIELDS = {
    "data": "data",
    "compression": "compression",
    "_": "sent_at",
    "sent_at": "sent_at",
    "beacon": "beacon",
}
_INTEGER = re.compile(r"([+-]?)0*([0-9]{1,20})|[+-]?[0-9]+", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR_OF_SECONDS = 2020  # milliseconds before 2021 are taken for seconds, and left unread


def _decoded(text: bytes) -> str:
    return unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-8", "replace")


def _whole(text: str, bits: int) -> int:
    """An integer as Rust reads one. Raises ``ValueError`` in Rust's words."""
    if not text:
        raise ValueError("cannot parse integer from empty string")
    match = _INTEGER.fullmatch(text)
    if not match:
        raise ValueError("invalid digit found in string")
    limit = 2 ** (bits - 1)
    negative = text.startswith("-")
    size = int(match[2]) if match[2] else limit + 1
    if size > (limit if negative else limit - 1):
        raise ValueError(f"number too {'small' if negative else 'large'} to fit in target type")
    return -size if negative else size


def _moment(milliseconds: int) -> datetime | None:
    try:
        moment = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment if moment.year > _LAST_YEAR_OF_SECONDS else None
