"""``event-composer batch``: from rows to what became of them, and the exit code that says it."""

from __future__ import annotations

import argparse
import asyncio
import time
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

from composer.cli.batch.progress import ProgressLine
from composer.cli.batch.reading import Weighing, read_rows
from composer.cli.batch.rows import RowsError, opened_rows, source_name
from composer.cli.batch.sending import Sent, send
from composer.cli.batch.words import (
    as_record,
    ending_lines,
    event_line,
    progress_words,
    resume_words,
    run_line,
    weighed_lines,
    weighed_record,
)
from composer.cli.terminal import Exit, load_settings, profile_in, tell
from composer.core.batch.bodies import path_of
from composer.core.batch.options import BatchOptions
from composer.core.batch.results import ResultsFormat, ResultsKind
from composer.core.batch.run import EventState, Run, RunState
from composer.core.destination import (
    Destination,
    personal_key_words,
    token_problem,
)
from composer.core.errors import ComposerError, StoreError
from composer.core.jsontext import Layout, encode
from composer.core.mapping import Mapping
from composer.core.personal_keys import PersonalKeyError
from composer.core.resolve import resolve
from composer.core.settings import Settings
from composer.services.batch.runs import RunStore
from composer.services.batch.samples import ClockMaker
from composer.services.clock import SystemClock
from composer.services.environment import Environment, open_environment
from composer.services.instance import Role
from composer.services.ports.batch_jobs import RunProgress

_FAILURES = (EventState.REFUSED, EventState.UNCERTAIN, EventState.SET_ASIDE)
_MOST_TOLD = 5
"""Events that were not taken which are told one by one."""


def run(args: argparse.Namespace) -> int:
    """Do what the options say."""
    if problem := _misused(args):
        args.parser.error(problem)
    if args.dry_run:
        return _weigh(args)
    with closing(open_environment(args.profile, role=Role.COMMAND)) as environment:
        settings = environment.settings.load()
        tell(*environment.notices)
        with closing(
            RunStore(environment.profile.runs, environment.clock, environment.told)
        ) as store:
            if args.runs:
                return _list(store)
            work = _Work(args, environment, settings, store)
            return work.resume() if args.resume is not None else work.begin()


def _list(store: RunStore) -> int:
    runs = store.runs()
    for one in runs:
        print(run_line(one))
    if not runs:
        tell("No run is kept.")
    return Exit.OK


def _misused(args: argparse.Namespace) -> str:
    """What cannot be asked for together."""
    kept = args.runs or args.resume is not None
    if kept and (args.rows or args.dry_run or (args.runs and args.resume is not None)):
        return "--resume and --runs stand alone: they need no rows"
    if not kept and not args.rows:
        return "name the file with the rows; - is standard input"
    if not kept and not args.to:
        return "say with --to where the events go, such as --to sandbox"
    if args.dry_run and args.out:
        return "--out says what became of events, and --dry-run sends none"
    return ""


class _Work:
    """A run, from its first row or from where it was left."""

    def __init__(
        self,
        args: argparse.Namespace,
        environment: Environment,
        settings: Settings,
        store: RunStore,
    ) -> None:
        self._args = args
        self._environment = environment
        self._settings = settings
        self._store = store
        self._began = time.monotonic()
        self._not_fitting = 0

    def begin(self) -> int:
        """A new run of the rows."""
        args = self._args
        place = _place(args, self._settings)
        try:
            run = self._prepared(place)
        except KeyboardInterrupt:
            tell("Stopped. Nothing was sent.")
            return Exit.INTERRUPTED
        if run is None:
            tell(f"No row of {source_name(args.rows)} fits, so nothing was sent.")
            return Exit.REJECTED
        return self._send(run)

    def resume(self) -> int:
        """An earlier run."""
        wanted = self._args.resume
        runs = self._store.runs()
        run = next((one for one in runs if (one.id == wanted if wanted else one.can_go_on)), None)
        if run is None:
            missing = (
                f"There is no run {wanted}." if wanted else "No run has anything left to send."
            )
            raise StoreError(f"{missing} --runs lists those that are kept.")
        if run.is_alive:
            raise StoreError(f"Run {run.id} is being sent by another program. Wait until it ends.")
        if not run.can_go_on:
            raise StoreError(f"Run {run.id} has nothing left to send.")
        return self._send(run)

    def _prepared(self, place: Destination) -> Run | None:
        """The run, ready; none where no row fits."""
        args, environment = self._args, self._environment
        maker = ClockMaker(environment.clock)
        with opened_rows(args, environment.profile, self._settings) as rows:
            options = _options(args, self._settings.batch, rows.mapping)
            source = source_name(args.rows)
            with self._store.begin(place, options, source) as writer:
                reading = read_rows(rows, maker, writer.add, args.problems)
                self._not_fitting = reading.not_fitting
                if writer.events:
                    return writer.finish()
        if not reading.not_fitting:
            raise RowsError(f"There are no rows in {source}. Choose another file.")
        return None

    def _send(self, run: Run) -> int:
        line = ProgressLine()

        def show(progress: RunProgress) -> None:
            line.show(progress_words(progress))

        try:
            sent = send(run, self._store, self._environment, self._settings, show)
        finally:
            line.end()
        run = self._store.run(run.id) or run
        self._tell(run, sent)
        if sent.is_interrupted:
            return Exit.INTERRUPTED
        self._export(run)
        is_whole = run.state is RunState.ENDED and run.counts.confirmed == run.counts.total
        return Exit.OK if is_whole and not self._not_fitting else Exit.REJECTED

    def _tell(self, run: Run, sent: Sent) -> None:
        seconds = time.monotonic() - self._began
        if self._args.json:
            print(encode(as_record(run, self._not_fitting, seconds), Layout.COMPACT))
        else:
            print(*ending_lines(run, self._not_fitting, seconds), sep="\n")
        if sent.is_interrupted:
            tell("Stopped.")
        elif sent.progress.trouble:
            tell(sent.progress.trouble)
        if run.counts.failures or run.counts.set_aside:
            failed = self._store.events(run.id, states=_FAILURES, limit=_MOST_TOLD)
            tell(*map(event_line, failed))
        if words := resume_words(run):
            tell(words)

    def _export(self, run: Run) -> None:
        path: Path | None = self._args.out
        if path is None:
            return
        form = ResultsFormat(path.suffix.lower().removeprefix("."))
        asyncio.run(self._store.export_results(run.id, str(path), ResultsKind.EVENTS, form))


def _weigh(args: argparse.Namespace) -> int:
    """Read and pack, and say what would be sent."""
    settings = load_settings(args.profile)
    place = _place(args, settings)
    with opened_rows(args, profile_in(args.profile), settings) as rows:
        options = _options(args, settings.batch, rows.mapping)
        weighing = Weighing(place, options)
        reading = read_rows(rows, ClockMaker(SystemClock()), weighing.take, args.problems)
        weighing.finish()
    url = place.url(path_of(place, options))
    if args.json:
        record = weighed_record(weighing, place.name, url, reading.not_fitting)
        print(encode(record, Layout.COMPACT))
    else:
        print(*weighed_lines(weighing, place.name, url, reading.not_fitting), sep="\n")
    is_whole = weighing.events and not (weighing.set_aside or reading.not_fitting)
    return Exit.OK if is_whole else Exit.REJECTED


def _place(args: argparse.Namespace, settings: Settings) -> Destination:
    """Where the events go, with the token that they carry. Raises ``ComposerError``."""
    place = resolve(args.to, settings.destinations)
    if args.token is not None:
        if words := personal_key_words(args.token):
            raise PersonalKeyError(words)
        place = replace(place, token=args.token)
    if not place.token.strip():
        raise ComposerError(f"{place.name} has no project token yet. Name it with --token.")
    if problem := token_problem(place.token):
        tell(f"The project token: {problem}")
    return place


def _options(args: argparse.Namespace, kept: BatchOptions, mapping: Mapping) -> BatchOptions:
    """What is set in the window, but for what the command line says."""
    said = {field.name: getattr(args, field.name, None) for field in fields(BatchOptions)}
    said["historical_migration"] = args.historical
    if args.historical is None and mapping.historical_migration:
        said["historical_migration"] = True
    return replace(kept, **{name: value for name, value in said.items() if value is not None})
