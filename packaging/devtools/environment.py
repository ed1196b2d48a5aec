"""The virtual environment in .venv: made when missing, remade when broken, left alone when current.

A stamp inside it tells what was installed. The stamp is written last, so an environment whose
making was interrupted has none and is made again. Nothing here looks at the system's own libraries.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from devtools.layout import (
    BIN,
    DEV_LOCK,
    ROOT,
    RUNTIME_LOCK,
    VENV,
    VENV_PYTHON,
    SetupError,
    say,
)

STAMP = VENV / "composer-stamp.txt"
SCRIPT = BIN / ("event-composer.exe" if sys.platform == "win32" else "event-composer")


def stamp_text(lock: Path, *, python: str = sys.version, root: Path = ROOT) -> str:
    """What must be unchanged for an environment to be current: interpreter, place and lock.

    `python` is the interpreter's full version; a virtual environment cannot be moved, so its folder
    belongs here too.
    """
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"python {' '.join(python.split())}\nroot {root}\n{lock.name} {digest}\n"


def is_current(lock: Path) -> bool:
    """Whether .venv holds what `lock` asks for. The lock of the developers includes the other."""
    if not (VENV_PYTHON.exists() and SCRIPT.exists() and STAMP.exists()):
        return False
    accepted = {stamp_text(DEV_LOCK), stamp_text(lock)}
    return STAMP.read_text(encoding="utf-8") in accepted


def can_grow() -> bool:
    """Whether .venv is current for running, so that the test tools need only be added."""
    return is_current(RUNTIME_LOCK)


def ensure_environment(lock: Path) -> None:
    """Make .venv current for `lock`. Raises `SetupError` when a step fails."""
    if is_current(lock):
        return
    if not can_grow():
        make_venv()
    STAMP.unlink(missing_ok=True)
    say(f"Installing the packages of {lock.relative_to(ROOT).as_posix()} into .venv")
    pip("--require-hashes", "-r", str(lock))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(stamp_text(lock), encoding="utf-8")


def make_venv() -> None:
    """Make .venv from nothing, in place of whatever stood there."""
    say(f"Making a virtual environment in {VENV}")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    command = [base_python(), "-m", "venv", str(VENV)]
    if subprocess.call(command) != 0:
        raise SetupError("The virtual environment could not be made; the message stands above.")


def base_python() -> str:
    """The interpreter behind this one, should this one live in the environment to be replaced."""
    name = Path(sys.executable).name
    candidates = [Path(sys.base_prefix, "bin", name), Path(sys.base_prefix, name)]
    if sys.prefix != sys.base_prefix:
        for candidate in candidates:
            if candidate.exists():
                return str(candidate)
    return sys.executable


def pip(*words: str) -> None:
    """Run `pip install` in the environment. Raises `SetupError` when it fails."""
    options = ("--quiet", "--disable-pip-version-check", "--no-input")
    if subprocess.call([str(VENV_PYTHON), "-m", "pip", "install", *options, *words]) != 0:
        raise SetupError(
            "pip could not install the packages; its message stands above. "
            "Check the network connection, then start this again."
        )


def child_environment() -> dict[str, str]:
    """The variables for our programs: without those that would point Python at other packages.

    Compiled modules are kept: the tests start hundreds of processes, and each would compile anew.
    """
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def run_python(words: Sequence[str], extra: dict[str, str] | None = None) -> int:
    """Run the environment's Python in the checkout and wait; returns its exit code."""
    environment = {**child_environment(), **(extra or {})}
    return subprocess.call([str(VENV_PYTHON), *words], cwd=ROOT, env=environment)


def become_python(words: Sequence[str], extra: dict[str, str] | None = None) -> NoReturn:
    """Go on as the environment's Python, so that Ctrl+C and kill reach it and nothing in between.

    Windows cannot replace a process: there this waits, and ends with the exit code.
    """
    if sys.platform == "win32":
        sys.exit(run_python(words, extra))
    os.chdir(ROOT)
    environment = {**child_environment(), **(extra or {})}
    os.execve(VENV_PYTHON, [str(VENV_PYTHON), *words], environment)  # noqa: S606 - no shell is meant
