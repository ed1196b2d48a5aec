"""Method, address and headers: by name, whatever the order and the case of header names."""

from __future__ import annotations

import pytest

from composer.core.compare.address import compare_addresses, compare_headers
from composer.core.compare.request import NamedRequest, Part
from composer.core.compare.values import DifferenceKind

URL = "https://eu.i.posthog.com/i/v0/e/"


def at(url: str, *headers: tuple[str, str], method: str = "POST") -> NamedRequest:
    return NamedRequest(name="one", body=b"", method=method, url=url, headers=headers)


def addresses(left: str, right: str) -> list[tuple[Part, str, DifferenceKind]]:
    return [(d.part, d.what, d.kind) for d in compare_addresses(at(left), at(right))]


@pytest.mark.parametrize(
    ("left", "right", "part", "what", "kind"),
    [
        (URL, URL.replace("https", "http"), Part.LINE, "scheme", DifferenceKind.CHANGED),
        (URL, URL.replace("eu.", "us."), Part.LINE, "host", DifferenceKind.CHANGED),
        (URL, URL[:-1], Part.LINE, "path", DifferenceKind.CHANGED),
        (f"{URL}?ip=1", f"{URL}?ip=0", Part.QUERY, "ip", DifferenceKind.CHANGED),
        (f"{URL}?ip=1", URL, Part.QUERY, "ip", DifferenceKind.REMOVED),
        (URL, f"{URL}?ip=", Part.QUERY, "ip", DifferenceKind.ADDED),
        (f"{URL}?a=1&a=2", f"{URL}?a=1", Part.QUERY, "a", DifferenceKind.REPEATED),
        (f"{URL}?v=1%202", f"{URL}?v=12", Part.QUERY, "v", DifferenceKind.CHANGED),
    ],
)
def test_each_part_of_an_address_is_named(
    left: str, right: str, part: Part, what: str, kind: DifferenceKind
) -> None:
    assert addresses(left, right) == [(part, what, kind)]


def test_order_and_spelling_of_a_query_and_the_case_of_a_host_do_not_count() -> None:
    assert addresses(f"{URL}?a=1&b=x%20y", f"{URL.replace('eu', 'EU')}?b=x+y&a=1") == []


def test_an_address_that_cannot_be_read_is_compared_all_the_same() -> None:
    (found, *_) = compare_addresses(at("http://["), at(URL))
    assert found.kind is DifferenceKind.CHANGED


def test_the_time_in_a_query_differs_every_time() -> None:
    (found,) = compare_addresses(at(f"{URL}?_=1"), at(f"{URL}?_=2"))
    assert found.is_fleeting


def test_the_method_is_compared_where_both_are_known() -> None:
    (found,) = compare_addresses(at("", method="POST"), at("", method="GET"))
    assert (found.what, found.left, found.right) == ("method", "POST", "GET")
    assert list(compare_addresses(at("", method=""), at("", method="GET"))) == []


def test_headers_are_found_by_their_names_in_any_case() -> None:
    left = at(URL, ("content-type", "text/plain"), ("X-Own", "1"))
    right = at(URL, ("X-OWN", "1"), ("Content-Type", "application/json"))
    (found,) = compare_headers(left, right)
    assert (found.what, found.left, found.right) == (
        "content-type",
        "text/plain",
        "application/json",
    )


def test_headers_that_differ_anyway_come_last() -> None:
    left = at(URL, ("Content-Length", "1"), ("User-Agent", "curl/8"), ("X-Own", "1"))
    right = at(URL, ("Content-Length", "2"), ("User-Agent", "event-composer"), ("X-Own", "2"))
    found = list(compare_headers(left, right))
    assert [one.what for one in found] == ["X-Own", "User-Agent", "Content-Length"]
    assert [one.is_fleeting for one in found] == [False, False, True]


def test_a_host_header_that_only_repeats_the_address_says_nothing() -> None:
    left = at(URL, ("Host", "eu.i.posthog.com"), ("Accept", "*/*"))
    right = at(URL, ("Accept", "*/*"), (":authority", "eu.i.posthog.com"))
    assert list(compare_headers(left, right)) == []
    left, right = at(URL, ("Host", "else.example")), at(URL, ("Host", "other.example"))
    (found,) = compare_headers(left, right)
    assert found.what == "Host"


def test_without_headers_on_one_side_nothing_is_said_of_them() -> None:
    assert list(compare_headers(at(URL), at(URL, ("Accept", "*/*")))) == []
