"""Which destination a pasted address stands for."""

from __future__ import annotations

import pytest

from composer.core.settings import Settings
from composer.ui.paste.offers import destination_in

PLACES = Settings().destinations
SANDBOX = PLACES[0]


@pytest.mark.parametrize(
    ("url", "place", "address", "path"),
    [
        ("https://eu.i.posthog.com/e/?ip=1", "eu", "https://eu.i.posthog.com", "/e/"),
        ("https://US.i.posthog.com/capture", "us", "https://us.i.posthog.com", "/capture/"),
        ("https://app.posthog.com/i/v0/e/", "us", "https://us.i.posthog.com", "/i/v0/e/"),
        ("https://eu.i.posthog.com:443/batch/", "eu", "https://eu.i.posthog.com", "/i/v0/e/"),
        ("https://shop.example/relay/e/", "self_hosted", "https://shop.example/relay", "/e/"),
        ("http://[::1]:8000/e/", "self_hosted", "http://[::1]:8000", "/e/"),
        ("http://localhost:8000/odd/way", "self_hosted", "http://localhost:8000", "/i/v0/e/"),
    ],
)
def test_an_address_is_one_of_the_known_or_ones_own_server(
    url: str, place: str, address: str, path: str
) -> None:
    found = destination_in(url, PLACES, SANDBOX)
    assert found is not None
    assert (found.id, found.address, found.path) == (place, address, path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        "ftp://eu.i.posthog.com/e/",
        "https://api.mixpanel.com/track",
        "https://[broken/e/",
        "https://a b.example/e/",
        "https://eu.i.posthog.com:99999/e/",
    ],
)
def test_what_nothing_can_be_sent_to_is_not_offered(url: str) -> None:
    assert destination_in(url, PLACES, SANDBOX) is None


def test_the_chosen_destination_is_not_offered() -> None:
    eu = next(place for place in PLACES if place.id == "eu")
    assert destination_in("https://eu.i.posthog.com/e/", PLACES, eu) is None
