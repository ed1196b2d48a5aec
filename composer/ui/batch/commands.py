"""What can be done with the chosen events: by buttons, keys, the menu of a row and the mouse."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.batch.cells import CellError
from composer.core.batch.clip import as_json_lines, as_spreadsheet
from composer.core.errors import StoreError
from composer.services.ports.batch_table import BatchTable
from composer.ui.batch.batch import Batch
from composer.ui.batch.detail import EventDetail
from composer.ui.batch.listing import EventList
from composer.ui.batch.table.rows import rows_of
from composer.ui.copying import Copier
from composer.ui.lists.drag import RowDragger
from composer.ui.messages import Messages
from composer.ui.tasks import TaskScope
from composer.ui.widgets import Severity
from composer.ui.wording import counted

_Written = Callable[[BatchTable, Sequence[int]], str]

MOST_COPIED = 20_000
"""Events that the clipboard takes at once; for more there are files."""
_STEP = 500
_NOT_IN_ORDER = (
    "Events are moved in the order in which they are sent. Clear the search and the filter, and "
    "click the heading with the arrow until the arrow is gone."
)


class EventCommands(QObject):
    """Acts on what is chosen in the list."""

    edit_wanted = Signal(object)
    """``BatchEvent`` to be opened in Compose"""
    send_wanted = Signal(object)
    """``array[int]``: the ids of the events that are to be sent, and no others"""

    def __init__(
        self,
        batch: Batch,
        listing: EventList,
        detail: EventDetail,
        *,
        copier: Copier,
        messages: Messages,
        tasks: TaskScope,
    ) -> None:
        super().__init__(listing.table)
        self._batch = batch
        self._list = listing
        self._detail = detail
        self._copier = copier
        self._messages = messages
        self._tasks = tasks
        self._dragger = RowDragger(listing.table)
        self._add_keys()
        self._connect()

    def _add_keys(self) -> None:
        table = self._list.table
        table.add_command("Edit in Compose", self.edit, hint="Enter")
        table.add_command("Write in the cell", table.edit_cell, hint="F2")
        table.add_command("Sort by this column", self.sort, "Alt+S")
        table.add_command("Duplicate", self.duplicate, "Ctrl+D")
        table.add_command("Send the chosen events", self.send)
        table.add_command("Move up", partial(self.move, -1), "Alt+Up")
        table.add_command("Move down", partial(self.move, 1), "Alt+Down")
        table.add_command("Copy for a spreadsheet", self.copy_table, "Ctrl+C")
        table.add_command("Copy as JSON Lines", self.copy_lines, "Ctrl+Alt+C")
        table.add_command("Remove", self.remove, "Del")

    def _connect(self) -> None:
        detail, table = self._detail, self._list.table
        detail.edit.clicked.connect(self.edit)
        detail.duplicate.clicked.connect(self.duplicate)
        detail.remove.clicked.connect(self.remove)
        detail.up.clicked.connect(self.move_up)
        detail.down.clicked.connect(self.move_down)
        detail.edit_wanted.connect(self.edit)
        detail.several.send.clicked.connect(self.send)
        detail.several.copy_table.clicked.connect(self.copy_table)
        detail.several.copy_lines.clicked.connect(self.copy_lines)
        table.opened.connect(self.edit)
        table.cell_edited.connect(self._write)
        self._dragger.moved.connect(self._on_dragged)
        self._list.chosen.connect(self._show_which)

    # On the chosen events

    @Slot()
    def edit(self) -> None:
        """Open the event in Compose."""
        event = self._list.current
        if event is not None:
            self.edit_wanted.emit(event)

    @Slot()
    def remove(self) -> None:
        """Take the chosen events out."""
        ids, event = self._list.ids, self._list.current
        if ids:
            name = event.name if event is not None and len(ids) == 1 else ""
            self._batch.remove(ids, name=name)

    @Slot()
    def duplicate(self) -> None:
        """Make the chosen events once more."""
        self._batch.duplicate(self._list.ids)

    @Slot()
    def move_up(self) -> None:
        """Move the chosen events one place up."""
        self.move(-1)

    @Slot()
    def move_down(self) -> None:
        """Move the chosen events one place down."""
        self.move(1)

    @Slot()
    def send(self) -> None:
        """Have the chosen events sent, and no others."""
        if self._list.ids:
            self.send_wanted.emit(self._list.ids)

    def move(self, steps: int) -> None:
        """Move the chosen events together; -1 is one place up from the first of them."""
        rows = self._list.table.rows
        if not rows or not self._may_move():
            return
        target = rows[0] + steps if steps < 0 else rows[-1] + 1 + steps
        self._move_to(rows, target)

    @Slot()
    def sort(self) -> None:
        """Sort by the column that the keyboard is in, as a press on its heading does."""
        self._list.cycle_sort(self._list.table.key)

    @Slot()
    def copy_table(self) -> None:
        """Copy the chosen events as the table shows them, for a spreadsheet."""
        self._copy(self._as_table)

    @Slot()
    def copy_lines(self) -> None:
        """Copy the chosen events as they are sent, one a line."""
        self._copy(_as_lines)

    # Inside

    def _may_move(self) -> bool:
        if not self._list.is_in_order:
            self._messages.say(_NOT_IN_ORDER, Severity.WARNING)
        return self._list.is_in_order

    def _move_to(self, rows: Sequence[int], target: int) -> None:
        """Put rows in front of the row ``target``, which is none of them, or at the end."""
        ids = self._list.model.ids
        if 0 <= target <= len(ids):
            moved = [ids[row] for row in rows]
            self._list.expect(moved)
            self._batch.move(moved, ids[target] if target < len(ids) else None)

    @Slot(int, int)
    def _on_dragged(self, row: int, steps: int) -> None:
        if not self._may_move():
            return
        rows = self._list.table.rows
        target = row + steps + (1 if steps > 0 else 0)
        if row not in rows:
            rows = [row]
        elif target in rows:
            return
        self._move_to(rows, target)

    @Slot(int, str, str)
    def _write(self, row: int, column: str, text: str) -> None:
        event = self._list.model.at(row)
        if event is None:
            return
        try:
            self._batch.change_cell(event, column, text)
        except CellError as fault:
            self._messages.say(f"The cell stays as it was. {fault}", Severity.WARNING)

    @Slot()
    def _show_which(self) -> None:
        """Which of the buttons can be used."""
        rows, detail = self._list.table.rows, self._detail
        count = len(rows)
        detail.edit.setEnabled(count == 1 and self._list.current is not None)
        detail.duplicate.setEnabled(count > 0)
        detail.remove.setEnabled(count > 0)
        movable = count > 0 and self._list.is_in_order
        detail.up.setEnabled(movable and rows[0] > 0)
        detail.down.setEnabled(movable and rows[-1] < self._list.found - 1)

    def _copy(self, written: _Written) -> None:
        ids = self._list.ids
        if len(ids) > MOST_COPIED:
            words = f"Choose up to {MOST_COPIED:,} events to copy them."
            self._messages.say(words, Severity.WARNING)
        elif ids:
            self._tasks.start(self._copy_all(ids, written), "copy events of the batch")

    async def _copy_all(self, ids: Sequence[int], written: _Written) -> None:
        try:
            text = await asyncio.to_thread(written, self._batch.table, ids)
        except StoreError as error:
            self._messages.say(str(error), Severity.ERROR)
            return
        self._copier.copy(text, counted(len(ids), "event"))

    def _as_table(self, table: BatchTable, ids: Sequence[int]) -> str:
        model, shown = self._list.model, self._list.shown
        titles = [known.column.title for known in model.event_columns]
        lines: list[list[str]] = []
        for first in range(0, len(ids), _STEP):
            for row in rows_of(table.rows(ids[first : first + _STEP]), shown):
                lines.append(model.texts(row, len(lines) + 1))
        return as_spreadsheet(titles, lines)


def _as_lines(table: BatchTable, ids: Sequence[int]) -> str:
    steps = range(0, len(ids), _STEP)
    return as_json_lines(
        event.body for first in steps for event in table.rows(ids[first : first + _STEP])
    )
