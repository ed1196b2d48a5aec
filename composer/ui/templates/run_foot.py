"""The lower part of a run: what can be done now, what is asked, and how it stands.

It shows a run and tells what a person wants; it starts and stops nothing itself.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from composer.core.destination import Destination
from composer.ui.icons import IconName
from composer.ui.templates.run import Phase, StepState, TemplateRun
from composer.ui.theme import Role, Surface
from composer.ui.widgets import FlowNote, LinkButton, Panel, Pill, PrimaryButton, Severity
from composer.ui.wording import breakable, counted, shortened

_LONGEST_NAME = 20


class RunFoot(Panel):
    """Buttons in a row; above them the words that they answer."""

    send_wanted = Signal()
    send_batch_wanted = Signal()
    tabs_wanted = Signal()
    batch_wanted = Signal()
    agreed = Signal()
    cancelled = Signal()
    """Stop, or rather not"""
    retry_wanted = Signal()
    skip_wanted = Signal()
    history_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(Surface.RAISED, "top")
        self._state: tuple[Phase | None, int] = (None, 0)
        self._pill = Pill()
        self._words = FlowNote("", Role.STRONG)
        self._advice = FlowNote("", Role.MUTED)
        self._history = LinkButton("Show in History")
        self.send = PrimaryButton("Send one by one", icon=IconName.SEND)
        self._together = QPushButton("Send as a batch")
        self._tabs = QPushButton("Open in tabs")
        self._batch = QPushButton("Put into the batch")
        self._yes = QPushButton("Send all the same")
        self._no = PrimaryButton("Not now")
        self._cancel = QPushButton("Cancel")
        self._retry = PrimaryButton("Try again")
        self._skip = QPushButton("Go on without it")
        self._stop = QPushButton("Stop here")
        self._build()
        self._connect()

    @property
    def words(self) -> str:
        """What is said above the buttons; empty where nothing is."""
        said = (self._words, self._advice)
        return " ".join(label.text() for label in said if not label.isHidden()).strip()

    def show_run(self, run: TemplateRun | None, events: int, place: Destination) -> None:
        """Offer what can be done at this point of a run, or before there is one."""
        phase = run.phase if run is not None else None
        name = shortened(place.name, _LONGEST_NAME)
        self.send.setText(f"Send one by one to {name}" if events > 1 else f"Send to {name}")
        idle = phase in {None, Phase.DONE}
        self.send.setVisible(idle)
        self._together.setVisible(idle and events > 1)
        self._tabs.setVisible(idle)
        self._batch.setVisible(idle)
        self._cancel.setVisible(phase in {Phase.CHECKING, Phase.SENDING})
        for button in (self._yes, self._no):
            button.setVisible(phase is Phase.ASKING)
        for button in (self._retry, self._skip, self._stop):
            button.setVisible(phase is Phase.STOPPED)
        self._skip.setVisible(phase is Phase.STOPPED and _has_more(run))
        self._tell(run)
        at = sum(one.state is StepState.ACCEPTED for one in run.parcels) if run else 0
        if (phase, at) != self._state:
            self._state = (phase, at)
            self._lead(phase)

    def say_missing(self, count: int) -> None:
        """Some prompts still need an answer."""
        self._say(
            f"{counted(count, 'answer')} {'is' if count == 1 else 'are'} missing. "
            "Fill in what is marked, then send.",
        )

    def say_obstacle(self, words: str) -> None:
        """Why nothing can be sent."""
        self._say(words)

    def _tell(self, run: TemplateRun | None) -> None:
        if run is None:
            self._say("")
            return
        total, done = len(run.parcels), _accepted(run)
        match run.phase:
            case Phase.CHECKING:
                self._say("Looking at the events first…")
            case Phase.ASKING:
                self._say(run.question, severity=Severity.WARNING)
            case Phase.SENDING if total == 1:
                self._say("Sending…")
            case Phase.SENDING:
                self._say(f"Sending event {min(done + 1, total)} of {total}…")
            case Phase.STOPPED:
                self._tell_stop(run)
            case Phase.DONE:
                self._tell_end(run)
        ended = run.phase in {Phase.STOPPED, Phase.DONE}
        self._history.setVisible(ended and any(p.history_id is not None for p in run.parcels))

    def _tell_stop(self, run: TemplateRun) -> None:
        told = run.current.explanation if run.current is not None else None
        at = run.parcels.index(run.current) + 1 if run.current is not None else 1
        which = f"Event {at} of {len(run.parcels)}: " if len(run.parcels) > 1 else ""
        title = told.title if told is not None else "It was not accepted."
        severity = Severity(told.verdict) if told is not None else Severity.ERROR
        self._say(f"{which}{title}", told.advice if told is not None else "", severity)

    def _tell_end(self, run: TemplateRun) -> None:
        events = sum(one.events for one in run.parcels)
        done = sum(one.events for one in run.parcels if one.state is StepState.ACCEPTED)
        if done == events:
            every = "The event was accepted." if events == 1 else f"All {events} were accepted."
            self._say(every, severity=Severity.OK)
        elif done:
            self._say(
                f"Stopped: {done} of {counted(events, 'event')} were accepted.",
                severity=Severity.WARNING,
            )
        else:
            self._say("Stopped. Nothing was accepted.", severity=Severity.WARNING)

    def _say(self, words: str, advice: str = "", severity: Severity = Severity.INFO) -> None:
        self._words.setText(breakable(words))
        self._words.setVisible(bool(words))
        self._advice.setText(breakable(advice))
        self._advice.setVisible(bool(advice))
        badge = {Severity.OK: "Done", Severity.ERROR: "Stopped", Severity.WARNING: "Please look"}
        self._pill.setVisible(bool(words) and severity in badge)
        self._pill.set(badge.get(severity, ""), severity)
        self._history.setVisible(False)

    def _lead(self, phase: Phase | None) -> None:
        """Keep the keyboard here; never on a button that a second Enter must not press."""
        target = (
            {
                Phase.CHECKING: self._cancel,
                Phase.SENDING: self._cancel,
                Phase.ASKING: self._no,
                Phase.STOPPED: self._stop,
                Phase.DONE: self._history if not self._history.isHidden() else self._tabs,
            }.get(phase)
            if phase is not None
            else None
        )
        if target is not None and self.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        said = QHBoxLayout()
        said.setSpacing(8)
        words = QVBoxLayout()
        words.setContentsMargins(0, 1, 0, 0)  # in line with the pill
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._advice)
        said.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(words, 1)
        said.addWidget(self._history, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self._buttons:
            button.setAccessibleName(button.text())
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(said)
        column.addLayout(row)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.send,
            self._together,
            self._tabs,
            self._batch,
            self._no,
            self._yes,
            self._cancel,
            self._retry,
            self._skip,
            self._stop,
        )

    def _connect(self) -> None:
        self.send.clicked.connect(self.send_wanted)
        self._together.clicked.connect(self.send_batch_wanted)
        self._tabs.clicked.connect(self.tabs_wanted)
        self._batch.clicked.connect(self.batch_wanted)
        self._yes.clicked.connect(self.agreed)
        self._no.clicked.connect(self.cancelled)
        self._cancel.clicked.connect(self.cancelled)
        self._stop.clicked.connect(self.cancelled)
        self._retry.clicked.connect(self.retry_wanted)
        self._skip.clicked.connect(self.skip_wanted)
        self._history.clicked.connect(self._on_history)

    @Slot()
    def _on_history(self) -> None:
        self.history_wanted.emit()


def _accepted(run: TemplateRun) -> int:
    return sum(one.state in {StepState.ACCEPTED, StepState.SKIPPED} for one in run.parcels)


def _has_more(run: TemplateRun | None) -> bool:
    return run is not None and run.current is not None and run.current is not run.parcels[-1]
