"""The sandbox without a window: addresses on standard output, switches as options, HTTPS."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from composer.cli import main
from composer.core.behaviour.text import parse_rule, render_rule
from tests.helpers.command import BODY, Shell
from tests.helpers.shell import run_in_bash

TOKEN = "phc_abcdefghijklmnopqrstuvwxyz0123456789ABCD"
STOPS_WITHIN_S = 3.0


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    url: str

    def line(self) -> str:
        """The next line of standard output."""
        assert self.process.stdout
        return self.process.stdout.readline().decode().strip()

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=STOPS_WITHIN_S)
        return self.process.returncode, out.decode(), err.decode()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@contextmanager
def running(shell: Shell, *options: str) -> Iterator[Running]:
    with shell.start("sandbox", "--port", "0", *options) as process:
        made = Running(process, "")
        try:
            made.url = made.line()
            yield made
        finally:
            process.kill()


def ask(url: str, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    place = urlsplit(url)
    assert place.scheme == "http"
    connection = http.client.HTTPConnection(place.netloc, timeout=10)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def switches(url: str) -> Any:
    return json.loads(ask(url, "GET", "/_sandbox/behaviour")[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_runs_until_it_is_stopped(shell: Shell, number: signal.Signals) -> None:
    with running(shell, "--known-token", TOKEN, "b") as sandbox:
        folder = str(shell.profile)
        shell.file.write_bytes(BODY.replace(b"phc_x", TOKEN.encode()))
        assert main(["--profile", folder, "send", str(shell.file), "--to", sandbox.url]) == 0
        shell.file.write_bytes(BODY)
        assert main(["--profile", folder, "send", str(shell.file), "--to", sandbox.url]) == 1
        assert sandbox.end(number) == (0, "", "")


def test_a_port_in_use_is_told(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with running(shell, "--port", port) as sandbox:
            assert not sandbox.url.endswith(f":{port}")
            time.sleep(0.2)  # it says so right after the first line
            assert f"Port {port} is in use" in sandbox.end()[2]


def test_without_options_it_is_a_good_day(shell: Shell) -> None:
    with running(shell) as sandbox:
        assert ask(sandbox.url, "POST", "/e", BODY)[0] == 200
        state = switches(sandbox.url)
        assert sandbox.end() == (0, "", "")
    assert (state["edition"], state["known_tokens"], state["rules"]) == ("current", None, [])
    assert not shell.profile.exists()


def test_every_switch_has_an_option(shell: Shell) -> None:
    options = ["--as", "2024", "--known-token", TOKEN, "--known-token", "b", "--quota-reached"]
    options += ["--no-v1", "--flag", "beta", "colour=blue", "--flag", "old=off"]
    options += ["--fault", "429 retry-after=5 share=0.2", "slow=0.5", "--fault", "half path=/batch"]
    with running(shell, *options) as sandbox:
        state = switches(sandbox.url)
    assert state["edition"] == "2024"
    assert state["known_tokens"] == sorted([TOKEN, "b"])
    assert (state["quota_reached"], state["serves_v1"], state["serves_tls"]) == (True, False, False)
    flags = [(flag["key"], flag["enabled"], flag["variant"]) for flag in state["flags"]]
    assert flags == [("beta", True, ""), ("colour", True, "blue"), ("old", False, "")]
    assert [rule["kind"] for rule in state["rules"]] == ["status", "slow", "half"]


def test_faults_happen_as_the_rules_say(shell: Shell) -> None:
    with running(shell, "--fault", "503 nth=2", "reset path=/batch/") as sandbox:
        found = [ask(sandbox.url, "POST", "/e", BODY)[0] for _ in range(3)]
        with pytest.raises(ConnectionError):
            ask(sandbox.url, "POST", "/batch", BODY)
    assert found == [200, 503, 200]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--fault", "perhaps"], "“perhaps” is nothing that can happen"),
        (["--fault", "429", "retry-after=5"], "Quote a rule of several words"),
        (["--fault", "200"], "a number from 400 to 599"),
        (["--fault", "503 share=0"], "above 0 and at most 1"),
        (["--fault", "503 path='/e"], "quotation mark"),
        (["--fault", ""], "A rule begins with what happens"),
        (["--flag", "beta="], "beta=off"),
        (["--as", "2023"], "2024"),
        (["--port", "65536"], "from 0 to 65535"),
    ],
)
def test_what_cannot_be_understood_is_told_with_code_2(
    shell: Shell, options: list[str], told: str
) -> None:
    code, out, err = shell.run("sandbox", *options)
    assert (code, out) == (2, "")
    assert told in err


def test_every_rule_in_the_help_can_be_used(shell: Shell) -> None:
    code, out, _ = shell.run("sandbox", "--help")
    assert code == 0
    examples = re.findall(r"^  (?:'(.+?)'|(\S+=\S+|\d{3}|half|silence|page)) ", out, re.MULTILINE)
    rules = [parse_rule(quoted or bare) for quoted, bare in examples]
    assert len(rules) == 6
    assert [parse_rule(render_rule(rule)) for rule in rules] == rules


def test_https_is_the_second_line_and_curl_is_told_how(shell: Shell) -> None:
    with running(shell, "--tls") as sandbox:
        secure = sandbox.line()
        assert secure.startswith("https://127.0.0.1:")
        trusted = ssl.create_default_context(cafile=shell.profile / "sandbox" / "ca.pem")
        place = urlsplit(secure).netloc
        connection = http.client.HTTPSConnection(place, timeout=10, context=trusted)
        connection.request("POST", "/e", BODY)
        assert connection.getresponse().status == 200
        assert sandbox.process.stderr
        told, command = (sandbox.process.stderr.readline().decode() for _ in range(2))
        assert str(shell.profile / "sandbox" / "ca.pem") in told
        ran = run_in_bash(command.partition(": ")[2])
        assert (ran.returncode, ran.stdout) == (0, b"capture")
        assert ask(sandbox.url, "POST", "/e", BODY)[0] == 200
        # It ends in time although a connection stands.
        assert sandbox.end() == (0, "", "")
        connection.close()


def test_the_certificate_is_the_same_the_next_time(shell: Shell) -> None:
    seen: set[bytes] = set()
    for _ in range(2):
        with running(shell, "--tls") as sandbox:
            sandbox.line()
            seen.add((shell.profile / "sandbox" / "ca.pem").read_bytes())
    assert len(seen) == 1


def test_https_that_cannot_be_had_is_told_with_code_2(shell: Shell) -> None:
    shell.profile.mkdir()
    (shell.profile / "sandbox").write_bytes(b"")
    code, out, err = shell.run("sandbox", "--port", "0", "--tls")
    assert code == 2
    assert out.startswith("http://127.0.0.1:")
    assert "is not a folder. Rename it" in err


def test_loading_the_program_does_not_load_what_makes_certificates() -> None:
    code = (
        "import sys, composer.cli, composer.app, composer.services.sandbox.http.engine; "
        "print([name for name in ('trustme', 'cryptography') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
