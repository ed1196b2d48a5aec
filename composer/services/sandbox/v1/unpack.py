"""Undoes the ``Content-Encoding`` of a v1 body, step by step, so that no bomb can go off.

Source: capture-server.md, 1.3 and 7.1. It reads no JSON. What stands behind the end of a stream is
passed over, but for ``br``, whose library refuses it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from composer.services.sandbox.request import HeavyError
from composer.services.sandbox.v1.answers import UNDECODABLE, Fault, RefusedBatchError, too_large

TEXT_LIMIT = 50 * 1024 * 1024
"""Bytes of a body that was compressed; exactly as many are too many already."""


def decompress(body: bytes, encoding: str, most: int | None = None) -> bytes:
    """The bytes behind one of ``ENCODINGS``. Raises ``RefusedBatchError`` (400 or 413).

    It never holds more than ``TEXT_LIMIT`` and one step, of at most 8 MiB. With ``most`` it raises
    ``HeavyError`` as soon as there are more bytes than that.
    """
    data = bytearray()
    try:
        for piece in _PIECES[encoding](body):
            data += piece
            if most is not None and len(data) > most:
                raise HeavyError
            if len(data) >= TEXT_LIMIT:
                limit = f"exceeds limit of {TEXT_LIMIT} bytes"
                raise too_large(f"decompressed {encoding} payload {limit}")
    except _DamagedError:
        raise RefusedBatchError(Fault.UNDECODABLE, UNDECODABLE) from None
    return bytes(data)


class _DamagedError(Exception):
    """The stream is broken, or ends too early."""


_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's way to name the three wrappings
_ZLIB_START = b"\x78"
_STEP = 1024 * 1024  # bytes that are unpacked before the limit is looked at again
# Each block of zstd has at least four bytes and makes at most 128 KiB: 256 bytes make 8 MiB.
_ZSTD_STEP = 256


def _gzip(body: bytes) -> Iterator[bytes]:
    return _inflated(body, _GZIP)


def _deflate(body: bytes) -> Iterator[bytes]:
    """HTTP means zlib's wrapping by the name, but some senders leave it out."""
    return _inflated(body, _ZLIB if body.startswith(_ZLIB_START) else _RAW)


def _inflated(body: bytes, wrapping: int) -> Iterator[bytes]:
    stream = zlib.decompressobj(wrapping)
    while not stream.eof:
        try:
            piece = stream.decompress(body, _STEP)
        except zlib.error:
            raise _DamagedError from None
        body = stream.unconsumed_tail
        if not piece and not stream.eof:
            raise _DamagedError
        yield piece


def _brotli(body: bytes) -> Iterator[bytes]:
    import brotli  # noqa: PLC0415 -- few senders use it

    stream = brotli.Decompressor()
    while not stream.is_finished():
        try:
            piece = stream.process(body, output_buffer_limit=_STEP)
        except brotli.error:
            raise _DamagedError from None
        body = b""
        if not piece and not stream.is_finished():
            raise _DamagedError
        yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    import zstandard  # noqa: PLC0415 -- few senders use it

    stream = zstandard.ZstdDecompressor().decompressobj()
    for start in range(0, len(body), _ZSTD_STEP):
        try:
            yield stream.decompress(body[start : start + _ZSTD_STEP])
        except zstandard.ZstdError:
            raise _DamagedError from None
        if stream.eof:
            return
    raise _DamagedError


_PIECES: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
ENCODINGS = frozenset(_PIECES)
"""What ``Content-Encoding`` may say; ``identity`` is not among it."""
