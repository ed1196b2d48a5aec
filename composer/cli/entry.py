"""Reads the command line, runs the command, and turns every end into an exit code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from composer import __version__
from composer.cli import batch, check, curl, decode, sandbox, send
from composer.cli.terminal import Exit, tell
from composer.core.errors import ComposerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (the process's own if ``None``); returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A curl command has to keep its very bytes, whatever the terminal's locale is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    args = _parser().parse_args(arguments)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except ComposerError as error:
        tell(str(error))
        return Exit.UNREADABLE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain again in its last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="event-composer",
        description="Compose, preview and send PostHog events. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--profile", type=Path, metavar="DIR", help="the folder of settings, history and templates"
    )
    parser.set_defaults(run=_open_window)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for command in (sandbox, check, curl, decode, send, batch):
        command.add_parser(commands)
    return parser


def _open_window(args: argparse.Namespace) -> int:
    try:
        from composer.ui.features import skip_feature_search

        skip_feature_search()
        from composer.app import main as open_window
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "composer":
            raise  # a fault of our own
        raise ComposerError(
            f"The window cannot be opened, because Qt cannot be loaded ({error}). "
            "Start it with packaging/dev.py run, which installs what is missing."
        ) from error
    return open_window(args.profile)
