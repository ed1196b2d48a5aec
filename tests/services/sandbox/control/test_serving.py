"""The addresses for scripts as connections: over HTTPS, cut short, and while the sandbox stops."""

import http.client
import json
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from composer.core.behaviour import Behaviour, parse_rule
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import event, exchange, known, plugged, post, read_all


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC), tls_folder=tmp_path)
    sandbox.start()
    assert sandbox.await_ready()
    yield sandbox
    sandbox.stop()


def test_scripts_may_ask_over_https_and_rules_hold_there(fresh: Sandbox) -> None:
    fresh.behave(Behaviour(serves_tls=True, rules=(parse_rule("reset path=/batch"),)))
    assert fresh.await_tls()
    trust = ssl.create_default_context(cafile=fresh.ca_file)
    place = urlsplit(fresh.tls_url).netloc
    with closing(http.client.HTTPSConnection(place, timeout=10, context=trust)) as connection:
        connection.request("POST", "/e", known())
        assert connection.getresponse().read() == b'{"status":"Ok"}'
        connection.request("GET", "/_sandbox/events", headers={"Origin": f"https://{place}"})
        (found,) = json.loads(connection.getresponse().read())["events"]
        assert found["event"] == "door opened"
        connection.request("GET", "/_sandbox/events", headers={"Origin": f"http://{place}"})
        refused = connection.getresponse()
        assert (refused.status, refused.read()[:9]) == (403, b'{"error":')
        connection.request("POST", "/batch", known())
        with pytest.raises(ConnectionError):
            connection.getresponse()


def fill(sandbox: Sandbox) -> None:
    """With some megabytes of events."""
    text = event(f'"distinct_id":"ann","properties":{{"pad":"{"x" * 2_000}"}}')
    for _ in range(20):
        post(sandbox, f"[{','.join([text] * 100)}]", "/batch")


def test_stopping_waits_for_no_list(fresh: Sandbox) -> None:
    fill(fresh)
    host = urlsplit(fresh.url).netloc
    request = f"GET /_sandbox/events HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with plugged(fresh, request) as plug:
        answer = plug.recv(100)
        began = time.monotonic()
        fresh.stop()
        assert time.monotonic() - began < 2
        with suppress(ConnectionResetError):
            answer += read_all(plug)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert not answer.endswith(b"0\r\n\r\n")  # nobody takes it for the whole list


def test_a_long_list_holds_up_no_event(fresh: Sandbox) -> None:
    fill(fresh)
    host = urlsplit(fresh.url).netloc
    request = f"GET /_sandbox/events HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    with plugged(fresh, request.encode()) as plug:
        assert plug.recv(100)
        assert post(fresh, known()).status == 200
        assert read_all(plug).endswith(b"0\r\n\r\n")
    found = json.loads(exchange(fresh, "GET", "/_sandbox/events").body)["events"]
    assert len(found) == 20 * 100 + 1


def test_a_change_that_ends_early_changes_nothing(fresh: Sandbox) -> None:
    host = urlsplit(fresh.url).netloc
    lines = [
        "POST /_sandbox/faults HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json",
        "Content-Length: 100",
    ]
    with plugged(fresh, ("\r\n".join(lines) + '\r\n\r\n["503"]').encode()):
        pass
    assert post(fresh, known()).status == 200
    assert fresh.behaviour == Behaviour()
