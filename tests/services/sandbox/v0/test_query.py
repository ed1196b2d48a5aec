"""The query string: what is read, and what fails the whole request."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from composer.services.sandbox.answers import RefusedError
from composer.services.sandbox.v0.query import (
    CURRENT,
    OF_2024,
    Compression,
    Parameters,
    Query,
    form_fields,
    read_query,
)

INVALID = "invalid digit found in string"


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        (b"", Query()),
        (b"ver=1.2.3&ip=1&&x", Query()),
        (b"compression=GZIP-js", Query(compression=Compression.GZIP)),
        (b"compression=lz-string", Query(compression=Compression.LZ64)),
        (b"compression=b64", Query(compression=Compression.BASE64)),
        (b"compression=snappy", Query()),
        (b"data=%7B%7D+%C3%A9", Query(data="{} é")),
        (b"data=%FF", Query(data="\ufffd")),
        (b"beacon=1", Query(beacon=True)),
        (b"beacon=%2B01", Query(beacon=True)),
        (b"beacon=0", Query()),
        (b"_=1767225600000", Query(sent_at=datetime(2026, 1, 1, tzinfo=UTC))),
        (b"sent_at=1767225600000", Query(sent_at=datetime(2026, 1, 1, tzinfo=UTC))),
        (b"_=1609459199999", Query()),
        (b"_=1609459200000", Query(sent_at=datetime(2021, 1, 1, tzinfo=UTC))),
        (b"_=9223372036854775807", Query()),
        (b"_=-9223372036854775808", Query()),
    ],
)
def test_a_query_is_read(raw: bytes, query: Query) -> None:
    assert read_query(raw, CURRENT) == query


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        (b"compression=gzip&ver=1.2.3", Query(compression=Compression.GZIP)),
        (b"compression=gzip-js", Query(compression=Compression.GZIP)),
        (b"compression=Unsupported", Query()),
        (b"data=%7B%7D&beacon=yes", Query()),
        (b"_=1767225600000", Query(sent_at=datetime(2026, 1, 1, tzinfo=UTC))),
    ],
)
def test_fewer_parameters_were_read_in_2024(raw: bytes, query: Query) -> None:
    assert read_query(raw, OF_2024) == query


def refusal(raw: bytes, parameters: Parameters) -> str:
    with pytest.raises(RefusedError) as caught:
        read_query(raw, parameters)
    assert caught.value.answer.status == 400
    return caught.value.answer.text.removeprefix("Failed to deserialize query string: ")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"_=soon", INVALID),
        (b"_=", "cannot parse integer from empty string"),
        (b"_=+5", INVALID),  # a plus sign in a query is a space
        (b"_=1.5", INVALID),
        (b"_=9223372036854775808", "number too large to fit in target type"),
        (b"_=" + b"9" * 30, "number too large to fit in target type"),
        (b"_=-9223372036854775809", "number too small to fit in target type"),
        (b"beacon=yes", INVALID),
        (b"beacon=2147483648", "number too large to fit in target type"),
        (b"_=1&sent_at=2", "duplicate field `sent_at`"),
        (b"data=1&data=2", "duplicate field `data`"),
        (b"_=soon&data=1&data=2", INVALID),
        (b"data=1&data=2&_=soon", "duplicate field `data`"),
    ],
)
def test_a_query_that_does_not_fit_fails_the_request(raw: bytes, words: str) -> None:
    assert refusal(raw, CURRENT) == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"compression=lz64", "unknown variant `lz64`, expected `Unsupported` or `gzip`"),
        (b"compression=GZIP", "unknown variant `GZIP`, expected `Unsupported` or `gzip`"),
        (b"compression=", "unknown variant ``, expected `Unsupported` or `gzip`"),
        (b"ver=1&lib_version=2", "duplicate field `lib_version`"),
        (b"_=soon&compression=lz64", INVALID),
    ],
)
def test_an_unknown_compression_failed_the_request_in_2024(raw: bytes, words: str) -> None:
    assert refusal(raw, OF_2024) == words


@given(st.binary())
def test_any_bytes_are_form_fields(raw: bytes) -> None:
    assert form_fields(raw, {}) == {}
