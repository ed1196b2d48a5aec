"""``event-composer curl``: prints the command that sends a body. It keeps and sends nothing."""

from __future__ import annotations

import argparse
from dataclasses import replace

from composer.cli.letter import add_options, read_letter
from composer.cli.terminal import Commands, Exit, load_settings, tell
from composer.core.curl import Style, render
from composer.core.destination import DestinationKind
from composer.core.resolve import resolve
from composer.core.secret_headers import with_masked_headers
from composer.core.shells import Shell
from composer.core.tokens import KeyMode


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("curl", help="print the curl command that sends a body")
    add_options(parser)
    for option, default in (
        ("--key", KeyMode.INLINE),
        ("--shell", Shell.BASH),
        ("--style", Style.WRAPPED),
    ):
        choices = [str(choice) for choice in type(default)]
        parser.add_argument(option, choices=choices, default=str(default))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the command; what there is to say about it goes to standard error."""
    letter = read_letter(args)
    settings = load_settings(args.profile)
    place = resolve(letter.to, settings.destinations)
    if place.kind is DestinationKind.SANDBOX:
        place = replace(place, address=f"http://127.0.0.1:{settings.sandbox_port}")
    key = KeyMode(args.key)
    request = letter.addressed(place)
    command = render(
        request if key is KeyMode.INLINE else with_masked_headers(request),
        key=key,
        shell=Shell(args.shell),
        style=Style(args.style),
        route=place.route,
    )
    print(command.text)
    tell(*command.notes)
    return Exit.OK
