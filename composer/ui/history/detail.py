"""One send from history, and what can be done with it: open as new, send again, copy its curl."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from composer.core.destination import Destination, DestinationKind, address_problem
from composer.core.jsontext import JsonError
from composer.core.records import HistoryEntry, HistoryRow
from composer.core.reopen import drafts_from_body
from composer.core.wire import WireRequest, build_request
from composer.ui.copying import Copier
from composer.ui.history import words
from composer.ui.icons import IconName
from composer.ui.inspector import RequestInspector
from composer.ui.inspector.view import Side
from composer.ui.lists.detail import DetailPane
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.send.controller import Send, SendController
from composer.ui.widgets import PrimaryButton, Severity, put_icon

RESENT = "resent from history"
"""The tag of this place's own sends"""
BUSY = "Another request is under way. Wait for its answer, or cancel it first."


class HistoryDetail(QWidget):
    """Shows a ``HistoryEntry``; blank without one."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    shown = Signal()
    """Another send is shown, or none"""

    def __init__(
        self,
        preferences: Preferences,
        sends: SendController,
        messages: Messages,
        copier: Copier,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._sends = sends
        self._messages = messages
        self._entry: HistoryEntry | None = None
        self._inspector = RequestInspector(preferences, copier, name="Sent request")
        self._pane = DetailPane(self._inspector)
        open_button = PrimaryButton("Open as new")
        open_button.clicked.connect(self.open_as_new)
        resend = QPushButton("Resend")
        resend.setToolTip("Send the same bytes again. PostHog counts an event ID once.")
        resend.clicked.connect(self.resend)
        curl = QPushButton("curl")
        curl.setAccessibleName("Copy curl")
        curl.setToolTip("Copy the curl command")
        put_icon(curl, IconName.COPY)
        curl.clicked.connect(self.copy_curl)
        for button in (open_button, resend, curl):
            self._pane.buttons.addWidget(button)
        self._pane.buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pane)

    @property
    def entry(self) -> HistoryEntry | None:
        """The send that is shown."""
        return self._entry

    @property
    def row(self) -> HistoryRow | None:
        """The send that is shown, as the list has it."""
        return self._entry.row if self._entry else None

    def show_entry(self, entry: HistoryEntry | None, now: datetime) -> None:
        """Show a send whole."""
        self._entry = entry
        if entry is None:
            self._pane.show_blank()
            self._inspector.show_request(None)
        else:
            said = words.sentence(entry.row, now)
            self._pane.show_words(entry.row.summary.event, said, rich=True)
            self._inspector.show_request(entry.request, entry.row.destination, entry.outcome)
        self.shown.emit()

    def add_button(self, button: QWidget) -> None:
        """Put one more thing that can be done with the send after the others."""
        self._pane.buttons.insertWidget(self._pane.buttons.count() - 1, button)

    def show_side(self, side: Side) -> None:
        """Bring a tab of the inspector to the front."""
        self._inspector.show_side(side)

    def open_as_new(self) -> None:
        """Ask for the send's events to be opened in Compose."""
        if self._entry is None:
            return
        try:
            drafts = drafts_from_body(self._entry.request.body)
        except (JsonError, UnicodeDecodeError):
            drafts = ()
        if drafts:
            self.open_wanted.emit(drafts)
        else:
            self._messages.say(
                "This body holds no event that a form could show. Copy it, or resend it as it is.",
                Severity.WARNING,
            )

    def resend(self) -> None:
        """Send the same bytes to the same place; the sandbox may listen elsewhere by now."""
        if self._entry is None:
            return
        if self._sends.is_busy:
            self._messages.say(BUSY, Severity.WARNING)
            return
        destination = self._place_of(self._entry.row)
        problem = address_problem(destination.address)
        if problem:
            self._messages.say(problem, Severity.ERROR)
            return
        request = self._request_to(destination, self._entry)
        summary = self._entry.row.summary
        send = Send(request=request, destination=destination, summary=summary, tag=RESENT)
        self._sends.start(send)

    def copy_curl(self) -> None:
        """Copy the command that repeats the send."""
        self._inspector.copy_curl()

    def _place_of(self, row: HistoryRow) -> Destination:
        if row.destination.kind is not DestinationKind.SANDBOX:
            return row.destination
        places = self._preferences.destinations
        return next((p for p in places if p.kind is DestinationKind.SANDBOX), row.destination)

    @staticmethod
    def _request_to(destination: Destination, entry: HistoryEntry) -> WireRequest:
        if destination.kind is not DestinationKind.SANDBOX:
            return entry.request
        return build_request(entry.request.body, destination, entry.row.path)
