"""From the bytes of a request to JSON text: base64, forms, compression, in PostHog's order.

Source: capture-server.md, 1.4 (steps 2 to 7), 1.3 for the limits. It does not read the JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from composer.core.unwrap import TooLongError, lz64
from composer.services.sandbox.answers import RefusedError, too_large, undecodable
from composer.services.sandbox.request import HeavyError
from composer.services.sandbox.v0.decoding import GZIP_MAGIC, TEXT_LIMIT, from_base64, gunzip
from composer.services.sandbox.v0.query import (
    COMPRESSIONS,
    Compression,
    Query,
    RepeatedFieldError,
    form_fields,
)

WIRE_LIMIT = 20 * 1024 * 1024
"""Bytes of a body as it comes over the wire."""
FORM_TYPE = "application/x-www-form-urlencoded"
"""The content type of a form; with parameters behind it, it is not taken for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The parts of a request that say what its body means. ``path`` has no slash at its end.

    ``most_text`` is the number of bytes that may be made of it here, ``None`` for no such bound.
    """

    path: str
    query: Query
    content_type: str
    content_encoding: str
    body: bytes
    most_text: int | None = None


def unpack(packed: Packed) -> str:
    """The JSON text of a request. Raises ``RefusedError`` or ``HeavyError``."""
    payload = packed.query.data.encode() or packed.body
    if not payload:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "request missing data payload")
    if _looks_like_base64(payload) and not _looks_like_form(payload):
        decoded = from_base64(payload)
        payload = payload if decoded is None else decoded
    form: dict[str, str] = {}
    if packed.content_type == FORM_TYPE:
        form = _read_form(payload)
        payload = form["data"].encode() if "data" in form else payload
    text = _decompress(payload, _compression(packed, form), packed.most_text)
    return _unwrap_again(text) if packed.path in _LEGACY_PATHS else text


_FORM_FIELDS = {"data": "data", "compression": "compression"}
_LEGACY_PATHS = frozenset({"/e", "/capture", "/track", "/engage"})
_LOOK = 128  # bytes from which the kind of a payload is guessed
_FORM = re.compile(rb"(?:^|&)(?:data|_|ip|compression)=")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]+")
_BASE64_OR_SPACE = re.compile(rb"[A-Za-z0-9+/= ]+")


def _looks_like_form(payload: bytes) -> bool:
    return _FORM.search(payload[:_LOOK]) is not None


def _looks_like_base64(payload: bytes, alphabet: re.Pattern[bytes] = _BASE64) -> bool:
    return len(payload) % 4 == 0 and alphabet.fullmatch(payload[:_LOOK]) is not None


def _read_form(payload: bytes) -> dict[str, str]:
    if not _looks_like_form(payload):
        raise undecodable("expected form data in POST request payload")
    try:
        form = form_fields(payload, _FORM_FIELDS)
    except RepeatedFieldError:
        raise undecodable("invalid urlencoded form data") from None
    data = form.get("data", "")
    if _looks_like_base64(data.encode(), _BASE64_OR_SPACE):
        form["data"] = data.replace(" ", "+")  # the plus signs of base64, undone by form decoding
    return form


def _compression(packed: Packed, form: dict[str, str]) -> Compression | None:
    """The hint that counts. Only the header minds upper and lower case."""
    return (
        packed.query.compression
        or COMPRESSIONS.get(form.get("compression", "").lower())
        or COMPRESSIONS.get(packed.content_encoding)
    )


def _decompress(payload: bytes, hint: Compression | None, most: int | None) -> str:
    if hint is Compression.GZIP or payload.startswith(GZIP_MAGIC):
        return gunzip(payload, "invalid GZIP data", most)
    if hint is Compression.LZ64:
        return _decompress_lz64(payload, most)
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise undecodable("invalid UTF8 in request payload") from None


def _decompress_lz64(payload: bytes, most: int | None) -> str:
    try:
        units = lz64.decompress(payload, TEXT_LIMIT if most is None else most)
    except TooLongError:
        if most is not None:
            raise HeavyError from None
        raise too_large(f"Decompressed LZ64 payload would exceed {TEXT_LIMIT} bytes") from None
    except lz64.Lz64Error:
        raise undecodable("decompress_lz64: failed decompress to UTF16") from None
    try:
        text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise undecodable("decompress_lz64: failed UTF16 to UTF8 conversion") from None
    if len(text.encode()) > TEXT_LIMIT:
        raise too_large("lz64 request payload size limit exceeded")
    return text


def _unwrap_again(text: str) -> str:
    """One more layer of base64, where old SDKs put one inside another packing."""
    data = text.encode()
    if not _looks_like_base64(data):
        return text
    decoded = from_base64(data)
    try:
        return text if decoded is None else decoded.decode()
    except UnicodeDecodeError:
        return text
