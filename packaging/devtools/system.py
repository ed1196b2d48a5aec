"""What the operating system has to bring: Qt's shared libraries, a font, programs for the tests.

Only Linux is looked at; on macOS and Windows the wheels bring all that Qt needs. The list follows
what `ldd` names for Qt's xcb and offscreen plugins and what minimal systems turned out to lack. It
must know nothing about the virtual environment.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.layout import SetupError, say

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Shared library -> Debian package, for showing a window."""

TEST_PROGRAMS = {"Xvfb": "xvfb", "bash": "bash", "curl": "curl"}
"""Program -> Debian package, for the tests: a real screen, and the real shell and curl."""

FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".pfb", ".pcf.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One missing thing: its name for people and the Debian package that brings it."""

    name: str
    package: str


def loads(library: str) -> bool:
    """Whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(folders: Iterable[str] = FONT_FOLDERS) -> bool:
    """Whether any font file is installed; Qt brings none and would draw empty boxes."""
    return any(
        file.endswith(FONT_SUFFIXES)
        for folder in folders
        for _, _, files in os.walk(Path(folder).expanduser())
        for file in files
    )


def missing_libraries(loads: Callable[[str], bool] = loads) -> list[Need]:
    """The shared libraries of `LIBRARIES` that `loads` does not find."""
    return [
        Need(name=name, package=package) for name, package in LIBRARIES.items() if not loads(name)
    ]


def missing_programs(programs: dict[str, str], which: Callable[[str], str | None]) -> list[Need]:
    """The programs that `which` does not find."""
    return [
        Need(name=name, package=package) for name, package in programs.items() if not which(name)
    ]


def missing_venv() -> list[Need]:
    """Debian splits ensurepip off, without which no virtual environment can be made."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return []
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return [Need(name="Python's venv module", package=f"python{version}-venv")]


def missing_on_linux(*, for_tests: bool) -> list[Need]:
    """Everything that a window, and with `for_tests` also the test suite, lacks on this Linux."""
    needs = missing_libraries()
    if not has_font():
        needs.append(Need(name="a font", package=FONT_PACKAGE))
    if for_tests:
        needs += missing_programs(TEST_PROGRAMS, shutil.which)
    return needs


def ensure_system(*, for_tests: bool, for_venv: bool) -> None:
    """Install what is missing, or name it and stop.

    Installs only as root on Debian or Ubuntu, and says what. Everywhere else raises `SetupError`
    with the one line to run.
    """
    needs = missing_venv() if for_venv else []
    if sys.platform == "linux":
        needs += missing_on_linux(for_tests=for_tests)
    if not needs:
        return
    packages = sorted({need.package for need in needs})
    names = ", ".join(need.name for need in needs)
    if not uses_apt():
        raise SetupError(
            f"Missing on this system: {names}. Install them with your package manager, then start "
            f"this again. On Debian the packages are: {' '.join(packages)}"
        )
    if os.geteuid() != 0:
        raise SetupError(
            f"Missing on this system: {names}. Run this line, then start this again:\n\n"
            f"    {apt_line(packages)}\n"
        )
    say(f"Missing on this system: {names}. Installing: {' '.join(packages)}")
    apt_install(packages)


def uses_apt() -> bool:
    """Whether this is Debian, Ubuntu or a child of theirs."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def apt_line(packages: Sequence[str]) -> str:
    """The line for a person to run."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def apt_install(packages: Sequence[str]) -> None:
    """Refresh the package lists and install, with nobody there to answer questions."""
    options = ("-y", "-qq", "--no-install-recommends")
    apt_get("update", "-qq")  # fails also for one stale source of many; the next step will tell
    if apt_get("install", *options, *packages) != 0:
        raise SetupError(
            "apt-get could not install the packages; its message stands above. "
            f"When that is mended, run:\n\n    {apt_line(packages)}\n"
        )


def apt_get(*words: str) -> int:
    """Run apt-get, its errors shown and its progress not; returns the exit code."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", *words]
    return subprocess.call(command, env=environment, stdout=subprocess.DEVNULL)
