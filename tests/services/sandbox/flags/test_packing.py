"""Every packing in which a question may come, and what is said of a broken one."""

import base64
import gzip
import zlib
from urllib.parse import quote

import pytest

from composer.services.sandbox.flags.packing import TEXT_LIMIT
from tests.services.sandbox.flags.asking import (
    FORM,
    JSON,
    QUESTION,
    ask,
    refused,
    told,
    undecodable,
)

BASE64 = base64.b64encode(QUESTION.encode())
GZIP = gzip.compress(QUESTION.encode(), mtime=0)


@pytest.mark.parametrize(
    ("body", "query", "headers"),
    [
        (QUESTION, "v=2", {}),
        (QUESTION, "v=2", {"content-type": "text/plain; charset=utf-8"}),
        (GZIP, "v=2&compression=gzip-js", {"content-type": "text/plain"}),
        (GZIP, "v=2&compression=GZIP", JSON),
        (GZIP, "v=2", JSON | {"content-encoding": "gzip"}),
        (GZIP, "v=2", JSON),
        (BASE64, "v=2&compression=base64", JSON),
        (BASE64.rstrip(b"="), "v=2", JSON),
        (quote(BASE64), "v=2", JSON),
        (b"data=" + BASE64, "v=2", FORM),
        (f"data={quote(BASE64)}", "v=2&compression=base64", FORM),
        (BASE64, "v=2", FORM),
    ],
)
def test_a_question_is_understood_in_any_packing(
    body: str | bytes, query: str, headers: dict[str, str]
) -> None:
    assert told(ask(body, query, headers=headers))["flags"] == {}


@pytest.mark.parametrize(
    ("body", "query", "headers", "detail"),
    [
        (QUESTION, "", {"content-type": "text/xml"}, "unsupported content type: text/xml"),
        (QUESTION, "compression=lz64", JSON, "Unsupported compression type"),
        (QUESTION, "compression=gzip", JSON, "gzip decompression failed: invalid gzip header"),
        (GZIP[:12], "", JSON, "gzip decompression failed: failed to fill whole buffer"),
        (GZIP[:10] + b"\xff" * 9, "", JSON, "gzip decompression failed: corrupt deflate stream"),
        ("", "", JSON, "invalid JSON"),
        ("[]", "", JSON, "invalid JSON"),
        ("{", "", JSON, "invalid JSON"),
        (b"\xff", "", FORM, "Invalid UTF-8 in form data"),
        ("data=%ff", "", FORM, "Failed to URL decode form data"),
        (
            "data=a",
            "compression=gzip",
            FORM,
            "Gzip compression not supported for form-urlencoded data",
        ),
        ("data=a", "compression=lz64", FORM, "Unsupported compression type"),
        (QUESTION, "", FORM, "Base64 decoding error: Invalid byte 123, offset 0."),
        ("data=YWJjZ", "", FORM, "Base64 decoding error: Invalid padding"),
        ("data=e30x", "", FORM, "invalid JSON structure"),
        ("data=e30%253%ff", "", FORM, "Failed to URL decode form data"),
    ],
)
def test_a_broken_packing_is_named(
    body: str | bytes, query: str, headers: dict[str, str], detail: str
) -> None:
    assert refused(ask(body, query, headers=headers)) == undecodable(detail)


def test_a_compressed_body_is_not_unpacked_without_end() -> None:
    bomb = zlib.compressobj(wbits=31)
    body = bomb.compress(b" " * (TEXT_LIMIT + 1)) + bomb.flush()
    words = "gzip decompression failed: failed to fill whole buffer"
    assert refused(ask(body)) == undecodable(words)
