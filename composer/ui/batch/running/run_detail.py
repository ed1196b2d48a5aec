"""One run whole: what became of it, what can be done about it, its chart, requests and events."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from composer.core.batch.results import ResultsKind
from composer.core.batch.run import Run
from composer.core.errors import ComposerError
from composer.ui.batch.running import words
from composer.ui.batch.running.acts import RunActs
from composer.ui.batch.running.asking import Asker
from composer.ui.batch.running.chart import FLAT, RunChart
from composer.ui.batch.running.export_panel import RunExport
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.running.progress_view import RunProgressView
from composer.ui.batch.running.results_view import ResultsView
from composer.ui.lists.when import clock_text, day_words
from composer.ui.templates.drop_button import DropButton
from composer.ui.theme import Role, Surface
from composer.ui.widgets import ElidedLabel, FlowNote, Panel, Pill, PrimaryButton
from composer.ui.wording import breakable, counted


class RunDetail(Panel):
    """``show_run`` fills it."""

    altered = Signal()
    """The run has gone"""
    table_wanted = Signal()

    def __init__(self, needs: RunNeeds) -> None:
        super().__init__(Surface.SURFACE)
        self._needs = needs
        self._controller = needs.controller
        self._run: Run | None = None
        self._shows_mine = self._was_busy = False
        self._title = ElidedLabel(role=Role.TITLE)
        self._pill = Pill()
        self._sentence = FlowNote()
        self._trouble = FlowNote(role=Role.PROBLEM)
        self.resume = PrimaryButton("Resume")
        self.resend = QPushButton("Resend failures")
        self.more = DropButton("More", "More for this run")
        self._asker = Asker()
        self._acts = RunActs(needs, self._asker.put, self)
        self.export = RunExport(needs.runs, needs.tasks, needs.messages)
        self._progress = RunProgressView(needs)
        self._chart = RunChart(FLAT)
        self._chart_box = QWidget()
        self.results = ResultsView(needs)
        self._lay_out()
        self._connect()
        self._fill_menu()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addWidget(self._pill)
        top.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.resume, self.resend, self.more):
            buttons.addWidget(button)
        buttons.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(6)
        head.addLayout(top)
        head.addWidget(self._sentence)
        head.addWidget(self._trouble)
        head.addLayout(buttons)
        head.addWidget(self._progress)
        box = QVBoxLayout(self._chart_box)
        box.setContentsMargins(16, 4, 16, 4)
        box.addWidget(self._chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._asker)
        column.addWidget(self.export)
        column.addWidget(self._chart_box)
        column.addWidget(self.results, 1)

    def _fill_menu(self) -> None:
        menu = self.more.menu_lines
        self._put_back = menu.addAction("Put the failures into the batch", self._on_put_back)
        menu.addSeparator()
        menu.addAction("Export results…", self._on_export)
        self._export_failures = menu.addAction("Export failures…", self._on_export_failures)
        menu.addSeparator()
        self._delete = menu.addAction("Delete the run…", self._on_delete)

    def _connect(self) -> None:
        self.resume.clicked.connect(self._on_resume)
        self.resend.clicked.connect(self._on_resend)
        self._acts.altered.connect(self.altered)
        self._acts.table_wanted.connect(self.table_wanted)
        self._controller.changed.connect(self._follow_run)

    # What others use

    @property
    def run(self) -> Run | None:
        """The run that is shown."""
        return self._run

    @property
    def words(self) -> str:
        """Title, sentence and trouble, for tests."""
        said = (self._title.full_text, self._sentence.text(), self._trouble.text())
        return "\n".join(filter(None, said)).replace("\u200b", "")

    def show_run(self, run: Run | None) -> None:
        """Show a run; the same one again is read anew."""
        if self._run is None or run is None or run.id != self._run.id:
            self._asker.forget()
            self._chart.show_samples(())
        self._run = run
        self._show_state()
        self.results.show_run(run)
        if run is not None:
            self._needs.tasks.start_for(self, self._show_samples(run), "read samples")

    # Showing

    @Slot()
    def _show_state(self) -> None:
        run = self._run
        if run is None:
            return
        self._title.set_text(words.run_title(run))
        self._pill.set(*words.state_pill(run))
        is_mine = self._shows_mine = self._is_mine
        self._was_busy = self._controller.is_busy
        self._sentence.setText(breakable(self._sentence_of(run)))
        self._sentence.setVisible(not is_mine)
        self._trouble.setText(breakable(run.trouble))
        self._trouble.setVisible(bool(run.trouble) and not is_mine)
        is_free = not self._controller.is_busy and not run.is_alive
        self.resume.setVisible(run.can_go_on and not is_mine)
        self.resume.setEnabled(is_free)
        self.resend.setVisible(bool(run.counts.failures) and not run.is_alive and not is_mine)
        self.resend.setEnabled(is_free)
        has_failures = run.counts.failures > 0
        self._put_back.setEnabled(has_failures)
        self._export_failures.setEnabled(has_failures)
        self._delete.setEnabled(not run.is_alive and not is_mine)
        self._progress.setVisible(is_mine)
        self._chart_box.setVisible(not is_mine and bool(self._chart.data.bars))

    @Slot()
    def _follow_run(self) -> None:
        """Ten times a second: only what begins and ends is of interest."""
        if self._shows_mine is not self._is_mine or self._was_busy is not self._controller.is_busy:
            self._show_state()

    @property
    def _is_mine(self) -> bool:
        run, sent = self._run, self._controller.run
        return run is not None and sent is not None and sent.id == run.id

    def _sentence_of(self, run: Run) -> str:
        now = self._needs.clock.now()
        when = f"{day_words(run.began_at, now)} at {clock_text(run.began_at, now)}"
        sent = f"Begun {when}, to {run.destination.name}."
        what = f"{words.counts_words(run.counts)}, in {counted(run.requests, 'request')}."
        again = words.resume_words(run.counts) if run.can_go_on else ""
        if run.counts.failures and not again:
            again = words.SAME_IDS
        return " ".join(filter(None, (sent, what, again)))

    async def _show_samples(self, run: Run) -> None:
        try:
            samples = await asyncio.to_thread(self._needs.runs.samples, run.id)
        except ComposerError:  # the lists below say why
            samples = ()
        if self._run is not None and self._run.id == run.id:
            self._chart.show_samples(samples)
            self._show_state()

    # Doing

    @Slot()
    def _on_resume(self) -> None:
        if self._run is not None:
            self._acts.resume(self._run)

    @Slot()
    def _on_resend(self) -> None:
        if self._run is not None:
            self._acts.resend(self._run)

    @Slot()
    def _on_put_back(self) -> None:
        if self._run is not None:
            self._acts.put_back(self._run)

    @Slot()
    def _on_export(self) -> None:
        if self._run is not None:
            self.export.offer(self._run)

    @Slot()
    def _on_export_failures(self) -> None:
        if self._run is not None:
            self.export.offer(self._run, ResultsKind.FAILURES)

    @Slot()
    def _on_delete(self) -> None:
        if self._run is not None:
            self._acts.delete(self._run)
