"""Commands made for PowerShell, read by its documented rules and run by the real curl."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import Command, Style, render
from composer.core.curl.powershell import READABLE_LIMIT
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from tests.helpers.curl_calls import BODIES, TOKEN, request_for, run_curl, same
from tests.helpers.powershell_prompt import (
    PowerShellPrompt,
    arguments_before_7_3,
    arguments_from_7_3,
)
from tests.helpers.recorder import Recorder

TOKENS = {"POSTHOG_PROJECT_TOKEN": TOKEN, "POSTHOG_PROJECT_TOKEN_2": "phc_another"}


def rendered(
    request: WireRequest, style: Style = Style.WRAPPED, key: KeyMode = KeyMode.INLINE
) -> Command:
    return render(request, shell=Shell.POWERSHELL, style=style, key=key)


def arrives(request: WireRequest, command: Command, recorder: Recorder, folder: Path) -> bool:
    """Paste it and run the curl; every version has to hand it the same arguments."""
    prompt = PowerShellPrompt(folder, TOKENS)
    [words] = prompt.paste(command.text)
    [program, *arguments] = arguments_from_7_3(words)
    assert arguments_before_7_3(words) == [program, *arguments]
    assert program == "curl.exe"
    assert all(argument.isascii() for argument in arguments)
    assert {str(one) for one in folder.iterdir()} == set(prompt.removed)
    return same(run_curl(arguments, recorder), request)


@settings(max_examples=60, deadline=None)
@given(body=BODIES, style=st.sampled_from(Style))
@example(body=b"", style=Style.WRAPPED)
@example(body=b"@C:\\x", style=Style.DOCS)
@example(body="'\u2018\u2019\u201a\u201b''\u2019".encode(), style=Style.WRAPPED)
@example(body=b'{\n  "a": "$(x) $y `n \' \\" ; | #"\n}\n', style=Style.WRAPPED)
@example(body=b"a\r\nb\0", style=Style.ONE_LINE)
@example(body="\ufeff{}".encode(), style=Style.ONE_LINE)
def test_any_body_arrives_as_it_is(
    recorder: Recorder, tmp_path_factory: pytest.TempPathFactory, body: bytes, style: Style
) -> None:
    request = request_for(body, recorder.address)
    folder = tmp_path_factory.mktemp("powershell")
    assert arrives(request, rendered(request, style), recorder, folder)


@pytest.mark.parametrize("unit", [b"it's \n", b"\0\xff"], ids=["text", "binary"])
@pytest.mark.parametrize("size", [READABLE_LIMIT, READABLE_LIMIT + 1, 300_000])
def test_a_body_of_any_size_arrives_as_it_is(
    recorder: Recorder, tmp_path: Path, size: int, unit: bytes
) -> None:
    request = request_for((unit * size)[:size], recorder.address)
    assert arrives(request, rendered(request), recorder, tmp_path)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("odd", ["it's", "x\n\ny", "é\0", "\n" * READABLE_LIMIT])
def test_the_variables_give_the_same_bytes(
    recorder: Recorder, tmp_path: Path, odd: str, style: Style
) -> None:
    tokens = (TOKEN, "phc_another", TOKEN)
    events = (f'{{"api_key":\n"{token}", "a": "{odd}"}}' for token in tokens)
    request = request_for(f"[{', '.join(events)}]".encode(), recorder.address)
    command = rendered(request, style, KeyMode.ENV)
    assert "phc_" not in command.text
    assert arrives(request, command, recorder, tmp_path)


@pytest.mark.parametrize("value", ['W/"1"', "a\\", "é ’", "plain", "it's"])
def test_any_header_arrives_as_it_is(recorder: Recorder, tmp_path: Path, value: str) -> None:
    host = recorder.address.removeprefix("http://")
    headers = (("Host", host), ("User-Agent", "x"), ("Accept", "*/*"), ("X-One", value))
    request = WireRequest(method="GET", url=f"{recorder.address}/", headers=headers, body=b"")
    received = (*headers[:3], ("X-One", value.encode().decode("latin-1")))
    sent = WireRequest(method="GET", url=f"{recorder.address}/", headers=received, body=b"")
    assert arrives(sent, rendered(request), recorder, tmp_path)


def test_json_stays_readable() -> None:
    body = f'{{\n  "api_key": "{TOKEN}",\n  "event": "it\'s"\n}}'.encode()
    command = rendered(request_for(body, "http://localhost"), key=KeyMode.ENV)
    assert (
        "$body = (\n"
        "  '{',\n"
        "  ('  \"api_key\": \"' + $env:POSTHOG_PROJECT_TOKEN + '\",'),\n"
        "  '  \"event\": \"it''s\"',\n"
        "  '}') -join \"`n\"\n"
    ) in command.text


def test_a_masked_command_does_not_show_the_key() -> None:
    body = f'{{"api_key":"{TOKEN}"}}'.encode()
    command = rendered(request_for(body, "http://localhost"), key=KeyMode.MASKED)
    assert '"api_key":"phc_abcd…ABCD"' in command.text


@pytest.mark.parametrize(
    ("body", "path", "told"),
    [
        ("", "/", []),
        ("{}", "/", ["The body goes through a temporary file"]),
        ("\0", "/", ["written as base64, for it holds characters that a terminal would change"]),
        ("x" * (READABLE_LIMIT + 1), "/", ["written as base64, for it is long"]),
        ("é", "/", ["The body goes through a temporary file", "UTF-8 with a byte order mark"]),
        ("", '/"', ["use PowerShell 7.3 or later"]),
    ],
)
def test_notes_say_what_looks_unusual(body: str, path: str, told: list[str]) -> None:
    *notes, last = rendered(request_for(body.encode(), "http://localhost", path)).notes
    assert len(notes) == len(told)
    assert all(words in note for words, note in zip(told, notes, strict=True))
    assert last == "On macOS and Linux, write curl in place of curl.exe."
