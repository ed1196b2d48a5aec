"""From the bytes of a request to the flag service to the JSON in them: gzip, base64, forms.

The rules differ from those of the capture service. Source: PostHog's
``rust/feature-flags/src/handler/decoding.rs``. It does not know what is asked.
"""

from __future__ import annotations

import binascii
import re
import zlib
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from composer.core.jsontext import JsonError, Value, parse
from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.flags.lenient import read_lenient
from composer.services.sandbox.flags.query import Packing

WIRE_LIMIT = 2 * 1024 * 1024
"""Bytes of a body as it comes over the wire."""
TEXT_LIMIT = 4 * WIRE_LIMIT
"""Bytes of a body once it has been decompressed. PostHog's own limit is not known."""


def read_body(body: bytes, packing: Packing, headers: dict[str, str]) -> tuple[Value, ...]:
    """What the body may stand for, the likeliest first. Raises ``RefusedError`` (400).

    A body that is not the JSON of a question may still be base64 around one, so there can be two
    readings, and the caller takes the first that fits. ``headers`` have lower-case names.
    """
    content_type = headers.get("content-type", "application/json")
    kind = content_type.split(";", 1)[0].strip()
    if kind == _FORM:
        return (_read_form(body, packing),)
    if kind not in _PLAIN:
        raise undecodable(f"unsupported content type: {content_type}")
    payload = _decompressed(body, packing, headers.get("content-encoding", ""))
    return tuple(_readings(payload))


def undecodable(detail: str) -> RefusedError:
    """The refusal of a body, with the service's words around ``detail``."""
    words = f"Failed to decode request: {detail}. Please check your request format and try again."
    return RefusedError(HTTPStatus.BAD_REQUEST, words)


_FORM = "application/x-www-form-urlencoded"
_PLAIN = frozenset({"application/json", "text/plain"})
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib's way to say: with a gzip header and its checksum
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]")


def _readings(payload: bytes) -> list[Value]:
    found: list[Value] = []
    with suppress(JsonError):
        found.append(read_lenient(payload.decode("utf-8", "replace")))
    with suppress(JsonError, RefusedError):
        found.append(read_lenient(_from_base64(payload).decode("utf-8", "replace")))
    return found


def _read_form(body: bytes, packing: Packing) -> Value:
    try:
        body.decode()
    except UnicodeDecodeError:
        raise undecodable("Invalid UTF-8 in form data") from None
    try:
        form = unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        raise undecodable("Failed to URL decode form data") from None
    if packing is Packing.GZIP:
        raise undecodable("Gzip compression not supported for form-urlencoded data")
    if packing is Packing.UNSUPPORTED:
        raise undecodable("Unsupported compression type")
    packed = form.split("=")[1] if form.startswith("data=") else form
    try:
        return parse(_from_base64(packed.encode()).decode("utf-8", "replace"))
    except JsonError:
        raise undecodable("invalid JSON structure") from None


def _decompressed(body: bytes, packing: Packing, encoding: str) -> bytes:
    if packing is Packing.UNSUPPORTED:
        raise undecodable("Unsupported compression type")
    if packing is Packing.GZIP or "gzip" in encoding or body.startswith(_GZIP_MAGIC):
        return _gunzip(body)
    return body


def _gunzip(body: bytes) -> bytes:
    """Raises before more than ``TEXT_LIMIT`` bytes have been made."""
    stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    try:
        data = stream.decompress(body, TEXT_LIMIT)
    except zlib.error:
        fault = "corrupt deflate stream" if body.startswith(_GZIP_MAGIC) else "invalid gzip header"
        raise undecodable(f"gzip decompression failed: {fault}") from None
    if not stream.eof:
        raise undecodable("gzip decompression failed: failed to fill whole buffer")
    return data


def _from_base64(data: bytes) -> bytes:
    """Base64 that may be URL-encoded, spaced out, or without its padding."""
    try:
        text = unquote_to_bytes(data).decode().replace(" ", "").encode()
    except UnicodeDecodeError:
        raise undecodable("Failed to URL decode: invalid utf-8 sequence") from None
    text += b"=" * (-len(text) % 4)
    if wrong := _NOT_BASE64.search(text):
        place = f"Invalid byte {wrong[0][0]}, offset {wrong.start()}."
        raise undecodable(f"Base64 decoding error: {place}")
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        raise undecodable("Base64 decoding error: Invalid padding") from None
