"""Sending through a proxy, and past it."""

from __future__ import annotations

import pytest

from composer.core.outcome import Accepted, Fault
from composer.services.sender import Sender
from tests.helpers.recorder import recording
from tests.helpers.servers import saying, serving
from tests.helpers.single_sends import PATIENT, fault_at, request_to


async def test_this_computer_is_reached_past_any_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with recording() as recorder:
        assert isinstance(await Sender().send(request_to(recorder.address), PATIENT), Accepted)


async def test_other_computers_are_reached_through_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with recording() as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.removeprefix("http://"))
        request = request_to("http://posthog.invalid")
        assert isinstance(await Sender().send(request, PATIENT), Accepted)
        received = proxy.next()
    assert received.line == "POST http://posthog.invalid/i/v0/e/ HTTP/1.1"
    assert received.body == request.body


@pytest.mark.parametrize(
    ("proxy", "fault"),
    [
        ("http://me:secret@127.0.0.1:9", Fault.REFUSED),
        ("gopher://127.0.0.1:9", Fault.NO_ROUTE),
        ("socks5://127.0.0.1:9", Fault.NO_ROUTE),
    ],
)
async def test_a_proxy_that_does_not_work_is_named(
    monkeypatch: pytest.MonkeyPatch, proxy: str, fault: Fault
) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    outcome = await fault_at("https://posthog.invalid")
    assert outcome.fault is fault
    assert "127.0.0.1:9" in outcome.detail
    assert "secret" not in outcome.detail


async def test_https_asks_the_proxy_for_a_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    with recording(b"HTTP/1.1 200 OK\r\n\r\n") as proxy:
        monkeypatch.setenv("https_proxy", proxy.address)
        outcome = await fault_at("https://posthog.invalid")
        assert proxy.next().line == "CONNECT posthog.invalid:443 HTTP/1.1"
    assert outcome.fault is Fault.TLS


async def test_a_proxy_that_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(saying(b"HTTP/1.1 407 Who are you\r\n\r\n")) as host:
        monkeypatch.setenv("https_proxy", f"http://{host}")
        outcome = await fault_at("https://posthog.invalid")
    assert outcome.fault is Fault.NO_ROUTE
    assert "407 Who are you" in outcome.detail
