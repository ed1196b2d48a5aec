"""The decompressors that need a library, beside those of the core: br and zstd.

They work in steps, so that no bomb can go off. Behind the end of a stream nothing is looked at, but
for ``br``, whose library refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from composer.core.unwrap import DECOMPRESSORS as OF_THE_CORE, DamagedError, Decompressor
from composer.core.unwrap.inflating import STEP


def brotli(payload: bytes) -> Iterator[bytes]:
    """``br``."""
    import brotli  # noqa: PLC0415 -- few senders use it

    stream = brotli.Decompressor()
    while not stream.is_finished():
        try:
            piece = stream.process(payload, output_buffer_limit=STEP)
        except brotli.error:
            raise DamagedError from None
        payload = b""
        if not piece and not stream.is_finished():
            raise DamagedError
        yield piece


def zstd(payload: bytes) -> Iterator[bytes]:
    """``zstd``."""
    import zstandard  # noqa: PLC0415 -- few senders use it

    stream = zstandard.ZstdDecompressor().decompressobj()
    for start in range(0, len(payload), _ZSTD_STEP):
        try:
            yield stream.decompress(payload[start : start + _ZSTD_STEP])
        except zstandard.ZstdError:
            raise DamagedError from None
        if stream.eof:
            return
    raise DamagedError


DECOMPRESSORS: Mapping[str, Decompressor] = MappingProxyType(
    {**OF_THE_CORE, "br": brotli, "zstd": zstd}
)
"""All that ``Content-Encoding`` may name at the v1 address (capture-server.md, 7.1)."""

# Each block of zstd has at least four bytes and makes at most 128 KiB: 256 bytes make 8 MiB.
_ZSTD_STEP = 256
