"""Where things lie in a checkout, and how this helper talks to people.

Knows paths and words only; it must not run anything.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
DIST = ROOT / "dist"
RUNTIME_LOCK = ROOT / "packaging" / "requirements.txt"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.txt"
SDKS = ROOT / "tests" / "sdks"
SDKS_LOCK = SDKS / "package-lock.json"

BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
VENV_PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")


class SetupError(Exception):
    """Something this helper cannot mend. The text says what, and what a person can do."""


def say(text: str) -> None:
    """Tell the person at the terminal, at once, also when the output goes to a file."""
    print(text, flush=True)
