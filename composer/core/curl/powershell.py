"""A plan as a command for PowerShell: pasted and run, it sends the very same bytes.

The versions of PowerShell disagree on quotation marks in an argument of a program, and JSON is
full of them. So the body goes through a temporary file, which .NET writes byte for byte in every
version: as readable text where that is exact, else as base64.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from composer.core.curl.command import Command
from composer.core.curl.plan import Plan, Row, written
from composer.core.shells import Shell
from composer.core.shells.powershell_quoting import quoted, survives
from composer.core.shells.terminal import UNSAFE
from composer.core.stand_ins import Body, Variable

READABLE_LIMIT = 64 * 1024
"""Bytes up to which a body is written as text: nobody reads more."""


def command(plan: Plan) -> Command:
    """The command for a prompt. ``curl`` alone is something else in Windows PowerShell 5.1."""
    files: list[str] = []
    steps: list[str] = []
    awkward = [header for header in plan.headers if not survives(header)]
    headers = [plan.header_row(header) for header in plan.headers if header not in awkward]
    if awkward:
        files.append("$headerFile")
        headers.append((plan.header_option, '"@$headerFile"'))
        steps += _file("$header", Body(pieces=("\n".join(awkward),), size=0), plan)
    data: Row = ()
    if plan.body:
        files.append("$bodyFile")
        data = ("--data-binary", '"@$bodyFile"')
        steps += _file("$body", plan.body, plan)
    rows = written(plan.rows("curl.exe", headers, data), quoted)
    steps.append((" `\n  " if plan.is_wrapped else " ").join(rows))
    if files:
        steps.append(f"Remove-Item {', '.join(files)}")
    text = ("; " if plan.is_one_line else "\n").join(steps)
    return Command(text=text, notes=(*plan.notes, *_notes(plan, text, awkward)))


def _file(name: str, body: Body, plan: Plan) -> Iterator[str]:
    """The statements that write ``body`` to a new temporary file."""
    file = f"{name}File"
    yield f"{file} = [IO.Path]::GetTempFileName()"
    if _why_packed(body):
        yield from _packed(name, file, body)
        return
    lines = body.lines
    if len(lines) == 1:
        yield f"[IO.File]::WriteAllText({file}, {_sum(lines[0])})"
        return
    start, between = ("\n  ", ",\n  ") if plan.is_wrapped else ("", ", ")
    yield f'{name} = ({start}{between.join(map(_element, lines))}) -join "`n"'
    yield f"[IO.File]::WriteAllText({file}, {name})"


def _packed(name: str, file: str, body: Body) -> Iterator[str]:
    """The file from base64. Latin-1 turns bytes into text and back, so variables fit between."""
    if not body.variables:
        yield f"[IO.File]::WriteAllBytes({file}, {_bytes(body.texts[0])})"
        return
    yield f"{name} = [Text.Encoding]::GetEncoding('iso-8859-1')"
    parts = body.written(lambda text: f"{name}.GetString({_bytes(text)})", _variable)
    yield f"[IO.File]::WriteAllText({file}, {' + '.join(parts)}, {name})"


def _bytes(text: str) -> str:
    packed = b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")
    return f"[Convert]::FromBase64String('{packed}')"


def _sum(pieces: Sequence[str | Variable]) -> str:
    """The pieces of a line, added up."""
    return " + ".join(
        quoted(piece) if isinstance(piece, str) else _variable(piece.name) for piece in pieces
    )


def _element(line: Sequence[str | Variable]) -> str:
    """A line as an element of an array; a comma binds tighter than a plus sign."""
    return f"({_sum(line)})" if len(line) > 1 else _sum(line)


def _variable(name: str) -> str:
    return Shell.POWERSHELL.variable(name)


def _why_packed(body: Body) -> str:
    """Why the body cannot stand there as text; empty if it can."""
    if body.size > READABLE_LIMIT:
        return "it is long"
    if any(map(UNSAFE.search, body.texts)):
        return "it holds characters that a terminal would change"
    return ""


def _notes(plan: Plan, text: str, awkward: list[str]) -> Iterator[str]:
    if plan.body:
        why = _why_packed(plan.body)
        yield _FILE + (f" It is written as base64, for {why}." if why else "")
    if awkward:
        yield "Headers that some version would change go through a temporary file."
    if not survives(plan.url):
        yield "The address holds a quotation mark or the like: use PowerShell 7.3 or later."
    if not text.isascii():
        yield "In a script for Windows PowerShell 5.1, save it as UTF-8 with a byte order mark."
    yield "On macOS and Linux, write curl in place of curl.exe."


_FILE = (
    "The body goes through a temporary file, for the versions of PowerShell disagree on how "
    "quotation marks reach curl."
)
