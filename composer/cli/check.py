"""``event-composer check``: what PostHog will do with a body, without sending it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from composer.cli.letter import read_body
from composer.cli.terminal import Commands, Exit, load_settings, tell
from composer.core.destination import BATCH_PATH, CAPTURE_PATHS, Destination
from composer.core.jsontext import Layout, Object, encode
from composer.core.resolve import resolve
from composer.core.verdicts.scales import Severity
from composer.services.clock import SystemClock

if TYPE_CHECKING:  # a start of the window need not load the rules' words
    from composer.core.verdicts.verdict import Report

_MORE = """\
FILE is one event, a batch or a list of events as JSON; packed as gzip or base64, it is unpacked
first. Nothing is sent, and history is not asked: the same body is always judged alike. Of the v1
address, what it refuses is told, but not each event that it would drop.

With --json, each verdict is one object on a line of its own: rule, severity (error, dropped,
altered, warning, advice), path (a JSON Pointer), message, fix, event (its number, from 0, or null),
certainty, mendable, docs.

It ends with 0 if nothing is lost, 1 if PostHog refuses the body or loses an event (text that is no
JSON is refused, too), and 2 if FILE cannot be read or DEST is not known.
"""


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser(
        "check",
        help="say what PostHog will do with a body, without sending it",
        description="Say what PostHog will do with a request body, without sending it.",
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="a request body; - is standard input"
    )
    parser.add_argument(
        "--to", metavar="DEST", help="us, eu, sandbox, a destination's name or a URL"
    )
    parser.add_argument("--endpoint", metavar="PATH", help="another path than the usual one")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--rules", action="store_true", help="list all rules instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Judge the body and print the verdicts, or list the rules."""
    if args.rules:
        _list_rules(as_json=args.json)
        return Exit.OK
    body = read_body(args.file)
    place = resolve(args.to, load_settings(args.profile).destinations) if args.to else None
    report = _judged(body, place, str(args.endpoint or ""))
    text = report.request.text
    if text is not None and text.encode("utf-8", "surrogatepass") != body:
        tell("The body is packed: the JSON inside is judged.")
    _print(report, as_json=args.json)
    lost = {Severity.ERROR, Severity.DROPPED} & report.forecast.counts.keys()
    return Exit.REJECTED if lost else Exit.OK


def _judged(body: bytes, place: Destination | None, endpoint: str) -> Report:
    from composer.services.verdicts.service import VerdictService

    path, _, query = endpoint.partition("?")
    path = f"/{path.removeprefix('/')}" if path else _usual_path(body, place)
    now = SystemClock().now()
    return VerdictService().judge(body, path=path, query=query, destination=place, now=now)


def _usual_path(body: bytes, place: Destination | None) -> str:
    from composer.core.verdicts.request import read_request

    if "batch" in read_request(body).top:
        return BATCH_PATH
    return place.path if place else CAPTURE_PATHS[0]


def _print(report: Report, *, as_json: bool) -> None:
    from composer.core.verdicts.telling import record, report_lines

    if as_json:
        _print_records([record(verdict) for verdict in report.verdicts])
    else:
        print(*report_lines(report), sep="\n")


def _list_rules(*, as_json: bool) -> None:
    from composer.core.verdicts.listing import as_records, listed

    if as_json:
        _print_records([*as_records()])
    else:
        print(*listed(), sep="\n")


def _print_records(records: Sequence[Object]) -> None:
    for one in records:
        print(encode(one, Layout.COMPACT))
