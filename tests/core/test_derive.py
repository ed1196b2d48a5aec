"""A page's address is taken apart as PostHog's own SDK does it."""

import pytest
from hypothesis import given, strategies as st

from composer.core.derive import CAMPAIGN_KEYS, url_parts, web_address
from composer.core.events import by_id, fields_of


def derived(url: str) -> dict[str, object]:
    return {str(path[1]): value for path, value in url_parts(url)}


def test_host_path_and_campaign_are_read_from_the_address() -> None:
    url = "https://shop.example/menu?utm_source=a%20b&utm_medium=e-mail&other=1&gclid=G#top"
    assert url_parts(url) == (
        (("properties", "$host"), "shop.example"),
        (("properties", "$pathname"), "/menu"),
        (("properties", "utm_source"), "a b"),
        (("properties", "utm_medium"), "e-mail"),
        (("properties", "gclid"), "G"),
    )


def test_the_host_keeps_its_port_and_loses_its_user() -> None:
    assert derived("http://me:secret@localhost:8000")["$host"] == "localhost:8000"


def test_an_address_without_path_has_the_path_of_the_front_page() -> None:
    assert derived("https://shop.example?utm_term=x") == {
        "$host": "shop.example",
        "$pathname": "/",
        "utm_term": "x",
    }


def test_of_a_repeated_tag_the_first_counts_and_an_empty_one_is_left_out() -> None:
    parts = derived("https://a.example/?utm_source=first&utm_source=second&utm_medium=")
    assert parts["utm_source"] == "first"
    assert "utm_medium" not in parts


@pytest.mark.parametrize(
    "url", ["", "/menu", "shop.example", "ftp://a.example", "https://", "http://[", "http://a:x"]
)
def test_nothing_is_read_from_what_is_no_whole_address(url: str) -> None:
    assert url_parts(url) == ()
    assert web_address(url) is None


@given(st.text(max_size=30) | st.text("&=%utm_source1 ", max_size=30).map("http://a/?".__add__))
def test_no_address_is_too_odd(url: str) -> None:
    assert all(path[0] == "properties" and value for path, value in url_parts(url))


def test_the_usual_tags_have_fields_of_their_own() -> None:
    known = {field.key for field in fields_of(by_id("pageview"))}
    assert {"$host", "$pathname", *CAMPAIGN_KEYS[:4], "utm_term"} <= known
