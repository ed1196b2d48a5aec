"""Destinations by name and by URL."""

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.resolve import DestinationError, resolve

KNOWN = (
    Destination(id="sandbox", name="Sandbox", kind=DestinationKind.SANDBOX, address=""),
    Destination(
        id="us", name="US cloud", kind=DestinationKind.US, address="https://us.i.posthog.com"
    ),
    Destination(id="self_hosted", name="Self-hosted", kind=DestinationKind.SELF_HOSTED, address=""),
    Destination(id="a", name="Straße", kind=DestinationKind.SELF_HOSTED, address="http://h:1/p"),
    Destination(id="b", name="Broken", kind=DestinationKind.SELF_HOSTED, address="ftp://h"),
)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("us", "us"), ("US", "us"), (" Us Cloud", "us"), ("sandbox", "sandbox"), ("STRASSE", "a")],
)
def test_a_destination_is_found_by_id_or_name(text: str, identifier: str) -> None:
    assert resolve(text, KNOWN).id == identifier


@pytest.mark.parametrize(
    ("url", "address", "path"),
    [
        ("http://h:8000", "http://h:8000", "/i/v0/e/"),
        (" https://h/prefix/ ", "https://h/prefix", "/i/v0/e/"),
        ("https://h/prefix/capture", "https://h/prefix", "/capture/"),
        ("https://h/e/", "https://h", "/e/"),
        ("https://h/i/v0/e/", "https://h", "/i/v0/e/"),
        ("https://h/batch/", "https://h", "/batch/"),
    ],
)
def test_a_url_is_a_destination_and_may_name_the_path(url: str, address: str, path: str) -> None:
    place = resolve(url, KNOWN)
    assert (place.address, place.path) == (address, path)
    assert place.kind is DestinationKind.SELF_HOSTED


def test_the_cloud_is_known_by_its_url() -> None:
    assert resolve("https://EU.i.posthog.com/i/v0/e/", KNOWN).kind is DestinationKind.EU


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("uk", "US cloud"),
        ("", "Sandbox"),
        ("us.i.posthog.com", "URL"),
        ("Self-hosted", "no address"),
        ("broken", "https://"),
        ("https://app.posthog.com", "https://us.i.posthog.com"),
        ("http://", "host"),
        ("http://[::", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told_with_the_next_step(text: str, told: str) -> None:
    with pytest.raises(DestinationError) as raised:
        resolve(text, KNOWN)
    assert told in str(raised.value)
