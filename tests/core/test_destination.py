"""Addresses and tokens: what is fine, and what is told before PostHog has to."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from composer.core.destination import (
    CLOUD_ADDRESSES,
    SANDBOX_TOKEN,
    Destination,
    DestinationKind,
    address_problem,
    mask,
    token_problem,
)
from composer.core.route import USUAL_WAY, Route

LONG_TOKEN = "phc_" + "x" * 61


def place(kind: DestinationKind, address: str = "https://posthog.example.com") -> Destination:
    return Destination(id="x", name="X", kind=kind, address=address)


@pytest.mark.parametrize(
    "address",
    [
        *CLOUD_ADDRESSES.values(),
        " https://posthog.example.com/ ",
        "http://localhost:8000",
        "http://127.0.0.1:80",
        "http://[::1]:8000",
        "https://example.com/reverse/proxy",
        "https://bücher.example",
        "https://my_host.internal.",
    ],
)
def test_an_address_that_can_be_sent_to_is_fine(address: str) -> None:
    assert address_problem(address) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Enter the address"),
        ("  ", "Enter the address"),
        ("posthog.example.com", "Start the address with https://"),
        ("localhost:8000", "Start the address with https://"),
        ("ftp://example.com", "Start the address with https://"),
        ("https://", "host name is missing"),
        ("https://-bad-.example", "host name is missing or misspelled"),
        ("https://a..example", "host name is missing or misspelled"),
        ("https://exa mple.com", "cannot be read"),
        ("https://example.com:99999", "cannot be read"),
        ("https://[::1", "cannot be read"),
        ("https://me:secret@example.com", "Leave out user names"),
        ("https://example.com/?a=b", "Leave out user names"),
        ("https://example.com/#a", "Leave out user names"),
        ("https://app.posthog.com", "https://us.i.posthog.com"),
        ("https://eu.posthog.com", "https://eu.i.posthog.com"),
    ],
)
def test_a_bad_address_is_told_with_the_next_step(address: str, words: str) -> None:
    assert words in address_problem(address)


@given(st.text(max_size=30) | st.text("htps:/.[]@#?x1-% ", max_size=30).map("https://".__add__))
def test_no_address_is_too_odd_to_be_judged(address: str) -> None:
    assert isinstance(address_problem(address), str)


def test_a_url_is_the_address_with_one_slash_before_the_path() -> None:
    proxy = place(DestinationKind.SELF_HOSTED, " https://example.com/ingest/ ")
    assert proxy.url("/i/v0/e/") == "https://example.com/ingest/i/v0/e/"
    assert proxy.path == "/i/v0/e/"


def test_real_data_is_at_stake_everywhere_but_in_the_sandbox() -> None:
    at_stake = {kind for kind in DestinationKind if place(kind).is_production}
    assert at_stake == set(DestinationKind) - {DestinationKind.SANDBOX}


def test_a_project_for_tests_is_not_production() -> None:
    assert not replace(place(DestinationKind.US), production=False).is_production


def test_the_route_of_a_project_is_what_the_connection_needs() -> None:
    whole = replace(
        place(DestinationKind.US),
        proxy="http://proxy:1",
        ca_file="/ca.pem",
        client_certificate="/me.pem",
        client_key="/me.key",
        connect_timeout=1.0,
        answer_timeout=2.0,
    )
    assert whole.route == Route(
        proxy="http://proxy:1",
        ca_file="/ca.pem",
        client_certificate="/me.pem",
        client_key="/me.key",
        connect_timeout=1.0,
        answer_timeout=2.0,
    )
    assert place(DestinationKind.US).route == USUAL_WAY


@pytest.mark.parametrize("token", [SANDBOX_TOKEN, "phc_a", LONG_TOKEN[:-1]])
def test_a_project_token_is_fine(token: str) -> None:
    assert token_problem(token) == ""


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "Enter the project token"),
        ("  ", "Enter the project token"),
        (" phx_personal", "personal key"),
        (LONG_TOKEN, "Longer than 64"),
        ("phc_" + "é" * 31, "Longer than 64"),
        ("phc_\ud83d", "no token has"),
        ("phc_tök", "no token has"),
        ("phc_a\0b", "no token has"),
        (" phc_a", "spaces around"),
        ("abc", "begin with phc_"),
    ],
)
def test_a_bad_token_is_told_with_the_next_step(token: str, words: str) -> None:
    assert words in token_problem(token)


def test_a_masked_token_shows_its_ends_only() -> None:
    assert mask(SANDBOX_TOKEN) == "phc_sand…d3m0"
    assert mask("phc_12345678") == "…"
    assert mask("phc_123456789") == "phc_1234…6789"
    assert mask("") == ""
