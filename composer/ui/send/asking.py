"""Asks once before something is sent that will be lost or refused: never for the sandbox.

A second send of the same, unchanged request is not asked about again. Holds no widget.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.destination import DestinationKind
from composer.core.verdicts.outlook import Outlook
from composer.core.verdicts.rule import Severity
from composer.core.verdicts.verdict import Report
from composer.core.wire import WireRequest
from composer.ui.session import Session
from composer.ui.verdicts.watch import Watch
from composer.ui.verdicts.words import outlook_text


class AskOnce(QObject):
    """Knows which request was asked about, and which the person wants sent all the same."""

    asked = Signal(str)
    """The question: what will become of the request, and why"""
    settled = Signal()
    """There is no question any more"""
    ready = Signal()
    """What was held back because it was still being judged may be tried again"""

    def __init__(self, session: Session, watch: Watch) -> None:
        super().__init__()
        self._session = session
        self._watch = watch
        self._asked: WireRequest | None = None
        self._agreed: WireRequest | None = None
        self._held: WireRequest | None = None
        session.request_changed.connect(self._follow)
        watch.changed.connect(self._follow)

    def holds_back(self, request: WireRequest) -> bool:
        """Whether the request must not go yet: the person is asked, or the verdict awaited."""
        if self._session.destination.kind is DestinationKind.SANDBOX or request == self._agreed:
            return False
        report = self._watch.report
        if report is None:
            return False
        if self._watch.is_stale:
            self._held = request
            return True
        if not report.forecast.needs_asking:
            return False
        self._asked = request
        self.asked.emit(question(report))
        return True

    def agree(self) -> None:
        """The person wants it sent all the same."""
        self._agreed, self._asked = self._asked, None
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
