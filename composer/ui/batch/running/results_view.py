"""The requests and the events of one run: tabs, search, only failures, and the chosen row whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from composer.core.batch.run import EventState, RequestRow, RequestState, Run, RunEvent
from composer.core.errors import ComposerError
from composer.services.ports import SearchStoppedError
from composer.ui.batch.running.needs import RunNeeds
from composer.ui.batch.running.request_pane import RequestPane
from composer.ui.batch.running.results_models import EventsModel, RequestsModel
from composer.ui.icons import IconName
from composer.ui.lists.grid import Grid
from composer.ui.lists.paged_model import PAGE
from composer.ui.theme import Surface
from composer.ui.widgets import EmptyState, LineEdit, Panel, Severity, Switch, Tabs

NOTHING_SENT = "Nothing was sent yet."
_T = TypeVar("_T")
_PAUSE = 200
"""Milliseconds after the last letter until the search begins"""
_FAILED_REQUESTS = (RequestState.REFUSED, RequestState.UNCERTAIN)
_FAILED_EVENTS = (EventState.REFUSED, EventState.UNCERTAIN)
_SENT_EVENTS = tuple(state for state in EventState if state is not EventState.SET_ASIDE)


class Side(IntEnum):
    """The tabs, in order."""

    REQUESTS = 0
    EVENTS = 1
    ASIDE = 2


class ResultsView(QWidget):
    """``show_run`` fills it; what is not in sight is not read."""

    def __init__(self, needs: RunNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._run: Run | None = None
        self._asked = 0
        """Counts up with each list that is begun; pages of an earlier one are not wanted"""
        self._tabs = Tabs("Results of the run")
        self._search = LineEdit("Search the events", placeholder="Find")
        self._failures = Switch("Failures only")
        self._requests = RequestsModel(self)
        self._events = EventsModel(self)
        self.request_table = Grid("Requests of the run", self._requests)
        self.event_table = Grid("Events of the run", self._events)
        self._nothing = EmptyState(IconName.SEARCH, "Nothing here", NOTHING_SENT)
        self._lists = QStackedWidget()
        self.pane = RequestPane(needs)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for label in ("Requests", "Events", "Set aside"):
            self._tabs.addTab(label)
        self._search.set_search()
        self._search.setMinimumWidth(104)
        self._search.setMaximumWidth(220)
        head = Panel(Surface.SURFACE, "bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._search, 2)
        row.addWidget(self._failures)
        for widget in (self.request_table, self.event_table, self._nothing):
            self._lists.addWidget(widget)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self._lists)
        splitter.addWidget(self.pane)
        splitter.setSizes([180, 260])
        self._lists.setMinimumHeight(90)
        self.pane.setMinimumHeight(120)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._begin)
        self._failures.clicked.connect(self._begin)
        self._search.textEdited.connect(self._on_text)
        self._pause.timeout.connect(self._begin)
        self._requests.more_wanted.connect(self._read_requests)
        self._events.more_wanted.connect(self._read_events)
        self.request_table.chosen.connect(self._on_request)
        self.event_table.chosen.connect(self._on_event)

    # What others use

    @property
    def side(self) -> Side:
        """The tab that is in front."""
        return Side(max(0, self._tabs.currentIndex()))

    def show_side(self, side: Side, *, failures: bool = False) -> None:
        """Bring a tab to the front."""
        self._failures.setChecked(failures)
        self._tabs.setCurrentIndex(side)
        self._begin()

    def show_run(self, run: Run | None) -> None:
        """Show what became of a run; the same one again is read anew."""
        is_other = run is None or self._run is None or run.id != self._run.id
        self._run = run
        if is_other:
            self._search.clear()
            self._failures.setChecked(False)
        if run is not None:
            aside = f" {run.counts.set_aside:,}" if run.counts.set_aside else ""
            self._tabs.setTabText(Side.ASIDE, f"Set aside{aside}")
        self._begin()

    # Reading

    @Slot(str)
    def _on_text(self, text: str) -> None:
        del text
        self._pause.start()

    @Slot()
    def _begin(self) -> None:
        """Read what is in front anew."""
        self._pause.stop()
        self._asked += 1
        side = self.side
        self._search.setVisible(side is not Side.REQUESTS)
        self._failures.setVisible(side is not Side.ASIDE)
        self.pane.clear()
        self._needs.runs.stop_searching()
        for model in (self._requests, self._events):
            model.clear()
        model = self._requests if side is Side.REQUESTS else self._events
        table = self.request_table if side is Side.REQUESTS else self.event_table
        self._lists.setCurrentWidget(table)
        if self._run is not None:
            model.begin()

    @Slot(int)
    def _read_requests(self, after: int) -> None:
        run = self._run
        if run is not None:
            states = _FAILED_REQUESTS if self._failures.isChecked() else ()
            read = partial(
                self._needs.runs.requests, run.id, states=states, limit=PAGE, after=after
            )
            self._start(read, self._requests.add, self.request_table)

    @Slot(int)
    def _read_events(self, after: int) -> None:
        run = self._run
        if run is None:
            return
        states = _FAILED_EVENTS if self._failures.isChecked() else _SENT_EVENTS
        if self.side is Side.ASIDE:
            states = (EventState.SET_ASIDE,)
        text = self._search.text().strip()
        runs = self._needs.runs
        read = partial(runs.events, run.id, states=states, text=text, limit=PAGE, after=after)
        self._start(read, self._events.add, self.event_table)

    def _start(
        self, read: Callable[[], list[_T]], add: Callable[[Sequence[_T]], None], table: Grid
    ) -> None:
        work = self._read(read, add, table, self._asked)
        self._needs.tasks.start_for(self, work, "read results")

    async def _read(
        self,
        read: Callable[[], list[_T]],
        add: Callable[[Sequence[_T]], None],
        table: Grid,
        asked: int,
    ) -> None:
        try:
            rows = await asyncio.to_thread(read)
        except SearchStoppedError:
            return  # by a newer one
        except ComposerError as error:
            self._needs.messages.say(str(error), Severity.ERROR)
            rows = []
        if asked != self._asked:
            return
        add(rows)
        self._show_state(table)
        table.choose_something()

    def _show_state(self, table: Grid) -> None:
        is_empty = table.model().rowCount(QModelIndex()) == 0
        if is_empty:
            self._nothing.set_words("Nothing here", self._nothing_words())
        self._lists.setCurrentWidget(self._nothing if is_empty else table)

    def _nothing_words(self) -> str:
        if self._search.text().strip() and self.side is not Side.REQUESTS:
            return "No event holds that text."
        match self.side:
            case Side.ASIDE:
                return "No event was set aside."
            case Side.REQUESTS | Side.EVENTS:
                nothing = "Nothing has failed." if self._failures.isChecked() else ""
                return nothing or NOTHING_SENT

    # The chosen row

    @Slot(int)
    def _on_request(self, row: int) -> None:
        found: RequestRow | None = self._requests.at(row)
        if found is not None and self._run is not None:
            self.pane.show_request(self._run, found)

    @Slot(int)
    def _on_event(self, row: int) -> None:
        found: RunEvent | None = self._events.at(row)
        if found is not None and self._run is not None:
            self.pane.show_event(self._run, found)
