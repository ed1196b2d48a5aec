"""From the bytes of a request to JSON text: base64, forms, compression, in PostHog's order.

Source: capture-server.md, 1.4 (steps 2 to 7), 1.3 for the limits. It does not read the JSON.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from dataclasses import dataclass
from http import HTTPStatus

from composer.services.sandbox import lz64
from composer.services.sandbox.answers import RefusedError, too_large, undecodable
from composer.services.sandbox.query import (
    COMPRESSIONS,
    Compression,
    Query,
    RepeatedFieldError,
    form_fields,
)

WIRE_LIMIT = 20 * 1024 * 1024
"""Bytes of a body as it comes over the wire."""
TEXT_LIMIT = 5 * WIRE_LIMIT
"""Bytes of a body once it has been decompressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The parts of a request that say what its body means. ``path`` has no slash at its end."""

    path: str
    query: Query
    content_type: str
    content_encoding: str
    body: bytes


def unpack(packed: Packed) -> str:
    """The JSON text of a request. Raises ``RefusedError``."""
    payload = packed.query.data.encode() or packed.body
    if not payload:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "request missing data payload")
    if _looks_like_base64(payload) and not _looks_like_form(payload):
        decoded = _from_base64(payload)
        payload = payload if decoded is None else decoded
    form: dict[str, str] = {}
    if packed.content_type == _FORM_TYPE:
        form = _read_form(payload)
        payload = form["data"].encode() if "data" in form else payload
    text = _decompress(payload, _compression(packed, form))
    return _unwrap_again(text) if packed.path in _LEGACY_PATHS else text


_FORM_TYPE = "application/x-www-form-urlencoded"
_FORM_FIELDS = {"data": "data", "compression": "compression"}
_LEGACY_PATHS = frozenset({"/e", "/capture", "/track", "/engage"})
_LOOK = 128  # bytes from which the kind of a payload is guessed
_FORM = re.compile(rb"(?:^|&)(?:data|_|ip|compression)=")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]+")
_BASE64_OR_SPACE = re.compile(rb"[A-Za-z0-9+/= ]+")
_GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_WINDOW = 31  # zlib's way to say: with a gzip header and its checksum
_CHUNK = 8192  # the step in which the real service reads; it shows in the text of the refusal


def _looks_like_form(payload: bytes) -> bool:
    return _FORM.search(payload[:_LOOK]) is not None


def _looks_like_base64(payload: bytes, alphabet: re.Pattern[bytes] = _BASE64) -> bool:
    return len(payload) % 4 == 0 and alphabet.fullmatch(payload[:_LOOK]) is not None


def _from_base64(payload: bytes) -> bytes | None:
    """Strict, padded base64; ``None`` for anything else."""
    try:
        decoded = binascii.a2b_base64(payload, strict_mode=True)
    except binascii.Error:
        return None
    # Python lets stray bits pass in the last four characters; the real service does not.
    last = decoded[(len(decoded) - 1) // 3 * 3 :]
    return decoded if base64.b64encode(last) == payload[-4:] else None


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


def _decompress(payload: bytes, hint: Compression | None) -> str:
    if hint is Compression.GZIP or payload.startswith(_GZIP_MAGIC):
        return _gunzip(payload)
    if hint is Compression.LZ64:
        return _decompress_lz64(payload)
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise undecodable("invalid UTF8 in request payload") from None


def _gunzip(payload: bytes) -> str:
    """Raises before more than ``TEXT_LIMIT`` bytes and one chunk have been made."""
    stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    try:
        data = stream.decompress(payload, TEXT_LIMIT + _CHUNK)
    except zlib.error:
        raise undecodable("invalid GZIP data") from None
    if len(data) > TEXT_LIMIT:
        raise too_large(
            f"Decompressed payload would exceed {TEXT_LIMIT} bytes (got {len(data)} bytes)"
        )
    if not stream.eof:
        raise undecodable("invalid GZIP data")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise undecodable("invalid gzip data") from None


def _decompress_lz64(payload: bytes) -> str:
    try:
        units = lz64.decompress(payload, TEXT_LIMIT)
    except lz64.TooLongError:
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
    decoded = _from_base64(data)
    try:
        return text if decoded is None else decoded.decode()
    except UnicodeDecodeError:
        return text
