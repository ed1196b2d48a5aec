"""``event-composer decode``: the request body in anything that a person may paste."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.cli.letter import read_body
from composer.cli.terminal import Commands, Exit, tell

if TYPE_CHECKING:  # loaded by this command alone, for no other needs it
    from composer.core.paste import Pasted, PastedRequest

_MORE = """\
FILE is a command for curl from any browser and for any shell, "Copy as fetch", PowerShell's
Invoke-WebRequest, a HAR file, an HTTP request as text, the body that an SDK sends (a form, base64,
gzip, deflate, lz64, br, zstd), JSON, JSON Lines, or something that is nearly JSON. Nothing in it is
run, and no file or variable that it names is read.

The text of the request's body goes to standard output, unchanged where it is valid JSON; at a
terminal a line break follows. Several requests are written one after the other, each followed by a
line break. What was taken off or mended, and what was not understood, goes to standard error.

It ends with 0, and with 2 if FILE cannot be read or holds no request that can be.
"""


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser(
        "decode",
        help="print the body in whatever was copied: curl, HAR, packed, nearly JSON",
        description="Print the request body in anything that was copied.",
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="what was copied; - is standard input"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the bodies, and say on standard error how they were found."""
    from composer.services.pasting import read

    pasted = read(read_body(args.file))
    tell(*_words(pasted))
    is_alone = len(pasted.requests) == 1 and not sys.stdout.isatty()
    for request in pasted.requests:
        sys.stdout.write(request.text if is_alone else f"{request.text}\n")
    return Exit.OK


def _words(pasted: Pasted) -> Iterator[str]:
    yield f"This is {pasted.format}."
    yield from (f"{remark.name}: {remark.words}" for remark in pasted.remarks)
    several = len(pasted.requests) > 1
    for number, request in enumerate(pasted.requests, start=1):
        words = [*_words_of_request(request)]
        if several and words:
            yield f"Request {number:,}:"
        yield from words


def _words_of_request(request: PastedRequest) -> Iterator[str]:
    if request.url:
        yield f"{request.method} {request.url}".strip()
    yield from (f"{step}." for step in request.steps)
    yield from (f"{remark.name}: {remark.words}" for remark in request.remarks)
