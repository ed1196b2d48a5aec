"""``event-composer send``: sends a body and prints what became of it. History keeps it."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from typing import assert_never

from composer.cli.letter import Letter, add_options, read_letter
from composer.cli.terminal import Commands, Exit, tell
from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Layout, encode
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
from composer.core.settings import Settings
from composer.core.summary import summarize
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.instance import Role
from composer.services.reach import reach_sandbox
from composer.services.sender import Sender, Timeouts


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("send", help="send a body and print what became of it")
    add_options(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Send the body, keep it in history, tell what became of it."""
    letter = read_letter(args)
    with closing(open_environment(args.profile, role=Role.COMMAND)) as environment:
        settings = environment.settings.load()
        tell(*environment.notices)
        place = resolve(letter.to, settings.destinations)
        place, outcome = asyncio.run(_deliver(letter, place, environment, settings))
    words = explanation_lines(outcome, place)
    if args.json:
        print(encode(as_json(outcome), Layout.COMPACT))
        tell(*words)
    else:
        print(*words, *answer_lines(outcome), sep="\n")
    return _exit_code(outcome)


async def _deliver(
    letter: Letter, place: Destination, environment: Environment, settings: Settings
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
