"""A run under way: how far it is, what it waits for, its failed tries; Pause, Resume and Stop.

There may be several of these over one controller, below the table and in the list of runs.
"""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from composer.core.batch.run import Counts, RunState
from composer.core.errors import ComposerError
from composer.services.ports.batch_jobs import RunProgress
from composer.ui.batch.running import words
from composer.ui.batch.running.chart import RunChart
from composer.ui.batch.running.controller import RunPhase
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.running.tries_model import TriesModel
from composer.ui.lists.grid import Grid
from composer.ui.theme import Role
from composer.ui.widgets import ElidedLabel, FlowNote
from composer.ui.wording import breakable

_STEPS = 1_000
_TRIES_HEIGHT = 108
_CHART_EVERY = 1_000
"""Milliseconds between two looks at what was answered"""


class RunProgressView(QWidget):
    """Shows what the controller does; blank while it does nothing."""

    def __init__(self, needs: RunNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._controller = needs.controller
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the run")
        self._counts = ElidedLabel(role=Role.STRONG)
        self._pace = ElidedLabel(role=Role.MUTED)
        self._trouble = FlowNote(role=Role.PROBLEM)
        self.pause = QPushButton("Pause")
        self.stop = QPushButton("Stop")
        self._model = TriesModel(self)
        self._tries = Grid("Tries that failed", self._model)
        self._chart = RunChart()
        self._details = QWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(_CHART_EVERY)
        self._is_reading = False
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        self._tries.setFixedHeight(_TRIES_HEIGHT)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._counts)
        row.addWidget(self._pace, 1)
        row.addWidget(self.pause)
        row.addWidget(self.stop)
        details = QHBoxLayout(self._details)
        details.setContentsMargins(0, 4, 0, 0)
        details.setSpacing(16)
        details.addWidget(self._tries, 2)
        details.addWidget(self._chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addLayout(row)
        column.addWidget(self._trouble)
        column.addWidget(self._details)

    def _connect(self) -> None:
        self.pause.clicked.connect(self._on_pause)
        self.stop.clicked.connect(self._controller.stop)
        self._controller.changed.connect(self._show)
        self._timer.timeout.connect(self._read_samples)

    @property
    def words(self) -> str:
        """All that it says, for tests."""
        said = (self._counts.full_text, self._pace.full_text, self._trouble.text())
        return "\n".join(filter(None, said))

    @Slot()
    def _show(self) -> None:
        phase = self._controller.phase
        self._details.setVisible(phase is RunPhase.SENDING)
        self.pause.setVisible(phase is RunPhase.SENDING)
        if phase is RunPhase.PREPARING:
            self._show_preparing()
        elif phase is RunPhase.SENDING:
            self._show_sending(self._controller.progress)
        else:
            self._chart.show_samples(())
        self._attend()

    def _show_preparing(self) -> None:
        progress = self._controller.preparing
        self._name_stop("Cancel", "Cancel the run")
        self._trouble.hide()
        self._pace.set_text("")
        if progress is None or not progress.total:
            self._bar.setRange(0, 0)
            self._counts.set_text("Preparing…")
            return
        self._fill(progress.done / progress.total)
        self._counts.set_text(f"Preparing… {progress.done:,} of {progress.total:,}")

    def _show_sending(self, progress: RunProgress | None) -> None:
        self._name_stop("Stop", "Stop the run")
        run = self._controller.run
        counts = progress.counts if progress else run.counts if run else Counts()
        is_paused = progress is not None and progress.state is RunState.PAUSED
        self._fill(counts.done / max(1, counts.total - counts.set_aside))
        self._counts.set_text(words.counts_words(counts))
        self._pace.set_text(words.pace_words(progress) if progress else "")
        self.pause.setText("Resume" if is_paused else "Pause")
        self.pause.setAccessibleName("Resume the run" if is_paused else "Pause the run")
        trouble = progress.trouble if progress else ""
        self._trouble.setText(breakable(trouble))
        self._trouble.setVisible(bool(trouble))
        tries = progress.tries if progress else ()
        self._model.show_tries(tries, self._needs.clock.now(), is_paused=is_paused)
        self._tries.setVisible(bool(tries))

    def _name_stop(self, text: str, name: str) -> None:
        self.stop.setText(text)
        self.stop.setAccessibleName(name)

    def _fill(self, share: float) -> None:
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(min(1.0, share) * _STEPS))

    @Slot()
    def _on_pause(self) -> None:
        progress = self._controller.progress
        if progress is not None and progress.state is RunState.PAUSED:
            self._controller.resume()
        else:
            self._controller.pause()

    # The chart

    def _attend(self) -> None:
        wanted = self.isVisible() and self._controller.phase is RunPhase.SENDING
        if wanted and not self._timer.isActive():
            self._timer.start()
            self._read_samples()
        elif not wanted:
            self._timer.stop()

    @Slot()
    def _read_samples(self) -> None:
        run = self._controller.run
        if run is not None and not self._is_reading:
            work = self._show_samples(run.id)
            self._is_reading = self._needs.tasks.start_for(self, work, "read samples") is not None

    async def _show_samples(self, run: int) -> None:
        try:
            samples = await asyncio.to_thread(self._needs.runs.samples, run)
        except ComposerError:  # the run itself fails for it too, and says so
            samples = ()
        finally:
            self._is_reading = False
        now = self._controller.run
        if now is not None and now.id == run:
            self._chart.show_samples(samples)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._attend()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._attend()
