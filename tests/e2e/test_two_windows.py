"""Two windows and a command on one profile: all work, and none loses what another has kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from composer.core.jsontext import Layout
from composer.core.outcome import Accepted
from composer.services.environment import open_environment
from tests.helpers.kills.beside import ROUNDS
from tests.helpers.recorder import Recorder, recording

ROOT = Path(__file__).parents[2]
NAMES = ("left", "right")


def start(profile: Path, address: str, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.kills.beside", str(profile), address, name],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def line_of(window: subprocess.Popen[str]) -> str:
    assert window.stdout
    line = window.stdout.readline()
    assert line, window.communicate(timeout=10)[1]
    return line


def go_on(window: subprocess.Popen[str]) -> None:
    assert window.stdin
    window.stdin.write("\n")
    window.stdin.flush()


def send_by_command(profile: Path, body: Path, address: str) -> None:
    command = [sys.executable, "-m", "composer", "--profile", str(profile)]
    subprocess.run(
        [*command, "send", str(body), "--to", address],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=30,
    )


def arrived(server: Recorder) -> Counter[bytes]:
    return Counter(server.requests.get_nowait().body for _ in range(server.requests.qsize()))


@pytest.mark.timeout(90)
def test_two_windows_and_a_command_lose_nothing_of_each_other(tmp_path: Path) -> None:
    profile, body = tmp_path / "profile", tmp_path / "body.json"
    body.write_text('{"api_key": "phc_1", "event": "by command", "distinct_id": "p"}')
    with recording() as server:
        windows = [start(profile, server.address, name) for name in NAMES]
        assert [line_of(window) for window in windows] == ["ready\n"] * 2
        for window in windows:
            go_on(window)
        send_by_command(profile, body, server.address)
        told = [json.loads(line_of(window)) for window in windows]
        for window in windows:
            go_on(window)
        assert [window.communicate(timeout=20)[0] for window in windows] == ["", ""]
        received = arrived(server)
    with closing(open_environment(profile)) as environment:
        assert environment.notices == ()
        history = environment.history
        entries = [entry for row in history.rows() if (entry := history.entry(row.id))]
        assert Counter(entry.request.body for entry in entries) == received
        assert all(isinstance(entry.outcome, Accepted) for entry in entries)
        notes = {entry.row.summary.event: entry.row.note for entry in entries}
        events = [f"{name} {number}" for name in NAMES for number in range(ROUNDS)]
        assert notes == {event: f"note of {event}" for event in events} | {"by command": ""}
        assert {e.row.id for e in entries if e.row.pinned} == {one["pinned"] for one in told}
        templates = Counter(template.name for template in environment.templates.own())
        assert templates == {f"T {number}": 2 for number in range(ROUNDS)}
        settings = environment.settings.load()
        assert {place.id for place in settings.destinations} >= set(NAMES)
        assert (settings.connect_timeout, settings.answer_timeout) == (7.0, 7.0)
        assert settings.destination_id in NAMES
        kept = environment.workspace.load()
        assert kept
        assert kept.tabs[0].draft.text(Layout.PRETTY) in {one["text"] for one in told}
    for number in (1, 2):
        assert (profile / f"workspace-{number}.json").exists()
