"""From the command to the painted window, and memory at rest: the app beside a bare window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

REPETITIONS = 7
TIME_LIMIT, MEMORY_LIMIT = 4.0, 2.2
"""How many times the bare window's figure the app's may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start. Seconds to the painted window, and megabytes (10^6 bytes) at rest."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Medians over all starts on one platform of Qt."""

    platform: str
    bare: Start
    app: Start

    @property
    def time_ratio(self) -> float:
        return self.app.seconds / self.bare.seconds

    @property
    def memory_ratio(self) -> float:
        """0 where the system does not tell how much memory a process holds."""
        return self.app.megabytes / self.bare.megabytes if self.bare.megabytes else 0.0

    @property
    def is_within(self) -> bool:
        return self.time_ratio <= TIME_LIMIT and self.memory_ratio <= MEMORY_LIMIT


def compare(repetitions: int = REPETITIONS) -> list[Comparison]:
    """Off screen, and on a virtual screen where the machine has one."""
    found = [_compare("offscreen", "", repetitions)]
    with _virtual_screen() as display:
        if display:
            found.append(_compare("xcb", display, repetitions))
    return found


def _compare(platform: str, display: str, repetitions: int) -> Comparison:
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as folder:
        variables = os.environ | {"QT_QPA_PLATFORM": platform, "DISPLAY": display}
        # Both find their modules compiled, as they do once they are installed.
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        variables["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        profile = str(Path(folder, "profile"))
        for words in ([], [profile]):  # once for the caches, and for the profile to be there
            _start(words, variables)
        pairs = [(_start([], variables), _start([profile], variables)) for _ in range(repetitions)]
    return Comparison(
        platform=platform,
        bare=_median([bare for bare, _ in pairs]),
        app=_median([app for _, app in pairs]),
    )


def _start(words: list[str], variables: dict[str, str]) -> Start:
    command = [sys.executable, "-m", "tests.bench.launch", *words]
    began = time.monotonic()
    ran = subprocess.run(command, env=variables, stdout=subprocess.PIPE, timeout=60, check=True)
    painted, kilobytes = ran.stdout.split()
    return Start(seconds=float(painted) - began, megabytes=int(kilobytes) * 1024 / 1e6)


def _median(starts: list[Start]) -> Start:
    return Start(
        seconds=median(start.seconds for start in starts),
        megabytes=median(start.megabytes for start in starts),
    )


@contextmanager
def _virtual_screen() -> Iterator[str]:
    """The name of a display that nobody sees; empty where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        yield ""
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()
