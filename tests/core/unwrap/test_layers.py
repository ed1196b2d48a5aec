"""Every packing comes off, whatever is around it, and none can take more than is allowed."""

import base64
import gzip
import random
import tracemalloc
import zlib
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, strategies as st

from composer.core.unwrap import MOST_BYTES, MOST_LZ64, HeavyError, UnwrapError, Unwrapped, unwrap

JSON = '{"api_key": "phc_x", "event": "caf\u00e9 ~~~>>>???", "distinct_id": "d"}'.encode()
LZ64 = (
    b"N4IghgDglg+g1gUwJ4gFwggCwMYwM5gB2AJgEYD2AHgCrmKECCTDAjGyyADQgIBuChAC5oQxcuQBOAAnIQBCYl1FQ8gqI"
    b"WyCYURel4qogyQFoA7CAC+QA==="
)


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def form(data: bytes) -> bytes:
    return urlencode({"ver": "1.2", "data": data}).encode()


@pytest.mark.parametrize(
    ("payload", "wrappings"),
    [
        (JSON, ()),
        (gzip.compress(JSON, mtime=0), ("gzip",)),
        (zlib.compress(JSON), ("deflate",)),
        (zlib.compress(JSON, 1), ("deflate",)),
        (base64.b64encode(JSON), ("base64",)),
        (base64.b64encode(JSON).rstrip(b"="), ("base64",)),
        (base64.urlsafe_b64encode(JSON), ("base64",)),
        (base64.encodebytes(JSON), ("base64",)),
        (quote(base64.b64encode(JSON), safe="").encode(), ("base64",)),
        (form(JSON), ("form",)),
        (b"data=" + base64.b64encode(JSON), ("form", "base64")),
        (base64.b64encode(zlib.compress(JSON)), ("base64", "deflate")),
    ],
)
def test_packings_are_known_without_a_hint(payload: bytes, wrappings: tuple[str, ...]) -> None:
    assert unwrap(payload) == Unwrapped(payload=JSON, wrappings=wrappings)


def test_lz_string_is_known_with_a_hint_and_without() -> None:
    alone, hinted = unwrap(LZ64), unwrap(LZ64, hint="LZ64")
    in_form = unwrap(urlencode({"data": LZ64, "compression": "lz64"}).encode())
    assert alone == hinted
    assert alone.wrappings == ("lz-string",)
    assert in_form == Unwrapped(payload=alone.payload, wrappings=("form", "lz-string"))
    assert b'"event"' in alone.payload


@pytest.mark.parametrize("pack", [zlib.compress, raw_deflate])
def test_a_hint_is_believed_where_the_bytes_do_not_say(pack: Callable[[bytes], bytes]) -> None:
    assert unwrap(pack(JSON), hint=" Deflate ").payload == JSON
    assert unwrap(base64.b64encode(pack(JSON)), hint="gzip").payload != b""


def test_a_hint_that_is_not_true_does_no_harm() -> None:
    for hint in ("gzip", "deflate", "lz64", "br", "base64", "nonsense"):
        assert unwrap(JSON, hint=hint) == Unwrapped(payload=JSON)


@pytest.mark.parametrize("word", [b"nonsense", b"null", b"data", b"x^y", b"eJ", b"a=b", b""])
def test_words_are_not_taken_for_packings(word: bytes) -> None:
    assert unwrap(word) == Unwrapped(payload=word)


@pytest.mark.parametrize(
    ("payload", "hint", "words"),
    [
        (gzip.compress(JSON, mtime=0)[:-9], "", "cut off"),
        (b"\xff\xfe", "deflate", "damaged"),
        (gzip.compress(bytes(MOST_BYTES + 1), mtime=0), "", "100 MB"),
        (b"data=" + b"Q" * (MOST_LZ64 + 1) + b"&compression=lz64", "", "too long"),
    ],
)
def test_what_does_not_come_off_is_told(payload: bytes, hint: str, words: str) -> None:
    with pytest.raises(UnwrapError, match=words):
        unwrap(payload, hint=hint)


def test_the_wrappings_that_came_off_before_are_told_too() -> None:
    with pytest.raises(UnwrapError) as caught:
        unwrap(form(base64.b64encode(gzip.compress(JSON, mtime=0)[:-9])))
    assert caught.value.wrappings == ("form", "base64")


def test_a_bomb_takes_no_more_memory_than_is_allowed() -> None:
    bomb = gzip.compress(bytes(3 * MOST_BYTES))
    tracemalloc.start()
    try:
        with pytest.raises(UnwrapError):
            unwrap(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2.5 * MOST_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("packed", [gzip.compress(JSON * 100, mtime=0), LZ64])
def test_less_can_be_wanted(packed: bytes) -> None:
    with pytest.raises(HeavyError):
        unwrap(packed, most=20)


def test_more_decompressors_can_be_handed_in() -> None:
    table = {"reversed": lambda payload: iter((payload[::-1],))}
    found = unwrap(JSON[::-1], hint="reversed", decompressors=table)
    assert found == Unwrapped(payload=JSON, wrappings=("reversed",))


@given(st.binary(), st.integers(0, 9), st.sampled_from([15, -15, 31]))
def test_what_was_deflated_comes_out_whole(data: bytes, level: int, wrapping: int) -> None:
    text = b"[" + base64.b64encode(data * 50) + b"]"
    stream = zlib.compressobj(level, wbits=wrapping)
    packed = stream.compress(text) + stream.flush()
    assert unwrap(packed, hint="gzip" if wrapping > 15 else "deflate").payload == text


def test_input_longer_than_a_step_comes_out_whole() -> None:
    data = b"[" + random.Random(1).randbytes(3_500_000)
    assert unwrap(gzip.compress(data, mtime=0)).payload == data


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "base64": base64.b64encode,
    "form": form,
}


@given(st.lists(st.sampled_from(sorted(PACKERS)), max_size=4))
def test_packings_in_any_order_come_off(names: list[str]) -> None:
    payload = JSON
    for name in names:
        payload = PACKERS[name](payload)
    assert unwrap(payload) == Unwrapped(payload=JSON, wrappings=tuple(reversed(names)))
