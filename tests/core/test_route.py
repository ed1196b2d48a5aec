"""The way of a request, as typed: what is fine, and what is told."""

import pytest

from composer.core.route import certificate_problem, proxy_problem


@pytest.mark.parametrize(
    "proxy", ["", " ", "direct", "http://proxy:3128", "https://10.0.0.1:443/", "http://[::1]:8080"]
)
def test_a_proxy_that_can_be_used_is_fine(proxy: str) -> None:
    assert proxy_problem(proxy) == ""


@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        ("proxy:3128", "Only proxies with http://"),
        ("socks5://proxy:1080", "Only proxies with http://"),
        ("http://:3128", "host name is missing"),
        ("http://proxy", "port is missing"),
        ("http://proxy:99999", "up to 65535"),
        ("http://proxy:port", "up to 65535"),
        ("http://[::1:80", "up to 65535"),
        ("http://pro xy:1", "blanks"),
        ("http://proxy:1/path", "Only the scheme, host and port"),
        ("http://proxy:1?a", "Only the scheme, host and port"),
        ("http://me:secret@proxy:1", "leave them out"),
    ],
)
def test_a_bad_proxy_is_told_with_the_next_step(proxy: str, words: str) -> None:
    assert words in proxy_problem(proxy)


def test_a_key_needs_its_certificate() -> None:
    assert "choose the certificate" in certificate_problem(" ", "/key.pem")
    assert certificate_problem("/a.pem", "/key.pem") == ""
    assert certificate_problem("/a.pem", "") == ""
    assert certificate_problem("", "") == ""
