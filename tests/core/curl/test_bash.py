"""Commands made for bash, run by the real bash and the real curl."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import render
from composer.core.curl.bash import INLINE_LIMIT
from composer.core.destination import Destination, DestinationKind
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest, build_request
from tests.helpers.recorder import Received, Recorder, recording
from tests.helpers.shell import BASH, run_in_bash

TOKEN = "phc_abcdefghijklmnopqrstuvwxyz0123456789ABCD"

hostile = st.sampled_from([*"'\"\\!$`@-%\n\r\t\0{}", "\r\n", "🎉", "\u2028", "\u00a0", "\x85", "é"])
texts = st.lists(hostile | st.text(max_size=5), max_size=30).map("".join)
bodies = st.binary(max_size=300) | texts.map(lambda text: text.encode("utf-8", "replace"))


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as server:
        yield server


def request_for(body: bytes, address: str, path: str = "/i/v0/e/") -> WireRequest:
    place = Destination(id="x", name="x", kind=DestinationKind.SELF_HOSTED, address=address)
    return build_request(body, place, path)


def check(request: WireRequest, command: str, recorder: Recorder, **variables: str) -> Received:
    done = run_in_bash(command, **variables)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(b'{"status":"Ok"}')
    received = recorder.next()
    assert received.body == request.body
    assert sorted(received.headers) == sorted(request.headers)
    assert received.line == f"POST {request.path} HTTP/1.1"
    return received


@settings(max_examples=60, deadline=None)
@given(body=bodies, wrapped=st.booleans())
@example(body=b"", wrapped=True)
@example(body=b"@/etc/hostname", wrapped=True)
@example(body=b"-d x", wrapped=True)
@example(body=b"it's \\' \\c \\0 %s $HOME `id` !! \xff\0", wrapped=False)
def test_any_body_arrives_as_it_is(recorder: Recorder, body: bytes, wrapped: bool) -> None:
    request = request_for(body, recorder.address)
    check(request, render(request, wrapped=wrapped), recorder)


@pytest.mark.parametrize("size", [1023, 1024, INLINE_LIMIT, INLINE_LIMIT + 1, 300_000, 2_000_000])
@pytest.mark.parametrize("unit", [b"it's \\n\n", b"\0\xff'\\"], ids=["text", "binary"])
def test_a_body_of_any_size_arrives_as_it_is(recorder: Recorder, size: int, unit: bytes) -> None:
    request = request_for((unit * size)[:size], recorder.address)
    check(request, render(request), recorder)


def test_long_text_is_piped_and_short_text_is_not() -> None:
    short = render(request_for(b"x" * INLINE_LIMIT, "http://localhost"))
    long = render(request_for(b"x" * (INLINE_LIMIT + 1), "http://localhost"))
    assert short.startswith("curl ")
    assert "--data-raw" in short
    assert long.startswith("printf '%s' 'xxx")
    assert long.endswith("--data-binary @-")


@pytest.mark.parametrize(
    "padding", ["", "it's " + "x" * INLINE_LIMIT, "\r\0"], ids=["short", "long", "odd"]
)
def test_the_variable_gives_the_same_bytes(recorder: Recorder, padding: str) -> None:
    body = f'{{"api_key": "{TOKEN}", "a": ["{TOKEN}", "x{TOKEN}"], "b": "{padding}"}}'.encode()
    request = request_for(body, recorder.address)
    command = render(request, key=KeyMode.ENV)
    assert f'"{TOKEN}"' not in command
    assert command.count('"\'"$POSTHOG_PROJECT_TOKEN"\'"') == 2
    check(request, command, recorder, POSTHOG_PROJECT_TOKEN=TOKEN)


def test_a_masked_command_does_not_show_the_key() -> None:
    body = f'{{"api_key":"{TOKEN}","properties":{{"token":"{TOKEN}"}}}}'.encode()
    command = render(request_for(body, "http://localhost"), key=KeyMode.MASKED)
    assert TOKEN not in command
    assert command.count('"phc_abcd…ABCD"') == 2


@pytest.mark.parametrize("key", KeyMode)
def test_without_a_token_nothing_is_replaced(recorder: Recorder, key: KeyMode) -> None:
    request = request_for(b'{"api_key": "", "a": "\'"}', recorder.address)
    check(request, render(request, key=key), recorder)


def test_a_curlrc_and_a_proxy_change_nothing(recorder: Recorder, tmp_path: Path) -> None:
    (tmp_path / ".curlrc").write_text('header = "X-Extra: 1"\nlocation\n', encoding="utf-8")
    request = request_for(b"{}", recorder.address)
    nowhere = "http://127.0.0.1:9"
    check(
        request,
        render(request),
        recorder,
        HOME=str(tmp_path),
        http_proxy=nowhere,
        ALL_PROXY=nowhere,
    )


@pytest.mark.parametrize("path", ["/a/../b/./c", "/[1-3]{a,b}/", "/a%20b/?x=1&y='2'", "/~user/|"])
def test_the_path_arrives_as_it_is(recorder: Recorder, path: str) -> None:
    request = request_for(b"{}", recorder.address, path)
    assert run_in_bash(render(request)).returncode == 0
    assert recorder.next().line == f"POST {path} HTTP/1.1"


def test_headers_that_curl_would_make_differently_are_written_out(recorder: Recorder) -> None:
    port = recorder.address.rpartition(":")[2]
    request = WireRequest(
        method="PUT",
        url=f"http://127.1:{port}/x",
        headers=(
            ("Host", f"127.1:{port}"),
            ("User-Agent", "it's me"),
            ("X-Empty", ""),
            ("Content-Length", "2"),
        ),
        body=b"{}",
    )
    assert run_in_bash(render(request)).returncode == 0
    received = recorder.next()
    assert sorted(received.headers) == sorted(request.headers)
    assert received.line == "PUT /x HTTP/1.1"


def test_a_request_without_a_body_has_none(recorder: Recorder) -> None:
    host = recorder.address.removeprefix("http://")
    headers = (("Host", host), ("Accept", "*/*"))
    request = WireRequest(method="GET", url=recorder.address, headers=headers, body=b"")
    assert run_in_bash(render(request)).returncode == 0
    received = recorder.next()
    assert sorted(received.headers) == sorted(headers)
    assert received.line == "GET / HTTP/1.1"


def test_an_address_that_is_still_being_typed_shows_as_typed() -> None:
    request = WireRequest(method="POST", url="http://[::", headers=(), body=b"{}")
    assert "'http://[::'" in render(request)


def test_pasted_into_an_interactive_bash_it_sends_the_same_bytes(recorder: Recorder) -> None:
    body = '{\n  "a": "Hi! it\'s !! !$ \'now\' ! é 🎉",\n\n  "b": "!x"\n}'.encode()
    request = request_for(body, recorder.address)
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    master, slave = pty.openpty()
    bash = subprocess.Popen([BASH, "--norc", "--noprofile", "-i"], stdin=slave, stdout=slave)
    try:
        time.sleep(0.3)  # until it has printed its prompt
        os.write(master, render(request).encode() + b"\n")
        assert recorder.next().body == body
    finally:
        os.write(master, b"\nexit\n")
        bash.wait(10)
        os.close(slave)
        os.close(master)
