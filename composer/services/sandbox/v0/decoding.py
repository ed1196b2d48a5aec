"""The two codings that every edition of the service undoes: base64 and gzip, bounded.

Source: capture-server.md, 1.3 and 1.4. It knows nothing of requests.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from composer.services.sandbox.answers import too_large, undecodable
from composer.services.sandbox.request import HeavyError

TEXT_LIMIT = 5 * 20 * 1024 * 1024
"""Bytes of a body once it has been decompressed."""
GZIP_MAGIC = b"\x1f\x8b\x08"


def from_base64(payload: bytes) -> bytes | None:
    """Strict, padded base64; ``None`` for anything else."""
    try:
        decoded = binascii.a2b_base64(payload, strict_mode=True)
    except binascii.Error:
        return None
    # Python lets stray bits pass in the last four characters; the real service does not.
    last = decoded[(len(decoded) - 1) // 3 * 3 :]
    return decoded if base64.b64encode(last) == payload[-4:] else None


def gunzip(payload: bytes, words: str, most: int | None) -> str:
    """The text inside, of the first member alone; ``words`` refuse a stream that is broken.

    Raises ``RefusedError``, and that before more than ``TEXT_LIMIT`` bytes and one chunk have
    been made; ``HeavyError`` once there are more than ``most`` bytes.
    """
    stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    try:
        data = stream.decompress(payload, TEXT_LIMIT + _CHUNK if most is None else most + 1)
    except zlib.error:
        raise undecodable(words) from None
    if most is not None and len(data) > most:
        raise HeavyError
    if len(data) > TEXT_LIMIT:
        raise too_large(
            f"Decompressed payload would exceed {TEXT_LIMIT} bytes (got {len(data)} bytes)"
        )
    if not stream.eof:
        raise undecodable(words)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise undecodable("invalid gzip data") from None


_GZIP_WINDOW = 31  # zlib's way to say: with a gzip header and its checksum
_CHUNK = 8192  # the step in which the real service reads; it shows in the text of the refusal
