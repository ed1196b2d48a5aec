"""The subcommands of packaging/dev.py: each makes sure of its needs, then hands over.

Holds the order of things only; the how stands in the modules beside it.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from devtools import checks, lock, sdks
from devtools.environment import become_python, ensure_environment, is_current
from devtools.layout import DEV_LOCK, DIST, RUNTIME_LOCK, SetupError, say
from devtools.system import ensure_system

COMMANDS = {
    "run": "start the app; further words are passed on to it",
    "test": "format check, lint, types, layers, tests; further words go to pytest",
    "screens": "draw every main state of the window into pictures",
    "bench": "measure speed and memory beside a bare window",
    "lock": "remake the pinned requirements; further words go to uv, such as --upgrade",
    "build": "build the wheel into dist/",
}


def main(words: Sequence[str]) -> int:
    """Run one subcommand; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Set up, start and test Event Composer. Needs nothing but Python.",
        epilog="\n".join(f"  {name:8} {text}" for name, text in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="...", help="passed on")
    arguments = parser.parse_args(words)
    try:
        return perform(arguments.command, arguments.words)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped", file=sys.stderr)
        return 130


def perform(command: str, words: Sequence[str]) -> int:
    """Prepare what `command` needs and hand over to it."""
    needed = RUNTIME_LOCK if command in {"run", "build"} else DEV_LOCK
    ensure_system(for_tests=command == "test", for_venv=not is_current(needed))
    ensure_environment(needed)
    match command:
        case "run":
            become_python(["-m", "composer", *words], display_for(os.environ, sys.platform))
        case "test":
            sdks.ensure_sdks()
            return checks.run_checks(words)
        case "lock":
            sdks.remake_lock()
            return lock.remake_locks(words)
        case "build":
            become_python(["-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST), *words])
        case _:
            become_python(["-m", f"tests.{command}", *words])


def display_for(variables: Mapping[str, str], platform: str) -> dict[str, str]:
    """The variables to add so that a window can be opened; off screen where there is no screen."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if platform != "linux" or any(variables.get(name) for name in screens):
        return {}
    say("No display was found, so the window is drawn off screen. Ctrl+C stops it.")
    return {"QT_QPA_PLATFORM": "offscreen"}
