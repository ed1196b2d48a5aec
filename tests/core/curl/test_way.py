"""Commands that take the project's way: proxy, authorities and client certificate."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.copies import CodeManner, CurlManner, Wish, make_copy
from composer.core.curl import Style, render
from composer.core.destination import Destination, DestinationKind
from composer.core.route import NO_PROXY, USUAL_WAY, Route
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.core.wire import build_request
from tests.helpers.authority import Authority
from tests.helpers.cmd_prompt import CmdPrompt
from tests.helpers.curl_calls import request_for
from tests.helpers.powershell_prompt import PowerShellPrompt, arguments_from_7_3
from tests.helpers.recorder import Recorder
from tests.helpers.servers import saying, serving
from tests.helpers.shell import run_in_bash

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
WAY = Route(
    proxy="http://proxy.example.com:3128",
    ca_file='/etc/my ca\'s & "co".pem',
    client_certificate="/home/me/client $HOME.pem",
    client_key="/home/me/100%.key",
)
ARGUMENTS = [
    "--proxy",
    WAY.proxy,
    "--cacert",
    WAY.ca_file,
    "--cert",
    WAY.client_certificate,
    "--key",
    WAY.client_key,
]


def given(arguments: list[str]) -> list[str]:
    """The options that belong to the way, with their values."""
    start = arguments.index("--proxy")
    return arguments[start : start + len(ARGUMENTS)]


@pytest.mark.parametrize("style", Style)
async def test_bash_reaches_a_server_that_asks_who_calls(tmp_path: Path, style: Style) -> None:
    authority = Authority(tmp_path)
    awkward = tmp_path / 'it\'s: a \\\\ "client" $HOME.pem'
    shutil.copy(authority.files.certificate, awkward)
    route = Route(
        ca_file=authority.files.ca, client_certificate=str(awkward), client_key=authority.files.key
    )
    async with serving(saying(OK), authority.server(asks_for_certificate=True)) as host:
        command = render(request_for(b"{}", f"https://{host}"), style=style, route=route)
        done = await asyncio.to_thread(run_in_bash, command.text)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(b"ok")


def test_bash_goes_through_the_proxy(recorder: Recorder) -> None:
    request = request_for(b"{}", "http://posthog.invalid")
    command = render(request, route=Route(proxy=recorder.address))
    done = run_in_bash(command.text)
    assert done.returncode == 0, done.stderr
    assert recorder.next().line == "POST http://posthog.invalid/i/v0/e/ HTTP/1.1"


def test_cmd_hands_curl_the_same_paths(tmp_path: Path) -> None:
    route = replace(WAY, ca_file=r"C:\my ca's\a.pem", client_certificate=r"C:\me & you\c.pem")
    command = render(request_for(b"{}", "https://h"), shell=Shell.CMD, route=route)
    [[_, *arguments]] = CmdPrompt({"TEMP": str(tmp_path), "HOME": "x"}).paste(command.text)
    assert given(arguments) == [
        *ARGUMENTS[:3],
        route.ca_file,
        "--cert",
        route.client_certificate,
        "--key",
        route.client_key,
    ]
    assert any("%%" in note for note in command.notes)


def test_powershell_hands_curl_the_same_paths(tmp_path: Path) -> None:
    route = replace(WAY, ca_file=r"C:\my ca’s $x\a.pem")
    command = render(request_for(b"{}", "https://h"), shell=Shell.POWERSHELL, route=route)
    [words] = PowerShellPrompt(tmp_path, {}).paste(command.text)
    [_, *arguments] = arguments_from_7_3(words)
    assert given(arguments)[3] == route.ca_file
    assert given(arguments)[4:] == ARGUMENTS[4:]


@pytest.mark.parametrize(
    ("path", "argument"),
    [
        (r"C:\me\c.pem", r"C:\me\c.pem"),
        ("C:/me/c.pem", "C:/me/c.pem"),
        (r"\\server\share\c.pem", r"\\\\server\\share\\c.pem"),
        ("/a:b.pem", r"/a\:b.pem"),
        (r"/a\b.pem", r"/a\\b.pem"),
        ("/a b.pem", "/a b.pem"),
    ],
)
def test_no_part_of_a_path_is_taken_for_a_password(path: str, argument: str) -> None:
    route = Route(client_certificate=path)
    command = render(request_for(b"", "https://h"), route=route, style=Style.ONE_LINE)
    quoted = argument if argument.replace("/", "").replace(".", "").isalnum() else f"'{argument}'"
    assert f"--cert {quoted} " in command.text or f"--cert '{argument}' " in command.text


@pytest.mark.parametrize(
    ("url", "proxy", "expected"),
    [
        ("http://localhost:1", "", "--noproxy '*'"),
        ("http://h", NO_PROXY, "--noproxy '*'"),
        ("http://localhost:1", "http://proxy:1", "--proxy"),
    ],
)
def test_a_named_proxy_serves_this_computer_too(url: str, proxy: str, expected: str) -> None:
    text = render(request_for(b"", url), route=Route(proxy=proxy)).text
    assert expected in text
    assert ("--noproxy" in text) != ("--proxy" in text)


def test_without_https_no_certificate_is_named() -> None:
    text = render(request_for(b"", "http://h"), route=WAY).text
    assert "--proxy" in text
    assert "--ca" not in text
    assert "--cert" not in text
    assert "--key" not in text


def test_code_says_what_it_lacks_and_a_copy_masks_the_headers_of_the_project() -> None:
    place = Destination(
        id="x",
        name="X",
        kind=DestinationKind.SELF_HOSTED,
        address="https://h",
        headers=(("X-Api-Key", "0123456789"), ("X-Team", "support")),
    )
    request = build_request(b"{}", place, "/e/")
    code = CodeManner(target="python-httpx")
    own = make_copy(Wish(request=request, manner=code, key=KeyMode.INLINE, route=WAY))
    usual = make_copy(Wish(request=request, manner=code, key=KeyMode.INLINE, route=USUAL_WAY))
    assert "proxy and the certificates" in own.notes[-1]
    assert usual.notes == own.notes[:-1]
    masked = make_copy(Wish(request=request, manner=CurlManner(), key=KeyMode.MASKED))
    assert "0123456789" not in masked.text
    assert "X-Team: support" in masked.text
    assert "The header X-Api-Key is masked" in masked.notes[-1]
