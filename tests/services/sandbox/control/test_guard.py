"""Who may use the addresses for scripts, over HTTP and for every combination of headers."""

import pytest
from hypothesis import given, strategies as st

from composer.services.sandbox.control.guard import refusal
from composer.services.sandbox.server import Sandbox
from tests.services.sandbox.client import known, plugged, post, read_all


def ask(sandbox: Sandbox, *headers: str, start: str = "GET /_sandbox/events HTTP/1.1") -> str:
    """The answer to a request with exactly these headers; PORT stands for the sandbox's."""
    port = sandbox.url.rpartition(":")[2]
    lines = [start, "Connection: close", *(line.replace("PORT", port) for line in headers)]
    with plugged(sandbox, ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")) as plug:
        return read_all(plug).decode()


def status(answer: str) -> int:
    return int(answer.split()[1])


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: 127.0.0.1:PORT",),
        ("Host: localhost:PORT",),
        ("Host: LocalHost:PORT",),
        ("Host: [::1]:PORT",),
        ("Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT"),
        ("Host: localhost:PORT", "Origin: http://localhost:PORT", "Sec-Fetch-Site: same-origin"),
        ("Host: 127.0.0.1:PORT", "Sec-Fetch-Site: none"),
    ],
)
def test_programs_and_the_address_bar_may_ask(sandbox: Sandbox, headers: tuple[str, ...]) -> None:
    assert status(ask(sandbox, *headers)) == 200


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: rebound.example:PORT",),
        ("Host: rebound.example",),
        ("Host: 127.0.0.1",),
        ("Host: 127.0.0.1:1",),
        ("Host: localhost.:PORT",),
        ("Host: 127.0.0.1.rebound.example:PORT",),
        ("Host: 127.0.0.2:PORT",),
        ("Host: 127.0.0.1:PORT", "Origin: null"),
        ("Host: 127.0.0.1:PORT", "Origin: https://shop.example"),
        ("Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1"),
        ("Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:3000"),
        ("Host: 127.0.0.1:PORT", "Origin: https://127.0.0.1:PORT"),
        ("Host: 127.0.0.1:PORT", "Origin: http://localhost:PORT"),
        ("Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT", "Origin: https://shop.example"),
        ("Host: 127.0.0.1:PORT", "Sec-Fetch-Site: cross-site"),
        ("Host: 127.0.0.1:PORT", "Sec-Fetch-Site: same-site"),
        ("Host: 127.0.0.1:PORT", "Sec-Fetch-Site: whatever"),
    ],
)
def test_web_pages_and_other_names_may_not(sandbox: Sandbox, headers: tuple[str, ...]) -> None:
    post(sandbox, known())
    for start in ("GET /_sandbox/events HTTP/1.1", "POST /_sandbox/reset HTTP/1.1"):
        answer = ask(sandbox, *headers, "Content-Type: application/json", start=start)
        assert status(answer) == 403
        assert "door opened" not in answer
        assert "access-control" not in answer.lower()
    assert len(sandbox.arrivals()) == 1


def test_a_request_without_a_host_is_refused(sandbox: Sandbox) -> None:
    assert status(ask(sandbox, start="GET /_sandbox/events HTTP/1.0")) == 403


def test_a_preflight_allows_nothing(sandbox: Sandbox) -> None:
    answer = ask(
        sandbox,
        "Host: 127.0.0.1:PORT",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: content-type",
        start="OPTIONS /_sandbox/faults HTTP/1.1",
    )
    assert status(answer) == 403
    assert "access-control" not in answer.lower()


def test_no_answer_may_be_read_by_a_page_or_kept(sandbox: Sandbox) -> None:
    absolute = "http://127.0.0.1/_sandbox/events"
    for path in ("/_sandbox", "/_sandbox/events", "/_sandbox/nothing", absolute):
        answer = ask(sandbox, "Host: 127.0.0.1:PORT", start=f"GET {path} HTTP/1.1").lower()
        assert "access-control" not in answer
        assert "cache-control: no-store" in answer
        assert "x-content-type-options: nosniff" in answer
        assert "cross-origin-resource-policy: same-origin" in answer


HOSTS = st.sampled_from([b"127.0.0.1:8010", b"localhost:8010", b"evil.example:8010", b"127.0.0.1"])
ORIGINS = st.sampled_from([b"http://127.0.0.1:8010", b"http://localhost:8010", b"null", b""])
SITES = st.sampled_from([b"none", b"same-origin", b"same-site", b"cross-site"])
HEADERS = st.lists(
    st.tuples(st.just(b"host"), HOSTS)
    | st.tuples(st.just(b"origin"), ORIGINS | st.binary(max_size=30))
    | st.tuples(st.just(b"sec-fetch-site"), SITES)
    | st.tuples(st.sampled_from([b"accept", b"cookie"]), st.binary(max_size=5)),
    max_size=5,
)


@given(st.sampled_from(["GET", "POST", "OPTIONS"]), HEADERS)
def test_one_wrong_sign_is_enough(method: str, headers: list[tuple[bytes, bytes]]) -> None:
    hosts = [value for name, value in headers if name == b"host"]
    allowed = (
        method != "OPTIONS"
        and hosts in ([b"127.0.0.1:8010"], [b"localhost:8010"])
        and all(value == b"http://" + hosts[0] for name, value in headers if name == b"origin")
        and all(
            value in {b"none", b"same-origin"}
            for name, value in headers
            if name == b"sec-fetch-site"
        )
    )
    assert (refusal(method, "http", 8010, headers) == "") == allowed


def test_the_port_of_the_scheme_may_be_left_out() -> None:
    assert refusal("GET", "http", 80, [(b"host", b"localhost")]) == ""
    assert refusal("GET", "https", 443, [(b"host", b"127.0.0.1")]) == ""
    assert refusal("GET", "https", 80, [(b"host", b"127.0.0.1")]) != ""
