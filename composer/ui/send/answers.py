"""Which tab of Compose got which answer, or waits for one. Holds no widget.

What other places send (a batch, an entry of history) is answered there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from composer.core.draft import Draft
from composer.ui.send.controller import Report, Send, SendController
from composer.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How the last send of a tab went. Neither ``report`` nor ``failure``: it is under way."""

    sent: Draft
    send: Send
    since: QElapsedTimer
    report: Report | None = None
    failure: str = ""


class Answers(QObject):
    """The last answer of each tab, for as long as that is open or can be opened again."""

    changed = Signal()
    """The tab in front has another answer, or another tab is in front"""

    def __init__(self, session: Session, sends: SendController, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._answers: dict[int, Answer] = {}
        self._waiting: int | None = None
        """The tab whose send is under way"""
        session.switched.connect(self.changed)
        session.tabs_changed.connect(self._forget)
        sends.started.connect(self._on_started)
        sends.finished.connect(self._on_finished)
        sends.failed.connect(self._on_failed)

    @property
    def current(self) -> Answer | None:
        """The answer of the tab in front."""
        return self._answers.get(self._session.tab.id)

    @Slot(object)
    def _on_started(self, send: Send) -> None:
        self._waiting = None
        if isinstance(send.tag, Draft):
            tab = self._session.tab_that_sent(send.tag) or self._session.tab
            since = QElapsedTimer()
            since.start()
            self._waiting = tab.id
            self._set(tab.id, Answer(sent=send.tag, send=send, since=since))

    @Slot(object)
    def _on_finished(self, report: Report) -> None:
        tab, answer = self._awaited()
        if answer is not None and answer.send.tag is report.send.tag:
            self._waiting = None
            self._set(tab, replace(answer, report=report))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        tab, answer = self._awaited()
        if answer is not None:
            self._waiting = None
            self._set(tab, replace(answer, failure=sentence))

    def _awaited(self) -> tuple[int, Answer | None]:
        tab = self._waiting or 0
        return tab, self._answers.get(tab)

    def _set(self, tab: int, answer: Answer) -> None:
        self._answers[tab] = answer
        if tab == self._session.tab.id:
            self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        if len(self._answers) > 1 or self._session.tab.id not in self._answers:
            known = self._session.known_ids
            self._answers = {tab: answer for tab, answer in self._answers.items() if tab in known}
