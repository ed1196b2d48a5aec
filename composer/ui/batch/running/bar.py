"""What stands below the table: Send, then the progress; how the last run ended; what was cut off.

The run itself belongs to the controller, and goes on whatever is looked at.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import Run, RunState
from composer.core.batch.table import RowOutlook
from composer.core.destination import Destination
from composer.core.errors import ComposerError
from composer.ui.batch.running import words
from composer.ui.batch.running.asking import Asker, send_question
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.running.progress_view import RunProgressView
from composer.ui.batch.running.send_line import SendLine
from composer.ui.send.questions import Matter, Question
from composer.ui.theme import Surface
from composer.ui.widgets import Notice, Panel, Severity
from composer.ui.wording import breakable

BUSY = "Another run is being sent. Wait for its end, or stop it."
_OTHER = Qt.FocusReason.OtherFocusReason
_BAD = frozenset({RowOutlook.LOST, RowOutlook.REFUSED})


class RunBar(Panel):
    """Sends the table. While a run is under way, its progress stands in the place of Send."""

    outlooks_wanted = Signal(object)
    """``frozenset[RowOutlook]``: the events of which that becomes are to be shown"""
    run_wanted = Signal(int)
    """The id of a run whose results are to be shown"""

    def __init__(self, needs: RunNeeds) -> None:
        super().__init__(Surface.RAISED, "top")
        self._needs = needs
        self._batch = needs.batch
        self._controller = needs.controller
        self._preferences = needs.preferences
        self._notice = Notice()
        self._offered: Run | None = None
        self._shown: Run | None = None
        self._asker = Asker()
        self._asked_on = self._ground
        self.line = SendLine(needs.batch, needs.preferences)
        self.progress = RunProgressView(needs)
        self._lay_out()
        self._connect()
        self._show()
        self.look_for_cut_off()

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 12)
        inner.setSpacing(8)
        inner.addWidget(self._notice)
        inner.addWidget(self.line)
        inner.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._asker)
        column.addLayout(inner)

    def _connect(self) -> None:
        controller = self._controller
        self.line.send_wanted.connect(self.send)
        self.line.look_wanted.connect(self._on_look)
        self._asker.declined.connect(self._on_declined)
        self._asker.dismissed.connect(self._show)
        self._notice.action_chosen.connect(self._on_notice)
        self._notice.dismissed.connect(self._on_dismissed)
        self._batch.changed.connect(self._follow)
        self._batch.editing_changed.connect(self._show)
        self._preferences.changed.connect(self._follow)
        controller.changed.connect(self._follow_run)
        controller.begun.connect(self._on_begun)
        controller.ended.connect(self._on_ended)
        controller.failed.connect(self._on_failed)

    # What others use

    @property
    def words(self) -> str:
        """What is asked or told above Send, for tests."""
        return self._asker.words or self._notice.text.replace("\u200b", "")

    @Slot()
    def send(self) -> None:
        """Send the table, or ask first."""
        if self.line.obstacle or self._controller.is_busy:
            return
        destination = self._preferences.destination
        question = send_question(self._batch.totals, destination, self._needs.guard)
        self._ask(question, partial(self._go, None))

    @Slot(object)
    def send_chosen(self, ids: array[int]) -> None:
        """Send these events of the table and no others, or ask first."""
        why_not = BUSY if self._controller.is_busy else self.line.obstacle
        if why_not:
            self._needs.messages.say(why_not, Severity.WARNING)
            return
        question = self._needs.guard.asked(self._preferences.destination, len(ids))
        self._ask(question, partial(self._go, ids))

    def look_for_cut_off(self) -> None:
        """Offer to go on with a run whose process died, or that ended with the window."""
        self._needs.tasks.start_for(self, self._offer_cut_off(), "look for a run that was cut off")

    # Showing

    @Slot()
    def _show(self) -> None:
        """Send, or the progress; nothing at all where there is nothing to say."""
        is_busy, is_filled = self._controller.is_busy, self._batch.count > 0
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        is_other = self.progress.isHidden() is is_busy
        self.line.renew()
        self.progress.setVisible(is_busy)
        self.line.setVisible(not is_busy and is_filled and self._asker.isHidden())
        if had_focus and is_other:
            (self.progress.stop if is_busy else self.line.send).setFocus(_OTHER)
        if not (is_busy or is_filled or not self._notice.isHidden()):
            self.hide()
        elif self.parentWidget() is not None:  # without one it would be a window
            self.show()

    @Slot()
    def _follow(self) -> None:
        """The events, where they go and how are a part of what was asked."""
        if self._ground != self._asked_on:
            self._asker.forget()
        self._show()

    @property
    def _ground(self) -> tuple[int, Destination, BatchOptions]:
        settings, destination = self._preferences.settings, self._preferences.destination
        return self._batch.totals.revision, destination, settings.batch

    @Slot()
    def _follow_run(self) -> None:
        """Ten times a second: only what begins and ends is of interest."""
        if self.progress.isHidden() is self._controller.is_busy:
            self._show()

    @Slot()
    def _on_look(self) -> None:
        self.outlooks_wanted.emit(_BAD)

    # Asking and sending

    def _ask(self, question: Question | None, then: Callable[[], None]) -> None:
        self._asked_on = self._ground
        self._asker.put(question, then)
        self._show()

    @Slot(object)
    def _on_declined(self, matter: Matter) -> None:
        self._show()
        if matter is Matter.VERDICT:
            self._on_look()
        else:
            self.line.send.setFocus(_OTHER)

    def _go(self, ids: array[int] | None) -> None:
        if not self.line.obstacle and not self._controller.is_busy:
            self._needs.guard.agree(self._preferences.destination)
            self._forget()
            self._controller.send_table(ids)
        self._show()

    def _resume(self, run: Run) -> None:
        question = self._needs.guard.asked(run.destination, run.counts.left)
        self._ask(question, partial(self._go_on, run))

    def _go_on(self, run: Run) -> None:
        self._needs.guard.agree(run.destination)
        self._forget()
        self._controller.go_on(run)
        self._show()

    # What has become of a run

    @Slot()
    def _on_begun(self) -> None:
        self._asker.forget()
        self._forget()

    @Slot(object)
    def _on_ended(self, run: Run) -> None:
        said, severity = words.ended_words(run)
        self._say(said, severity, "Show the results")
        self._shown = run

    @Slot(str)
    def _on_failed(self, said: str) -> None:
        self._say(said, Severity.ERROR)

    def _say(self, said: str, severity: Severity, action: str = "") -> None:
        self._forget()
        self._notice.say(breakable(said), severity, action)
        self._show()
        if not self.isVisible():  # the person is in another place
            self._needs.messages.say(said, severity)

    def _forget(self) -> None:
        self._offered = self._shown = None
        self._notice.dismiss()

    @Slot()
    def _on_dismissed(self) -> None:
        self._forget()
        self._show()

    @Slot()
    def _on_notice(self) -> None:
        if self._offered is not None:
            self._resume(self._offered)
        elif self._shown is not None:
            self.run_wanted.emit(self._shown.id)

    async def _offer_cut_off(self) -> None:
        try:
            runs = await asyncio.to_thread(self._needs.runs.runs)
        except ComposerError as error:
            self._needs.messages.say(str(error), Severity.WARNING)
            return
        run = next((one for one in runs if _is_to_go_on(one, runs[0])), None)
        if run is None or self._controller.is_busy or not self._notice.isHidden():
            return
        self._offered = run
        self._notice.say(words.cut_off_words(run), Severity.WARNING, "Resume")
        self._show()


def _is_to_go_on(run: Run, newest: Run) -> bool:
    """Whether it was cut off; of the newest one, whether it did not come to its end."""
    is_short = run is newest and run.state is not RunState.ENDED
    return run.can_go_on and (run.is_cut_off or is_short)
