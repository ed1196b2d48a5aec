"""``event-composer sandbox``: the sandbox alone, with its switches as options, until Ctrl+C."""

from __future__ import annotations

import argparse
import shlex
import signal
import threading
from types import FrameType
from typing import Any

from composer.cli.terminal import Commands, Exit, load_settings, profile_in, tell
from composer.core.behaviour import Behaviour, Edition, Flag, Rule
from composer.core.behaviour.rules import RuleError
from composer.core.behaviour.text import parse_flag, parse_rule
from composer.core.errors import ComposerError
from composer.core.settings import HIGHEST_PORT
from composer.services.clock import SystemClock
from composer.services.sandbox.server import Sandbox

_RULES = """\
A RULE is one argument: what happens, and to which requests. The first that applies decides.

  503                                every request is answered with this status
  '429 retry-after=5 share=0.2'      each fifth
  'reset path=/batch nth=3'          the connection of the third request to /batch is reset
  'slow=2.5 distinct_id=customer-42' 2.5 seconds late if an event is of this person
  '500 stores'                       fails, although the events are kept
  half, silence, page                half an answer, none at all, a web page
  redirect=https://example.com/e     307 to this address

While it runs, http://127.0.0.1:PORT/_sandbox lists what scripts can ask and set.
"""


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser(
        "sandbox",
        help="run the sandbox alone; Ctrl+C stops it",
        description="Run the sandbox alone. Its address is the first line; Ctrl+C stops it.",
        epilog=_RULES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=_port, help="the port to try first; 0 for any")
    _add_several(parser, "--known-token", metavar="T", type=str, help="refuse all other tokens")
    parser.add_argument(
        "--as",
        dest="edition",
        choices=[str(edition) for edition in Edition],
        default=str(Edition.CURRENT),
        help="the PostHog to imitate: as of now, or of 2024",
    )
    _add_several(
        parser,
        "--flag",
        metavar="KEY[=VARIANT]",
        type=_flag,
        help="a feature flag that /flags answers with; KEY=off for one that is off",
    )
    _add_several(
        parser, "--fault", metavar="RULE", type=_rule, help="fail on purpose, by rules as below"
    )
    parser.add_argument(
        "--quota-reached", action="store_true", help="as a project that may send no more events"
    )
    parser.add_argument("--no-v1", action="store_true", help="answer the v1 endpoint with 404")
    parser.add_argument(
        "--tls", action="store_true", help="answer over HTTPS too; its address is the second line"
    )
    parser.set_defaults(run=run)


def _add_several(parser: argparse.ArgumentParser, name: str, **options: Any) -> None:
    """An option that takes several values, and may stand several times."""
    parser.add_argument(name, nargs="+", action="extend", default=[], **options)


def run(args: argparse.Namespace) -> int:
    """Serve until the process is told to end."""
    settings = load_settings(args.profile)
    sandbox = Sandbox(
        settings.sandbox_port if args.port is None else args.port,
        clock=SystemClock().now,
        tls_folder=profile_in(args.profile).certificate,
    )
    sandbox.behave(_behaviour(args))
    stop = threading.Event()

    def halt(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, halt)
    signal.signal(signal.SIGTERM, halt)
    url = sandbox.bind()
    sandbox.start()
    print(url, flush=True)
    if args.port and not url.endswith(f":{args.port}"):
        tell(f"Port {args.port} is in use, so the sandbox took another one.")
    try:
        if args.tls:
            _tell_of_tls(sandbox)
        while not stop.wait(_SIGNAL_CHECK_S):  # without a limit, Windows would not see Ctrl+C
            pass
    finally:
        sandbox.stop()
    return Exit.OK


def _behaviour(args: argparse.Namespace) -> Behaviour:
    return Behaviour(
        edition=Edition(args.edition),
        known_tokens=frozenset(args.known_token) if args.known_token else None,
        quota_reached=args.quota_reached,
        serves_v1=not args.no_v1,
        serves_tls=args.tls,
        flags=tuple(args.flag),
        rules=tuple(args.fault),
    )


def _tell_of_tls(sandbox: Sandbox) -> None:
    """Print the address once it answers: until then there may be no file to trust."""
    if not sandbox.await_tls():
        raise ComposerError(sandbox.tls_trouble or "HTTPS did not come about. Start it again.")
    url = sandbox.tls_url
    print(url, flush=True)
    tell(
        f"The certificate for HTTPS is the sandbox's own: have clients trust {sandbox.ca_file}",
        f"With curl: curl --cacert {shlex.quote(sandbox.ca_file)} {url}",
    )


def _rule(text: str) -> Rule:
    try:
        return parse_rule(text)
    except RuleError as error:
        raise argparse.ArgumentTypeError(
            f"{error} Quote a rule of several words: --fault '429 retry-after=5'."
        ) from error


def _flag(text: str) -> Flag:
    try:
        return parse_flag(text)
    except RuleError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to {HIGHEST_PORT}")


_SIGNAL_CHECK_S = 0.2
