"""From the bytes of a request to JSON text as the service of 2024 did it: much less was tried.

A form holds base64 and nothing else; any other body is gzip if its first bytes say so, and text if
not. What a sender says of its compression is ignored, and so is ``data`` in the query.

Source: capture-server.md, end of 1.4 and 3.1. The text behind gzip had no limit; the current one is
kept, for this machine's sake.
"""

from __future__ import annotations

from composer.services.sandbox.answers import undecodable
from composer.services.sandbox.v0.decoding import GZIP_MAGIC, from_base64, gunzip
from composer.services.sandbox.v0.query import RepeatedFieldError, form_fields
from composer.services.sandbox.v0.unpack import FORM_TYPE, Packed

WIRE_LIMIT = 2 * 1024 * 1024
"""Bytes of a body as it comes over the wire."""


def unpack(packed: Packed) -> str:
    """The JSON text of a request. Raises ``RefusedError`` or ``HeavyError``."""
    payload = packed.body
    if packed.content_type == FORM_TYPE:
        payload = _from_form(payload)
    if payload.startswith(GZIP_MAGIC):
        return gunzip(payload, "invalid gzip data", packed.most_text)
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise undecodable("invalid body encoding") from None


_FIELDS = {"data": "data"}


def _from_form(body: bytes) -> bytes:
    try:
        data = form_fields(body, _FIELDS)["data"]
    except (RepeatedFieldError, KeyError):
        raise undecodable("invalid form data") from None
    decoded = from_base64(data.encode())
    if decoded is None:
        raise undecodable("missing data field")
    return decoded
