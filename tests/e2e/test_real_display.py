"""A window on a real X display, used by keyboard: there focus and shortcuts are the real ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

JOURNEY = Path(__file__).with_name("keyboard_journey.py")

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="Xvfb is a display for Linux; others have a real one",
)


@pytest.fixture
def display() -> Iterator[str]:
    """A display of our own; ``dev.py test`` sees to it that Xvfb is there."""
    program = shutil.which("Xvfb")
    assert program, "Xvfb is missing; `python3 packaging/dev.py test` tells how to install it"
    read, write = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def test_the_main_job_can_be_done_by_keyboard_alone(display: str, profile: Path) -> None:
    ran = subprocess.run(
        [sys.executable, JOURNEY, str(profile)],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )
    assert (ran.stdout, ran.returncode) == ("done\n", 0), ran.stderr
    assert "Traceback" not in ran.stderr
