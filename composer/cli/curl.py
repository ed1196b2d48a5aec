"""``event-composer curl``: prints the command that sends a body. It keeps and sends nothing."""

from __future__ import annotations

import argparse
from dataclasses import replace

from composer.cli.letter import add_options, read_letter
from composer.cli.terminal import Commands, Exit, load_settings
from composer.core.curl import render
from composer.core.destination import DestinationKind
from composer.core.resolve import resolve
from composer.core.tokens import KeyMode


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("curl", help="print the curl command that sends a body")
    add_options(parser)
    modes = [str(mode) for mode in KeyMode]
    parser.add_argument("--key", choices=modes, default=str(KeyMode.INLINE))
    parser.add_argument("--shell", type=_shell, default="bash", help="bash")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the command."""
    letter = read_letter(args)
    settings = load_settings(args.profile)
    place = resolve(letter.to, settings.destinations)
    if place.kind is DestinationKind.SANDBOX:
        place = replace(place, address=f"http://127.0.0.1:{settings.sandbox_port}")
    print(render(letter.addressed(place), key=KeyMode(args.key)))
    return Exit.OK


def _shell(text: str) -> str:
    if text == "bash":
        return text
    raise argparse.ArgumentTypeError("this version writes commands for bash only")
