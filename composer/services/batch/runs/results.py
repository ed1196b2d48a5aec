"""What became of a run, as a file: written piece by piece in a thread, whole or not at all.

What stands in it: ``composer.core.batch.results``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from composer.core.batch.results import (
    ResultsFormat,
    ResultsKind,
    event_pieces,
    failure_pieces,
    request_pieces,
)
from composer.core.batch.run import RequestRow
from composer.core.errors import StoreError
from composer.services.batch.runs.columns import REQUEST_COLUMNS, request_from
from composer.services.batch.runs.events import FAILURES, Sought, find_events, run_event
from composer.services.batch.runs.file import RunFile
from composer.services.files import reason_of, replacing
from composer.services.ports.batch_runs import ResultsFile
from composer.services.threads import Steps, run_in_steps

_STEP = 500
"""Rows between two reports."""
_REQUESTS = f"SELECT {REQUEST_COLUMNS} FROM request WHERE run = ? ORDER BY id"  # noqa: S608


async def export_results(
    file: RunFile,
    run: int,
    path: str,
    what: ResultsKind,
    form: ResultsFormat,
    *,
    on_progress: Callable[[int], None] | None = None,
) -> ResultsFile:
    """Write the file; see ``ports.batch_runs.Runs``. Raises ``StoreError``."""
    work = partial(_write, file, run, path, (what, form))
    return await run_in_steps(work, on_progress)


def _write(
    file: RunFile,
    run: int,
    path: str,
    wanted: tuple[ResultsKind, ResultsFormat],
    steps: Steps[int],
) -> ResultsFile:
    target = Path(os.path.realpath(path))  # a link stays a link
    what, form = wanted
    rows = size = 0
    try:
        with file.beside() as connection, replacing(target) as out:
            for piece in _pieces(connection, run, what, form):
                size += out.write(piece.encode("utf-8", "backslashreplace"))
                rows += 1
                if rows % _STEP == 0:
                    steps.done(rows)
    except OSError as error:
        raise StoreError(f"{target.name} could not be written: {reason_of(error)}") from error
    if form is ResultsFormat.CSV:
        rows -= 1  # the heading
    steps.done(rows)
    return ResultsFile(rows=rows, bytes=size)


def _pieces(
    connection: sqlite3.Connection, run: int, what: ResultsKind, form: ResultsFormat
) -> Iterator[str]:
    match what:
        case ResultsKind.REQUESTS:
            return request_pieces(_requests(connection, run), form)
        case ResultsKind.EVENTS:
            events = find_events(connection, run, Sought())
            return event_pieces(map(run_event, events), form)
        case ResultsKind.FAILURES:
            events = find_events(connection, run, Sought(states=FAILURES))
            return failure_pieces(map(run_event, events), form)


def _requests(connection: sqlite3.Connection, run: int) -> Iterator[RequestRow]:
    return map(request_from, connection.execute(_REQUESTS, (run,)))
