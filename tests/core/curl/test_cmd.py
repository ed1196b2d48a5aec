"""Commands made for cmd.exe, read by its documented rules and run by the real curl."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from composer.core.curl import Command, Style, render
from composer.core.curl.cmd import LINE_LIMIT
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest
from tests.helpers.cmd_prompt import CmdPrompt
from tests.helpers.curl_calls import BODIES, TOKEN, request_for, run_curl, same
from tests.helpers.recorder import Recorder

TOKENS = {"POSTHOG_PROJECT_TOKEN": TOKEN, "POSTHOG_PROJECT_TOKEN_2": "phc_another"}


def rendered(
    request: WireRequest, style: Style = Style.WRAPPED, key: KeyMode = KeyMode.INLINE
) -> Command:
    return render(request, shell=Shell.CMD, style=style, key=key)


def arrives(request: WireRequest, command: Command, recorder: Recorder, folder: Path) -> bool:
    """Paste it, with variables about whose names stand in hostile bodies, and run the curl."""
    prompt = CmdPrompt({"TEMP": str(folder / "t"), "PATH": "x & y", **TOKENS})
    [[program, *arguments]] = prompt.paste(command.text)
    assert program == "curl"
    assert all(argument.isascii() for argument in arguments)
    left = {str(one) for one in folder.iterdir()} - set(prompt.deleted)
    assert not left, "files stay behind"
    return same(run_curl(arguments, recorder), request)


@settings(max_examples=60, deadline=None)
@given(body=BODIES, style=st.sampled_from(Style))
@example(body=b"", style=Style.WRAPPED)
@example(body=b"@C:\\x", style=Style.WRAPPED)
@example(body=b"@C:\\x", style=Style.DOCS)
@example(body=b'{"a": "\\\\", "b": "\\""}', style=Style.WRAPPED)
@example(body=b'{\n  "a": "x & y"\n}', style=Style.WRAPPED)
@example(body=b'{\n\n  "a": "%PATH%%TEMP%% %",\n"b": "a&%&%^"}%', style=Style.DOCS)
@example(body=b'{"a": "%PATH% ^ & \\" %PATH:x=y%"}', style=Style.ONE_LINE)
@example(body="é\0".encode(), style=Style.ONE_LINE)
def test_any_body_arrives_as_it_is(
    recorder: Recorder, tmp_path_factory: pytest.TempPathFactory, body: bytes, style: Style
) -> None:
    request = request_for(body, recorder.address)
    folder = tmp_path_factory.mktemp("cmd")
    assert arrives(request, rendered(request, style), recorder, folder)


@pytest.mark.parametrize("unit", [b'"a" ', b"%", b"\n", "é".encode()])
@pytest.mark.parametrize("size", [LINE_LIMIT // 2, LINE_LIMIT - 400, LINE_LIMIT + 1, 100_000])
def test_a_body_of_any_size_arrives_as_it_is(
    recorder: Recorder, tmp_path: Path, size: int, unit: bytes
) -> None:
    request = request_for((unit * size)[:size], recorder.address)
    assert arrives(request, rendered(request), recorder, tmp_path)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("odd", ["", "%PATH%", "é", "x" * LINE_LIMIT], ids=["", "%", "é", "long"])
def test_the_variables_give_the_same_bytes(
    recorder: Recorder, tmp_path: Path, odd: str, style: Style
) -> None:
    tokens = (TOKEN, "phc_another", TOKEN)
    body = "[" + ", ".join(f'{{"api_key": "{token}", "a": "{odd}"}}' for token in tokens) + "]"
    request = request_for(body.encode(), recorder.address)
    command = rendered(request, style, KeyMode.ENV)
    assert "phc_" not in command.text
    assert arrives(request, command, recorder, tmp_path)


def test_a_file_does_not_hold_the_token_either(tmp_path: Path) -> None:
    body = f'{{"api_key": "{TOKEN}", "a": "é\0"}}'.encode()
    request = request_for(body, "http://localhost")
    prompt = CmdPrompt({"TEMP": str(tmp_path / "t"), "POSTHOG_PROJECT_TOKEN": "none"})
    prompt.paste(rendered(request, key=KeyMode.ENV).text)
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b'"none"' in files
    assert TOKEN.encode() not in files


def test_a_masked_command_can_be_read() -> None:
    body = f'{{"api_key": "{TOKEN}", "event": "é"}}'.encode()
    command = rendered(request_for(body, "http://localhost"), key=KeyMode.MASKED)
    assert r'--data-raw "{\"api_key\": \"phc_abcd…ABCD\", \"event\": \"é\"}"' in command.text


@pytest.mark.parametrize("value", ['W/"1" & "2"', "%PATH%", "a\\", "é", "x" * LINE_LIMIT])
def test_any_header_arrives_as_it_is(recorder: Recorder, tmp_path: Path, value: str) -> None:
    host = recorder.address.removeprefix("http://")
    headers = (("Host", host), ("User-Agent", "x"), ("Accept", "*/*"), ("X-One", value))
    url = f"{recorder.address}/?a=%20&b=%20"
    request = WireRequest(method="GET", url=url, headers=headers, body=b"")
    received = (*headers[:3], ("X-One", value.encode().decode("latin-1")))
    sent = WireRequest(method="GET", url=url, headers=received, body=b"")
    assert arrives(sent, rendered(request), recorder, tmp_path)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"a": 1}', []),
        ("é", ["it holds letters that Windows would change"]),
        ("a" * LINE_LIMIT, ["it is too long for the prompt"]),
        ("%", ["In a batch file, write %% for each % of the request."]),
        ("a\nb", ["Each ^ before an empty line is a line feed of the body"]),
    ],
)
def test_notes_say_what_looks_unusual(body: str, told: list[str]) -> None:
    notes = rendered(request_for(body.encode(), "http://localhost")).notes
    assert len(notes) == len(told)
    assert all(words in note for words, note in zip(told, notes, strict=True))


def test_one_line_is_one_line_with_a_file_too() -> None:
    request = request_for("é\n".encode(), "http://localhost")
    assert "\n" not in rendered(request, Style.ONE_LINE).text


def test_a_compact_body_needs_no_carets() -> None:
    request = request_for(b'{"event":"a","b":[1,"c d"]}', "http://localhost")
    assert r'--data-raw "{\"event\":\"a\",\"b\":[1,\"c d\"]}"' in rendered(request).text
