"""A plan as a command for the Windows command prompt: pasted and run, it sends the same bytes.

What cannot be an argument there (too long, letters outside ASCII, control characters) goes
through a file, written by the lines before. It is right at the prompt; batch files take ``%``
differently, and a note says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from composer.core.curl.cmd_files import BODY, HEADERS, removed, written_to
from composer.core.curl.command import Command
from composer.core.curl.plan import Plan, Row, written
from composer.core.shells import Shell
from composer.core.shells.cmd_quoting import quoted, survives
from composer.core.shells.terminal import UNSAFE
from composer.core.stand_ins import Body

LINE_LIMIT = 8000
"""Characters of the longest command; cmd.exe takes 8,191, the values of variables included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """What goes through files: these headers, and the body if there is a reason (``why``)."""

    headers: tuple[str, ...]
    why: str


def command(plan: Plan) -> Command:
    """The command for the prompt, with as little in files as possible."""
    split = _split(plan)
    steps = [*_files(plan, split), _call(plan, split)]
    if len(steps) > 1:
        steps.append(_removal(plan, split))
    line = " & ".join(steps)
    fits = len(steps) == 1 or (plan.is_one_line and len(line) <= LINE_LIMIT)
    return Command(
        text=line if fits else "\n".join(steps), notes=(*plan.notes, *_notes(plan, split))
    )


def _split(plan: Plan) -> _Split:
    """The first of several ways that gives curl a line which cmd.exe takes."""
    awkward = tuple(header for header in plan.headers if not survives(header))
    why = _why_in_file(plan.body)
    split = _Split(headers=awkward, why=why)
    if plan.body and len(_call(plan, split)) > LINE_LIMIT:
        split = _Split(headers=awkward, why=why or _TOO_LONG)
    if len(_call(plan, split)) > LINE_LIMIT:
        split = _Split(headers=plan.headers, why=split.why)
    return split


def _why_in_file(body: Body | None) -> str:
    """Why the body cannot be an argument; empty if it can, or if it is only for reading."""
    if body is None:
        return ""
    if body.size > LINE_LIMIT:
        return _TOO_LONG
    if body.is_masked:
        return _CONTROLS if any(map(UNSAFE.search, body.texts)) else ""
    return "" if all(map(survives, body.texts)) else _LETTERS


def _files(plan: Plan, split: _Split) -> list[str]:
    steps = written_to(HEADERS, ["\n".join(split.headers)]) if split.headers else []
    return steps + (written_to(BODY, plan.body.pieces) if plan.body and split.why else [])


def _removal(plan: Plan, split: _Split) -> str:
    files = [*([HEADERS] if split.headers else []), *([BODY] if split.why else [])]
    return removed(files, plan.body.pieces if plan.body and split.why else ())


def _call(plan: Plan, split: _Split) -> str:
    headers = [plan.header_row(header) for header in plan.headers if header not in split.headers]
    if split.headers:
        headers.append((plan.header_option, f'"@{HEADERS}"'))
    rows = plan.rows("curl", headers, _data(plan, split))
    return (" ^\n  " if plan.is_wrapped else " ").join(written(rows, quoted))


def _data(plan: Plan, split: _Split) -> Row:
    if plan.body is None:
        return ()
    if split.why:
        return ("--data-binary", f'"@{BODY}"')
    return (plan.data_option, _argument(plan.body))


def _argument(body: Body) -> str:
    """The body as one argument. A variable is a letter of its own until all else is quoted."""
    letters = {name: chr(_STAND_IN + place) for place, name in enumerate(body.variables)}
    argument = quoted("".join(body.written(str, letters.__getitem__)))
    for name, letter in letters.items():
        argument = argument.replace(letter, Shell.CMD.variable(name))
    return argument


def _notes(plan: Plan, split: _Split) -> list[str]:
    inline = plan.body.texts if plan.body and not split.why else ()
    notes: list[str] = []
    if split.why:
        notes.append(f"The body goes through a file in %TEMP%, for {split.why}.")
    else:
        notes += plan.data_notes
    if split.headers:
        notes.append("Headers that cannot stand in the command go through a file in %TEMP%.")
    if any("\n" in text for text in inline):
        notes.append("Each ^ before an empty line is a line feed of the body: leave both in.")
    if any("%" in text for text in (plan.url, *plan.given, *plan.headers, *inline)):
        notes.append("In a batch file, write %% for each % of the request.")
    return notes


_STAND_IN = 0xD800
"""The first of a thousand code points that no text holds."""

_TOO_LONG = "it is too long for the prompt"
_CONTROLS = "it holds control characters"
_LETTERS = "it holds letters that Windows would change"
