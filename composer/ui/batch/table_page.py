"""The page of the Batch place with the table: the bar above it, the chosen event beside it.

It puts the parts together. What is listed and chosen stands in ``EventList``, what is done with
events in ``EventCommands``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from composer.core.batch.table import RowOutlook
from composer.ui.batch.bar import BatchBar
from composer.ui.batch.commands import EventCommands
from composer.ui.batch.detail import EventDetail
from composer.ui.batch.empty import EmptyBatch
from composer.ui.batch.judging import BackgroundJudge
from composer.ui.batch.listing import EventList
from composer.ui.batch.needs import BatchNeeds
from composer.ui.batch.state_line import StateLine
from composer.ui.batch.watch import EventWatch
from composer.ui.icons import IconName
from composer.ui.theme import Surface, set_surface
from composer.ui.widgets import EmptyState, Severity


class TablePage(QWidget):
    """The table with what belongs to it."""

    edit_wanted = Signal(object)
    """``BatchEvent``"""
    docs_wanted = Signal(str)
    rules_wanted = Signal()

    def __init__(self, needs: BatchNeeds) -> None:
        super().__init__()
        set_surface(self, Surface.SURFACE)
        self._batch = needs.batch
        self._messages = needs.messages
        self.listing = EventList(needs.batch, needs.preferences, needs.tasks, self)
        watch = EventWatch(
            needs.preferences, needs.court, clock=needs.services.clock, tasks=needs.tasks
        )
        watch.setParent(self)
        self.judge = BackgroundJudge(needs.batch, needs.preferences, needs.tasks, self)
        self.bar = BatchBar()
        self.state = StateLine()
        self.detail = EventDetail(
            needs.batch.table, needs.preferences, needs.copier, watch, needs.tasks
        )
        self.commands = EventCommands(
            needs.batch,
            self.listing,
            self.detail,
            copier=needs.copier,
            messages=needs.messages,
            tasks=needs.tasks,
        )
        self.empty = EmptyBatch()
        self._nothing = EmptyState(
            IconName.SEARCH,
            "No event matches",
            "The search looks at everything that is in an event.",
            action="Show all events",
        )
        self._nothing.setAccessibleName("Batch")
        self._lists = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._below = QVBoxLayout()
        self._lay_out()
        self._connect()
        needs.batch.begin()
        self._renew()

    def _lay_out(self) -> None:
        for state in (self.listing.table, self._nothing):
            self._lists.addWidget(state)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._lists)
        self._splitter.addWidget(self.detail)
        self._lists.setMinimumWidth(440)
        self.detail.setMinimumWidth(336)
        for part, share in enumerate(_SHARES):
            self._splitter.setStretchFactor(part, share)
        self._splitter.setSizes([share * _AMPLE for share in _SHARES])
        self._below.setContentsMargins(0, 0, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self.state)
        outer.addWidget(self._splitter, 1)
        outer.addWidget(self.empty, 1)
        outer.addLayout(self._below)
        self.addAction(self.bar.find_action)

    def _connect(self) -> None:
        bar, listing, state = self.bar, self.listing, self.state
        bar.found.connect(self._on_looked_for)
        bar.columns_chosen.connect(listing.choose_columns)
        bar.clear.clicked.connect(self._batch.clear)
        bar.detail.toggled.connect(self._on_detail)
        listing.chosen.connect(self._show_chosen)
        listing.changed.connect(self._renew)
        listing.columns_changed.connect(self._show_columns)
        listing.failed.connect(self._say_fault)
        listing.table.cell_refused.connect(state.show_fault)
        state.rules_wanted.connect(self.rules_wanted)
        self._nothing.action_chosen.connect(self.show_all)
        self._batch.changed.connect(self._renew)
        self._batch.altered.connect(self.detail.renew_request)
        self.judge.changed.connect(self._on_judging)
        self.judge.ended.connect(self._batch.renew)
        self.judge.failed.connect(self._say_fault)
        self.commands.edit_wanted.connect(self.edit_wanted)
        self.detail.docs_wanted.connect(self.docs_wanted)

    # What others use

    def add_below(self, widget: QWidget) -> None:
        """Put something under the table, over the whole width."""
        self._below.addWidget(widget)

    @Slot(object)
    def show_outlooks(self, outlooks: frozenset[RowOutlook]) -> None:
        """List the events of which that becomes."""
        self.bar.look_for("", outlooks)

    @Slot()
    def show_all(self) -> None:
        """List all events."""
        self.bar.look_for("", frozenset())

    def focus_list(self) -> None:
        """Put the keyboard into the table."""
        self.listing.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside

    @Slot()
    def _renew(self) -> None:
        totals = self._batch.totals
        is_filled = totals.events > 0
        self.bar.show_totals(totals)
        self._splitter.setVisible(is_filled)
        self.state.setVisible(is_filled)
        self.empty.setVisible(not is_filled)
        self._show_state()
        nothing = is_filled and not self.listing.found and not self.listing.is_whole
        self._lists.setCurrentWidget(self._nothing if nothing else self.listing.table)
        self.detail.setVisible(self.bar.detail.isChecked() and not nothing)

    def _show_state(self) -> None:
        """Where nothing is looked for all are listed, even before the list has been read."""
        totals, listing = self._batch.totals, self.listing
        shown = totals.events if listing.is_whole else listing.found
        self.state.show_totals(totals, shown, self.judge.progress)

    @Slot()
    def _show_chosen(self) -> None:
        count = len(self.listing.table.rows)
        if count > 1:
            self.detail.show_several(count)
        elif count == 1:
            self.detail.show_event(self.listing.current, self.listing.table.row + 1)
        else:
            self.detail.show_nothing()

    @Slot()
    def _show_columns(self) -> None:
        self.bar.show_columns(self.listing.offered, self.listing.shown)

    @Slot()
    def _on_looked_for(self) -> None:
        self.listing.look_for(self.bar.text, self.bar.outlooks)

    @Slot()
    def _on_judging(self) -> None:
        """Some events have been looked at: the numbers follow once it is done."""
        self._show_state()
        self.listing.read_verdicts()

    @Slot(bool)
    def _on_detail(self, on: bool) -> None:
        self.detail.setVisible(on and self._lists.currentWidget() is not self._nothing)

    @Slot(str)
    def _say_fault(self, words: str) -> None:
        self._messages.say(words, Severity.ERROR)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.judge.attend(True)
        if self._batch.count:
            self.focus_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.judge.attend(False)


_SHARES = (2, 1)
_AMPLE = 1_000
"""Pixels a share, more than there are: what both are cut down to keeps the shares."""
