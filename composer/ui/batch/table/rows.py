"""Reads the table of events for what shows it, in threads: the order, and the rows in sight.

What is wanted last counts: answers to older wishes are dropped. It knows no widget.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from composer.core.batch.cells import CellError, cell_text, event_in, property_column
from composer.core.batch.table import BatchEvent, TableQuery
from composer.core.errors import StoreError
from composer.core.jsontext import Object
from composer.services.ports import SearchStoppedError
from composer.services.ports.batch_table import BatchTable
from composer.ui.batch.table.columns import OFFERED
from composer.ui.lists.when import time_text
from composer.ui.tasks import TaskScope

DEBOUNCE = 150
"""Milliseconds after the last letter until the search begins."""
SETTLE = 20
"""Milliseconds in which several changes are read as one."""
_FIRST = 40
"""Rows that are read with the first order."""
_LONGEST = 300
"""Characters of a value that a cell can show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event, and the texts of the cells that have to be worked out."""

    event: BatchEvent
    time: str
    values: dict[str, str]
    """By the key of the column"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What a query found: the ids in order, and those rows that are in sight."""

    query: TableQuery
    ids: array[int]
    rows: tuple[Row, ...]


class RowReader(QObject):
    """Answers come as signals."""

    ordered = Signal(object)
    """``Ordered``"""
    read = Signal(object)
    """``tuple[Row, ...]``"""
    named = Signal(object)
    """``tuple[str, ...]``: the most frequent properties"""
    failed = Signal(str)
    """A sentence for the person"""

    def __init__(self, table: BatchTable, tasks: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._tasks = tasks
        self._query = TableQuery()
        self._properties: tuple[str, ...] = ()
        self._span = (0, _FIRST)
        self._number = 0
        self._waiting: Sequence[int] = ()
        self._is_reading = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._begin)

    @property
    def query(self) -> TableQuery:
        """What is looked for, and in which order."""
        return self._query

    def set_query(self, query: TableQuery, *, at_once: bool = False) -> None:
        """Look for something else, once typing has paused."""
        if query != self._query:
            self._query = query
            self._pause.start(0 if at_once else DEBOUNCE)

    def show_properties(self, properties: tuple[str, ...]) -> None:
        """Work out the texts of these properties from now on."""
        self._properties = properties

    @Slot()
    def renew(self) -> None:
        """The table has changed: read order and rows again."""
        if not self._pause.isActive():
            self._pause.start(SETTLE)

    def see(self, first: int, last: int) -> None:
        """These rows are in sight: they are read together with a new order."""
        self._span = (first, last + 1)

    def want(self, ids: Sequence[int]) -> None:
        """Read these events; what was wanted before and is not begun yet is not wanted now."""
        self._waiting = ids
        if not self._is_reading:
            work = self._read_rows()
            self._is_reading = self._tasks.start(work, "read events of the batch") is not None

    def want_properties(self) -> None:
        """Find out which properties are the most frequent."""
        self._tasks.start(self._read_properties(), "read the properties of the batch")

    # Inside

    @Slot()
    def _begin(self) -> None:
        self._number += 1
        self._table.stop_searching()
        self._tasks.start(self._read_order(self._number), "order the batch")

    async def _read_order(self, number: int) -> None:
        query, properties, span = self._query, self._properties, self._span
        try:
            ordered = await asyncio.to_thread(self._ordered, query, properties, span)
        except SearchStoppedError:
            if number == self._number:  # it was another search that was to be stopped
                self.renew()
            return
        except StoreError as error:
            if number == self._number:
                self.failed.emit(str(error))
            return
        if number == self._number:
            self.ordered.emit(ordered)

    def _ordered(
        self, query: TableQuery, properties: tuple[str, ...], span: tuple[int, int]
    ) -> Ordered:
        ids = self._table.order(query)
        first, end = span
        found = self._table.rows(ids[first:end])
        return Ordered(query=query, ids=ids, rows=rows_of(found, properties))

    async def _read_rows(self) -> None:
        try:
            while self._waiting:
                ids, self._waiting = self._waiting, ()
                self.read.emit(await asyncio.to_thread(self._rows, ids, self._properties))
        except StoreError as error:
            self.failed.emit(str(error))
        finally:
            self._is_reading = False

    def _rows(self, ids: Sequence[int], properties: tuple[str, ...]) -> tuple[Row, ...]:
        return rows_of(self._table.rows(ids), properties)

    async def _read_properties(self) -> None:
        try:
            self.named.emit(await asyncio.to_thread(self._table.properties, OFFERED))
        except SearchStoppedError:
            self.want_properties()
        except StoreError as error:
            self.failed.emit(str(error))


def rows_of(events: Iterable[BatchEvent], properties: Sequence[str]) -> tuple[Row, ...]:
    """The rows of these events, with the texts of these properties."""
    keys = [property_column(name) for name in properties]
    return tuple(
        Row(event=event, time=time_text(event.moment or None), values=_values(event.body, keys))
        for event in events
    )


def _values(body: str, keys: Sequence[str]) -> dict[str, str]:
    try:
        event = event_in(body) if keys else Object()
    except CellError:
        return dict.fromkeys(keys, "")
    return {key: cell_text(event, key)[:_LONGEST] for key in keys}
