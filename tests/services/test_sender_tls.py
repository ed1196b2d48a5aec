"""Sending over TLS: whom the sender trusts, and each way it goes wrong."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from composer.core.outcome import Accepted, Fault
from composer.services import trust as module
from composer.services.sender import Sender
from tests.helpers.servers import saying, serving
from tests.helpers.single_sends import PATIENT, fault_at, request_to, reset

CERTIFICATE = Path(__file__).with_name("data") / "loopback.pem"


def tls_server() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_told() -> None:
    async with serving(saying(b""), tls_server()) as host:
        outcome = await fault_at(f"https://{host}")
    assert outcome.fault is Fault.TLS
    assert "self-signed certificate" in outcome.detail


async def test_https_to_a_server_that_only_speaks_http_is_told() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with serving(plain) as host:
        assert (await fault_at(f"https://{host}")).fault is Fault.TLS


async def test_a_server_that_hangs_up_on_tls_is_told() -> None:
    async def deaf(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        return

    async with serving(deaf) as host:
        assert (await fault_at(f"https://{host}")).fault is Fault.TLS


def test_without_certificates_of_the_system_those_of_the_library_are_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert module.load_trust().cert_store_stats()["x509_ca"] > 50


async def test_http_to_a_server_that_only_speaks_https_is_told() -> None:
    async with serving(saying(b""), tls_server()) as host:
        assert (await fault_at(f"http://{host}")).fault in {Fault.NOT_HTTP, Fault.RESET}


async def test_https_reaches_a_server_that_the_system_trusts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    async with serving(saying(answer), tls_server()) as host:
        outcome = await Sender().send(request_to(f"https://{host}"), PATIENT)
    assert isinstance(outcome, Accepted)


async def test_a_tls_connection_that_breaks_is_a_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with serving(reset, tls_server()) as host:
        assert (await fault_at(f"https://{host}")).fault is Fault.RESET
