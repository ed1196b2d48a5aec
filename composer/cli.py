"""The command line: the window without a subcommand, the same core without a window with one.

    event-composer [--profile DIR] [sandbox | curl | send]

The window is imported only when it is asked for: every subcommand runs where there is no Qt.
Results go to standard output and everything about them to standard error, both in UTF-8.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from types import FrameType
from typing import assert_never

from composer import __version__
from composer.core.curl import render
from composer.core.destination import Destination, DestinationKind
from composer.core.errors import ComposerError
from composer.core.jsontext import JsonError, Layout, encode, parse_bytes
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Interrupted,
    Outcome,
    Rejected,
    Unreachable,
)
from composer.core.report import answer_lines, as_json, explanation_lines
from composer.core.resolve import resolve
from composer.core.settings import HIGHEST_PORT, Settings
from composer.core.summary import summarize
from composer.core.tokens import KeyMode, with_token
from composer.core.wire import WireRequest, build_request, path_for
from composer.services.clock import SystemClock
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.files import reason_of
from composer.services.instance import Role
from composer.services.notices import Notices
from composer.services.paths import Profile, default_profile
from composer.services.reach import reach_sandbox
from composer.services.sandbox.behaviour import Behaviour
from composer.services.sandbox.server import Sandbox
from composer.services.sender import Sender, Timeouts
from composer.services.settings import SettingsStore


class Exit(IntEnum):
    """Exit codes; the last two are those of a shell."""

    OK = 0
    REJECTED = 1
    UNREADABLE = 2
    UNREACHABLE = 3
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class UnreadableError(ComposerError):
    """The request body cannot be read; the text says where and why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (the process's own if ``None``); returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A curl command has to keep its very bytes, whatever the terminal's locale is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    args = _parser().parse_args(arguments)
    try:
        code = _run(args)
        sys.stdout.flush()
    except ComposerError as error:
        _tell(str(error))
        return Exit.UNREADABLE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain again in its last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE
    return code


def _run(args: argparse.Namespace) -> int:
    match args.command:
        case "sandbox":
            return _sandbox(args.profile, args.port, args.known_token)
        case "curl":
            return _curl(_letter(args), args.profile, KeyMode(args.key))
        case "send":
            return _send(_letter(args), args.profile, in_json=args.json)
        case _:
            return _window(args.profile)


def _window(folder: Path | None) -> int:
    try:
        from composer.app import main as open_window
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "composer":
            raise  # a fault of our own
        raise ComposerError(
            f"The window cannot be opened, because Qt cannot be loaded ({error}). "
            "Start it with packaging/dev.py run, which installs what is missing."
        ) from error
    return open_window(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="event-composer",
        description="Compose, preview and send PostHog events. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--profile", type=Path, metavar="DIR", help="the folder of settings, history and templates"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    sandbox = commands.add_parser("sandbox", help="run the sandbox alone; Ctrl+C stops it")
    sandbox.add_argument("--port", type=_port, help="the port to try first; 0 for any")
    sandbox.add_argument(
        "--known-token", nargs="+", action="extend", metavar="T", help="refuse all other tokens"
    )
    curl = commands.add_parser("curl", help="print the curl command that sends a body")
    _add_body_options(curl)
    curl.add_argument("--key", choices=[str(mode) for mode in KeyMode], default=str(KeyMode.INLINE))
    curl.add_argument("--shell", type=_shell, default="bash", help="bash")
    send = commands.add_parser("send", help="send a body and print what became of it")
    _add_body_options(send)
    send.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_body_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a request body; - is standard input"
    )
    parser.add_argument(
        "--to", required=True, metavar="DEST", help="us, eu, sandbox, a destination's name or a URL"
    )
    parser.add_argument("--endpoint", metavar="PATH", help="another path than the usual one")
    parser.add_argument("--token", metavar="T", help="put this project token into the body")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to {HIGHEST_PORT}")


def _shell(text: str) -> str:
    if text == "bash":
        return text
    raise argparse.ArgumentTypeError("this version writes commands for bash only")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A body and where it goes, as the command line says it; ``path`` is empty for the usual."""

    body: bytes
    to: str
    path: str

    def addressed(self, place: Destination) -> WireRequest:
        path = self.path or path_for(parse_bytes(self.body), place)
        return build_request(self.body, place, path)


def _letter(args: argparse.Namespace) -> _Letter:
    """Read the body. Raises ``UnreadableError``."""
    name = "Standard input" if args.file == "-" else str(args.file)
    try:
        body = _standard_input() if args.file == "-" else Path(args.file).read_bytes()
        parse_bytes(body)
    except OSError as error:
        raise UnreadableError(f"{name} cannot be read: {reason_of(error)}") from error
    except JsonError as error:
        raise UnreadableError(f"{name} is not JSON. {error} {error.hint}".rstrip()) from error
    if args.token is not None:
        body = with_token(body.decode(), args.token).encode()
    path = str(args.endpoint or "")
    return _Letter(body=body, to=args.to, path=f"/{path.removeprefix('/')}" if path else "")


def _standard_input() -> bytes:
    with open(0, "rb", closefd=False) as stream:  # sys.stdin is missing where it was closed
        return stream.read()


def _curl(letter: _Letter, folder: Path | None, key: KeyMode) -> int:
    settings = _settings(folder)
    place = resolve(letter.to, settings.destinations)
    if place.kind is DestinationKind.SANDBOX:
        place = replace(place, address=f"http://127.0.0.1:{settings.sandbox_port}")
    print(render(letter.addressed(place), key=key))
    return Exit.OK


def _send(letter: _Letter, folder: Path | None, *, in_json: bool) -> int:
    with closing(open_environment(folder, role=Role.COMMAND)) as environment:
        settings = environment.settings.load()
        _tell(*environment.notices)
        place = resolve(letter.to, settings.destinations)
        place, outcome = asyncio.run(_deliver(letter, place, environment, settings))
    words = explanation_lines(outcome, place)
    if in_json:
        print(encode(as_json(outcome), Layout.COMPACT))
        _tell(*words)
    else:
        print(*words, *answer_lines(outcome), sep="\n")
    return _exit_code(outcome)


async def _deliver(
    letter: _Letter, place: Destination, environment: Environment, settings: Settings
) -> tuple[Destination, Outcome]:
    """Send; returns the destination with the address that was used, too."""
    sender = Sender()
    timeouts = Timeouts(connect=settings.connect_timeout, answer=settings.answer_timeout)
    delivery = HistoryDelivery(sender, environment.history, lambda: timeouts)
    async with AsyncExitStack() as opened:
        if place.kind is DestinationKind.SANDBOX:
            reached = reach_sandbox(sender, settings.sandbox_port, environment.clock)
            place = replace(place, address=await opened.enter_async_context(reached))
        request = letter.addressed(place)
        sent = await delivery.deliver(request, place, summarize(letter.body))
    return place, sent.outcome


def _sandbox(folder: Path | None, port: int | None, known_tokens: list[str] | None) -> int:
    wanted = _settings(folder).sandbox_port if port is None else port
    sandbox = Sandbox(wanted, clock=SystemClock().now)
    if known_tokens:
        sandbox.behave(Behaviour(known_tokens=frozenset(known_tokens)))
    stop = threading.Event()

    def halt(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, halt)
    signal.signal(signal.SIGTERM, halt)
    url = sandbox.bind()
    sandbox.start()
    print(url, flush=True)
    if port and not url.endswith(f":{port}"):
        _tell(f"Port {port} is in use, so the sandbox took another one.")
    while not stop.wait(_SIGNAL_CHECK_S):  # without a limit, Windows would not see Ctrl+C
        pass
    sandbox.stop()
    return Exit.OK


def _settings(folder: Path | None) -> Settings:
    """The settings alone, for commands that keep nothing."""
    profile = Profile(folder) if folder else default_profile()
    notices = Notices()
    settings = SettingsStore(profile.settings, SystemClock(), notices).load()
    _tell(*notices.all())
    return settings


def _exit_code(outcome: Outcome) -> Exit:
    match outcome:
        case Accepted():
            return Exit.OK
        case Rejected():
            return Exit.REJECTED
        case Unreachable():
            return Exit.UNREACHABLE
        case Cancelled() | Interrupted():
            return Exit.INTERRUPTED
        case _:
            assert_never(outcome)


def _tell(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


_SIGNAL_CHECK_S = 0.2
