"""One send from history, and what can be done with it: open as new, send again, note, pin, copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from composer.core.destination import Destination, DestinationKind, address_problem
from composer.core.jsontext import JsonError
from composer.core.records import HistoryEntry, HistoryRow
from composer.core.reopen import drafts_from_body
from composer.core.wire import WireRequest, build_request
from composer.ui.copying import Copier
from composer.ui.history import words
from composer.ui.history.keeper import NoteKeeper
from composer.ui.history.note_line import NoteLine
from composer.ui.icons import IconName
from composer.ui.inspector import RequestInspector
from composer.ui.inspector.view import Side
from composer.ui.lists.detail import DetailPane
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.send.controller import Send, SendController
from composer.ui.send.guard import ProductionGuard
from composer.ui.send.question import QuestionBar
from composer.ui.widgets import IconButton, PrimaryButton, Severity, put_icon

RESENT = "resent from history"
"""The tag of this place's own sends"""
BUSY = "Another request is under way. Wait for its answer, or cancel it first."
_ROOMY = 420
"""Pixels of width in which there is room for another button; the tab of curl has one too."""


class HistoryDetail(QWidget):
    """Shows a ``HistoryEntry``; blank without one."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    pin_wanted = Signal()
    shown = Signal()
    """Another send is shown, or none"""

    def __init__(
        self,
        preferences: Preferences,
        sends: SendController,
        messages: Messages,
        copier: Copier,
        notes: NoteKeeper,
        *,
        guard: ProductionGuard,
    ) -> None:
        super().__init__()
        self._guard = guard
        self._question = QuestionBar()
        self._preferences = preferences
        self._sends = sends
        self._messages = messages
        self._notes = notes
        self._entry: HistoryEntry | None = None
        self._inspector = RequestInspector(preferences, copier, name="Sent request")
        self._pane = DetailPane(self._inspector)
        self._line = NoteLine()
        self._resend = QPushButton("Resend")
        self._curl = QPushButton("curl")
        self.pin = IconButton(IconName.PIN, "Pin this send")
        self.more = QMenu(self)
        """What else can be done with the send; the page fills it"""
        self._more = IconButton(IconName.MORE, "More for this send")
        self._build()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pane)

    def _build(self) -> None:
        open_button = PrimaryButton("Open as new")
        open_button.clicked.connect(self.open_as_new)
        self._resend.setToolTip("Send the same bytes again. PostHog counts an event ID once.")
        self._resend.clicked.connect(self.resend)
        self._curl.setAccessibleName("Copy curl")
        self._curl.setToolTip("Copy the curl command")
        put_icon(self._curl, IconName.COPY)
        self._curl.clicked.connect(self.copy_curl)
        self.pin.setCheckable(True)
        self.pin.clicked.connect(self.pin_wanted)
        self.more.setAccessibleName("More for this send")
        self._more.clicked.connect(self._open_more)
        for button in (open_button, self._resend, self._curl, self.pin, self._more):
            self._pane.buttons.addWidget(button)
        self._pane.buttons.addStretch(1)
        self._pane.add_under_head(self._line)
        self._pane.add_under_head(self._question)
        self._question.agreed.connect(self._on_agreed)
        self._question.look_wanted.connect(self._resend.setFocus)
        self._question.dismissed.connect(self._resend.setFocus)
        self._line.edited.connect(self._on_edited)
        self._line.left.connect(self._notes.keep)

    @property
    def entry(self) -> HistoryEntry | None:
        """The send that is shown."""
        return self._entry

    @property
    def row(self) -> HistoryRow | None:
        """The send that is shown, as the list has it."""
        return self._entry.row if self._entry else None

    def show_entry(self, entry: HistoryEntry | None, now: datetime) -> None:
        """Show a send whole. What was typed about the one before is written first."""
        if self._entry is not None and (entry is None or entry.row.id != self._entry.row.id):
            self._notes.keep()
            self._question.hide()
        self._entry = entry
        if entry is None:
            self._pane.show_blank()
            self._inspector.show_request(None)
        else:
            row = entry.row
            self._pane.show_words(row.summary.event, words.sentence(row, now), rich=True)
            self._inspector.show_request(entry.request, row.destination, entry.outcome)
            self._line.show_texts(*self._notes.texts(row))
            self._show_pin(row)
        self.shown.emit()

    def show_row(self, row: HistoryRow, now: datetime) -> None:
        """Show what the list knows anew: pin, note, how it ended; not the request again."""
        entry = self._entry
        if entry is None or entry.row.id != row.id:
            return
        self._entry = replace(entry, row=row)
        self._pane.show_words(row.summary.event, words.sentence(row, now), rich=True)
        self._line.show_texts(*self._notes.texts(row))
        self._show_pin(row)

    def fresh_entry(self) -> HistoryEntry | None:
        """The send that is shown, with what was typed about it this moment."""
        if self._entry is None:
            return None
        note, ticket = self._notes.texts(self._entry.row)
        row = replace(self._entry.row, note=note, ticket=ticket)
        return replace(self._entry, row=row)

    def add_button(self, button: QWidget) -> None:
        """Put one more thing that can be done with the send after the copying."""
        self._pane.buttons.insertWidget(self._pane.buttons.indexOf(self.pin), button)

    def show_side(self, side: Side) -> None:
        """Bring a tab of the inspector to the front."""
        self._inspector.show_side(side)

    def focus_note(self) -> None:
        """Go to the end of the note."""
        if self._entry is not None:
            self._line.note.moveCursor(QTextCursor.MoveOperation.End)
            self._line.note.setFocus()

    @Slot()
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

    @Slot()
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
        asked = self._guard.asked(destination, self._entry.row.summary.events)
        if asked is None:
            self._send(self._entry, destination)
        else:
            self._question.ask(asked)

    def _send(self, entry: HistoryEntry, destination: Destination) -> None:
        request = self._request_to(destination, entry)
        summary = entry.row.summary
        send = Send(request=request, destination=destination, summary=summary, tag=RESENT)
        self._sends.start(send)

    @Slot()
    def _on_agreed(self) -> None:
        """The person wants it sent to the production project."""
        if self._entry is not None and not self._sends.is_busy:
            destination = self._place_of(self._entry.row)
            self._guard.agree(destination)
            self._send(self._entry, destination)

    @Slot()
    def copy_curl(self) -> None:
        """Copy the command that repeats the send."""
        self._inspector.copy_curl()

    def _show_pin(self, row: HistoryRow) -> None:
        self.pin.setChecked(row.pinned)
        self.pin.set_icon(IconName.PIN, "Unpin this send" if row.pinned else "Pin this send")

    def _place_of(self, row: HistoryRow) -> Destination:
        """The project as it is now, if it is still the same; the sandbox wherever it listens."""
        then = row.destination
        if then.kind is DestinationKind.SANDBOX:
            same = (p for p in self._preferences.destinations if p.kind is then.kind)
        else:
            places = self._preferences.destinations
            same = (p for p in places if (p.id, p.address) == (then.id, then.address))
        return next(same, then)

    @staticmethod
    def _request_to(destination: Destination, entry: HistoryEntry) -> WireRequest:
        if destination.kind is not DestinationKind.SANDBOX:
            return entry.request
        return build_request(entry.request.body, destination, entry.row.path)

    @Slot(str, str)
    def _on_edited(self, note: str, ticket: str) -> None:
        if self._entry is not None:
            self._notes.hear(self._entry.row.id, note, ticket)

    @Slot()
    def _open_more(self) -> None:
        self.more.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._curl.setVisible(self.width() >= _ROOMY)
