"""A profile that cannot be opened is told on stderr and in a window, where it can be mended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRELUDE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from composer.app import main
from composer.ui.main_window import MainWindow
from composer.ui.trouble import TroubleWindow

profile, steps = Path(sys.argv[1]), []

def the(kind):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found[0] if found else None

def press(text):
    next(b for b in the(TroubleWindow).findChildren(QPushButton) if b.text() == text).click()

def step():
    try:
        next(script)
    except StopIteration:
        timer.stop()

class Timer:
    def start(self):
        self.timer = QTimer()
        self.timer.timeout.connect(step)
        self.timer.start(50)
    def stop(self):
        self.timer.stop()

timer = Timer()

def run():
    import composer.app
    make = composer.app.make_application
    def made():
        application = make()
        timer.start()
        return application
    composer.app.make_application = made
    print("exit", main(profile))

def closing():
    while not the(MainWindow):
        yield
    print("opened", flush=True)
    the(MainWindow).close()
"""

CLOSE = """
def play():
    while not the(TroubleWindow):
        yield
    press("Close")
"""

MEND = """
def play():
    while not the(TroubleWindow):
        yield
    press("Try again")
    yield
    print("still there", the(TroubleWindow) is not None, flush=True)
    profile.unlink()
    press("Try again")
    yield from closing()
"""

OTHER = """
def play():
    while not the(TroubleWindow):
        yield
    the(TroubleWindow).folder_chosen.emit(str(profile.with_name("other")))
    yield from closing()
"""


def played(script: str, profile: Path) -> subprocess.CompletedProcess[str]:
    code = f"{PRELUDE}\n{script}\nscript = play()\nrun()\n"
    return subprocess.run(
        [sys.executable, "-c", code, str(profile)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


@pytest.fixture
def unusable(tmp_path: Path) -> Path:
    """A file where the folder should be."""
    place = tmp_path / "profile"
    place.write_bytes(b"")
    return place


def test_closing_the_window_ends_with_an_error(unusable: Path) -> None:
    done = played(CLOSE, unusable)
    assert done.stdout.splitlines() == ["exit 1"]
    assert done.stderr == (
        f"The profile folder {unusable} cannot be used: {unusable} is not a folder. "
        "Rename it or choose another folder.\n"
    )


def test_what_was_mended_opens_at_the_next_try(unusable: Path) -> None:
    done = played(MEND, unusable)
    assert done.stdout.splitlines() == ["still there True", "opened", "exit 0"]
    assert done.stderr.count("cannot be used") == 2
    assert (unusable / "history.sqlite3").exists()


def test_another_folder_opens_in_its_place(unusable: Path) -> None:
    done = played(OTHER, unusable)
    assert done.stdout.splitlines() == ["opened", "exit 0"]
    assert (unusable.with_name("other") / "history.sqlite3").exists()
    assert unusable.is_file()
