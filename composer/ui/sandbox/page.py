"""The Sandbox place: requests as they arrive, what was stored of each, and what was refused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from composer.core.destination import CAPTURE_PATHS, Destination, DestinationKind
from composer.core.jsontext import JsonError
from composer.core.outcome import Response, judge
from composer.core.reopen import drafts_from_body
from composer.core.wire import WireRequest
from composer.services.ports import Arrival, Sandbox
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.inspector import RequestInspector
from composer.ui.lists.detail import DetailPane
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.sandbox.facts import Facts
from composer.ui.sandbox.feed import ArrivalFeed
from composer.ui.sandbox.model import Row, SandboxModel, Shown, reason
from composer.ui.theme import Role, set_role
from composer.ui.widgets import Combo, EmptyState, IconButton, PrimaryButton, Severity
from composer.ui.wording import counted

_LABELS = {Shown.ALL: "All", Shown.STORED: "Stored", Shown.REFUSED: "Refused"}


class SandboxPage(QWidget):
    """Listens to the sandbox from the moment it is made."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    compose_wanted = Signal()

    def __init__(
        self,
        sandbox: Sandbox,
        feed: ArrivalFeed,
        preferences: Preferences,
        copier: Copier,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._feed = feed
        self._preferences = preferences
        self._copier = copier
        self._messages = messages
        self._model = SandboxModel(self)
        self._newest_wanted = False
        self._table = Grid("Sandbox", self._model)
        self._inspector = RequestInspector(preferences, copier, name="Arrived request")
        self._pane = DetailPane(self._inspector)
        self._facts = Facts()
        self._pane.add_to_head(self._facts)
        self._open = PrimaryButton("Open in Compose")
        self._pane.buttons.addWidget(self._open)
        self._pane.buttons.addStretch(1)
        self._empty = EmptyState(IconName.SANDBOX, "", "", action="Compose an event")
        self._place = ListPlace(self._table, self._pane, empty=QWidget(), nothing=self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        self._add_bar()
        self._connect()
        self._follow_address()
        self._begin_anew(Shown.ALL)

    def _add_bar(self) -> None:
        self._address = QLabel()
        set_role(self._address, Role.MONO)
        self._copy = IconButton(IconName.COPY, "Copy the sandbox's address", small=True)
        self._filter = Combo("Show requests")
        for shown, label in _LABELS.items():
            self._filter.add(label, shown)
        self._clear = QPushButton("Clear")
        self._clear.setAccessibleName("Clear sandbox")
        line = QHBoxLayout()
        line.setSpacing(6)
        caption = QLabel("Listening at")
        set_role(caption, Role.MUTED)
        line.addWidget(caption)
        line.addWidget(self._address)
        line.addWidget(self._copy)
        self._place.bar.addLayout(line)
        self._place.bar.addStretch(1)
        self._place.bar.addWidget(self._clear)
        self._place.count_row.addWidget(self._filter)
        self._table.add_command("Open in Compose", self.open_chosen, hint="Enter")
        self._table.add_command("Copy curl", self._inspector.copy_curl, "Ctrl+C")

    def _connect(self) -> None:
        self._copy.clicked.connect(self._on_copy_clicked)
        self._filter.activated.connect(self._on_filter_chosen)
        self._clear.clicked.connect(self.clear)
        self._open.clicked.connect(self.open_chosen)
        self._table.opened.connect(self.open_chosen)
        self._table.chosen.connect(self._on_chosen)
        self._empty.action_chosen.connect(self.compose_wanted)
        self._feed.arrived.connect(self._on_arrived)
        self._preferences.changed.connect(self._on_preferences_changed)

    # What others use

    def open_chosen(self) -> None:
        """Ask for the chosen event, or all events of a refused request, to be opened in Compose."""
        row = self._model.at(self._table.row)
        if row is None:
            return
        try:
            drafts = drafts_from_body(row.arrival.body)
        except (JsonError, UnicodeDecodeError):
            drafts = ()
        if row.place is not None and len(drafts) == len(row.arrival.events):
            drafts = (drafts[row.place],)
        if drafts:
            self.open_wanted.emit(drafts)
        else:
            self._messages.say(
                "This body is not plain JSON with an event, so no form can show it. "
                "Look at it at the right, or copy it.",
                Severity.WARNING,
            )

    def clear(self) -> None:
        """Forget what arrived."""
        self._sandbox.clear()
        self._feed.clear()

    # Inside

    def _begin_anew(self, shown: Shown) -> None:
        self._model.reset(self._feed.arrivals, shown)
        self._table.choose_something()
        self._on_chosen(self._table.row)
        self._show_state()

    def _on_arrived(self, arrivals: tuple[Arrival, ...]) -> None:
        if not arrivals:
            self._begin_anew(self._model.shown)
            return
        self._model.add(arrivals)
        self._model.drop_before(self._feed.oldest)
        self._table.choose_something()
        self._newest_wanted = not self.isVisible()
        self._show_state()

    def _show_state(self) -> None:
        requests = self._feed.count
        self._place.count.setText(counted(requests, "request"))
        if requests:
            label = _LABELS[self._model.shown].lower()
            self._empty.set_words(f"Nothing {label}", "Choose “All” to see every request.")
        else:
            self._empty.set_words(
                "Nothing has arrived yet",
                "Send an event from Compose, or from any program to "
                f"{self._sandbox.url}{CAPTURE_PATHS[0]}.",
            )
        self._place.show_state(any_at_all=True, any_found=self._model.rowCount() > 0)
        self._clear.setEnabled(requests > 0)

    def _on_chosen(self, number: int) -> None:
        row = self._model.at(number)
        if row is None:
            self._pane.show_blank()
            self._inspector.show_request(None)
            return
        self._show_words(row)
        arrival = row.arrival
        request = WireRequest(
            method=arrival.method,
            url=f"{self._sandbox.url}{arrival.path}",
            headers=arrival.headers,
            body=arrival.body,
        )
        answer = Response(status=arrival.status, body=arrival.answer.encode("utf-8"))
        self._inspector.show_request(request, self._destination(), judge(answer))

    def _show_words(self, row: Row) -> None:
        event = row.event
        self._facts.show_event(event)
        if event is not None:
            several = len(row.arrival.events)
            part = f" It came as one of {several:,} in a request." if several > 1 else ""
            self._pane.show_words(event.name, f"This is what PostHog would store.{part}")
        elif row.is_refused:
            self._pane.show_words(f"Refused with {row.arrival.status}", reason(row.arrival))
        else:
            self._pane.show_words("Nothing to store", reason(row.arrival))

    def _destination(self) -> Destination:
        places = self._preferences.destinations
        return next((p for p in places if p.kind is DestinationKind.SANDBOX), places[0])

    def _follow_address(self) -> None:
        self._address.setText(self._sandbox.url or "…")
        self._copy.setEnabled(bool(self._sandbox.url))
        self._show_state()

    def _on_preferences_changed(self, settings: object) -> None:
        del settings
        self._follow_address()

    def _on_filter_chosen(self, index: int) -> None:
        del index
        self._begin_anew(Shown(str(self._filter.value())))  # Qt gives an enum's text back

    def _on_copy_clicked(self) -> None:
        self._copier.copy(self._sandbox.url, "sandbox's address")

    def showEvent(self, event: QShowEvent) -> None:
        """Who comes here after a send looks for what arrived last."""
        super().showEvent(event)
        if self._newest_wanted:
            self._newest_wanted = False
            self._table.choose(0)
