"""What editors of a list share: a row for each item, added, removed and changed by position.

Many rows are built a few at a time, so that a long list does not hold up the window. What an item
is, and how its row shows it, is the business of the subclasses.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from composer.core.fields import Field
from composer.core.jsontext import Path, Value
from composer.ui.form.editors.base import CAME
from composer.ui.form.editors.block import BlockEditor
from composer.ui.form.problem import Problem
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet
from composer.ui.form.tab_order import chain_tabs

_AT_ONCE = 16
"""Rows built with the form; more than fit on the screen."""
_A_TIME = 2
"""Rows built in one go after that, so that a keystroke in between waits less than a frame."""


class ItemRow(QWidget):
    """One item. Each signal carries the row itself first; the draft is the editor's business."""

    changed = Signal(object, object)
    """The row, and its new ``Value``."""
    removed = Signal(object)
    entered = Signal(object)
    """Enter was pressed where the row ends."""
    faulted = Signal()
    """``faults`` may have changed."""

    def __init__(self) -> None:
        super().__init__()
        self.note = ""
        """What is unusual about the item."""

    @property
    def last_control(self) -> QWidget:
        """Where the Tab key leaves the row. For subclasses."""
        raise NotImplementedError

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """What was typed and is not a value yet: the member's key and why."""
        return ()

    def show_item(self, item: Value) -> None:
        """Show another item; what is shown already stays untouched. This is no edit."""
        raise NotImplementedError

    def set_name(self, name: str) -> None:
        """Name the controls: ``Questions 1 id``. For subclasses."""
        raise NotImplementedError

    def focus_first(self, reason: Qt.FocusReason) -> None:
        """Put the cursor into the first control. For subclasses."""
        raise NotImplementedError


class ItemsEditor(BlockEditor):
    """Rows over an array. Subclasses make the rows and the item that "Add" begins with."""

    def __init__(self, field: Field, session: Sheet, add_text: str) -> None:
        super().__init__(field, session, add_text)
        self._items: tuple[Value, ...] = ()
        self._rows: list[ItemRow] = []
        self._builder = QTimer(self)
        self._builder.setSingleShot(True)
        self._builder.timeout.connect(self._build_more)

    def make_row(self) -> ItemRow:
        """A row without an item. For subclasses."""
        raise NotImplementedError

    def new_item(self) -> Value:
        """What "Add" puts at the end of the list. For subclasses."""
        raise NotImplementedError

    def row_name(self, number: int) -> str:
        """What the row of that number is called."""
        return f"{self.field.label} {number}"

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        """The rows that have been built, in the order of the list."""
        return tuple(self._rows)

    @property
    def faults(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(path=(*self.path, index, *((key,) if key else ())), message=message)
            for index, row in enumerate(self._rows)
            for key, message in row.faults
        )

    def display(self, held: Held) -> None:
        self._items = held if isinstance(held, tuple) else ()
        for row in self._rows[len(self._items) :]:
            self._drop(row)
        for row, item in zip(self._rows, self._items, strict=False):
            row.show_item(item)
        self._build(_AT_ONCE)
        self.show_foreign(held, tuple)

    def add(self) -> None:
        """Put a new item at the end of the list, and the cursor into its row."""
        if self.is_foreign:
            return
        self._build(len(self._items))
        items = (*self._items, self.new_item())
        self._items = items
        self._build(len(items))
        self._rows[-1].focus_first(CAME)
        self._take(items)

    def focus_on(self, path: Path) -> None:
        inside = path[len(self.path) :]
        index = inside[0] if inside and isinstance(inside[0], int) else 0
        self._build(min(index + 1, len(self._items)))
        if index < len(self._rows):
            self._rows[index].focus_first(CAME)
        else:
            self.add()

    def _build(self, count: int) -> None:
        """Have at least ``count`` rows, if there are so many items, and the others soon."""
        for index in range(len(self._rows), min(count, len(self._items))):
            self._append().show_item(self._items[index])
        if len(self._rows) < len(self._items):
            self._builder.start(0)
        self._tell_rows()

    @Slot()
    def _build_more(self) -> None:
        self._build(len(self._rows) + _A_TIME)

    def _append(self) -> ItemRow:
        row = self.make_row()
        row.set_name(self.row_name(len(self._rows) + 1))
        above = self._rows[-1].last_control if self._rows else self.before
        row.changed.connect(self._on_changed)
        row.removed.connect(self._on_removed)
        row.entered.connect(self._on_entered)
        row.faulted.connect(self._tell_rows)
        self._rows.append(row)
        self.column.addWidget(row)
        row.show()  # now, not with the layout's next turn: it may get the cursor
        if above is not None:
            chain_tabs(above, row)
        return row

    def _drop(self, row: ItemRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _take(self, items: tuple[Value, ...]) -> None:
        self._items = items
        if items or self.field.required:
            self.store(items)
        else:
            self.clear()

    @Slot()
    def _tell_rows(self) -> None:
        """Say the first thing that is unusual or wrong with an item."""
        note = next((row.note for row in self._rows if row.note), "")
        fault = next((message for row in self._rows for _, message in row.faults), "")
        self.tell(note=note, fault=fault)

    @Slot(object, object)
    def _on_changed(self, row: ItemRow, item: Value) -> None:
        index = self._rows.index(row)
        self._take((*self._items[:index], item, *self._items[index + 1 :]))

    @Slot(object)
    def _on_removed(self, row: ItemRow) -> None:
        index = self._rows.index(row)
        self._drop(row)
        for number, later in enumerate(self._rows[index:], index + 1):
            later.set_name(self.row_name(number))
        if self._rows:
            self._rows[min(index, len(self._rows) - 1)].focus_first(CAME)
        self._take((*self._items[:index], *self._items[index + 1 :]))
        self._tell_rows()

    @Slot(object)
    def _on_entered(self, row: ItemRow) -> None:
        if len(self._rows) == len(self._items) and row is self._rows[-1]:
            self.add()
