"""All runs, and the chosen one whole: stands in the place of the table while it is on."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from composer.core.batch.run import Run
from composer.core.errors import ComposerError
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.running.run_detail import RunDetail
from composer.ui.batch.running.runs_model import RunsModel
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.theme import Role, set_role
from composer.ui.widgets import EmptyState, LinkButton, Severity
from composer.ui.wording import counted


class RunsView(QWidget):
    """Reads the runs anew whenever it comes into sight and when a run begins or ends."""

    closed = Signal()
    """Back to the table"""

    def __init__(self, needs: RunNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._controller = needs.controller
        self._wanted = 0
        """The run to be chosen once it is listed; 0 for none"""
        self._is_reading = self._is_stale = False
        self._model = RunsModel(self)
        self.table = Grid("Runs", self._model)
        self.detail = RunDetail(needs)
        self._back = LinkButton("Back to the batch")
        self._empty = EmptyState(
            IconName.SEND,
            "Nothing was sent from here yet",
            "Every sending of the batch is kept here: each request with its exact bytes, and what "
            "became of each event.",
            action="Back to the batch",
        )
        self._place = ListPlace(self.table, self.detail, empty=self._empty, shares=(5, 7))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = QLabel("Runs")
        set_role(title, Role.TITLE)
        self._place.bar.addWidget(title)
        self._place.bar.addStretch(1)
        self._place.bar.addWidget(self._back)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        self._place.show_state(any_at_all=True, any_found=True)

    def _connect(self) -> None:
        self._back.clicked.connect(self.closed)
        self._empty.action_chosen.connect(self.closed)
        self.table.chosen.connect(self._on_chosen)
        self.detail.altered.connect(self.read)
        self.detail.table_wanted.connect(self.closed)
        self._controller.begun.connect(self._on_begun)
        self._controller.ended.connect(self._on_ended)
        self._controller.failed.connect(self._on_failed)
        self._controller.changed.connect(self._on_progress)

    # What others use

    def show_run(self, identifier: int) -> None:
        """Choose a run, once it is listed."""
        self._wanted = identifier
        self.read()

    @Slot()
    def read(self) -> None:
        """Read the runs anew."""
        self._is_stale = True
        if not self._is_reading:
            work = self._read()
            self._is_reading = self._needs.tasks.start_for(self, work, "read runs") is not None

    async def _read(self) -> None:
        try:
            while self._is_stale:
                self._is_stale = False
                self._show(await asyncio.to_thread(self._needs.runs.runs))
        except ComposerError as error:
            self._needs.messages.say(str(error), Severity.ERROR)
        finally:
            self._is_reading = False

    # Showing

    def _show(self, runs: list[Run]) -> None:
        shown = self.detail.run
        wanted = self._wanted or (shown.id if shown else 0)
        self._wanted = 0
        self._model.show_runs(runs, self._needs.clock.now())
        self._place.show_state(any_at_all=bool(runs), any_found=bool(runs), head=bool(runs))
        self._place.count.setText(counted(len(runs), "run"))
        row = max(0, self._model.row_of(wanted))
        if row != self.table.row:
            self.table.choose(row)
        else:
            self._on_chosen(row)
        if not runs:
            self.detail.show_run(None)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        run = self._model.at(row)
        if run is not None and run != self.detail.run:
            self.detail.show_run(run)

    @Slot(object)
    def _on_begun(self, run: Run) -> None:
        self._wanted = run.id
        self._renew()

    @Slot()
    def _on_ended(self) -> None:
        self._renew()

    @Slot()
    def _on_failed(self) -> None:
        self._renew()

    def _renew(self) -> None:
        if self.isVisible():
            self.read()

    @Slot()
    def _on_progress(self) -> None:
        run, progress = self._controller.run, self._controller.progress
        if run is not None and progress is not None:
            self._model.show_counts(run.id, progress.counts)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the batch."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
