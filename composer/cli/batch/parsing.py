"""The options of ``event-composer batch``. What they lead to is loaded once they are read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from composer.cli.terminal import Commands
from composer.core.batch.options import option_problem

_MORE = """\
ROWS is CSV, JSON Lines or a JSON array, plain, compressed or in a zip archive; delimiter, encoding
and header are found out. - is standard input. Every column becomes a property, but for those that
name the event, the person, the time or the event's ID, and for those that are named like a variable
of the template. A variable called row is the number of the row.

Rows that do not fit are left out, told, and counted; --problems writes them to a file in which they
can be mended. The events go out with the limits that are set in the window, unless an option says
otherwise. A run is kept: one that was stopped or cut off goes on with --resume, and sends nothing
twice that was confirmed.

With --json, what became of the run is one object.

It ends with 0 if every row was taken, 1 if some were not, 2 if nothing could be sent because an
option or a file cannot be used, and 130 after Ctrl+C.
"""


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser(
        "batch",
        help="send the rows of a file as events",
        description="Send the rows of a file as events.",
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_rows(parser)
    _add_files(parser)
    _add_limits(parser)
    kept = parser.add_argument_group("runs that are kept")
    kept.add_argument(
        "--resume",
        nargs="?",
        const=0,
        type=_run,
        metavar="RUN",
        help="go on with a run that was stopped or cut off; the newest if none is named",
    )
    kept.add_argument("--runs", action="store_true", help="list the runs instead")
    parser.set_defaults(run=_run_command, parser=parser)


def _add_rows(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rows", nargs="?", metavar="ROWS", help="a file; - is standard input")
    parser.add_argument(
        "--to", metavar="DEST", help="the name of a project, such as sandbox or us, or a URL"
    )
    parser.add_argument("--token", metavar="T", help="the project token, if not the project's own")
    parser.add_argument(
        "--template", metavar="T", help="a template's name, id or file, for the rows to fill in"
    )
    parser.add_argument("--mapping", metavar="NAME", help="a mapping that was saved in the window")
    parser.add_argument(
        "--zone", metavar="ZONE", help="of times without one, such as Europe/Paris; else UTC"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be sent, and send nothing"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object at the end")


def _add_files(parser: argparse.ArgumentParser) -> None:
    files = parser.add_argument_group("files to write")
    files.add_argument(
        "--out",
        type=_results_file,
        metavar="FILE",
        help="what became of each event; .csv or .jsonl",
    )
    files.add_argument(
        "--problems", type=_new_file, metavar="FILE", help="the rows that did not fit, for mending"
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    limits = parser.add_argument_group("how it is sent")
    switch = argparse.BooleanOptionalAction
    limits.add_argument(
        "--historical", action=switch, help="as an import of old events (historical_migration)"
    )
    limits.add_argument(
        "--one-each", action=switch, help="a request an event, for servers without /batch/"
    )
    limits.add_argument(
        "--request-size",
        dest="request_bytes",
        type=_checked("request_bytes", _bytes),
        metavar="SIZE",
        help="of a request at most, such as 5MB",
    )
    for option, name, words in (
        ("--events", "most_events", "in a request at most"),
        ("--workers", "workers", "requests under way at once"),
        ("--rate", "rate", "events a second at most; 0 for no limit"),
        ("--tries", "tries", "of each request, the first one included"),
    ):
        kind = _checked(name, float if name == "rate" else int)
        limits.add_argument(option, dest=name, type=kind, metavar="N", help=words)
    limits.add_argument("--gzip", action=switch, help="compress the requests")


def _run_command(args: argparse.Namespace) -> int:
    from composer.cli.batch.command import run

    return run(args)


def _checked(name: str, read: Callable[[str], float]) -> Callable[[str], float]:
    def value(text: str) -> float:
        try:
            found = read(text)
        except ValueError:
            found = float("nan")
        if problem := option_problem(name, found):
            raise argparse.ArgumentTypeError(problem)
        return found

    return value


def _bytes(text: str) -> int:
    """``5MB``, ``500 kB`` or plain bytes. Raises ``ValueError``."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *(|k|m)b?", text.strip().lower())
    if found is None:
        raise ValueError(text)
    return int(float(found[1]) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]])


def _run(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError("a run has a number; --runs lists them")


def _new_file(text: str) -> Path:
    """A file that can be written as far as that shows before anything is sent."""
    path = Path(text)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder for {text}")
    return path


def _results_file(text: str) -> Path:
    path = _new_file(text)
    if path.suffix.lower() not in {".csv", ".jsonl"}:
        raise argparse.ArgumentTypeError(f"{path.name} has to end with .csv or .jsonl")
    return path
