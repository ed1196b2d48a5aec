"""The editor for an object: typed rows, one for each member, in the members' order.

Rows stand for members by position, so that a key can be empty or doubled for a moment while it is
being typed. A keystroke changes one row; many rows are built a few at a time.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication

from composer.core.fields import Field
from composer.core.jsontext import Object, Path, Value
from composer.ui.form.editors.base import CAME
from composer.ui.form.editors.block import BlockEditor
from composer.ui.form.members import (
    Block,
    is_alone,
    with_member_added,
    with_member_at,
    without_member_at,
)
from composer.ui.form.problem import Problem
from composer.ui.form.property_row import PropertyRow
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet
from composer.ui.form.tab_order import chain_tabs

_AT_ONCE = 16
"""Rows built with the form; more than fit on the screen."""
_A_TIME = 2
"""Rows built in one go after that, so that a keystroke in between waits less than a frame."""


class RowsEditor(BlockEditor):
    """Typed rows over the object at the block's path."""

    def __init__(self, field: Field, session: Sheet, block: Block) -> None:
        super().__init__(field, session, f"Add {block.thing}")
        self.block = block
        self._object = Object()
        self._positions: list[int] = []
        self._rows: list[PropertyRow] = []
        self._new: PropertyRow | None = None
        self._builder = QTimer(self)
        self._builder.setSingleShot(True)
        self._builder.timeout.connect(self._build_more)
        self._settler = QTimer(self)
        self._settler.setSingleShot(True)
        self._settler.timeout.connect(self._settle)

    @property
    def path(self) -> Path:
        return self.block.path

    @property
    def is_blank(self) -> bool:
        return not self._positions and not self.is_foreign

    @property
    def faults(self) -> tuple[Problem, ...]:
        members = self._object.members
        return tuple(
            Problem(path=(*self.path, members[position][0]), message=row.fault)
            for row, position in zip(self._rows, self._positions, strict=False)
            if row.fault
        )

    @property
    def rows(self) -> tuple[PropertyRow, ...]:
        """The rows that have been built, without one that has just been added."""
        return tuple(self._rows)

    def display(self, held: Held) -> None:
        self._object = held if isinstance(held, Object) else Object()
        self._positions = self.block.positions(self._object)
        self.show_foreign(held, Object)
        self._show_rows()

    def add(self) -> None:
        """Put an empty row at the end, and the cursor into its key.

        It becomes a member when something is typed into it.
        """
        if self.is_foreign:
            return
        self._build_all()
        if self._new is None:
            self._new = self._make_row(len(self._rows))
            self._new.show_member("", "")
        self._new.focus_key(CAME)

    def focus_on(self, path: Path) -> None:
        self._build_all()
        inside = path[len(self.path) :]
        for row, position in zip(self._rows, self._positions, strict=True):
            if inside and self._object.members[position][0] == inside[0]:
                row.focus_value(CAME)
                return
        if self._rows:
            self._rows[0].focus_key(CAME)
        else:
            self.add()

    # Showing

    def _show_rows(self) -> None:
        self._drop_rows(self._rows[len(self._positions) :])
        for row, position in zip(self._rows, self._positions, strict=False):
            self._show_member(row, position)
        self._build(_AT_ONCE)
        self._tell_keys()
        if self._new is not None:
            self._new.set_number(len(self._positions) + 1)
        if len(self._rows) < len(self._positions):
            self._builder.start(0)

    def _show_member(self, row: PropertyRow, position: int) -> None:
        key, value = self._object.members[position]
        row.show_member(self.block.label_of(key), value)

    def _build(self, count: int) -> None:
        """Have at least ``count`` rows, if there are so many members."""
        for index in range(len(self._rows), min(count, len(self._positions))):
            row = self._make_row(index)
            self._show_member(row, self._positions[index])
            self._rows.append(row)

    @Slot()
    def _build_more(self) -> None:
        self._build(len(self._rows) + _A_TIME)
        if len(self._rows) < len(self._positions):
            self._builder.start(0)
        else:
            self._tell_keys()

    def _build_all(self) -> None:
        self._builder.stop()
        self._build(len(self._positions))
        self._tell_keys()

    def _make_row(self, index: int) -> PropertyRow:
        row = PropertyRow(self.block, self.session.now_text)
        row.set_number(index + 1)
        row.renamed.connect(self._on_renamed)
        row.changed.connect(self._on_changed)
        row.removed.connect(self._on_removed)
        row.entered.connect(self._on_entered)
        row.left.connect(self._on_left)
        row.faulted.connect(self.told)
        row.json_wanted.connect(self.json_wanted)
        self.column.insertWidget(index, row)
        row.show()  # now, not with the layout's next turn: it may get the cursor
        above = self._rows[index - 1].last_control if index else self.before
        if above is not None:
            chain_tabs(above, row)
        return row

    def _drop_rows(self, rows: list[PropertyRow]) -> None:
        for row in rows:
            self._rows.remove(row)
            row.hide()
            row.deleteLater()

    def _tell_keys(self) -> None:
        problems = self.block.key_problems(self._object, self._positions)
        for row, problem in zip(self._rows, problems, strict=False):
            row.set_key_problem(problem)

    # Editing

    def _take(self, members: Object, key: str | None = None) -> None:
        """Ask for the object as a person has just changed it; ``key`` if only its value did."""
        self._object = members
        self._tell_keys()
        if not members.members and self.block.goes_when_empty:
            self.clear()
        elif key is not None and is_alone(members, key):
            self._held = members
            self.session.set_value((*self.path, key), members.get(key))
        else:
            self.store(members)

    def _adopt(self, row: PropertyRow, key: str, value: Value) -> None:
        """Turn the row that was added into a member."""
        self._build_all()
        self._new = None
        self._rows.append(row)
        self._positions.append(len(self._object))
        self._take(with_member_added(self._object, self.block.prefix + key, value))

    @Slot(object, object)
    def _on_renamed(self, row: PropertyRow, key: str) -> None:
        if row is self._new:
            self._adopt(row, key, row.value)
            return
        position = self._positions[self._rows.index(row)]
        value = self._object.members[position][1]
        self._take(with_member_at(self._object, position, self.block.prefix + key, value))

    @Slot(object, object)
    def _on_changed(self, row: PropertyRow, value: Value) -> None:
        if row is self._new:
            self._adopt(row, "", value)
            return
        position = self._positions[self._rows.index(row)]
        key = self._object.members[position][0]
        self._take(with_member_at(self._object, position, key, value), key)

    @Slot(object)
    def _on_removed(self, row: PropertyRow) -> None:
        if row is self._new:
            self._new = None
            row.deleteLater()
            self._focus_near(len(self._rows))
            return
        index = self._rows.index(row)
        position = self._positions.pop(index)
        self._positions = [p - (p > position) for p in self._positions]
        self._focus_near(index + 1 if index + 1 < len(self._rows) else index - 1)
        self._drop_rows([row])
        for number, later in enumerate(self._rows[index:], index + 1):
            later.set_number(number)
        if self._new is not None:
            self._new.set_number(len(self._rows) + 1)
        self._take(without_member_at(self._object, position))

    def _focus_near(self, index: int) -> None:
        """Keep the cursor in the block when the row under it goes."""
        if self._rows and index >= 0:
            self._rows[min(index, len(self._rows) - 1)].focus_key(CAME)

    @Slot(object)
    def _on_entered(self, row: PropertyRow) -> None:
        if row is self._new or row is self._rows[-1]:
            self.add()

    @Slot()
    def _on_left(self) -> None:
        self._settler.start(0)  # the cursor is on its way; it may stay in the row

    @Slot()
    def _settle(self) -> None:
        """Leave to a field of the form what was named like it, once nobody types into its row."""
        positions = self.block.positions(self._object)
        if positions == self._positions:
            return
        focused = QApplication.focusWidget()
        if focused and self.isAncestorOf(focused):
            return
        self._positions = positions
        self._show_rows()
