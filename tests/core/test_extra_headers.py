"""Extra headers: those that can be sent, and what is told of the others."""

import pytest
from hypothesis import given, strategies as st

from composer.core.destination import Destination, DestinationKind
from composer.core.extra_headers import header_problem, headers_problem
from composer.core.wire import build_request

KEY = "phx_" + "a1" * 20


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Api-Key", "secret"),
        ("authorization", "Basic dXNlcjpwYXNz"),
        ("CF-Access-Client-Id", "a b\tc"),
        ("User-Agent", "support"),
        ("x_y!#$%&'*+.^`|~", "1"),
    ],
)
def test_a_header_that_can_be_sent_is_fine(name: str, value: str) -> None:
    assert header_problem(name, value) == ""


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("", "x", "Enter the name"),
        ("X Y", "x", "letters, digits and hyphens"),
        ("X:", "x", "letters, digits and hyphens"),
        ("Ünï", "x", "letters, digits and hyphens"),
        ("Host", "x", "makes Host itself"),
        ("content-length", "1", "makes content-length itself"),
        ("Content-Encoding", "gzip", "makes Content-Encoding itself"),
        ("Transfer-Encoding", "chunked", "belongs to the connection"),
        ("Proxy-Authorization", "Basic x", "belongs to the connection"),
        ("X-A", "", "Enter the value of X-A"),
        ("X-A", " b", "one line of ASCII"),
        ("X-A", "b\r\nHost: c", "one line of ASCII"),
        ("X-A", "é", "one line of ASCII"),
        ("X-A", "a\0b", "one line of ASCII"),
        ("Authorization", f"Bearer {KEY}", "personal key"),
    ],
)
def test_a_header_that_cannot_is_told_with_the_next_step(name: str, value: str, words: str) -> None:
    assert words in header_problem(name, value)
    assert KEY not in header_problem(name, value)


def test_no_header_may_stand_there_twice() -> None:
    assert headers_problem((("X-A", "1"), ("x-b", "2"))) == ""
    assert "x-a stands there twice" in headers_problem((("x-a", "1"), ("X-A", "2")))
    assert "Enter the value" in headers_problem((("X-A", "1"), ("X-B", "")))


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_passes_is_sent_as_it_is_and_takes_the_place_of_nothing_else(
    name: str, value: str
) -> None:
    if header_problem(name, value):
        return
    plain = Destination(id="x", name="X", kind=DestinationKind.SELF_HOSTED, address="http://h")
    place = Destination(
        id="x", name="X", kind=plain.kind, address="http://h", headers=((name, value),)
    )
    headers = build_request(b"{}", place, "/e/").headers
    own = build_request(b"{}", plain, "/e/").headers
    assert headers[-1] == (name, value)
    assert [pair for pair in own if pair[0].lower() != name.lower()] == list(headers[:-1])
