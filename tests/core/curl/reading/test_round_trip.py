"""What the program writes for a shell it reads back, exactly."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import Style, read, render
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from tests.helpers.curl_calls import BODIES, TOKEN, request_for

EVERY = [(shell, style) for shell in Shell for style in Style]
header_texts = st.text(st.sampled_from([*"ab \"'\\$%^&;:@`!{},é’"]), min_size=1, max_size=12)
names = st.from_regex(r"X-[A-Za-z]{1,8}", fullmatch=True)


@pytest.mark.parametrize(("shell", "style"), EVERY)
@settings(max_examples=40)
@given(body=BODIES)
@example(b"")
@example(b'{"event":"$pageview","a":"\\\\n","b":"\\"c\\""}')
@example(b"\\$`x${ $( \\\\y")
@example(b'"\xff\0' * 9000)
@example(b"x" * 30_000)
@example(b"'%AAA%")
@example(b"{`")
def test_every_body_comes_back(shell: Shell, style: Style, body: bytes) -> None:
    request = request_for(body, "http://127.0.0.1:8000")
    got = read(render(request, shell=shell, style=style).text)
    assert got.request == request
    # Without a body, the documentation's style has double quotes only, as for cmd.exe.
    assert got.shell == shell or (style is Style.DOCS and not body)


@pytest.mark.parametrize(("shell", "style"), EVERY)
@settings(max_examples=25)
@given(headers=st.lists(st.tuples(names, header_texts.map(str.strip)), max_size=3))
@example(headers=[("X-A", "^")])
def test_every_header_comes_back(
    shell: Shell, style: Style, headers: list[tuple[str, str]]
) -> None:
    plain = request_for(b'{"a": 1}', "https://eu.i.posthog.com", "/i/v0/e/?a=1&b=%20'x")
    *before, length = plain.headers
    request = WireRequest(
        method="PUT", url=plain.url, headers=(*before, *headers, length), body=plain.body
    )
    got = read(render(request, shell=shell, style=style).text).request
    # Headers that a shell would change go through a file, after the others.
    assert sorted(got.headers) == sorted(request.headers)
    assert (got.method, got.url, got.body) == (request.method, request.url, request.body)


@pytest.mark.parametrize(("shell", "style"), EVERY)
def test_a_request_without_a_body_comes_back(shell: Shell, style: Style) -> None:
    host = ("Host", "localhost:8000")
    url = "http://localhost:8000/a/../b?[1-3]{a,b}"
    request = WireRequest(method="GET", url=url, headers=(host,), body=b"")
    assert read(render(request, shell=shell, style=style).text).request == request


@pytest.mark.parametrize(("shell", "style"), EVERY)
@pytest.mark.parametrize("tail", ["", "x" * 70_000, "é"])
def test_a_variable_stands_as_written_and_is_told(shell: Shell, style: Style, tail: str) -> None:
    body = f'{{"api_key":"{TOKEN}","event":"{tail}"}}'.encode()
    request = request_for(body, "http://127.0.0.1:8000")
    got = read(render(request, shell=shell, style=style, key=KeyMode.ENV).text)
    name = shell.variable("POSTHOG_PROJECT_TOKEN")
    assert got.body.decode() == body.decode().replace(TOKEN, name)
    assert name in [remark.name for remark in got.remarks]


@pytest.mark.parametrize("shell", Shell)
def test_nothing_is_said_of_a_command_of_our_own(shell: Shell) -> None:
    for body in (b'{"a":"\xc3\xa9"}', b"{}", b"\0"):
        request = request_for(body, "http://127.0.0.1:8000")
        assert read(render(request, shell=shell).text).remarks == ()
