"""Commands made for bash, run by the real bash and the real curl."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import Style, render
from composer.core.curl.bash import INLINE_LIMIT
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from tests.helpers.curl_calls import BODIES, TOKEN, request_for
from tests.helpers.recorder import Received, Recorder
from tests.helpers.shell import BASH, run_in_bash


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
@given(body=BODIES, style=st.sampled_from(Style))
@example(body=b"", style=Style.WRAPPED)
@example(body=b"", style=Style.DOCS)
@example(body=b"@/etc/hostname", style=Style.WRAPPED)
@example(body=b"@/etc/hostname", style=Style.DOCS)
@example(body=b"-d x", style=Style.WRAPPED)
@example(body=b"\n-d x\n", style=Style.DOCS)
@example(body=b"it's \\' \\c \\0 %s $HOME `id` !! \xff\0", style=Style.ONE_LINE)
def test_any_body_arrives_as_it_is(recorder: Recorder, body: bytes, style: Style) -> None:
    request = request_for(body, recorder.address)
    check(request, render(request, style=style).text, recorder)


@pytest.mark.parametrize("size", [1023, 1024, INLINE_LIMIT, INLINE_LIMIT + 1, 300_000, 2_000_000])
@pytest.mark.parametrize("unit", [b"it's \\n\n", b"\0\xff'\\"], ids=["text", "binary"])
def test_a_body_of_any_size_arrives_as_it_is(recorder: Recorder, size: int, unit: bytes) -> None:
    request = request_for((unit * size)[:size], recorder.address)
    check(request, render(request).text, recorder)


def test_long_text_is_piped_and_short_text_is_not() -> None:
    short = render(request_for(b"x" * INLINE_LIMIT, "http://localhost")).text
    long = render(request_for(b"x" * (INLINE_LIMIT + 1), "http://localhost")).text
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
    command = render(request, key=KeyMode.ENV).text
    assert f'"{TOKEN}"' not in command
    assert command.count('"\'"$POSTHOG_PROJECT_TOKEN"\'"') == 2
    check(request, command, recorder, POSTHOG_PROJECT_TOKEN=TOKEN)


def test_each_of_several_tokens_gets_a_variable(recorder: Recorder) -> None:
    events = [f'{{"api_key":"{token}"}}' for token in (TOKEN, "phc_another", TOKEN)]
    body = f"[{','.join(events)}]".encode()
    request = request_for(body, recorder.address)
    command = render(request, key=KeyMode.ENV)
    assert "phc_" not in command.text
    assert len(command.notes) == 1
    assert "POSTHOG_PROJECT_TOKEN is the first" in command.notes[0]
    assert "then come POSTHOG_PROJECT_TOKEN_2." in command.notes[0]
    variables = {"POSTHOG_PROJECT_TOKEN": TOKEN, "POSTHOG_PROJECT_TOKEN_2": "phc_another"}
    check(request, command.text, recorder, **variables)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{}", ()),
        (b"{" + b" " * INLINE_LIMIT + b"}", ("it is too long for an argument",)),
        (b"\r\n", ("it holds characters that a terminal would change",)),
        (b"'" * 1001, ("it holds very many apostrophes",)),
    ],
)
def test_a_note_says_why_the_body_is_piped(body: bytes, told: tuple[str, ...]) -> None:
    notes = render(request_for(body, "http://localhost")).notes
    assert notes == tuple(f"The body goes through standard input, for {one}." for one in told)


def test_the_documentation_style_reads_like_the_documentation() -> None:
    command = render(request_for(b'{"a": 1}', "https://us.i.posthog.com"), style=Style.DOCS)
    assert command.text.startswith('curl -v -L --header "User-Agent: event-composer/')
    assert command.text.endswith(
        ' --header "Content-Type: application/json" -d \'{"a": 1}\''
        " https://us.i.posthog.com/i/v0/e/"
    )
    assert command.notes == ()


def test_a_body_like_a_file_name_is_told_in_the_documentation_style() -> None:
    command = render(request_for(b"@x", "https://us.i.posthog.com"), style=Style.DOCS)
    assert " --data-raw '@x' " in command.text
    assert command.notes == (
        "--data-raw stands for -d, which would take a body that begins with @ for a file name.",
    )


def test_a_header_of_any_sort_survives_the_documentation_style(recorder: Recorder) -> None:
    host = recorder.address.removeprefix("http://")
    headers = (("Host", host), ("User-Agent", 'a "b" `c` $d \\ !e it\'s'), ("Accept", "*/*"))
    request = WireRequest(method="GET", url=f"{recorder.address}/", headers=headers, body=b"")
    command = render(request, style=Style.DOCS).text
    assert run_in_bash(command).returncode == 0
    assert sorted(recorder.next().headers) == sorted(headers)


def test_a_masked_command_does_not_show_the_key() -> None:
    body = f'{{"api_key":"{TOKEN}","properties":{{"token":"{TOKEN}"}}}}'.encode()
    command = render(request_for(body, "http://localhost"), key=KeyMode.MASKED).text
    assert TOKEN not in command
    assert command.count('"phc_abcd…ABCD"') == 2


@pytest.mark.parametrize("key", KeyMode)
def test_without_a_token_nothing_is_replaced(recorder: Recorder, key: KeyMode) -> None:
    request = request_for(b'{"api_key": "", "a": "\'"}', recorder.address)
    check(request, render(request, key=key).text, recorder)


def test_a_curlrc_and_a_proxy_change_nothing(recorder: Recorder, tmp_path: Path) -> None:
    (tmp_path / ".curlrc").write_text('header = "X-Extra: 1"\nlocation\n', encoding="utf-8")
    request = request_for(b"{}", recorder.address)
    nowhere = "http://127.0.0.1:9"
    check(
        request,
        render(request).text,
        recorder,
        HOME=str(tmp_path),
        http_proxy=nowhere,
        ALL_PROXY=nowhere,
    )


@pytest.mark.parametrize("path", ["/a/../b/./c", "/[1-3]{a,b}/", "/a%20b/?x=1&y='2'", "/~user/|"])
def test_the_path_arrives_as_it_is(recorder: Recorder, path: str) -> None:
    request = request_for(b"{}", recorder.address, path)
    assert run_in_bash(render(request).text).returncode == 0
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
    assert run_in_bash(render(request).text).returncode == 0
    received = recorder.next()
    assert sorted(received.headers) == sorted(request.headers)
    assert received.line == "PUT /x HTTP/1.1"


def test_a_request_without_a_body_has_none(recorder: Recorder) -> None:
    host = recorder.address.removeprefix("http://")
    headers = (("Host", host), ("Accept", "*/*"))
    request = WireRequest(method="GET", url=recorder.address, headers=headers, body=b"")
    assert run_in_bash(render(request).text).returncode == 0
    received = recorder.next()
    assert sorted(received.headers) == sorted(headers)
    assert received.line == "GET / HTTP/1.1"


def test_an_address_that_is_still_being_typed_shows_as_typed() -> None:
    request = WireRequest(method="POST", url="http://[::", headers=(), body=b"{}")
    assert "'http://[::'" in render(request).text


def test_pasted_into_an_interactive_bash_it_sends_the_same_bytes(recorder: Recorder) -> None:
    body = '{\n  "a": "Hi! it\'s !! !$ \'now\' ! é 🎉",\n\n  "b": "!x"\n}'.encode()
    request = request_for(body, recorder.address)
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    master, slave = pty.openpty()
    bash = subprocess.Popen([BASH, "--norc", "--noprofile", "-i"], stdin=slave, stdout=slave)
    try:
        time.sleep(0.3)  # until it has printed its prompt
        os.write(master, render(request).text.encode() + b"\n")
        assert recorder.next().body == body
    finally:
        os.write(master, b"\nexit\n")
        bash.wait(10)
        os.close(slave)
        os.close(master)
