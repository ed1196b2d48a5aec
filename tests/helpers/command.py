"""The command as a person runs it: a process of its own, with no Qt in reach."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from composer.core.records import HistoryEntry
from composer.services.environment import open_environment

ROOT = Path(__file__).parents[2]
BODY = b'{ "api_key":"phc_x",  "event":"it\'s paid", "distinct_id":"a", "n": 1.00}\r\n'

NO_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qasync"}:
            raise ImportError(name + " is blocked", name=name)

sys.meta_path.insert(0, NoQt())
"""


class Shell:
    """Runs the command on a profile of its own, in a process that cannot import Qt."""

    def __init__(self, folder: Path) -> None:
        self.profile = folder / "profile"
        self.file = folder / "body.json"
        self.file.write_bytes(BODY)
        blocker = folder / "blocker"
        blocker.mkdir()
        (blocker / "sitecustomize.py").write_text(NO_QT, encoding="utf-8")
        path = os.pathsep.join([str(blocker), str(ROOT)])
        self._variables = {**os.environ, "PYTHONPATH": path, "LC_ALL": "C", "PYTHONUTF8": "0"}

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "composer", "--profile", self.profile, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, env=self._variables, cwd=ROOT
        )

    def run(self, *arguments: str | Path, given: bytes = b"") -> tuple[int, str, str]:
        with self.start(*arguments) as process:
            out, err = process.communicate(given, timeout=30)
        assert b"Traceback" not in err
        return process.returncode, out.decode(), err.decode()

    def entries(self) -> list[HistoryEntry]:
        """History, newest first."""
        environment = open_environment(self.profile)
        history = environment.history
        found = [history.entry(row.id) for row in history.rows()]
        environment.close()
        return [entry for entry in found if entry]

    def prefer_port(self, port: int) -> None:
        environment = open_environment(self.profile)
        environment.settings.save(replace(environment.settings.load(), sandbox_port=port))
        environment.close()
