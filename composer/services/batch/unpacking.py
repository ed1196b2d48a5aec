"""Bytes that are packed, unpacked piece by piece, so that no bomb can go off.

What is damaged or ends too early raises ``BrokenOffError`` after all that could be unpacked. Knows
no files and no rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeAlias

from composer.core.tabular import BrokenOffError

STEP = 256 * 1024
"""Bytes that are unpacked at most before they are handed on."""

Unpacker: TypeAlias = "Callable[[Iterable[bytes]], Iterator[bytes]]"

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"


class _Inflater(Protocol):
    """What ``zlib.decompressobj`` makes; its class has no public name."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def unconsumed_tail(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """All members of a gzip file. What follows the last one is passed over, as gzip itself does."""
    stream, is_within, start = zlib.decompressobj(_GZIP_ONLY), False, b""
    for piece in pieces:
        data = start + piece
        start = b""
        while data:
            if not is_within:
                data = data.lstrip(b"\0")
                if len(data) < len(GZIP):
                    start = data
                    break
                if not data.startswith(GZIP):
                    return
                stream, is_within = zlib.decompressobj(_GZIP_ONLY), True
            yield from _inflated(stream, data)
            is_within = not stream.eof
            data = stream.unused_data
    if is_within:
        raise BrokenOffError(_CUT_OFF)


def unbrotlied(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A brotli stream, as PostHog packs its exports if asked to."""
    import brotli  # noqa: PLC0415 -- few files are packed so

    stream = brotli.Decompressor()
    try:
        for piece in pieces:
            out = stream.process(piece, output_buffer_limit=STEP)
            while out:
                yield out
                out = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=STEP)
            if stream.is_finished():
                return
    except brotli.error:
        raise BrokenOffError(_DAMAGED) from None
    raise BrokenOffError(_CUT_OFF)


def unzstded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The first frame of a zstd file."""
    import zstandard  # noqa: PLC0415 -- few files are packed so

    stream = zstandard.ZstdDecompressor().decompressobj()
    try:
        for piece in pieces:
            for at in range(0, len(piece), _ZSTD_STEP):
                yield from _in_steps(stream.decompress(piece[at : at + _ZSTD_STEP]))
                if stream.eof:
                    return
    except zstandard.ZstdError:
        raise BrokenOffError(_DAMAGED) from None
    raise BrokenOffError(_CUT_OFF)


def _inflated(stream: _Inflater, data: bytes) -> Iterator[bytes]:
    try:
        while True:
            out = stream.decompress(data, STEP)
            yield from _in_steps(out)
            data = stream.unconsumed_tail
            if stream.eof or (not data and len(out) < STEP):
                return
    except zlib.error:
        raise BrokenOffError(_DAMAGED) from None


def _in_steps(data: bytes) -> Iterator[bytes]:
    if data:
        yield data


_GZIP_ONLY = 31  # zlib's way to ask for gzip's wrapping
# Each block of zstd has at least four bytes and makes at most 128 KiB: 256 bytes make 8 MiB.
_ZSTD_STEP = 256
_CUT_OFF = "The file ends too early, as if it had been cut off: rows are missing. Get it again."
_DAMAGED = "The file is damaged: rows are missing, and some before may be wrong. Get it again."
