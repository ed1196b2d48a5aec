"""The answer: a sentence first, then status, time, headers and body as received.

Which tab it belongs to is known by ``Answers``; here stands the one of the tab in front.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from composer.core.destination import DestinationKind
from composer.core.explain import explain
from composer.core.outcome import Accepted, Cancelled, Rejected, Response, Unreachable
from composer.core.summary import summary_of
from composer.ui.icons import IconName
from composer.ui.send.answers import Answers
from composer.ui.send.controller import Report, Send, SendController
from composer.ui.session import Session
from composer.ui.theme import Role, Surface, set_role
from composer.ui.widgets import (
    CodeView,
    ElidedLabel,
    EmptyState,
    FlowNote,
    Language,
    LinkButton,
    Panel,
    Pill,
    Severity,
    Tabs,
)
from composer.ui.wording import breakable, milliseconds_text, shortened

_LONGEST = 140  # characters of a server's own words above the body, where they stand in full
_TALLEST = 320  # px that the sentences may take from the preview
_TICK = 100  # ms between two updates of the running time


class ResponsePane(Panel):
    """Shows how the last send of an event went, or that one is under way."""

    history_wanted = Signal(object)
    """The history id to show"""
    sandbox_wanted = Signal()
    new_wanted = Signal()
    """The person wants the next send to count anew"""

    def __init__(self, session: Session, sends: SendController) -> None:
        super().__init__(Surface.SURFACE)
        self.setAccessibleName("Response")
        self._session = session
        self._answers = Answers(session, sends, self)
        self._pill = Pill()
        self._title = FlowNote("", Role.STRONG)
        self._facts = QLabel()
        self._advice = FlowNote("", Role.MUTED)
        self._about = ElidedLabel(role=Role.HELP)
        self._links = QWidget()
        self._in_history = LinkButton("Show in history")
        self._in_sandbox = LinkButton("Show in sandbox")
        self._new = LinkButton("Make it a new event")
        self._tabs = Tabs("Parts of the response")
        self._body = CodeView("Response body")
        self._headers = CodeView("Response headers")
        self._parts = QStackedWidget()
        self._answer = QWidget()
        self._empty = EmptyState(
            IconName.SEND, "No answer yet", "Press Send to see here what the server says."
        )
        self._timer = QTimer(self)
        self._build()
        self._connect()
        self._answer.hide()

    def _build(self) -> None:
        set_role(self._facts, Role.MUTED)
        for title in ("Body", "Headers"):
            self._tabs.addTab(title)
        for view in (self._body, self._headers):
            view.set_language(Language.PLAIN)
            view.setMinimumHeight(
                58
            )  # a line and a scroll bar; the sentences above have the right of way
            self._parts.addWidget(view)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignTop)
        links = QHBoxLayout(self._links)
        links.setContentsMargins(7, 0, 14, 0)  # together with the links' own padding 14
        links.setSpacing(4)
        for link in (self._in_sandbox, self._in_history, self._new):
            links.addWidget(link)
        links.addStretch(1)
        inner = QVBoxLayout(self._answer)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        top = QVBoxLayout()
        top.setContentsMargins(14, 10, 14, 0)
        top.setSpacing(4)
        top.addLayout(head)
        top.addWidget(self._about)
        top.addWidget(self._advice)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 0, 12, 0)
        tabs.addWidget(self._tabs)
        inner.addLayout(top)
        inner.addWidget(self._links)
        inner.addLayout(tabs)
        inner.addWidget(self._parts, 1)
        inner.addStretch(0)  # takes the room while there is nothing below the sentences
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._answer, 1)
        column.addWidget(self._empty, 1)

    def minimumSizeHint(self) -> QSize:
        """As high as the sentences need at this width; a splitter does not ask for it by itself."""
        hint = super().minimumSizeHint()
        inner = self._answer.layout()
        if self._answer.isHidden() or inner is None:
            return hint
        needed = min(inner.minimumHeightForWidth(self.width()), _TALLEST)
        return QSize(hint.width(), max(hint.height(), needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _connect(self) -> None:
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        self._tabs.currentChanged.connect(self._parts.setCurrentIndex)
        self._in_history.clicked.connect(self._ask_for_history)
        self._in_sandbox.clicked.connect(self.sandbox_wanted)
        self._new.clicked.connect(self.new_wanted)
        self._session.request_changed.connect(self._show_about)
        self._answers.changed.connect(self._show)

    @Slot()
    def _show(self) -> None:
        answer = self._answers.current
        self._timer.stop()
        self._empty.setVisible(answer is None)
        self._answer.setVisible(answer is not None)
        if answer is None:
            return
        if answer.report is not None:
            self._show_report(answer.report)
        elif answer.failure:
            self._show_failure(answer.failure)
        else:
            self._show_start(answer.send)
        self._show_about()

    def _show_start(self, send: Send) -> None:
        self._pill.set("Sending", Severity.INFO)
        self._say(f"Waiting for {send.destination.name}…", "")
        self._links.hide()
        self._fill("", "")
        self._timer.start()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        answer = self._answers.current
        if answer is not None:
            self._facts.setText(f"{answer.since.elapsed() / 1000:.1f} s")

    def _show_report(self, report: Report) -> None:
        words = explain(report.outcome, report.send.destination)
        self._pill.set(words.badge, Severity(words.verdict))
        self._say(words.title, words.advice)
        self._facts.setText("")
        is_sandbox = report.send.destination.kind is DestinationKind.SANDBOX
        answered = isinstance(report.outcome, Accepted | Rejected)
        self._in_sandbox.setVisible(is_sandbox and answered)
        self._in_history.setVisible(report.history_id is not None)
        self._links.show()
        match report.outcome:
            case Accepted(response=response) | Rejected(response=response):
                self._show_response(response)
            case Unreachable(detail=detail, milliseconds=milliseconds):
                self._facts.setText(milliseconds_text(milliseconds))
                self._fill(detail, "")
            case Cancelled(milliseconds=milliseconds) if milliseconds:
                self._facts.setText(milliseconds_text(milliseconds))
                self._fill("", "")
            case _:
                self._fill("", "")

    def _show_failure(self, sentence: str) -> None:
        self._facts.setText("")
        self._pill.set("Not sent", Severity.ERROR)
        self._say("Nothing was sent: the history could not be written.", sentence)
        self._links.hide()
        self._fill("", "")

    @Slot()
    def _show_about(self) -> None:
        """An answer stays while the person goes on: then it names the event it belongs to."""
        answer, draft = self._answers.current, self._session.draft
        if answer is None:
            return
        sent = answer.sent
        same_id = draft.ids == sent.ids
        is_earlier = not (same_id if sent.ids is not None else draft.payload == sent.payload)
        about = summary_of(sent.payload)
        words = " · ".join(part for part in (about.event, about.person) if part)
        self._about.set_text(f"About the event before: {words}")
        self._about.setVisible(is_earlier)
        self._new.setVisible(not is_earlier and self._session.is_accepted)

    def _show_response(self, response: Response) -> None:
        self._facts.setText(milliseconds_text(response.milliseconds))
        self._fill(response.text, response.head)

    def _fill(self, body: str, headers: str) -> None:
        self._body.set_text(body)
        self._headers.set_text(headers)
        self._tabs.setVisible(bool(body or headers))
        self._parts.setVisible(bool(body or headers))

    def _say(self, title: str, advice: str) -> None:
        self._title.setText(breakable(shortened(title, _LONGEST)))
        self._advice.setText(breakable(advice))
        self._advice.setVisible(bool(advice))
        self.setAccessibleDescription(f"{title} {advice}".strip())

    @Slot()
    def _ask_for_history(self) -> None:
        answer = self._answers.current
        report = answer.report if answer is not None else None
        if report is not None and report.history_id is not None:
            self.history_wanted.emit(report.history_id)
