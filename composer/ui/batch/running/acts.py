"""What is done with a run that is kept: go on, send failures again, bring them back, delete it.

It asks through whatever ``ask`` is handed in, and holds no widget.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import islice

from PySide6.QtCore import QObject, Signal

from composer.core.batch.run import EventState, Run
from composer.core.errors import ComposerError
from composer.services.ports.batch_runs import Runs
from composer.services.ports.batch_table import BatchTable
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.steps import Step
from composer.ui.messages import UNDO
from composer.ui.send.questions import Matter, Question
from composer.ui.widgets import Severity
from composer.ui.wording import counted

FAILURES = frozenset({EventState.REFUSED, EventState.UNCERTAIN})
_STEP = 1_000
"""Events that are brought back together"""

Ask = Callable[[Question | None, Callable[[], None]], None]


class RunActs(QObject):
    """Does what it is told; what goes wrong is said in the window."""

    altered = Signal()
    """A run has gone"""
    table_wanted = Signal()
    """Events have been put into the table: it is to be seen"""

    def __init__(self, needs: RunNeeds, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._needs = needs
        self._ask = ask
        self._is_copying = False

    def resume(self, run: Run) -> None:
        """Send what is left of the run, or ask first."""
        question = self._needs.guard.asked(run.destination, run.counts.left)
        self._ask(question, partial(self._go_on, run))

    def resend(self, run: Run) -> None:
        """Send the failures as a run of their own, or ask first."""
        question = self._needs.guard.asked(run.destination, run.counts.failures)
        self._ask(question, partial(self._resend, run))

    def put_back(self, run: Run) -> None:
        """Put the failures at the end of the table, each with its ID."""
        if not self._is_copying:
            work = self._put_back(run)
            started = self._needs.tasks.start(work, "put failures into the batch")
            self._is_copying = started is not None

    def delete(self, run: Run) -> None:
        """Remove the run for good, after a question."""
        question = Question(
            words=f"Delete run {run.id} and all that is known of its requests? What was sent "
            "stays at the server. This cannot be undone.",
            matter=Matter.VERDICT,
            careful="Keep it",
            going="Delete the run",
            severity=Severity.WARNING,
        )
        self._ask(question, partial(self._start_deleting, run))

    def _go_on(self, run: Run) -> None:
        self._needs.guard.agree(run.destination)
        self._needs.controller.go_on(run)

    def _resend(self, run: Run) -> None:
        self._needs.guard.agree(run.destination)
        self._needs.controller.resend(run, FAILURES)

    async def _put_back(self, run: Run) -> None:
        needs, table = self._needs, self._needs.batch.table
        copy = partial(_copy_failures, needs.runs, table, run.id)
        try:
            ids = await asyncio.to_thread(copy)
        except ComposerError as error:
            needs.messages.say(str(error), Severity.ERROR)
            return
        finally:
            self._is_copying = False
        step = needs.batch.steps.push(Step(words="add", undo=partial(table.remove, ids)))
        needs.batch.added.emit(ids)
        needs.batch.renew()
        needs.messages.say(
            f"Put {counted(len(ids), 'event')} of run {run.id} into the batch, with the same IDs.",
            action=UNDO,
            run=partial(needs.batch.undo_step, step),
        )
        self.table_wanted.emit()

    def _start_deleting(self, run: Run) -> None:
        self._needs.tasks.start(self._delete(run), "delete a run")

    async def _delete(self, run: Run) -> None:
        try:
            await asyncio.to_thread(self._needs.runs.delete, run.id)
        except ComposerError as error:
            self._needs.messages.say(str(error), Severity.ERROR)
            return
        self._needs.messages.say(f"Deleted run {run.id}.")
        self.altered.emit()


def _copy_failures(runs: Runs, table: BatchTable, run: int) -> list[int]:
    """Blocks; returns the ids in the table. Half of them in is as good as none: they are removed.

    Raises ``ComposerError``.
    """
    failures, ids = runs.failures(run), list[int]()
    try:
        while chunk := [("", event.body) for event in islice(failures, _STEP)]:
            ids += table.add(chunk)
    except ComposerError:
        if ids:
            table.remove(ids)
        raise
    return ids
