"""Sending on a route: own authorities, client certificates, proxies and patience."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.explain import explain
from composer.core.outcome import Accepted, Fault, Unreachable
from composer.core.route import NO_PROXY, Route
from composer.services.sender import Sender
from tests.helpers.authority import Authority
from tests.helpers.recorder import recording
from tests.helpers.servers import request_in, saying, serving
from tests.helpers.single_sends import PATIENT, QUICK, request_to

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def test_a_server_of_an_own_authority_is_trusted(authority: Authority) -> None:
    sender = Sender()
    async with serving(saying(OK), authority.server()) as host:
        request = request_to(f"https://{host}")
        without = await sender.send(request, PATIENT)
        with_own = await sender.send(request, PATIENT, Route(ca_file=authority.files.ca))
    assert isinstance(without, Unreachable)
    assert without.fault is Fault.TLS
    assert isinstance(with_own, Accepted)


async def test_an_own_authority_stands_in_place_of_the_others(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    monkeypatch.setenv("SSL_CERT_FILE", authority.files.ca)
    async with serving(saying(OK), authority.server()) as host:
        request = request_to(f"https://{host}")
        usual = await Sender().send(request, PATIENT)
        own = await Sender().send(request, PATIENT, Route(ca_file=other.files.ca))
    assert isinstance(usual, Accepted)
    assert isinstance(own, Unreachable)


@pytest.mark.parametrize("in_one_file", [False, True])
async def test_a_server_that_asks_who_calls_is_shown_the_certificate(
    authority: Authority, in_one_file: bool
) -> None:
    files, sender = authority.files, Sender()
    anonymous = Route(ca_file=files.ca)
    known = replace(anonymous, client_certificate=files.certificate, client_key=files.key)
    if in_one_file:
        known = replace(anonymous, client_certificate=files.both)
    async with serving(saying(OK), authority.server(asks_for_certificate=True)) as host:
        request = request_to(f"https://{host}")
        assert isinstance(await sender.send(request, PATIENT, known), Accepted)
        refused = await sender.send(request, PATIENT, anonymous)
    assert isinstance(refused, Unreachable)


async def test_what_cannot_be_used_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    place = Destination(
        id="shop", name="Shop", kind=DestinationKind.SELF_HOSTED, address="https://shop.example"
    )
    with recording() as recorder:
        route = Route(ca_file=str(tmp_path / "gone.pem"))
        outcome = await Sender().send(request_to(recorder.address), PATIENT, route)
        assert recorder.requests.empty()
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.ROUTE
    assert "gone.pem cannot be read: it is not there. Choose the file again." in outcome.detail
    told = explain(outcome, place)
    assert "Shop" in told.title
    assert "Nothing was sent." in told.advice


async def test_the_proxy_of_a_project_goes_before_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with recording() as proxy:
        route = Route(proxy=proxy.address)
        request = request_to("http://posthog.invalid")
        assert isinstance(await Sender().send(request, PATIENT, route), Accepted)
        assert proxy.next().line == "POST http://posthog.invalid/i/v0/e/ HTTP/1.1"


async def test_a_project_can_do_without_the_proxy_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with recording() as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        request = request_to("http://posthog.invalid")
        outcome = await Sender().send(request, PATIENT, Route(proxy=NO_PROXY))
        assert proxy.requests.empty()
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.NAME_NOT_FOUND


async def test_a_proxy_that_a_person_names_serves_this_computer_too() -> None:
    with recording() as proxy:
        request = request_to("http://127.0.0.1:9")
        outcome = await Sender().send(request, PATIENT, Route(proxy=proxy.address))
        assert isinstance(outcome, Accepted)
        assert proxy.next().line == "POST http://127.0.0.1:9/i/v0/e/ HTTP/1.1"


async def test_a_proxy_that_is_none_is_told() -> None:
    outcome = await Sender().send(request_to("http://h"), PATIENT, Route(proxy="socks5://h:1"))
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.ROUTE
    assert "Only proxies with http://" in outcome.detail


async def test_the_patience_of_a_project_goes_before_the_general_one() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await request_in(reader)
        await reader.read()

    async with serving(silent) as host:
        route = Route(answer_timeout=QUICK.answer)
        outcome = await Sender().send(request_to(f"http://{host}"), PATIENT, route)
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.ANSWER_TIMEOUT
    assert "within 0.3 seconds" in outcome.detail
