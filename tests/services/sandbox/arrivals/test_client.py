"""Which SDK or program sent a request."""

from dataclasses import dataclass

import pytest
from hypothesis import given, strategies as st

from composer.core import jsontext
from composer.core.jsontext import Object, from_python
from composer.services.sandbox.arrivals.client import client_of
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import known, post

LIB = '{"properties":{"$lib":"posthog-python","$lib_version":"7.1.0"}}'
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@dataclass(frozen=True)
class Sent:
    sent: Object | None


def client(text: str = "", path: str = "/e", **headers: str) -> str:
    value = jsontext.parse(text) if text else None
    event = value if isinstance(value, Object) else None
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return client_of(told, path, [Sent(event)])


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (LIB, "posthog-python 7.1.0"),
        ('{"properties":{"$lib":"web","$lib_version":"1.298.0"}}', "posthog-js 1.298.0"),
        ('{"properties":{"$lib":"posthog-go"}}', "posthog-go"),
        ('{"properties":{"mp_lib":"python","$lib_version":"4.10.1"}}', "mixpanel-python 4.10.1"),
        ('{"library":"posthog-php","library_version":"2.1"}', "posthog-php 2.1"),
        ('{"properties":{"$lib":5},"library":[]}', ""),
        ('{"properties":[]}', ""),
        ("", ""),
    ],
)
def test_an_event_tells_which_library_made_it(event: str, name: str) -> None:
    assert client(event) == name


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("posthog-python/7.1", "posthog-python 7.1"),
        ("curl/8.5.0", "curl 8.5.0"),
        ("python-requests/2.32.3", "python-requests 2.32.3"),
        ("okhttp", "okhttp"),
        ("PostHog-Ruby (v3)", "PostHog-Ruby"),
        (f"Mozilla/5.0 (X11; Linux) {WEBKIT} Chrome/141.0.0.0 Safari/537.36", "Chrome 141"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
            "Edge 141",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox 143"),
        (f"Mozilla/5.0 (Macintosh) {WEBKIT} Version/18.6 Safari/605.1.15", "Safari 18"),
        (f"Mozilla/5.0 (iPhone) {WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1", "Safari 18"),
        ("Mozilla/5.0 (compatible; something else)", "Mozilla 5.0"),
        ("  ", ""),
    ],
)
def test_a_program_is_known_by_its_user_agent(agent: str, name: str) -> None:
    assert client(user_agent=agent) == name


def test_who_says_it_most_clearly_is_believed() -> None:
    agent = "curl/8.5"
    assert client(LIB, "/e?ver=1.2.3", posthog_sdk_info="a/b/1.0", user_agent=agent) == "a/b 1.0"
    assert client(LIB, "/e?ver=1.2.3", user_agent=agent) == "posthog-python 7.1.0"
    assert client("", "/e?ip=1&ver=1.2.3", user_agent=agent) == "posthog-js 1.2.3"
    assert client("", "/e?over=1", posthog_sdk_info="nonsense", user_agent=agent) == "curl 8.5"
    assert client_of({"user-agent": agent}, "/e", []) == "curl 8.5"


@given(st.text(), st.text(), st.text())
def test_any_text_is_shown_in_one_short_line(library: str, agent: str, path: str) -> None:
    properties = {"properties": {"$lib": library, "$lib_version": agent}}
    event = from_python(properties)
    assert isinstance(event, Object)
    found = client_of({"user-agent": agent}, path, [Sent(event)])
    assert len(found) <= 80
    assert len(found.splitlines()) <= 1


def test_an_arrival_tells_its_client(sandbox: Sandbox) -> None:
    post(sandbox, known('"properties":{"$lib":"web","$lib_version":"1.2.3"}'))
    post(sandbox, "nonsense", **{"User-Agent": "curl/8.5"})
    post(sandbox, '{"event":"$performance_event","properties":{"$lib":"posthog-ios"}}')
    clients = [arrival.client for arrival in sandbox.arrivals()]
    assert clients == ["posthog-js 1.2.3", "curl 8.5", "posthog-ios"]
