"""The text in a request, for reading: every wrapping taken off, hostile ones refused in words."""

import base64
import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import brotli
import pytest
import zstandard
from hypothesis import given, strategies as st

from composer.core.unwrap import MOST_BYTES, MOST_LZ64
from composer.services.ports import DecodedBody
from composer.services.sandbox.arrivals.body import Body
from composer.services.sandbox.arrivals.stored import Arrival
from composer.services.sandbox.decoded import decoded

TEXT = '{"api_key": "phc_x", "event": "caf\u00e9 ~~~>>>???", "distinct_id": "d"}'
JSON = TEXT.encode()
LZ64 = (
    "N4IghgDglg+g1gUwJ4gFwggCwMYwM5gB2AJgEYD2AHgCrmKECCTDAjGyyADQgIBuChAC5oQxcuQBOAAnIQBCYl1FQ8gqI"
    "WyCYURel4qogyQFoA7CAC+QA==="
)


def read(body: bytes, path: str = "/i/v0/e/", **headers: str) -> DecodedBody:
    arrival = Arrival(
        number=1,
        received_at=datetime(2026, 11, 21, tzinfo=UTC),
        method="POST",
        path=path,
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body=Body(body),
        status=200,
        answer="",
    )
    return decoded(arrival)


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def form(data: bytes) -> bytes:
    return urlencode({"ver": "1.2", "data": data}).encode()


def test_plain_json_is_the_text_as_it_came() -> None:
    assert read(JSON) == DecodedBody(text=TEXT)
    assert read(b"  [1]") == DecodedBody(text="  [1]")


@pytest.mark.parametrize(
    ("body", "wrappings"),
    [
        (gzip.compress(JSON, mtime=0), ("gzip",)),
        (base64.b64encode(JSON), ("base64",)),
        (base64.b64encode(JSON).rstrip(b"="), ("base64",)),
        (base64.urlsafe_b64encode(JSON), ("base64",)),
        (base64.encodebytes(JSON), ("base64",)),
        (form(JSON), ("form",)),
        (form(base64.b64encode(JSON)), ("form", "base64")),
        (b"data=" + base64.b64encode(JSON), ("form", "base64")),
        (base64.b64encode(gzip.compress(JSON, mtime=0)), ("base64", "gzip")),
        (base64.b64encode(form(base64.b64encode(JSON))), ("base64", "form", "base64")),
    ],
)
def test_each_wrapping_is_taken_off_and_named(body: bytes, wrappings: tuple[str, ...]) -> None:
    assert read(body) == DecodedBody(text=TEXT, wrappings=wrappings)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
    ],
)
def test_each_content_encoding_is_undone(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    found = read(pack(JSON), "/i/v1/analytics/events", Content_Encoding=encoding)
    assert found == DecodedBody(text=TEXT, wrappings=(encoding,))


def test_plain_json_under_an_encoding_that_it_does_not_have_is_read_all_the_same() -> None:
    assert read(JSON, content_encoding="br") == DecodedBody(text=TEXT)


def test_lz_string_is_undone_wherever_the_hint_stands() -> None:
    by_form = read(urlencode({"data": LZ64, "compression": "lz64"}).encode(), "/e/")
    by_query = read(LZ64.encode(), "/e/?compression=lz-string")
    assert by_form.wrappings == ("form", "lz-string")
    assert by_query.wrappings == ("lz-string",)
    assert by_form.text == by_query.text
    assert '"event"' in by_form.text


def test_data_in_the_address_goes_before_the_body() -> None:
    found = read(b"nothing", f"/e/?ip=1&data={quote(base64.b64encode(JSON))}")
    assert found == DecodedBody(text=TEXT, wrappings=("data in the address", "base64"))


@pytest.mark.parametrize("text", ["nonsense", "null", "true", "data", "a=b"])
def test_text_that_is_no_json_is_left_as_it_is(text: str) -> None:
    assert read(text.encode()) == DecodedBody(text=text)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "There is no body."),
        (b"\xff\xfe", "not text"),
        (gzip.compress(JSON, mtime=0)[:-9], "damaged"),
        (gzip.compress(bytes(MOST_BYTES + 1), mtime=0), "100 MB"),
        (b"data=" + b"Q" * (MOST_LZ64 + 1) + b"&compression=lz64", "too long"),
    ],
)
def test_what_cannot_be_read_says_so(body: bytes, words: str) -> None:
    found = read(body)
    assert found.text == ""
    assert words in found.fault


@pytest.mark.parametrize("headers", [{"content_length": "20971521"}, {"Transfer_Encoding": "x"}])
def test_a_body_that_was_not_kept_is_not_said_to_be_none(headers: dict[str, str]) -> None:
    assert "was not kept" in read(b"", **headers).fault
    assert read(b"", content_length="0").fault == "There is no body."


PACKERS = {
    "gzip": gzip.compress,
    "base64": base64.b64encode,
    "form": form,
}


@given(st.lists(st.sampled_from(sorted(PACKERS)), max_size=4))
def test_wrappings_in_any_order_are_undone(names: list[str]) -> None:
    body = JSON
    for name in names:
        body = PACKERS[name](body)
    assert read(body) == DecodedBody(text=TEXT, wrappings=tuple(reversed(names)))


@given(st.binary(), st.sampled_from(["", "gzip", "br", "zstd", "deflate", "lz64", "x"]))
def test_whatever_came_is_text_or_a_reason(body: bytes, encoding: str) -> None:
    found = read(body, content_encoding=encoding)
    assert bool(found.text) != bool(found.fault) or body.strip() == b""
