"""A request is made in one place, complete, with headers that hide nothing."""

import hashlib
import json
from dataclasses import replace

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Layout, Object
from composer.core.wire import USER_AGENT, batch_body, build_request, path_for

EVENT = Object((("api_key", "phc_a"), ("event", "café"), ("distinct_id", "1")))


def place(address: str = "https://posthog.example.com", path: str = "/i/v0/e/") -> Destination:
    return Destination(
        id="x", name="X", kind=DestinationKind.SELF_HOSTED, address=address, path=path
    )


def test_a_request_lists_every_header_that_is_sent() -> None:
    body = '{"é": 1}'.encode()
    request = build_request(body, place(), "/e/")
    assert request.method == "POST"
    assert request.url == "https://posthog.example.com/e/"
    assert request.headers == (
        ("Host", "posthog.example.com"),
        ("User-Agent", USER_AGENT),
        ("Accept", "*/*"),
        ("Content-Type", "application/json"),
        ("Content-Length", "9"),
    )


def test_extra_headers_are_sent_too_and_make_way_for_those_of_the_body() -> None:
    extra = (("X-Team", "support"), ("user-agent", "mine"), ("host", "other"), ("Accept", "a/b"))
    request = build_request(b"{}", replace(place(), headers=extra), "/e/")
    assert request.headers == (
        ("Host", "posthog.example.com"),
        ("Content-Type", "application/json"),
        ("Content-Length", "2"),
        ("X-Team", "support"),
        ("user-agent", "mine"),
        ("Accept", "a/b"),
    )


def test_the_url_is_in_ascii_as_it_goes_out() -> None:
    request = build_request(b"", place("https://BÜCHER.example/prä/"), "/e/?a=ö#b")
    assert request.url == "https://xn--bcher-kva.example/pr%C3%A4/e/?a=%C3%B6"
    assert request.path == "/pr%C3%A4/e/"
    assert request.head.splitlines() == [
        "POST /pr%C3%A4/e/?a=%C3%B6 HTTP/1.1",
        *(f"{name}: {value}" for name, value in request.headers),
    ]


def test_size_and_digest_are_those_of_the_very_bytes() -> None:
    request = build_request(b"\x00\xff", place(), "/e/")
    assert request.size == 2
    assert request.sha256 == hashlib.sha256(b"\x00\xff").hexdigest()
    assert request.path == "/e/"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.com:443", "example.com"),
        ("http://example.com:80", "example.com"),
        ("http://example.com:443", "example.com:443"),
        ("http://localhost:8000", "localhost:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://Example.COM/proxy", "example.com"),
    ],
)
def test_the_host_header_names_the_port_only_where_it_is_unusual(address: str, host: str) -> None:
    assert build_request(b"", place(address), "/e/").headers[0] == ("Host", host)


def test_several_events_go_to_the_batch_path_and_one_to_the_chosen_one() -> None:
    assert path_for(Object((("batch", ()),)), place(path="/capture/")) == "/batch/"
    assert path_for(EVENT, place(path="/capture/")) == "/capture/"
    assert path_for((EVENT,), place(path="/e/")) == "/e/"


@pytest.mark.parametrize("layout", Layout)
def test_a_batch_has_the_token_once_and_the_events_without_it(layout: Layout) -> None:
    body = batch_body([EVENT, EVENT], "phc_b", layout)
    bare = {"event": "café", "distinct_id": "1"}
    assert json.loads(body) == {"api_key": "phc_b", "batch": [bare, bare]}
    assert (b"\n" in body) == (layout is Layout.PRETTY)


def test_a_batch_of_old_events_says_so_before_the_events() -> None:
    body = batch_body([], "phc_b", Layout.COMPACT, historical_migration=True)
    assert body == b'{"api_key":"phc_b","historical_migration":true,"batch":[]}'
