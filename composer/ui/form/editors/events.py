"""The editor for the events of a batch: a page of rows, however long the list is.

The rows of a page are built a few at a time. Properties are not edited here: each row leads to its
event in the JSON, and all of them can go into the Batch place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.entries import new_event
from composer.core.fields import Field
from composer.core.items import moved
from composer.core.jsontext import Path, Value
from composer.ui.form.editors.base import CAME
from composer.ui.form.editors.block import BlockEditor
from composer.ui.form.editors.event_row import EventRow
from composer.ui.form.editors.events_foot import EventsFoot
from composer.ui.form.problem import Problem
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet
from composer.ui.form.tab_order import chain_tabs
from composer.ui.widgets import Severity

PAGE: Final = 20
"""Rows on one page."""
_AT_ONCE = 5
_A_TIME = 1
"""Rows built with the page, and in one go after that: no step outlasts a frame."""


class EventsEditor(BlockEditor):
    """Rows over the array ``batch``."""

    place_wanted = Signal(object)
    """The ``Path`` of an event that is to be seen whole in the JSON."""
    list_wanted = Signal()
    """All events are to go into the Batch place."""

    def __init__(self, field: Field, session: Sheet) -> None:
        super().__init__(field, session, "Add event")
        self._items: tuple[Value, ...] = ()
        self._rows: list[EventRow] = []
        self._first = 0
        self._problems: dict[int, list[Problem]] = {}
        self._builder = QTimer(self)
        self._builder.setSingleShot(True)
        self._builder.timeout.connect(self._build_more)
        self._foot = EventsFoot(PAGE)
        self._foot.page_wanted.connect(self._on_page_wanted)
        self._foot.list_wanted.connect(self.list_wanted)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addLayout(self._list)
        self.column.addWidget(self._foot)

    @property
    def rows(self) -> tuple[EventRow, ...]:
        """The rows of this page that have been built."""
        return tuple(self._rows)

    @property
    def first(self) -> int:
        """Which event the page begins with, from 0."""
        return self._first

    def display(self, held: Held) -> None:
        self._items = held if isinstance(held, tuple) else ()
        self._show_page(self._first)
        self.show_foreign(held, tuple)

    def add(self) -> None:
        """Put a new event at the end of the list, and the cursor into its row."""
        if self.is_foreign:
            return
        made = new_event(self.field, self.session.fresh_uuid(), self.session.now_text())
        self._arrange((*self._items, made))
        self._go_to(len(self._items) - 1).focus_first(CAME)

    def focus_on(self, path: Path) -> None:
        inside = path[len(self.path) :]
        index = inside[0] if inside and isinstance(inside[0], int) else 0
        if index < len(self._items):
            self._go_to(index).focus_part(inside[1:], CAME)
        elif self.before is not None:
            self.before.setFocus(CAME)  # "Add event": there is none to go to

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        start = len(self.path)
        self._problems = {}
        left: list[Problem] = []
        for problem in filter(_is_grave, problems):
            match problem.path[start:]:
                case (int(index), *inside):
                    placed = replace(problem, path=tuple(inside))
                    self._problems.setdefault(index, []).append(placed)
                case _:
                    left.append(problem)
        for row in self._rows:
            self._tell_row(row)
        return (*left, *self._elsewhere())

    def _elsewhere(self) -> Iterator[Problem]:
        """The first event with a problem, if nothing on this page has one."""
        here = range(self._first, self._first + PAGE)
        if self._problems and not any(index in self._problems for index in here):
            index = min(self._problems)
            problem = self._problems[index][0]
            yield replace(problem, message=f"Event {index + 1:,}: {problem.message}")

    def _tell_row(self, row: EventRow) -> None:
        row.show_problems(tuple(self._problems.get(self._index(row), ())))

    def _go_to(self, index: int) -> EventRow:
        """The row of an event, on its page."""
        self._show_page(index)
        self._build(index - self._first + 1)
        return self._rows[index - self._first]

    def _show_page(self, index: int) -> None:
        """Show the page that has the event at ``index``, or the last one."""
        last = max(0, len(self._items) - 1)
        self._first = min(index, last) // PAGE * PAGE
        for row in self._rows[self._count :]:
            self._drop(row)
        for row in self._rows:
            self._fill(row)
        self._build(_AT_ONCE)
        self._foot.show_part(self._first, self._count, len(self._items))

    @property
    def _count(self) -> int:
        """How many rows the page has when all are built."""
        return min(PAGE, len(self._items) - self._first)

    def _build(self, count: int) -> None:
        for _ in range(len(self._rows), min(count, self._count)):
            self._append()
        if len(self._rows) < self._count:
            self._builder.start(0)
        self.tell(note=next((row.note for row in self._rows if row.note), ""))

    @Slot()
    def _build_more(self) -> None:
        self._build(len(self._rows) + _A_TIME)

    def _append(self) -> None:
        row = EventRow()
        above: QWidget | None = self._rows[-1].last_control if self._rows else self.before
        row.changed.connect(self._on_changed)
        row.removed.connect(self._on_removed)
        row.moved.connect(self._on_moved)
        row.entered.connect(self._on_entered)
        row.whole_wanted.connect(self._on_whole_wanted)
        self._rows.append(row)
        self._fill(row)
        self._list.addWidget(row)
        row.show()  # now, not with the layout's next turn: it may get the cursor
        if above is not None:
            chain_tabs(above, row)

    def _fill(self, row: EventRow) -> None:
        index = self._index(row)
        row.show_item(self._items[index])
        row.set_name(f"Event {index + 1}")
        row.set_ends(is_first=index == 0, is_last=index == len(self._items) - 1)
        self._tell_row(row)

    def _index(self, row: EventRow) -> int:
        return self._first + self._rows.index(row)

    def _drop(self, row: EventRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _arrange(self, items: tuple[Value, ...]) -> None:
        """Another list, as a step of its own to undo."""
        self._items = self._held = items
        self.session.set_values(((self.path, items),))

    @Slot(object, object)
    def _on_changed(self, row: EventRow, item: Value) -> None:
        index = self._index(row)
        self._items = (*self._items[:index], item, *self._items[index + 1 :])
        self.store(self._items)
        self.tell(note=next((row.note for row in self._rows if row.note), ""))

    @Slot(object)
    def _on_removed(self, row: EventRow) -> None:
        index = self._index(row)
        self._arrange((*self._items[:index], *self._items[index + 1 :]))
        self._show_page(self._first)
        self.focus_on((*self.path, min(index, max(0, len(self._items) - 1))))

    @Slot(object, int)
    def _on_moved(self, row: EventRow, steps: int) -> None:
        index = self._index(row)
        self._arrange(moved(self._items, index, steps))
        self._go_to(index + steps).focus_move(steps, CAME)

    @Slot(object)
    def _on_entered(self, row: EventRow) -> None:
        if self._index(row) == len(self._items) - 1:
            self.add()

    @Slot(object)
    def _on_whole_wanted(self, row: EventRow) -> None:
        self.place_wanted.emit((*self.path, self._index(row)))

    @Slot(int)
    def _on_page_wanted(self, steps: int) -> None:
        self._show_page(self._first + steps * PAGE)


def _is_grave(problem: Problem) -> bool:
    """Whether it is worth a line: mere advice would make a long list unreadable."""
    return problem.severity in {Severity.ERROR, Severity.WARNING}
