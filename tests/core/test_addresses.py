"""Addresses as people copy them lead to the one that events go to."""

import pytest
from hypothesis import given, strategies as st

from composer.core.addresses import capture_path_of, suggested_address
from composer.core.destination import address_problem

US, EU = "https://us.i.posthog.com", "https://eu.i.posthog.com"


@pytest.mark.parametrize(
    ("address", "better"),
    [
        ("https://app.posthog.com", US),
        ("https://us.posthog.com/project/123/settings", US),
        ("eu.posthog.com", EU),
        ("https://EU.posthog.com./", EU),
        ("http://posthog.com/docs?a=b#c", US),
        ("us.i.posthog.com", US),
        ("http://us.i.posthog.com", US),
        ("https://us.i.posthog.com/capture/", US),
        ("https://eu.i.posthog.com/i/v0/e", EU),
        ("posthog.example.com", "https://posthog.example.com"),
        ("posthog.example.com:8443/e/", "https://posthog.example.com:8443"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("https://posthog.example.com/ingest/batch/", "https://posthog.example.com/ingest"),
        ("https://posthog.example.com/project/1/insights", "https://posthog.example.com"),
        ("https://me:secret@posthog.example.com", "https://posthog.example.com"),
        ("https://posthog.example.com/?a=b", "https://posthog.example.com"),
        ("ftp://posthog.example.com", "https://posthog.example.com"),
    ],
)
def test_what_is_not_fit_has_a_better_one(address: str, better: str) -> None:
    assert suggested_address(address) == better
    assert address_problem(better) == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        US,
        f"{EU}/",
        "https://posthog.example.com",
        "https://posthog.example.com/ingest",
        "http://10.0.0.1:8000/",
        "two words",
        "https://",
        "https://[::1",
        "https://-bad-.example",
    ],
)
def test_what_is_fit_or_hopeless_has_none(address: str) -> None:
    assert suggested_address(address) == ""


@given(st.text("htps:/.[]@#?x1-%ab cdu", max_size=30))
def test_a_suggestion_is_always_one_that_can_be_sent_to(address: str) -> None:
    better = suggested_address(address)
    assert not better or (address_problem(better) == "" and suggested_address(better) == "")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://h/capture", "/capture/"),
        ("https://h/p/i/v0/e/?x=1", "/i/v0/e/"),
        ("https://h/e/", "/e/"),
        ("https://h/batch/", "/batch/"),
        ("https://h", ""),
        ("https://h/cape", ""),
    ],
)
def test_the_path_that_events_go_to_is_found(address: str, path: str) -> None:
    assert capture_path_of(address) == path
