"""Undoes the ``Content-Encoding`` of a v1 body, step by step, so that no bomb can go off.

Source: capture-server.md, 1.3 and 7.1. It reads no JSON. What stands behind the end of a stream is
passed over, but for ``br``, whose library refuses it.
"""

from __future__ import annotations

from composer.core.unwrap import DamagedError
from composer.services.decompressors import DECOMPRESSORS
from composer.services.sandbox.request import HeavyError
from composer.services.sandbox.v1.answers import UNDECODABLE, Fault, RefusedBatchError, too_large

TEXT_LIMIT = 50 * 1024 * 1024
"""Bytes of a body that was compressed; exactly as many are too many already."""

ENCODINGS = frozenset(DECOMPRESSORS)
"""What ``Content-Encoding`` may say; ``identity`` is not among it."""


def decompress(body: bytes, encoding: str, most: int | None = None) -> bytes:
    """The bytes behind one of ``ENCODINGS``. Raises ``RefusedBatchError`` (400 or 413).

    It never holds more than ``TEXT_LIMIT`` and one step, of at most 8 MiB. With ``most`` it raises
    ``HeavyError`` as soon as there are more bytes than that.
    """
    data = bytearray()
    try:
        for piece in DECOMPRESSORS[encoding](body):
            data += piece
            if most is not None and len(data) > most:
                raise HeavyError
            if len(data) >= TEXT_LIMIT:
                limit = f"exceeds limit of {TEXT_LIMIT} bytes"
                raise too_large(f"decompressed {encoding} payload {limit}")
    except DamagedError:
        raise RefusedBatchError(Fault.UNDECODABLE, UNDECODABLE) from None
    return bytes(data)
