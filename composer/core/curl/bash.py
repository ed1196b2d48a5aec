"""A plan as a command for bash, zsh or Git Bash: pasted and run, it sends the very same bytes.

A body that is no fit argument is piped: ``printf`` is part of the shell itself and takes any
length. It knows nothing of the window or of events.
"""

from __future__ import annotations

import re

from composer.core.curl.command import Command
from composer.core.curl.plan import Plan, Row, written
from composer.core.curl.style import Style
from composer.core.shells import Shell
from composer.core.shells.bash_quoting import double_quoted, escaped, quoted
from composer.core.shells.terminal import UNSAFE
from composer.core.stand_ins import Body

INLINE_LIMIT = 24 * 1024
"""The longest body, in bytes, that is an argument of curl. Linux takes 128 KiB for one argument,
but Git Bash hands the whole command line to Windows, which takes 32,767 characters."""


def command(plan: Plan) -> Command:
    """The command for a prompt and for a script alike."""
    feed, data, notes = _data(plan)
    headers = [plan.header_row(header) for header in plan.headers]
    rows = plan.rows("curl", headers, data)
    lines = [*feed, *written(rows, _friendly if plan.style is Style.DOCS else quoted)]
    text = (" \\\n  " if plan.is_wrapped else " ").join(lines)
    return Command(text=text, notes=(*plan.notes, *notes))


def _data(plan: Plan) -> tuple[list[str], Row, list[str]]:
    """What stands before the pipe, if there is one, curl's own option for the body, and notes."""
    body = plan.body
    if body is None:
        return [], (), []
    if why := _why_escaped(body):
        return [_feed("%b", body)], ("--data-binary", "@-"), [_PIPED.format(why)]
    if body.size > INLINE_LIMIT:
        return [_feed("%s", body)], ("--data-binary", "@-"), [_PIPED.format(_TOO_LONG)]
    return [], (plan.data_option, _argument(body)), plan.data_notes


def _why_escaped(body: Body) -> str:
    """Why the body cannot stand in single quotes; empty if it can."""
    if any(UNSAFE.search(text) for text in body.texts):
        return "it holds characters that a terminal would change"
    if sum(text.count("'") for text in body.texts) > _MANY:
        return "it holds very many apostrophes"
    return ""


def _feed(format_: str, body: Body) -> str:
    return f"printf '{format_}' {_argument(body, is_escaped=format_ == '%b')} |"


def _argument(body: Body, *, is_escaped: bool = False) -> str:
    """The body as one argument: text in single quotes, variables between them in double quotes."""

    def text(piece: str) -> str:
        return quoted(escaped(piece) if is_escaped else piece)

    return "".join(body.written(text, lambda name: f'"{Shell.BASH.variable(name)}"'))


def _friendly(text: str) -> str:
    """A header or URL as the documentation quotes it."""
    return text if _BARE.fullmatch(text) else double_quoted(text)


_MANY = 1000
"""Apostrophes from which they are escaped as well. Each ``'\\''`` makes bash copy the whole
argument: 300,000 of them in 2 MB took four seconds, escaped a quarter of a second."""

_BARE = re.compile(r"https?://[A-Za-z0-9._:/-]+")
_TOO_LONG = "it is too long for an argument"
_PIPED = "The body goes through standard input, for {}."
