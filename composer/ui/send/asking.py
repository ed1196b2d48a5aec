"""Asks once before something is sent that will be lost or refused, or that the guard asks about.

Never for the sandbox. A second send of the same, unchanged event is not asked about again; a batch
is, each time. Holds no widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.destination import DestinationKind
from composer.core.verdicts.outlook import Outlook
from composer.core.verdicts.scales import Severity
from composer.core.wire import WireRequest
from composer.ui.send.guard import ProductionGuard
from composer.ui.send.questions import Question
from composer.ui.session import Session
from composer.ui.verdicts.watch import Watch
from composer.ui.verdicts.words import outlook_text

if TYPE_CHECKING:  # the rules are loaded when the window stands
    from composer.core.verdicts.verdict import Report


class AskOnce(QObject):
    """Knows which request was asked about, and which the person wants sent all the same."""

    asked = Signal(object)
    """``Question``: what will become of the request, and why"""
    settled = Signal()
    """There is no question any more"""
    ready = Signal()
    """What was held back because it was still being judged may be tried again"""

    def __init__(self, session: Session, watch: Watch, guard: ProductionGuard) -> None:
        super().__init__()
        self._session = session
        self._watch = watch
        self._guard = guard
        self._asked: WireRequest | None = None
        self._agreed: WireRequest | None = None
        self._held: WireRequest | None = None
        session.request_changed.connect(self._follow)
        watch.changed.connect(self._follow)

    def holds_back(self, request: WireRequest) -> bool:
        """Whether the request must not go yet: the person is asked, or the verdict awaited."""
        if self._session.destination.kind is DestinationKind.SANDBOX:
            return False
        if request == self._agreed:
            if self._events > 1:
                self._agreed = None
            return False
        if self._watch.report is not None and self._watch.is_stale:
            self._held = request
            return True
        asked = self._what_to_ask()
        if asked is None:
            return False
        self._asked = request
        self.asked.emit(asked)
        return True

    @property
    def _events(self) -> int:
        return max(1, len(self._session.draft.events))

    def _what_to_ask(self) -> Question | None:
        """One question where both the verdict and the guard have something to ask."""
        report, destination = self._watch.report, self._session.destination
        bad = question(report) if report is not None and report.forecast.needs_asking else ""
        guarded = self._guard.asked(destination, self._events)
        if not bad:
            return guarded
        return Question(words=f"{bad} {guarded.words if guarded else ''}".strip())

    def agree(self) -> None:
        """The person wants it sent all the same."""
        self._agreed, self._asked = self._asked, None
        self._guard.agree(self._session.destination)
        self.settled.emit()

    def withdraw(self) -> None:
        """The person would rather not."""
        self._asked = None
        self.settled.emit()

    @Slot()
    def _follow(self) -> None:
        """A question is about one request; what has changed since is asked about anew."""
        request = self._session.request
        if self._asked is not None and request != self._asked:
            self.withdraw()
        if self._held is None:
            return
        if request != self._held:
            self._held = None
        elif not self._watch.is_stale:
            self._held = None
            self.ready.emit()


def question(report: Report) -> str:
    """What becomes of the request, and the worst reason for it."""
    forecast = report.forecast
    is_refused = forecast.outlook is Outlook.REFUSED
    wanted = Severity.ERROR if is_refused else Severity.DROPPED
    reason = next((v.says for v in report.verdicts if v.severity is wanted), "")
    words = outlook_text(forecast)
    if is_refused or forecast.lost >= forecast.events:
        words = f"This {words[:1].lower()}{words[1:]}"
    return f"{words}. {reason}".strip()
