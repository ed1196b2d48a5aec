"""The first view of the Sandbox place: what arrived, live, good and bad apart; the chosen at right.

It listens to the feed from the moment it is made. What is chosen and how far the list is scrolled
stay as they are when something new comes in.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from composer.core.destination import CAPTURE_PATHS
from composer.services.ports import Arrival, Sandbox
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.place import ListPlace
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.sandbox.detail import ArrivedDetail
from composer.ui.sandbox.feed import ArrivalFeed
from composer.ui.sandbox.kinds import KindBar
from composer.ui.sandbox.model import SandboxModel
from composer.ui.sandbox.reading import Side
from composer.ui.sandbox.rows import Kind
from composer.ui.tasks import TaskScope
from composer.ui.widgets import EmptyState, LineEdit
from composer.ui.wording import counted

_EMPTY = "Nothing has arrived yet"
_NO_MATCH = "Nothing matches"
_SEARCHED = "The search looks at the event, person, event ID, client and reason."
DEBOUNCE = 120
"""Milliseconds after the last letter until the search begins."""


class ArrivedView(QWidget):
    """Search, counts, list and detail."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""
    compose_wanted = Signal()

    def __init__(
        self,
        sandbox: Sandbox,
        feed: ArrivalFeed,
        preferences: Preferences,
        tasks: TaskScope,
        copier: Copier,
        *,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._feed = feed
        self._newest_wanted = False
        self._model = SandboxModel(self)
        self._table = Grid("Sandbox", self._model)
        self._detail = ArrivedDetail(sandbox, preferences, tasks, copier, messages)
        self._search = LineEdit("Search the sandbox", placeholder="Event, person, ID, reason…")
        self._kinds = KindBar()
        self._clear = QPushButton("Clear")
        self._clear.setAccessibleName("Clear sandbox")
        self._clear.setToolTip("Forget everything that arrived")
        self._empty = EmptyState(IconName.SANDBOX, _EMPTY, _SEARCHED, action="Compose an event")
        self._nothing = EmptyState(IconName.SEARCH, _NO_MATCH, _SEARCHED, action="Show everything")
        self._place = ListPlace(self._table, self._detail, empty=self._empty, nothing=self._nothing)
        self._place.add_search(self._search)
        self._place.bar.addWidget(self._clear)
        self._place.count_row.insertWidget(0, self._kinds)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DEBOUNCE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._place)
        self._add_commands()
        self._connect()
        self._begin_anew()

    def _add_commands(self) -> None:
        self._table.add_command("Open in Compose", self._detail.open_row, hint="Enter")
        self._table.add_command("Copy curl", self._detail.copy_curl, "Ctrl+C")

    def _connect(self) -> None:
        self._search.textEdited.connect(self._on_search_edited)
        self._search.returnPressed.connect(self._on_search_entered)
        self._typing.timeout.connect(self._narrow)
        self._kinds.chosen.connect(self._on_kind_chosen)
        self._clear.clicked.connect(self.clear)
        self._table.opened.connect(self._detail.open_row)
        self._table.chosen.connect(self._on_chosen)
        self._detail.open_wanted.connect(self.open_wanted)
        self._empty.action_chosen.connect(self.compose_wanted)
        self._nothing.action_chosen.connect(self._on_everything_chosen)
        self._feed.arrived.connect(self._on_arrived)

    # What others use

    def clear(self) -> None:
        """Forget what arrived."""
        self._sandbox.clear()

    def show_side(self, side: Side) -> None:
        """Bring a tab of the detail to the front."""
        self._detail.show_side(side)

    def follow_address(self) -> None:
        """The sandbox listens elsewhere by now."""
        self._show_state()

    # Inside

    def _begin_anew(self) -> None:
        self._model.reset(self._feed.arrivals)
        self._choose_again()

    def _narrow(self) -> None:
        self._typing.stop()
        self._model.narrow(self._kinds.kind, self._search.text())
        self._choose_again()

    def _choose_again(self) -> None:
        """After a reset: stay with what was chosen if it is still listed, else take the first."""
        shown = self._detail.row
        row = self._model.find(shown) if shown is not None else -1
        self._table.choose(max(0, row))
        if self._model.rowCount() == 0:
            self._detail.show_row(None)
        self._show_state()

    def _on_arrived(self, arrivals: tuple[Arrival, ...]) -> None:
        if not arrivals:
            self._begin_anew()
            return
        self._model.add(arrivals)
        self._model.drop_before(self._feed.oldest)
        self._table.choose_something()
        self._newest_wanted = self._newest_wanted or not self.isVisible()
        self._show_state()

    def _show_state(self) -> None:
        model = self._model
        counts: dict[Kind | None, int] = {kind: model.count(kind) for kind in Kind}
        self._kinds.show_counts(counts | {None: model.total})
        requests = counted(self._feed.count, "request")
        self._place.count.setText(requests if self._feed.count else "")
        self._clear.setEnabled(model.total > 0)
        if not model.total:
            address = f"{self._sandbox.url}{CAPTURE_PATHS[0]}"
            words = f"Send an event from Compose, or from any program to {address}."
            self._empty.set_words(_EMPTY, words)
        elif model.is_searching:
            self._nothing.set_words(_NO_MATCH, _SEARCHED)
        else:
            words = "Other things arrived: “All” shows them."
            self._nothing.set_words(f"Nothing {self._kinds.kind or ''}".strip(), words)
        self._place.show_state(any_at_all=model.total > 0, any_found=model.rowCount() > 0)

    def _on_chosen(self, number: int) -> None:
        row = self._model.at(number)
        shown = self._detail.row
        if row is None or shown is None or row.order != shown.order:
            self._detail.show_row(row)

    def _on_kind_chosen(self, kind: Kind | None) -> None:
        del kind
        self._narrow()

    def _on_search_edited(self, text: str) -> None:
        del text
        self._typing.start()

    def _on_search_entered(self) -> None:
        self._narrow()
        self._table.setFocus()

    def _on_everything_chosen(self) -> None:
        self._search.clear()
        self._kinds.choose(None)
        self._search.setFocus()
        self._narrow()

    def showEvent(self, event: QShowEvent) -> None:
        """Who comes here after a send looks for what arrived last."""
        super().showEvent(event)
        if self._newest_wanted:
            self._newest_wanted = False
            self._table.choose(0)
