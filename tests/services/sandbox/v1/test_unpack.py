"""Encodings of a body, whole and damaged, and the limits of its size."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given, settings, strategies as st

from composer.services.sandbox.request import HeavyError
from composer.services.sandbox.v1 import unpack
from composer.services.sandbox.v1.answers import RefusedBatchError
from tests.services.sandbox.v1.batches import HEADERS, Refusal, batch, judged, refusal, submit

Packer = Callable[[bytes], bytes]


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def quick_brotli(data: bytes) -> bytes:
    return brotli.compress(data, quality=1)


PACKERS: list[tuple[str, Packer]] = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", quick_brotli),
    ("zstd", zstd),
]
NAMES = ["gzip", "zlib", "raw", "br", "zstd"]
each_packer = pytest.mark.parametrize(("encoding", "pack"), PACKERS, ids=NAMES)
UNDECODABLE = Refusal(400, "request_decoding_error", "Failed to decode request body.")
MIB = 1024 * 1024


def sent(body: bytes, encoding: str) -> Refusal:
    return refusal(submit(body, headers={"content-encoding": encoding}))


@each_packer
def test_every_encoding_is_read(encoding: str, pack: Packer) -> None:
    for name in (encoding, encoding.upper()):
        judgement = submit(pack(batch().encode()), headers={"content-encoding": name})
        assert len(judgement.events) == 1


@each_packer
def test_a_stream_that_ends_early_is_refused(encoding: str, pack: Packer) -> None:
    packed = pack(batch().encode())
    for length in (1, len(packed) // 2, len(packed) - 1):
        assert sent(packed[:length], encoding) == UNDECODABLE


@pytest.mark.parametrize("encoding", sorted(unpack.ENCODINGS))
def test_a_body_that_is_not_packed_is_refused(encoding: str) -> None:
    assert sent(batch().encode(), encoding) == UNDECODABLE


@pytest.mark.parametrize(("encoding", "pack"), [p for p in PACKERS if p[0] != "br"])
def test_what_stands_behind_the_stream_is_passed_over(encoding: str, pack: Packer) -> None:
    packed = pack(batch().encode()) + b"anything"
    assert submit(packed, headers={"content-encoding": encoding}).answer.status == 200


def test_a_packed_body_needs_its_header() -> None:
    assert refusal(submit(gzip.compress(batch().encode()))).tag == "request_parsing_error"


def test_a_wrong_checksum_is_refused() -> None:
    packed = bytearray(gzip.compress(batch().encode()))
    packed[-8] ^= 1
    assert sent(bytes(packed), "gzip") == UNDECODABLE


@each_packer
def test_reaching_the_limit_exactly_is_too_much(
    encoding: str, pack: Packer, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = batch().encode()
    monkeypatch.setattr(unpack, "TEXT_LIMIT", len(text) + 1)
    assert submit(pack(text), headers={"content-encoding": encoding}).answer.status == 200
    monkeypatch.setattr(unpack, "TEXT_LIMIT", len(text))
    limit = f"{encoding} payload exceeds limit of {len(text)} bytes"
    expected = Refusal(413, "payload_too_large", f"payload too large: decompressed {limit}")
    assert sent(pack(text), encoding) == expected


def test_the_limits_are_posthogs() -> None:
    assert unpack.TEXT_LIMIT == 52_428_800
    words = "payload too large: Request body exceeds limit of 10485760 bytes"
    over_the_limit = judged(None, HEADERS)
    assert refusal(over_the_limit) == Refusal(413, "payload_too_large", words)


def test_headers_are_looked_at_before_the_size_of_the_body() -> None:
    assert refusal(judged(None, HEADERS | {"posthog-attempt": "0"})).status == 400


def test_an_empty_body_is_told_before_its_encoding_is_tried() -> None:
    expected = Refusal(400, "empty_body", "request body is empty")
    assert refusal(submit(b"")) == expected
    assert sent(b"", "gzip") == expected


@each_packer
def test_a_bomb_is_stopped(encoding: str, pack: Packer) -> None:
    bomb = pack(bytes(80 * MIB))
    tracemalloc.start()
    try:
        assert sent(bomb, encoding).tag == "payload_too_large"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100 * MIB  # the limit, a step, and room for the buffer to grow


@each_packer
def test_a_text_that_is_too_much_for_this_process_is_handed_over(
    encoding: str, pack: Packer
) -> None:
    packed = pack(batch().encode().ljust(3 * MIB))
    headers = HEADERS | {"content-encoding": encoding}
    assert judged(packed, headers, most_text=3 * MIB).answer.status == 200
    with pytest.raises(HeavyError):
        judged(packed, headers, most_text=3 * MIB - 1)


def test_a_plain_body_that_is_too_much_for_this_process_is_handed_over() -> None:
    text = batch().encode()
    assert judged(text, HEADERS, most_text=len(text)).answer.status == 200
    with pytest.raises(HeavyError):
        judged(text, HEADERS, most_text=len(text) - 1)


@each_packer
def test_bytes_that_are_no_text_cannot_be_parsed(encoding: str, pack: Packer) -> None:
    expected = Refusal(400, "request_parsing_error", "Failed to parse request body.")
    assert refusal(submit(b"\xff\xfe{}")) == expected
    assert sent(pack(b"\xff\xfe{}"), encoding) == expected


@settings(max_examples=200)
@given(st.binary(max_size=300), st.sampled_from(sorted(unpack.ENCODINGS)), st.data())
def test_any_bytes_are_a_stream_or_not(data: bytes, encoding: str, drawn: st.DataObject) -> None:
    pack = dict(PACKERS)[encoding]
    packed = bytearray(pack(data))
    assert unpack.decompress(bytes(packed), encoding) == data
    place = drawn.draw(st.integers(0, len(packed) - 1))
    packed[place] = drawn.draw(st.integers(0, 255))
    for candidate in (bytes(packed), data):
        assert status_of(candidate, encoding) in {200, 400}


def status_of(packed: bytes, encoding: str) -> int:
    try:
        unpack.decompress(packed, encoding)
    except RefusedBatchError as refused:
        return refused.answer.status
    return 200
