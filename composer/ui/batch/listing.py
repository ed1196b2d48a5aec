"""The list of events: what of it is shown, in which order, which of them are chosen.

It joins the reader, the model and the table. What is done with events stands in ``EventCommands``.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QTimer, Signal, Slot

from composer.core.batch.table import BatchEvent, RowOutlook, TableQuery
from composer.ui.batch.batch import Batch
from composer.ui.batch.table.columns import NUMBER, first_choice
from composer.ui.batch.table.model import EventModel
from composer.ui.batch.table.rows import Ordered, Row, RowReader
from composer.ui.batch.table.view import EventGrid
from composer.ui.preferences import Preferences
from composer.ui.tasks import TaskScope

_MOST_CHOSEN = 500
"""Chosen events that are found again after the list has been put in another order."""
_SEEN = 100
"""Milliseconds after scrolling until it is known which rows are in sight."""


class EventList(QObject):
    """Keeps the choice through searches, sorting, and changes of the batch."""

    chosen = Signal()
    """Other rows are chosen, or the chosen event has changed"""
    changed = Signal()
    """The rows, or how many there are"""
    columns_changed = Signal()
    """``offered`` or ``shown`` properties are others"""
    failed = Signal(str)

    def __init__(
        self, batch: Batch, preferences: Preferences, tasks: TaskScope, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._batch = batch
        self._preferences = preferences
        self.model = EventModel(self)
        self.reader = RowReader(batch.table, tasks, self)
        self.table = EventGrid("Batch", self.model)
        self.offered: tuple[str, ...] = ()
        """The most frequent properties"""
        self.shown: tuple[str, ...] = ()
        """The properties that are columns"""
        self._expected: Sequence[int] = ()
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.setInterval(_SEEN)
        self._sight.timeout.connect(self._tell_sight)
        self._connect()

    def _connect(self) -> None:
        batch, reader, model, table = self._batch, self.reader, self.model, self.table
        batch.altered.connect(reader.renew)
        batch.altered.connect(reader.want_properties)
        batch.editing_changed.connect(self._on_editing)
        batch.added.connect(self.expect)
        model.rows_wanted.connect(reader.want)
        reader.ordered.connect(self._on_ordered)
        reader.read.connect(self._on_read)
        reader.named.connect(self._on_named)
        reader.failed.connect(self.failed)
        table.chosen.connect(self._on_chosen)
        table.sort_wanted.connect(self.cycle_sort)
        table.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # What there is

    @property
    def query(self) -> TableQuery:
        """What is looked for, and in which order."""
        return self.reader.query

    @property
    def found(self) -> int:
        """The number of events that are listed."""
        return self.model.rowCount()

    @property
    def is_in_order(self) -> bool:
        """Whether the whole table is shown in its own order, in which rows can be moved."""
        return self.query == TableQuery()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is looked for: all events are listed."""
        return not self.query.text and not self.query.outlooks

    @property
    def current(self) -> BatchEvent | None:
        """The chosen event, or that of several which the keyboard is on; ``None`` if unread."""
        return self.model.at(self.table.row)

    @property
    def ids(self) -> array[int]:
        """The chosen events from top to bottom."""
        ids = self.model.ids
        rows = self.table.rows
        if len(rows) == len(ids):
            return ids[:]
        return array("q", (ids[row] for row in rows))

    # What a person does

    def look_for(self, text: str, outlooks: frozenset[RowOutlook]) -> None:
        """Show the events that have the text in them and such a verdict."""
        query = replace(self.query, text=text, outlooks=outlooks)
        self.reader.set_query(query, at_once=outlooks != self.query.outlooks)

    @Slot(str)
    def cycle_sort(self, key: str) -> None:
        """Sort by a column; asked again, the other way round; and again, not at all."""
        if key == NUMBER:
            self.sort("")
        elif key != self.query.sort:
            self.sort(key)
        elif not self.query.descending:
            self.sort(key, descending=True)
        else:
            self.sort("")

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Show them in the order of a column; of none: as they are sent."""
        query = replace(self.query, sort=key, descending=descending)
        self.reader.set_query(query, at_once=True)

    @Slot(object)
    def choose_columns(self, properties: tuple[str, ...] | None) -> None:
        """Show these properties as columns, from now on; ``None`` for the most frequent ones."""
        self._preferences.change(batch_columns=properties)
        self._show_columns()

    @Slot(object)
    def expect(self, ids: Sequence[int]) -> None:
        """Choose these events as soon as they are listed."""
        self._expected = ids

    def choose(self, ids: Sequence[int]) -> None:
        """Choose these events, as far as they are listed; the first comes into sight."""
        rows = [row for one in ids[:_MOST_CHOSEN] if (row := self.model.row_of(one)) >= 0]
        if not rows:
            return
        self.table.choose(rows[0])
        last = len(self.model.event_columns) - 1
        selection = QItemSelection()
        for row in rows:
            selection.select(self.model.index(row, 0), self.model.index(row, last))
        self.table.selectionModel().select(
            selection, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    @Slot()
    def read_verdicts(self) -> None:
        """Verdicts may have come in: read what is in sight again."""
        first, last = self.table.in_sight
        if in_sight := self.model.ids[first : last + 1]:
            self.reader.want(in_sight)

    # Inside

    @Slot(object)
    def _on_ordered(self, ordered: Ordered) -> None:
        chosen, current = self.ids[:_MOST_CHOSEN], self.table.row
        expected, self._expected = self._expected, ()
        scrolled = self.table.verticalScrollBar().value()
        is_reset = self.model.show_order(ordered.ids, ordered.rows)
        self.model.show_sort(ordered.query.sort, descending=ordered.query.descending)
        self.table.renew_columns()
        if expected:
            self.choose(expected)
        elif is_reset:
            self.choose(chosen)
            self.table.verticalScrollBar().setValue(scrolled)
        if self.table.row < 0 and self.found:
            self.table.choose(max(0, current))
        self.changed.emit()
        self.chosen.emit()

    @Slot(object)
    def _on_read(self, rows: tuple[Row, ...]) -> None:
        before = self.current
        self.model.show_rows(rows)
        self.table.fit_columns()
        if self.current != before:
            self.chosen.emit()

    @Slot(object)
    def _on_named(self, properties: tuple[str, ...]) -> None:
        if properties != self.offered:
            self.offered = properties
            self._show_columns()

    def _show_columns(self) -> None:
        chosen = self._preferences.settings.batch_columns
        shown = first_choice(self.offered) if chosen is None else chosen
        if shown != self.shown:
            self.shown = shown
            rows = self.ids[:_MOST_CHOSEN]
            self.reader.show_properties(shown)
            self.model.show_columns(shown)
            self.table.renew_columns()
            self.choose(rows)
        self.columns_changed.emit()

    @Slot()
    def _on_editing(self) -> None:
        editing = self._batch.editing
        self.model.show_editing(editing.id if editing is not None else None)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        del row
        self.chosen.emit()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        del value
        self._sight.start()

    @Slot()
    def _tell_sight(self) -> None:
        self.reader.see(*self.table.in_sight)
