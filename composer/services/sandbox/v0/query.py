"""Form-encoded pairs, and the query parameters that the capture service reads.

Source: capture-server.md, 1.5; the texts, and that the first fault in the order of the pairs is the
one told, are those of serde_urlencoded behind axum. It knows nothing of bodies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters that an edition of the service knows.

    ``names`` maps each spelling to its field. ``compression`` reads that one's value; it raises
    ``ValueError`` with the words that are told.
    """

    names: Mapping[str, str]
    compression: Callable[[str], Compression | None]


def read_query(raw: bytes, parameters: Parameters) -> Query:
    """Read a query string. Raises ``RefusedError`` (400) for a value of the wrong kind."""
    if not raw:
        return _EMPTY
    found = _EMPTY
    try:
        for field, text in _pairs(raw, parameters.names):
            match field:
                case "data":
                    found = replace(found, data=text)
                case "compression":
                    found = replace(found, compression=parameters.compression(text))
                case "sent_at":
                    found = replace(found, sent_at=_moment(_whole(text, 64)))
                case "beacon":
                    found = replace(found, beacon=_whole(text, 32) == 1)
                case _:
                    pass  # known, and so must not stand twice, but without effect
    except ValueError as error:
        words = f"Failed to deserialize query string: {error}"
        raise RefusedError(HTTPStatus.BAD_REQUEST, words) from None
    return found


def form_fields(raw: bytes, names: Mapping[str, str]) -> dict[str, str]:
    """The wanted fields of form-encoded bytes; ``names`` maps each spelling to its field.

    Bytes that are not UTF-8 are replaced, as the ``url`` crate does. Raises
    ``RepeatedFieldError`` for a wanted field that stands twice.
    """
    return dict(_pairs(raw, names))


_EMPTY = Query()
_SENT_AT = {"_": "sent_at", "sent_at": "sent_at"}


def _any_compression(text: str) -> Compression | None:
    return COMPRESSIONS.get(text.lower())


def _one_compression(text: str) -> Compression | None:
    """An enum of Rust, one of whose names stands for the rest."""
    if text not in {"gzip", "gzip-js", "Unsupported"}:
        raise ValueError(f"unknown variant `{text}`, expected `Unsupported` or `gzip`")
    return COMPRESSIONS.get(text)


CURRENT = Parameters(
    names=_SENT_AT | {"data": "data", "compression": "compression", "beacon": "beacon"},
    compression=_any_compression,
)
OF_2024 = Parameters(
    names=_SENT_AT
    | {"compression": "compression", "ver": "lib_version", "lib_version": "lib_version"},
    compression=_one_compression,
)
_INTEGER = re.compile(r"([+-]?)0*([0-9]{1,20})|[+-]?[0-9]+", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR_OF_SECONDS = 2020  # milliseconds before 2021 are taken for seconds, and left unread


def _pairs(raw: bytes, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for pair in raw.split(b"&"):
        key, _, value = pair.partition(b"=")
        field = names.get(_decoded(key))
        if field is None:
            continue
        if field in seen:
            raise RepeatedFieldError(f"duplicate field `{field}`")
        seen.add(field)
        yield field, _decoded(value)


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
