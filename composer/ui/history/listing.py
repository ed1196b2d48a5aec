"""The list of sends: what it shows, which of them are chosen, and going on as one scrolls.

It joins the reader, the model and the table; what stands beside the list is the page's business.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, Signal, Slot

from composer.core.history import HistoryQuery, HistorySize
from composer.core.records import HistoryRow
from composer.services.ports import History
from composer.ui.history.acts import HistoryActs
from composer.ui.history.model import HistoryModel
from composer.ui.history.reader import Count, HistoryReader, Page, Part
from composer.ui.inspector.view import Side
from composer.ui.lists.grid import Grid
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope
from composer.ui.theme.tokens import ROW_HEIGHT

_AHEAD = 60 * ROW_HEIGHT
"""Pixels below what is in sight that are to be there before one comes to them."""


class Listing(QObject):
    """Keeps the choice through new searches, new sends and deletions."""

    chosen = Signal()
    """Other rows are chosen"""
    entry_wanted = Signal(object)
    """The id of the one send that is to be shown whole; ``None`` for none"""
    side_wanted = Signal(object)
    """``Side`` of it"""
    changed = Signal()
    """The rows, or how many there are"""

    def __init__(
        self,
        history: History,
        tasks: TaskScope,
        messages: Messages,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.model = HistoryModel(now, self)
        self.reader = HistoryReader(history, tasks, self)
        self.acts = HistoryActs(history, self.model, messages, self)
        self.table = Grid("History", self.model, several=True)
        self.count = Count(found=0, total=0, size=HistorySize(rows=0, bytes=0))
        self._shown: int | None = None
        self._wanted: tuple[int, Side] | None = None
        self._newest_wanted = False
        self._end_wanted = False
        self.has_read = False
        """Whether the first page has come"""
        self.table.chosen.connect(self._on_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.model.more_wanted.connect(self._on_more_wanted)
        self.reader.read.connect(self._on_read)
        self.reader.counted.connect(self._on_counted)
        self.reader.stopped.connect(self.model.stop_asking)
        self.acts.restored.connect(self._on_restored)
        self.acts.changed.connect(self.reader.want_newest)

    # What there is

    @property
    def rows(self) -> tuple[HistoryRow, ...]:
        """The chosen sends, from top to bottom."""
        found = (self.model.at(row) for row in self.table.rows)
        return tuple(row for row in found if row is not None)

    @property
    def shown(self) -> int | None:
        """The send that is shown whole."""
        return self._shown

    @property
    def goes_to_end(self) -> bool:
        """Whether all the rest is being read, to show the oldest."""
        return self._end_wanted

    # What the page asks for

    def look_for(self, query: HistoryQuery, *, at_once: bool = False) -> None:
        """Show what fits, once typing has paused."""
        self._end_wanted = False
        self.reader.set_query(query, at_once=at_once)

    def show_entry(self, identifier: int, side: Side = Side.REQUEST) -> bool:
        """Choose a send. ``False`` if the list must be read first; call ``look_for`` then."""
        self._newest_wanted = False
        row = self.model.row_of(identifier)
        if row < 0:
            self._wanted = (identifier, side)
            return False
        self.table.choose(row)
        self.side_wanted.emit(side)
        return True

    def expect_newest(self) -> None:
        """Choose the next send that comes in: it is what the person will look for."""
        self._newest_wanted = True

    def expect_answer(self, identifier: int) -> None:
        """Choose a send, with its answer, as soon as it is in the list."""
        self._wanted = (identifier, Side.RESPONSE)

    @Slot()
    def go_to_end(self) -> None:
        """Choose the oldest send, once all before it have been read."""
        if self.model.has_more:
            self._end_wanted = True
            self.model.fetchMore(QModelIndex())
            self.changed.emit()
        else:
            self.table.choose(self.model.rowCount() - 1)

    @Slot()
    def go_to_start(self) -> None:
        """Choose the newest send."""
        self.stop_going()
        self.table.choose(0)

    @Slot()
    def stop_going(self) -> None:
        """Read no more than is looked at."""
        if self._end_wanted:
            self._end_wanted = False
            self.changed.emit()

    def delete(self) -> None:
        """Delete what is chosen, and choose what comes after it."""
        places = self.table.rows
        if self.acts.delete(self.rows):
            self.table.choose(places[0])
            if self.model.sends == 0:
                self.reader.set_query(self.reader.query, at_once=True)
            self.changed.emit()

    # Reading

    @Slot(object)
    def _on_read(self, page: Page) -> None:
        rows = self.acts.visible(page.rows)
        match page.part:
            case Part.FIRST:
                self.has_read = True
                self.model.reset(rows, more=page.more)
                self._find_chosen()
            case Part.NEXT:
                self.model.append(rows, more=page.more)
                self._go_on()
            case Part.NEWEST:
                newest = self.model.newest
                if not self.model.merge(rows):
                    self.reader.set_query(self.reader.query, at_once=True)
                    return
                self._find_newest(newest)
        self._find_wanted()
        if self._shown is None and not self.table.rows:
            self.table.choose_something()
        self.changed.emit()

    @Slot(object)
    def _on_counted(self, count: Count) -> None:
        self.count = count
        self.changed.emit()

    @Slot()
    def _on_more_wanted(self) -> None:
        oldest = self.model.oldest
        if oldest is not None:
            self.reader.want_more(oldest.id, many=self._end_wanted)

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if value + _AHEAD > self.table.verticalScrollBar().maximum():
            self.model.fetchMore(QModelIndex())

    def _go_on(self) -> None:
        if not self._end_wanted:
            return
        if self.model.has_more:
            self.model.fetchMore(QModelIndex())
        else:
            self._end_wanted = False
            self.table.choose(self.model.rowCount() - 1)

    # Choosing

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        del row
        rows = self.rows
        self._show(rows[0].id if len(rows) == 1 else None)
        self.chosen.emit()

    def _show(self, identifier: int | None) -> None:
        self._shown = identifier
        self.entry_wanted.emit(identifier)

    def _find_chosen(self) -> None:
        """After a new search: stay with the chosen send if it is among what was found."""
        row = self.model.row_of(self._shown) if self._shown is not None else -1
        if row >= 0:
            self.table.choose(row)
        elif self._wanted is None:
            self._show(None)
            self.chosen.emit()

    def _find_newest(self, before: HistoryRow | None) -> None:
        """Choose the send that was waited for; a quick reading may come before it is written."""
        newest = self.model.newest
        if self._newest_wanted and newest is not None and (not before or newest.id != before.id):
            self._newest_wanted = False
            self.table.choose(0)

    def _find_wanted(self) -> None:
        if self._wanted is None:
            return
        identifier, side = self._wanted
        self._wanted = None
        row = self.model.row_of(identifier)
        if row >= 0:
            self.table.choose(row)
        else:  # further back than what has been read
            self.table.clearSelection()
            self._show(identifier)
        self.side_wanted.emit(side)

    @Slot(int)
    def _on_restored(self, identifier: int) -> None:
        row = self.model.row_of(identifier)
        if row >= 0:
            self.table.choose(row)
        else:
            self.reader.set_query(self.reader.query, at_once=True)
