"""URLs as they stand on the wire."""

import pytest
from hypothesis import given, strategies as st

from composer.core.urls import is_loopback, target, wire_url


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://us.i.posthog.com/i/v0/e/", "https://us.i.posthog.com/i/v0/e/"),
        ("http://127.0.0.1:8810/batch/?a=%20&b='c'", "http://127.0.0.1:8810/batch/?a=%20&b='c'"),
        ("https://Bücher.Example/prä fix/", "https://xn--bcher-kva.example/pr%C3%A4%20fix/"),
        ("http://[0:0::1]:80/x", "http://[::1]:80/x"),
        ("http://host", "http://host/"),
        ("http://host/#part", "http://host/"),
        ("http://host/a/../b/%zz", "http://host/a/../b/%zz"),
    ],
)
def test_what_was_typed_goes_out_in_ascii(typed: str, sent: str) -> None:
    assert wire_url(typed) == sent
    assert wire_url(sent) == sent


@pytest.mark.parametrize(
    "typed",
    ["", "host", "ftp://host/", "http://", "http:///x", "http://me@host/", "http://host:99999/",
     "http://host:x/", "http://a..b/", "http://[::", "http://[::g]/", f"http://{'a' * 64}/"],
)  # fmt: skip
def test_an_address_that_nothing_can_be_sent_to_is_told(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        wire_url(typed)


@given(st.text())
def test_any_text_gives_ascii_or_a_value_error(text: str) -> None:
    try:
        sent = wire_url("http://host/" + text)
    except ValueError:
        return
    assert sent.isascii()
    assert sent.isprintable()
    assert " " not in sent
    assert target(sent).startswith("/")


def test_the_target_is_path_and_query() -> None:
    assert target("http://host/") == "/"
    assert target("http://host:1/a/b?c=/d") == "/a/b?c=/d"


@pytest.mark.parametrize(
    "url",
    ["http://localhost", "http://app.localhost:1", "http://127.9.9.9/", "http://[::1]:8810/x"],
)
def test_this_computer_is_known_by_its_names(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize("url", ["https://localhost.example", "http://10.0.0.1", "x", "http://[::"])
def test_other_computers_are_not_this_one(url: str) -> None:
    assert not is_loopback(url)
