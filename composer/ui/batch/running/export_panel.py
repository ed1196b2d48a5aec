"""What became of a run into a file, in place: what of it, in which format; then how far it is."""

from __future__ import annotations

from functools import partial

from composer.core.batch.results import ResultsFormat, ResultsKind
from composer.core.batch.run import Run
from composer.services.ports.batch_runs import Runs
from composer.ui.history.words import bytes_text
from composer.ui.lists.export_panel import BaseExportPanel, FileWanted
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope
from composer.ui.theme import Role
from composer.ui.wording import counted

_KINDS = {
    ResultsKind.EVENTS: "What became of each event",
    ResultsKind.REQUESTS: "What became of each request",
    ResultsKind.FAILURES: "The events that failed",
}
_HELP = {
    ResultsKind.EVENTS: "One row an event: its ID, its state and the answer.",
    ResultsKind.REQUESTS: "One row a request: its size, its state and the answer.",
    ResultsKind.FAILURES: "The events themselves, to be mended and imported again.",
}


class RunExport(BaseExportPanel[Run]):
    """Counts the rows that are written; how many there will be is not known."""

    def __init__(self, runs: Runs, tasks: TaskScope, messages: Messages) -> None:
        super().__init__(tasks, messages, "export results", "top", "bottom")
        self._runs = runs
        for kind, text in _KINDS.items():
            self._what.add(text, kind)
        for form in ResultsFormat:
            self._format.add(form.label, form)
        self._bar.setRange(0, 0)
        self._lay_out((self._what, 2), (self._format, 1), is_flat=True)
        self._what.activated.connect(self._show_idle)

    def offer(self, run: Run, what: ResultsKind = ResultsKind.EVENTS) -> None:
        """Let something of that run be exported; what is being written goes on."""
        if not self.is_at_work:
            self._offered = run
            self._what.set_value(what)
        self._present()

    @property
    def _kind(self) -> ResultsKind:
        return ResultsKind(str(self._what.value()))  # Qt keeps the text of an enum only

    @property
    def _form(self) -> ResultsFormat:
        return ResultsFormat(str(self._format.value()))

    def _help(self) -> tuple[str, Role]:
        return _HELP[self._kind], Role.HELP

    def _file(self, offered: Run) -> FileWanted:
        form, name = self._form, f"run-{offered.id}-{self._kind.value}"
        return FileWanted(title="Export results", kind=form.label, ending=form.value, name=name)

    async def _write(self, offered: Run, path: str) -> str:
        on_progress = partial(self._tell, offered)
        done = await self._runs.export_results(
            offered.id, path, self._kind, self._form, on_progress=on_progress
        )
        return f"{counted(done.rows, 'row')}, {bytes_text(done.bytes)}"

    def _tell(self, offered: Run, done: int) -> None:
        del offered
        self._say(f"Writing… {counted(done, 'row')}" if done else "Writing…", Role.HELP)
