"""A window on a real X display, used by keyboard: there focus and shortcuts are the real ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.batch_window import orders

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

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


def ran(display: str, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the program said, in a window on that display."""
    return subprocess.run(
        [sys.executable, program, *arguments],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "DISPLAY": display,
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )


def test_the_main_job_can_be_done_by_keyboard_alone(display: str, profile: Path) -> None:
    end = ran(display, HERE / "keyboard_journey.py", str(profile))
    assert (end.stdout, end.returncode) == ("done\n", 0), end.stderr
    assert "Traceback" not in end.stderr


def test_a_batch_is_imported_sent_and_resumed_by_keyboard_alone(
    display: str, profile: Path, tmp_path: Path
) -> None:
    end = ran(display, HERE / "batch_journey.py", str(profile), str(orders(tmp_path, 30)))
    assert (end.stdout, end.returncode) == ("done\n", 0), end.stderr
    assert "Traceback" not in end.stderr
