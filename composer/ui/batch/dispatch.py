"""What can be done with the batch as a whole: send, cancel, clear, mark as an import.

Shows why Send is off, asks once before several events go to a real project, and says how the
send ended. The list itself is the page's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from composer.core.destination import Destination, DestinationKind
from composer.core.explain import explain
from composer.core.outcome import Accepted
from composer.core.summary import summarize
from composer.core.wire import WireRequest
from composer.ui.batch.batch import Batch
from composer.ui.batch.watch import BatchWatch
from composer.ui.icons import IconName
from composer.ui.preferences import Preferences
from composer.ui.send.asking import question
from composer.ui.send.controller import Report, Send, SendController
from composer.ui.send.guard import ProductionGuard
from composer.ui.send.repeat import RepeatGuard
from composer.ui.theme import Role, Surface, Variant, set_variant
from composer.ui.widgets import FlowNote, Notice, Panel, PrimaryButton, Severity
from composer.ui.wording import counted, shortened

HISTORICAL_HELP = (
    "For events older than 48 hours: PostHog takes them by a slower lane that sets off no "
    "alarms. They may appear much later."
)
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSend:
    """The tag of a batch on its way."""

    count: int


class Dispatch(Panel):
    """The lower part of the Batch place."""

    ended = Signal(object)
    """``Report`` of a batch"""
    clear_wanted = Signal()
    look_wanted = Signal()
    """The person would rather see what is wrong than send it"""

    def __init__(
        self,
        batch: Batch,
        preferences: Preferences,
        sends: SendController,
        watch: BatchWatch,
        guard: ProductionGuard,
    ) -> None:
        super().__init__(Surface.RAISED, "top")
        self._batch = batch
        self._preferences = preferences
        self._sends = sends
        self._watch = watch
        self._guard = guard
        self._repeats = RepeatGuard()
        self._asked: WireRequest | None = None
        self._agreed: WireRequest | None = None
        self._historical = QCheckBox("Import of old events (historical migration)")
        self._question = FlowNote(role=Role.STRONG)
        self._yes = PrimaryButton("Send")
        self._no = QPushButton("Not now")
        self._look = PrimaryButton("Look at it")
        self._asking = Panel(Surface.CARD)
        self._send = PrimaryButton("Send batch", icon=IconName.SEND)
        self._send.setAccessibleName("Send batch")
        self._cancel = QPushButton("Cancel")
        self._cancel.setAccessibleName("Cancel batch")
        self._obstacle = FlowNote(role=Role.PROBLEM)
        self._notice = Notice()
        self._lay_out()
        self._connect()
        self.renew()

    def _lay_out(self) -> None:
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(12, 10, 12, 12)
        asking.setSpacing(8)
        asking.addWidget(self._question)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self._look)
        answers.addWidget(self._yes)
        answers.addWidget(self._no)
        answers.addStretch(1)
        asking.addLayout(answers)
        self._asking.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._send)
        row.addWidget(self._cancel)
        row.addWidget(self._obstacle, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addWidget(self._historical)
        column.addWidget(FlowNote(HISTORICAL_HELP, Role.HELP))
        column.addSpacing(2)
        column.addWidget(self._notice)
        column.addWidget(self._asking)
        column.addLayout(row)

    def _connect(self) -> None:
        self._historical.clicked.connect(self._batch.set_historical_migration)
        self._send.clicked.connect(self.send)
        self._cancel.clicked.connect(self._sends.cancel)
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)
        self._look.clicked.connect(self._on_look)
        self._notice.action_chosen.connect(self._on_notice_action)
        self._sends.started.connect(self.renew)
        self._sends.failed.connect(self.renew)
        self._sends.finished.connect(self._on_finished)

    def renew(self) -> None:
        """Show the batch and the destination as they are now."""
        count = len(self._batch.items)
        busy = self._sends.is_busy
        name = shortened(self._preferences.destination.name, _LONGEST_NAME)
        had_focus = self._send.hasFocus() or self._cancel.hasFocus()
        self._send.setText(f"Send batch of {count} to {name}" if count else "Send batch")
        self._send.setVisible(not busy and self._asking.isHidden())
        self._cancel.setVisible(busy)
        if had_focus:
            (self._cancel if busy else self._send).setFocus(Qt.FocusReason.OtherFocusReason)
        self._send.setEnabled(not self._batch.obstacle)
        self._obstacle.setText(self._batch.obstacle)
        self._obstacle.setVisible(bool(self._batch.obstacle))
        self._historical.setChecked(self._batch.historical_migration)
        self._historical.setEnabled(not busy)

    def forget(self) -> None:
        """The batch has changed: neither the question nor the last answer is about it now."""
        self._asking.hide()
        self._notice.dismiss()
        self.renew()

    def send(self) -> None:
        """Send, or ask first: if the guard does, or if events will be lost."""
        request = self._batch.request
        if request is None or self._sends.is_busy or self._repeats.is_double_press(request):
            return
        destination, count = self._preferences.destination, len(self._batch.items)
        bad = self._bad_end(request, destination)
        asked = self._guard.question(destination, count)
        if not bad and not asked:
            self._start(request)
            return
        events = counted(count, "event")
        self._asked = request if bad else None
        asked = asked or f"Send {events} to {destination.name}?"
        self._question.setText(f"{bad} {asked}".strip())
        self._yes.setText("Send anyway" if bad else f"Send {events}")
        self._look.setVisible(bool(bad))
        set_variant(self._yes, Variant.ORDINARY if bad else Variant.PRIMARY)
        self._asking.show()
        self.renew()
        # Not on the button that sends: a second Enter must not be an answer.
        (self._look if bad else self._no).setFocus(Qt.FocusReason.OtherFocusReason)

    def _bad_end(self, request: WireRequest, destination: Destination) -> str:
        """That events will be lost or refused; empty for the sandbox, and once it was agreed to."""
        report = self._watch.report
        if destination.kind is DestinationKind.SANDBOX or request == self._agreed:
            return ""
        if report is None or self._watch.is_stale or not report.forecast.needs_asking:
            return ""
        return question(report)

    def _start(self, request: WireRequest) -> None:
        self._repeats.note(request)
        self.forget()
        send = Send(
            request=request,
            destination=self._preferences.destination,
            summary=summarize(request.body),
            tag=BatchSend(count=len(self._batch.items)),
        )
        self._sends.start(send)

    def _on_yes(self) -> None:
        self._asking.hide()
        self._agreed = self._asked
        self._guard.agree(self._preferences.destination)
        self.renew()
        request = self._batch.request
        if request is not None and not self._sends.is_busy:
            self._start(request)

    def _on_no(self) -> None:
        self._asking.hide()
        self.renew()
        self._send.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_look(self) -> None:
        self._asking.hide()
        self.renew()
        self.look_wanted.emit()

    def _on_finished(self, report: Report) -> None:
        self.renew()
        if not isinstance(report.send.tag, BatchSend):
            return
        explanation = explain(report.outcome, report.send.destination)
        self.ended.emit(report)
        accepted = isinstance(report.outcome, Accepted) and self._batch.items
        self._notice.say(
            f"{explanation.title} {explanation.advice}".strip(),
            Severity(explanation.verdict),
            "Clear the list" if accepted else "",
        )

    def _on_notice_action(self) -> None:
        self.clear_wanted.emit()
