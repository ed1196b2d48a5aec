"""Which address a request is said to come from."""

import pytest
from hypothesis import given, strategies as st

from composer.services.sandbox.arrivals.address import address_of

PEER = "127.0.0.1"


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, PEER),
        ({"x-forwarded-for": "203.0.113.7"}, "203.0.113.7"),
        ({"x-forwarded-for": " 203.0.113.7 , 10.0.0.1"}, "203.0.113.7"),
        ({"x-forwarded-for": "unknown, 203.0.113.7"}, "203.0.113.7"),
        ({"x-forwarded-for": "2001:DB8::1"}, "2001:db8::1"),
        ({"x-forwarded-for": "203.0.113.7:4711"}, "203.0.113.7"),
        ({"x-forwarded-for": "[2001:db8::1]:4711"}, "2001:db8::1"),
        ({"x-forwarded-for": "fe80::1%eth0"}, PEER),
        ({"x-forwarded-for": "203.0.113"}, PEER),
        ({"x-forwarded-for": ""}, PEER),
        ({"x-forwarded-for": "?", "x-real-ip": "203.0.113.8"}, "203.0.113.8"),
        ({"forwarded": 'proto=https;For="[2001:db8::1]:4711", for=10.0.0.1'}, "2001:db8::1"),
        ({"forwarded": "by=10.0.0.1"}, PEER),
        ({"x-real-ip": "203.0.113.8", "cf-connecting-ip": "203.0.113.9"}, "203.0.113.8"),
        ({"true-client-ip": "203.0.113.9"}, "203.0.113.9"),
    ],
)
def test_the_first_address_that_a_proxy_tells_counts(headers: dict[str, str], address: str) -> None:
    assert address_of(headers, PEER) == address


@given(st.sampled_from(["x-forwarded-for", "forwarded"]), st.text())
def test_any_header_leaves_an_address(name: str, value: str) -> None:
    assert address_of({name: value}, PEER)
