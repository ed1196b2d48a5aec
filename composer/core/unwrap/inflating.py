"""Undoes gzip and deflate step by step, so that no bomb can go off.

What stands behind the end of a stream is passed over. Further compressions need libraries, which
the core has not: whoever has them hands in a table with more ``Decompressor``.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from composer.core.unwrap.errors import DamagedError, TooLongError

MOST_BYTES = 100 * 1024 * 1024
"""Bytes that are unpacked at most: what the capture service takes (capture-server.md, 1.3)."""

STEP = 1024 * 1024
"""Bytes that are unpacked before the limit is looked at again."""

Decompressor: TypeAlias = "Callable[[bytes], Iterator[bytes]]"
"""What was packed, piece by piece, a few MiB each at most. Raises ``DamagedError``."""


def inflated(payload: bytes, decompressor: Decompressor, most: int = MOST_BYTES) -> bytes:
    """All that was packed. Raises ``DamagedError``, or ``TooLongError`` beyond ``most`` bytes.

    It never holds more than ``most`` and one piece.
    """
    data = bytearray()
    for piece in decompressor(payload):
        data += piece
        if len(data) > most:
            raise TooLongError
    return bytes(data)


def gzip(payload: bytes) -> Iterator[bytes]:
    """The first member of a gzip file."""
    return _pieces(payload, _GZIP)


def deflate(payload: bytes) -> Iterator[bytes]:
    """HTTP means zlib's wrapping by the name, but some senders leave it out."""
    return _pieces(payload, _ZLIB if payload.startswith(_ZLIB_START) else _RAW)


DECOMPRESSORS: Mapping[str, Decompressor] = MappingProxyType({"gzip": gzip, "deflate": deflate})
"""By the names that ``Content-Encoding`` gives them."""

_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's way to name the three wrappings
_ZLIB_START = b"\x78"


def _pieces(payload: bytes, wrapping: int) -> Iterator[bytes]:
    """The input goes in by the step, too: the library copies what it could not use yet."""
    stream = zlib.decompressobj(wrapping)
    try:
        for start in range(0, len(payload), STEP):
            rest = payload[start : start + STEP]
            while rest and not stream.eof:
                yield stream.decompress(rest, STEP)
                rest = stream.unconsumed_tail
            if stream.eof:
                return
        while piece := stream.decompress(b"", STEP):
            yield piece
    except zlib.error:
        raise DamagedError from None
    if not stream.eof:
        raise DamagedError
