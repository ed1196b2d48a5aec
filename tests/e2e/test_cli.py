"""The command line as a person runs it: exit codes, output, history; with no Qt in reach."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer import __version__
from composer.cli import main
from composer.core.outcome import Accepted, Cancelled, Rejected, Unreachable
from composer.services.clock import SystemClock
from composer.services.sandbox.server import Sandbox
from tests.helpers.command import BODY, Shell
from tests.helpers.recorder import recording
from tests.helpers.shell import run_in_bash

TOKEN = "phc_abcdefghijklmnopqrstuvwxyz0123456789ABCD"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    running = Sandbox(clock=SystemClock().now)
    running.start()
    yield running
    running.stop()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_an_accepted_send_is_told_and_kept(shell: Shell, sandbox: Sandbox) -> None:
    code, out, err = shell.run("send", shell.file, "--to", sandbox.url)
    assert (code, err) == (0, "")
    assert out.startswith("200 OK: ")
    assert out.endswith('{"status":"Ok"}\n')
    (entry,) = shell.entries()
    assert isinstance(entry.outcome, Accepted)
    assert entry.row.summary.event == "it's paid"
    assert sandbox.arrivals()[0].body.read() == entry.request.body == BODY


def test_a_rejected_send_is_told_and_kept(shell: Shell, sandbox: Sandbox) -> None:
    code, out, err = shell.run("send", "--to", sandbox.url, "--json", given=b'{"event":"a"}')
    assert code == 1
    answer = json.loads(out)
    assert list(answer) == ["outcome", "status", "ms", "body"]
    assert (answer["outcome"], answer["status"]) == ("rejected", 401)
    assert "without an api_key" in answer["body"]
    assert "token" in err
    assert isinstance(shell.entries()[0].outcome, Rejected)


def test_an_unreachable_destination_is_told_and_kept(shell: Shell) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    code, out, err = shell.run("send", "-", "--to", url, "--json", given=BODY)
    assert code == 3
    assert json.loads(out)["outcome"] == "unreachable"
    assert json.loads(out)["status"] is None
    assert "Nothing is listening" in err
    assert isinstance(shell.entries()[0].outcome, Unreachable)


def test_without_a_running_sandbox_one_is_started_for_the_send(shell: Shell) -> None:
    shell.prefer_port(closed_port())
    code, out, _ = shell.run("send", shell.file, "--to", "Sandbox")
    assert (code, out.splitlines()[0]) == (0, "200 OK: Accepted and stored by the sandbox.")
    assert shell.entries()[0].row.destination.id == "sandbox"


def test_a_running_sandbox_is_used(shell: Shell, sandbox: Sandbox) -> None:
    shell.prefer_port(int(sandbox.url.rpartition(":")[2]))
    assert shell.run("send", shell.file, "--to", "sandbox")[0] == 0
    assert [arrival.body.read() for arrival in sandbox.arrivals()] == [BODY]


def test_another_program_on_the_port_is_not_taken_for_the_sandbox(shell: Shell) -> None:
    with recording() as other:
        shell.prefer_port(int(other.address.rpartition(":")[2]))
        assert shell.run("send", shell.file, "--to", "sandbox")[0] == 0
        assert other.next().line.startswith("GET / ")
        assert other.requests.empty()


@pytest.mark.parametrize(
    ("body", "options", "path"),
    [
        (BODY, [], "/i/v0/e/"),
        (BODY, ["--endpoint", "/capture/"], "/capture/"),
        (BODY, ["--endpoint", "e/?x=1"], "/e/?x=1"),
        (b'{"api_key":"phc_x","batch":[]}', [], "/batch/"),
    ],
)
def test_the_path_follows_from_the_body_and_the_option(
    tmp_path: Path, body: bytes, options: list[str], path: str
) -> None:
    file = tmp_path / "body.json"
    file.write_bytes(body)
    with recording() as recorder:
        main(["--profile", str(tmp_path), "send", str(file), "--to", recorder.address, *options])
        received = recorder.next()
    assert received.line == f"POST {path} HTTP/1.1"
    assert received.body == body


def test_only_the_key_changes_with_a_token(tmp_path: Path) -> None:
    file = tmp_path / "body.json"
    file.write_bytes(BODY)
    with recording() as recorder:
        to = ["--to", recorder.address, "--token", TOKEN]
        assert main(["--profile", str(tmp_path), "send", str(file), *to]) == 0
        assert recorder.next().body == BODY.replace(b"phc_x", TOKEN.encode())


@pytest.mark.parametrize("key", ["inline", "env"])
def test_the_printed_curl_sends_the_same_bytes(shell: Shell, key: str) -> None:
    body = f'{{"api_key":"{TOKEN}", "event":"é 🎉 it\'s"}}\r\n'.encode()
    with recording() as recorder:
        code, out, err = shell.run("curl", "--to", recorder.address, "--key", key, given=body)
        assert code == 0
        assert err.startswith("The body goes through standard input, for it holds characters ")
        assert (TOKEN in out) == (key == "inline")
        assert run_in_bash(out, POSTHOG_PROJECT_TOKEN=TOKEN).returncode == 0
        assert recorder.next().body == body


def test_a_masked_curl_shows_no_key(shell: Shell) -> None:
    body = f'[{{"api_key":"{TOKEN}"}},{{"token":"phc_anotherProjectsToken"}}]'.encode()
    _, out, _ = shell.run("curl", "--to", "us", "--key", "masked", given=body)
    assert '[{"api_key":"phc_abcd…ABCD"},{"token":"phc_anot…oken"}]' in out


def test_curl_keeps_nothing(shell: Shell) -> None:
    assert shell.run("curl", shell.file, "--to", "sandbox")[0] == 0
    assert not shell.profile.exists()


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (["--to", "us"], b'{"a":1,\n "b": tru}', "Line 2, column 7"),
        (["--to", "us"], b"", "no JSON"),
        (["--to", "us"], b"\xff\xfe", "UTF-8"),
        (["--to", "nowhere"], BODY, "US cloud"),
        (["--to", "https://app.posthog.com"], BODY, "https://us.i.posthog.com"),
        (["--to", "self_hosted"], BODY, "no address"),
        (["/no/such/file", "--to", "us"], b"", "/no/such/file cannot be read"),
        ([".", "--to", "us"], b"", "cannot be read"),
        ([], BODY, "--to"),
        (["--to", "us", "--unknown"], BODY, "--unknown"),
    ],
)
def test_what_cannot_be_read_is_told_with_code_2(
    arguments: list[str], given: bytes, told: str, shell: Shell
) -> None:
    code, out, err = shell.run("send", *arguments, given=given)
    assert (code, out) == (2, "")
    assert told in err
    assert not shell.profile.exists() or shell.entries() == []


@pytest.mark.parametrize(
    ("options", "start", "told"),
    [
        (["--shell", "bash"], "printf '%b' '{ ", "standard input"),
        (["--shell", "cmd"], r'>"%TEMP%\posthog-packed.txt" echo ', "a file in %TEMP%"),
        (["--shell", "powershell"], "$bodyFile = ", "a temporary file"),
        (["--style", "docs", "--to", "eu"], "printf '%b' '{ ", "standard input"),
    ],
)
def test_the_command_is_printed_for_any_shell(
    shell: Shell, options: list[str], start: str, told: str
) -> None:
    code, out, err = shell.run("curl", shell.file, "--to", "us", *options)
    assert code == 0
    assert out.startswith(start)
    assert told in err


def test_a_command_can_be_one_line(shell: Shell) -> None:
    body = b'{"api_key": "phc_x", "event": "a"}'
    _, out, err = shell.run("curl", "--to", "us", "--style", "one-line", given=body)
    assert out.count("\n") == 1
    assert err == ""


def test_a_shell_that_is_not_known_is_told(shell: Shell) -> None:
    code, _, err = shell.run("curl", shell.file, "--to", "us", "--shell", "fish")
    assert code == 2
    assert "'bash', 'cmd', 'powershell'" in err


def test_a_profile_that_cannot_be_used_is_told(shell: Shell, tmp_path: Path) -> None:
    shell.profile = tmp_path / "body.json" / "profile"
    code, out, err = shell.run("send", shell.file, "--to", "sandbox")
    assert (code, out) == (2, "")
    assert "profile" in err


def test_the_window_without_qt_is_told(shell: Shell) -> None:
    code, _, err = shell.run()
    assert code == 2
    assert "packaging/dev.py run" in err


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.run("--version") == (0, f"event-composer {__version__}\n", "")


def test_ctrl_c_ends_a_send_and_history_says_so(shell: Shell) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        shell.start("send", shell.file, "--to", f"http://127.0.0.1:{silent.getsockname()[1]}")
        as process,
    ):  # fmt: skip
        silent.settimeout(20)
        connection, _ = silent.accept()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
        connection.close()
    assert (process.returncode, out, err) == (130, b"", b"")
    assert isinstance(shell.entries()[0].outcome, Cancelled)


def test_a_reader_that_leaves_early_gets_no_complaint(shell: Shell) -> None:
    with shell.start("curl", shell.file, "--to", "us") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
        assert b"rror" not in told
        assert b"pipe" not in told.lower()
        assert process.wait(10) == 141


@pytest.mark.parametrize("command", ["send", "curl"])
def test_a_personal_key_is_refused_and_kept_nowhere(
    shell: Shell, sandbox: Sandbox, command: str
) -> None:
    key = "phx_" + "aB3" * 14
    personal = shell.file.with_name("personal.json")
    personal.write_text(f'{{"api_key": "{key}", "event": "e", "distinct_id": "p"}}')
    for body, arguments in ((shell.file, ["--token", key]), (personal, [])):
        code, out, err = shell.run(command, body, "--to", sandbox.url, *arguments)
        assert (code, out) == (2, "")
        assert "Use the project token" in err
        assert key not in err
    assert shell.entries() == []
    kept = [path for path in shell.profile.rglob("*") if path.is_file()]
    assert not [path for path in kept if key.encode() in path.read_bytes()]


def test_a_project_is_found_by_its_name_and_its_way_is_taken(shell: Shell) -> None:
    with recording() as proxy:
        place = {
            "name": "Shop EU",
            "kind": "self_hosted",
            "address": "http://posthog.invalid",
            "proxy": proxy.address,
            "headers": {"X-Team": "support", "X-Api-Key": "0123456789"},
        }
        shell.profile.mkdir(exist_ok=True)
        settings = json.dumps({"destinations": {"shop": place}})
        (shell.profile / "settings.json").write_text(settings)
        code, _, err = shell.run("send", shell.file, "--to", "shop eu")
        received = proxy.next()
        _, command, notes = shell.run("curl", shell.file, "--to", "shop", "--key", "masked")
    assert (code, err) == (0, "")
    assert received.line == "POST http://posthog.invalid/i/v0/e/ HTTP/1.1"
    assert ("X-Team", "support") in received.headers
    assert f"--proxy {proxy.address}" in command.replace("'", "")
    assert "X-Team: support" in command
    assert "0123456789" not in command + notes
