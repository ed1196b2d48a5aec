"""Secrets in headers are known by their name, and hidden from others."""

import pytest

from composer.core.secret_headers import (
    is_secret_header,
    masked_header,
    secrets_of,
    with_masked_headers,
)
from composer.core.tokens import KeyMode, concealed
from composer.core.wire import WireRequest

TOKEN = "phc_abcdefghijklmnop"


def request(*headers: tuple[str, str], body: bytes = b"{}") -> WireRequest:
    return WireRequest(method="POST", url="https://h/e/", headers=headers, body=body)


@pytest.mark.parametrize(
    "name",
    [
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "X-Api-Key",
        "apikey",
        "X-Auth-Token",
        "CF-Access-Client-Secret",
        "X-Amz-Security-Token",
        "PHPSESSION-Session_Id",
        "x-password",
    ],
)
def test_a_header_that_carries_a_secret_is_known_by_its_name(name: str) -> None:
    assert is_secret_header(name)


@pytest.mark.parametrize(
    "name",
    ["Host", "User-Agent", "Accept", "Content-Type", "X-Forwarded-For", "CF-Access-Client-Id"],
)
def test_other_headers_are_not(name: str) -> None:
    assert not is_secret_header(name)
    assert masked_header(name, "value") == "value"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Authorization", f"Bearer {TOKEN}", "Bearer phc_abcd…mnop"),
        ("Authorization", "Basic dXNlcjpwYXNz", "Basic …"),
        ("Authorization", "two secret words", "…"),
        ("X-Api-Key", "k", "…"),
        ("Cookie", "a=1; b=2", "…"),
        ("Cookie", "", ""),
    ],
)
def test_a_secret_is_masked_and_its_scheme_is_not(name: str, value: str, shown: str) -> None:
    assert masked_header(name, value) == shown
    assert with_masked_headers(request((name, value))).headers == ((name, shown),)


def test_a_request_without_secrets_stays_the_same_one() -> None:
    plain = request(("Host", "h"))
    assert with_masked_headers(plain) is plain
    assert secrets_of(plain) == ()


def test_all_secrets_of_a_request_can_be_concealed_in_any_text() -> None:
    carrying = request(
        ("Authorization", "Basic dXNlcjpwYXNzd29yZA=="),
        ("X-Api-Key", "0123456789abcdef"),
        ("Cookie", "0123456789abcdef; session=long-enough"),
        body=f'{{"api_key": "{TOKEN}"}}'.encode(),
    )
    text = f"{carrying.head}\n{carrying.body.decode()}"
    hidden = concealed(text, secrets_of(carrying), KeyMode.MASKED)
    for secret in ("dXNlcjpwYXNzd29yZA==", "0123456789abcdef", "session=long-enough", TOKEN):
        assert secret not in hidden
    assert "Host" not in hidden
    assert "X-Api-Key" in hidden
