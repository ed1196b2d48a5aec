"""From bytes to JSON text: base64, forms, gzip and lz-string, in PostHog's order."""

import base64
import gzip
import random
import zlib
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, strategies as st

from composer.core.unwrap import TooLongError, lz64
from composer.services.sandbox.request import HeavyError
from composer.services.sandbox.v0 import unpack
from composer.services.sandbox.v0.unpack import TEXT_LIMIT
from tests.services.sandbox.client import OK, known, said, submit

FORM = "application/x-www-form-urlencoded"
EVENT = known()
BASE64 = base64.b64encode(EVENT.ljust(120).encode()).decode()
LZ64 = (
    "N4IghgDglg+g1gUwJ4gFwggCwMYwM5gB2AJgEYD2AHgCrmKECCTDAjGyyADQgIBuChAC5oQxcuQBOAAnIQBCYl1FQ8gqI"
    "WyCYURel4qogyQFoA7CAC+QA==="
)
NOT_UTF8 = "failed to decode request: invalid UTF8 in request payload"
BAD_GZIP = "failed to decode request: invalid GZIP data"


def refused(words: str) -> tuple[int, str]:
    return 400, words


@pytest.mark.parametrize("path", ["/e", "/batch", "/i/v0/e"])
def test_a_base64_body_is_read_on_every_path(path: str) -> None:
    assert said(submit(BASE64, path)) == (200, OK)


def test_base64_in_a_form_is_read_on_the_old_paths_alone() -> None:
    form = urlencode({"data": BASE64})
    assert said(submit(form, "/e", content_type=FORM)) == (200, OK)
    status, words = said(submit(form, "/i/v0/e", content_type=FORM))
    assert (status, words.split(":")[0]) == (400, "failed to parse request")


def test_a_second_layer_of_base64_that_is_no_text_is_left_as_it_is() -> None:
    words = "failed to parse request: expected value at line 1 column 1"
    assert said(submit(gzip.compress(b"/////w=="), "/e")) == refused(words)
    assert said(submit(gzip.compress(BASE64.encode()), "/e")) == (200, OK)


def test_plus_signs_lost_in_a_form_are_put_back() -> None:
    packed = base64.b64encode(known('"x":"~~~>>>???"').encode()).decode()
    assert "+" in packed
    assert said(submit(f"data={packed}", "/e", content_type=FORM)) == (200, OK)


def test_base64_with_stray_bits_or_padding_is_left_as_it_is() -> None:
    for text in ("QQ=B", "QR==", "===="):
        assert said(submit(text, "/i/v0/e"))[1].startswith("failed to parse request: expected")


def test_json_words_are_taken_for_base64() -> None:
    assert said(submit("null")) == refused(NOT_UTF8)
    assert said(submit("true")) == refused(NOT_UTF8)


def test_a_form_needs_its_content_type_without_parameters() -> None:
    form = f"data={quote(EVENT)}"
    assert said(submit(form, content_type=FORM)) == (200, OK)
    status, words = said(submit(form, content_type=f"{FORM}; charset=utf-8"))
    assert (status, words) == (400, "failed to parse request: expected value at line 1 column 1")


def test_a_form_is_known_by_a_field_in_its_first_128_bytes() -> None:
    near = f"ver={'1' * 100}&data={quote(EVENT)}"
    far = f"ver={'1' * 150}&data={quote(EVENT)}"
    assert said(submit(near, content_type=FORM)) == (200, OK)
    words = "failed to decode request: expected form data in POST request payload"
    assert said(submit(far, content_type=FORM)) == refused(words)


def test_a_form_field_that_stands_twice_is_refused() -> None:
    words = "failed to decode request: invalid urlencoded form data"
    assert said(submit("data=1&data=2", content_type=FORM)) == refused(words)


def test_a_form_without_data_is_read_as_it_stands() -> None:
    words = "failed to parse request: expected value at line 1 column 1"
    assert said(submit("_=1767225600000&ip=1", content_type=FORM)) == refused(words)


def test_data_in_the_query_comes_before_the_body() -> None:
    assert said(submit("nonsense", query=f"data={quote(EVENT)}")) == (200, OK)
    assert said(submit(EVENT, query="data=")) == (200, OK)


def test_gzip_is_known_by_its_first_bytes() -> None:
    packed = gzip.compress(EVENT.encode())
    assert said(submit(packed)) == (200, OK)
    assert said(submit(packed + b"rest")) == (200, OK)
    assert said(submit(base64.b64encode(packed))) == (200, OK)


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(EVENT.encode(), mtime=0)[:-9],
        gzip.compress(EVENT.encode(), mtime=0)[:-8] + b"12345678",
        b"\x1f\x8b\x08",
        gzip.compress(b"", mtime=0)[:-1],
    ],
    ids=["cut short", "wrong checksum", "nothing but the mark", "no end"],
)
def test_broken_gzip_is_refused(packed: bytes) -> None:
    assert said(submit(packed)) == refused(BAD_GZIP)


def test_the_hint_may_stand_in_query_form_or_header() -> None:
    assert said(submit(EVENT, query="compression=GZIP")) == refused(BAD_GZIP)
    assert said(submit(EVENT, content_encoding="gzip")) == refused(BAD_GZIP)
    assert said(submit(EVENT, content_encoding="GZIP")) == (200, OK)
    assert said(submit(EVENT, content_encoding="br")) == (200, OK)
    form = f"data={quote(EVENT)}&compression=gzip-js"
    assert said(submit(form, content_type=FORM)) == refused(BAD_GZIP)
    assert said(submit(EVENT, query="compression=b64", content_encoding="gzip")) == (200, OK)


def test_text_that_is_not_utf8_is_refused() -> None:
    assert said(submit(b'{"event":"\xff"}')) == refused(NOT_UTF8)
    words = "failed to decode request: invalid gzip data"
    assert said(submit(gzip.compress(b'{"event":"\xff"}'))) == refused(words)


def test_what_would_grow_beyond_the_limit_is_refused() -> None:
    squeeze = zlib.compressobj(wbits=31)
    step = b" " * 2**20
    packed = b"".join(squeeze.compress(step) for _ in range(TEXT_LIMIT // 2**20))
    packed += squeeze.compress(b"123") + squeeze.flush()
    words = f"Decompressed payload would exceed {TEXT_LIMIT} bytes (got {TEXT_LIMIT + 3} bytes)"
    assert said(submit(packed)) == (413, f"maximum event size exceeded: {words}")


def test_lz_string_in_a_form_is_read() -> None:
    form = urlencode({"data": LZ64, "compression": "lz64"})
    assert said(submit(form, "/e", content_type=FORM)) == (200, OK)
    assert said(submit(form, "/i/v0/e", content_type=FORM)) == (200, OK)


@pytest.mark.parametrize("data", ["!!!!", " ", "N4Ig", "////", "D", "é"])
def test_broken_lz_string_is_refused(data: str) -> None:
    words = "failed to decode request: decompress_lz64: failed decompress to UTF16"
    assert said(submit(data, query="compression=lz64")) == refused(words)


def test_lz_string_reads_every_kind_of_character() -> None:
    units = lz64.decompress(b"qemhpzR5UYvBuAB7AECXQ===", 100)
    text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    assert text == "日本語😀 é"


@pytest.mark.parametrize("packed", ["rwbQ", "IaAB2EZA"])
def test_lz_string_with_half_a_character_is_refused(packed: str) -> None:
    form = f"data={packed}&compression=lz64"
    words = "failed to decode request: decompress_lz64: failed UTF16 to UTF8 conversion"
    assert said(submit(form, content_type=FORM)) == refused(words)


def test_empty_lz_string_is_no_json() -> None:
    words = "failed to parse request: EOF while parsing a value at line 1 column 0"
    form = "data=Q===&compression=lz64"
    assert said(submit(form, content_type=FORM)) == refused(words)


def test_lz_string_that_would_grow_beyond_the_limit_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unpack, "TEXT_LIMIT", 10)
    too_large = "maximum event size exceeded: "
    form = urlencode({"data": LZ64, "compression": "lz64"})
    words = f"{too_large}Decompressed LZ64 payload would exceed 10 bytes"
    assert said(submit(form, content_type=FORM)) == (413, words)
    eight_units_in_eighteen_bytes = "data=qemhpzR5UYvBuAB7AECXQ===&compression=lz64"
    words = f"{too_large}lz64 request payload size limit exceeded"
    assert said(submit(eight_units_in_eighteen_bytes, content_type=FORM)) == (413, words)


def test_lz_string_that_is_too_much_for_here_is_judged_elsewhere() -> None:
    form = urlencode({"data": LZ64, "compression": "lz64"})
    with pytest.raises(HeavyError):
        submit(form, content_type=FORM, most_text=20)


def test_lz_string_stops_at_its_limit() -> None:
    with pytest.raises(TooLongError):
        lz64.decompress(LZ64.encode(), 20)


@given(st.binary(max_size=200), st.integers())
def test_any_bytes_are_lz_string_or_not(data: bytes, seed: int) -> None:
    letters = bytes(random.Random(seed).choices(b"ABCabc019+/=", k=40))
    for candidate in (data, letters, LZ64.encode()[: len(data)] + data[:3]):
        try:
            units = lz64.decompress(candidate, 10_000)
        except (lz64.Lz64Error, TooLongError):
            continue
        assert len(units) <= 10_000
