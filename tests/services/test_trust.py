"""The files of a route: each way they can be unfit is told, and none is read twice in vain."""

from __future__ import annotations

import os
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from composer.core.route import Route
from composer.services import ports
from composer.services.trust import RouteError, Trust
from tests.helpers.authority import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def a_file(folder: Path, content: bytes) -> str:
    path = folder / "file.pem"
    path.write_bytes(content)
    return str(path)


def test_a_route_without_files_has_the_usual_trust() -> None:
    trust = Trust()
    assert trust.on(Route(proxy="direct", answer_timeout=1.0)) is trust.usual()


def test_a_context_is_kept_until_its_files_change(authority: Authority, tmp_path: Path) -> None:
    trust = Trust()
    file = a_file(tmp_path, Path(authority.files.ca).read_bytes())
    first = trust.on(Route(ca_file=file))
    assert trust.on(Route(ca_file=file, connect_timeout=2.0)) is first
    assert trust.on(Route(ca_file=authority.files.ca)) is not first
    os.utime(file, ns=(1, 1))
    assert trust.on(Route(ca_file=file)) is not first
    assert first.verify_mode is ssl.CERT_REQUIRED
    assert first.check_hostname


def test_words_between_the_certificates_may_be_in_any_language(
    authority: Authority, tmp_path: Path
) -> None:
    pem = Path(authority.files.ca).read_bytes()
    file = a_file(tmp_path, "Zertifikat für Müller\n".encode() + pem + b"\xff\xfe" + pem)
    assert Trust().problem(Route(ca_file=file)) == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "does not hold a certificate in PEM form"),
        (b"0\x82\x03", "openssl x509 -inform der"),
        (b"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n", "is damaged"),
        (b"-----BEGIN CERTIFICATE-----\n", "is damaged"),
    ],
)
def test_a_ca_file_that_is_none_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    routes: ports.Routes = Trust()
    problem = routes.problem(Route(ca_file=a_file(tmp_path, content)))
    assert problem.startswith("The CA file ")
    assert words in problem


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    def told(path: str) -> str:
        return Trust().problem(Route(ca_file=path))

    assert "is no whole path" in told("ca.pem")
    assert "it is not there. Choose the file again." in told(str(tmp_path / "gone.pem"))
    assert "cannot be read" in told(str(tmp_path))
    assert "is no path" in told(f"{tmp_path / 'a'}\0b")


def test_a_certificate_without_its_key_is_told(authority: Authority) -> None:
    files = authority.files
    alone = Trust().problem(Route(client_certificate=files.certificate))
    assert "does not hold a private key in PEM form" in alone
    assert "choose the certificate" in Trust().problem(Route(client_key=files.key))
    swapped = Route(client_certificate=files.key, client_key=files.certificate)
    assert "does not hold a certificate" in Trust().problem(swapped)


def test_a_key_of_another_certificate_is_told(authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path)
    route = Route(client_certificate=authority.files.certificate, client_key=other.files.key)
    assert "belongs to another certificate" in Trust().problem(route)
    assert Trust().problem(replace(route, client_key=authority.files.key)) == ""


def test_a_damaged_key_is_told(authority: Authority, tmp_path: Path) -> None:
    damaged = a_file(tmp_path, b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n")
    route = Route(client_certificate=authority.files.certificate, client_key=damaged)
    with pytest.raises(RouteError, match="is damaged"):
        Trust().on(route)


def test_a_key_with_a_password_is_told_and_nobody_is_asked_in_the_terminal(
    authority: Authority, tmp_path: Path
) -> None:
    key = load_pem_private_key(Path(authority.files.key).read_bytes(), None)
    locked = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    route = Route(
        client_certificate=authority.files.certificate, client_key=a_file(tmp_path, locked)
    )
    problem = Trust().problem(route)
    assert "is protected by a password" in problem
    assert "openssl pkey" in problem
