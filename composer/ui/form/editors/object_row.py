"""One object of a list: a head that folds it, and below it an editor for each of its parts.

The parts are built when the object is first unfolded, so that a long list costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from composer.core.fields import Field, Part, Shape
from composer.core.items import (
    inner,
    parts_of,
    title_of,
    variant_of,
    with_part,
    without_part,
)
from composer.core.jsontext import Object, Path, Value
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.items import ItemRow, ItemsEditor
from composer.ui.form.editors.object_head import ObjectHead, step_of
from composer.ui.form.editors.part_row import PartRow
from composer.ui.form.face import foreign_face, marked
from composer.ui.form.problem import Problem
from composer.ui.form.reading import ABSENT, Held
from composer.ui.form.sheet import PartSheet, Sheet
from composer.ui.form.tab_order import chain_tabs
from composer.ui.widgets import Severity

MakePart: TypeAlias = Callable[[Field, Sheet, str], Editor]
"""Makes the editor of a part; the text names the object that it is part of."""

_WIDE = 400
"""Device-independent pixels from which on two short parts stand beside each other."""
_INDENT = 20


class ObjectRow(ItemRow):
    """Shows the parts of its object; what the list becomes is the editor's business."""

    rearranged = Signal(object, object)
    """The row, and its ``Object`` after a list inside it was rearranged."""
    moved = Signal(object, int)
    """The row, and by how many places."""
    json_wanted = Signal()

    def __init__(self, shape: Shape, sheet: Sheet, make: MakePart, *, starts_open: bool) -> None:
        super().__init__()
        self._starts_open = starts_open
        self._shape = shape
        self._sheet = sheet
        self._make = make
        self._name = ""
        self._variant = ""
        self._item: Held = ABSENT
        self._problems: tuple[Problem, ...] = ()
        self._parts: list[PartRow] = []
        self._is_wide = True
        self._head = ObjectHead(folds=not shape.is_flat)
        self._head.toggled.connect(self._on_toggled)
        self._head.moved.connect(self._on_moved)
        self._head.removed.connect(self._on_removed)
        self._body = QWidget()
        self._body.hide()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0 if shape.is_flat else _INDENT, 2, 0, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._body)

    # Showing

    @property
    def is_open(self) -> bool:
        """Whether the parts are to be seen."""
        return not self._body.isHidden()

    @property
    def last_control(self) -> QWidget:
        is_below = self.is_open and len(self._parts) > self._shape.is_flat
        return self._parts[-1].last_control if is_below else self._head.remove

    @property
    def found(self) -> tuple[tuple[Path, str], ...]:
        """What was typed and is no value yet, also in lists inside."""
        return tuple(
            ((*row.part.path, *path), words) for row in self._parts for path, words in row.faults
        )

    def set_name(self, name: str) -> None:
        self._name = name
        self._head.set_name(name)

    def set_variant(self, variant: str) -> None:
        """Of which variant the objects of this list are."""
        if variant != self._variant:
            self._variant = variant
            self._fit_parts()

    def show_item(self, item: Value) -> None:
        if item is self._item or item == self._item:
            return
        is_first = self._item is ABSENT
        self._item = item
        self.note = "" if isinstance(item, Object) else foreign_face(item).note
        self.set_open(self._starts_open if is_first else self.is_open)

    def show_anew(self, item: Value) -> None:
        """Show another object, whatever was typed into this row."""
        self.show_item(item)
        if isinstance(item, Object):
            for row in self._parts:
                row.reload(item)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the parts."""
        self._body.setVisible(is_open and isinstance(self._item, Object))
        self._head.set_open(self.is_open)
        self._fit_parts()
        self._tell()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong, beside the parts or in the head; paths begin inside the object."""
        if problems != self._problems:
            self._problems = problems
            for row in self._parts:
                row.show_problems(problems)
            self._tell()

    def focus_first(self, reason: Qt.FocusReason) -> None:
        self.focus_inside((), reason)

    def focus_inside(self, path: Path, reason: Qt.FocusReason) -> None:
        """Put the cursor into the part that a path inside the object leads to."""
        self.set_open(True)
        for row in self._parts:
            rest = inner(path, row.part) if path else ()
            if rest is not None:
                row.editor.focus_on((*row.editor.path, *rest))
                return
        self.focus_head(reason)

    def focus_head(self, reason: Qt.FocusReason) -> None:
        """Put the cursor where it stays while the object is moved."""
        (self._head.remove if self._shape.is_flat else self._head.fold).setFocus(reason)

    # Parts

    def _fit_parts(self) -> None:
        """Have a row for each part that the object has or is offered."""
        if not self.is_open or not isinstance(self._item, Object):
            return
        item = self._item
        wanted = parts_of(self._shape, item, self._variant)
        if [row.part.path for row in self._parts] != [part.path for part in wanted]:
            self._place(wanted)
        for row in self._parts:
            self._load(row, item)

    def _load(self, row: PartRow, item: Object) -> None:
        shape = row.part.field.shape
        if shape is not None and isinstance(row.editor, ItemsEditor):
            row.editor.set_variant(variant_of(shape, item, row.part.path))
        row.load(item)

    def _place(self, wanted: tuple[Part, ...]) -> None:
        present = {row.part.path: row for row in self._parts}
        kept = {part.path for part in wanted}
        focused = QApplication.focusWidget()
        leaving = [row for path, row in present.items() if path not in kept]
        staying = [row for row in leaving if focused and row.isAncestorOf(focused)]
        self._parts = [present.get(p.path) or self._make_part(p) for p in wanted] + staying
        for row in leaving:
            if row not in staying:
                row.hide()
                row.deleteLater()
        self._lay_out()
        if self._shape.is_flat and self._parts:
            chain_tabs(self._head.fold, self._parts[0])
        after: QWidget = self._head.remove
        for row in self._parts[self._shape.is_flat :]:
            chain_tabs(after, row)
            after = row.last_control

    def _make_part(self, part: Part) -> PartRow:
        label = part.field.label
        spoken = replace(part.field, label=f"{self._name}, {label[:1].lower()}{label[1:]}")
        sheet = PartSheet(
            self._sheet,
            partial(self._put, part),
            partial(self._rearrange, part),
            partial(self._drop, part),
        )
        editor = self._make(spoken, sheet, self._name)
        editor.json_wanted.connect(self.json_wanted)
        is_content = self._shape.is_flat and part in self._shape.parts
        row = PartRow(part, editor, has_label=not is_content)
        row.show_problems(self._problems)
        row.told.connect(self._on_told)
        return row

    def _lay_out(self) -> None:
        """Put the parts into the grid: short ones beside each other where there is room."""
        below = self._parts
        if self._shape.is_flat and below:
            self._head.insert(below[0])
            below[0].show()
            below = below[1:]
        line = place = 0
        for row in below:
            is_wide = row.part.is_wide or not self._is_wide
            if is_wide and place:
                line, place = line + 1, 0
            self._grid.addWidget(row, line, place, 1, 2 if is_wide else 1)
            row.show()
            line, place = (line, 1) if not is_wide and not place else (line + 1, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if self._is_wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            self._lay_out()

    # Editing

    def _put(self, part: Part, value: Value) -> None:
        if isinstance(self._item, Object):
            self._take(with_part(self._item, part, value))
            self.changed.emit(self, self._item)

    def _rearrange(self, part: Part, value: Value) -> None:
        if isinstance(self._item, Object):
            self._take(with_part(self._item, part, value))
            self.rearranged.emit(self, self._item)

    def _drop(self, part: Part) -> None:
        if isinstance(self._item, Object):
            self._take(without_part(self._item, part))
            self.changed.emit(self, self._item)

    def _take(self, item: Object) -> None:
        self._item = item
        self._fit_parts()
        self._tell()

    def _tell(self) -> None:
        item = self._item
        title = "" if item is ABSENT else marked(title_of(self._shape, item))
        self._head.say(title, next(self._hidden(), None))

    def _hidden(self) -> Iterator[Problem]:
        """What is wrong and is told by no part that is to be seen."""
        if not self.is_open:
            yield from (Problem(path=path, message=words) for path, words in self.found)
        for problem in self._problems:
            is_told = any(inner(problem.path, row.part) is not None for row in self._parts)
            is_quiet = problem.severity is Severity.NEUTRAL
            if not is_quiet and not (self.is_open and is_told):
                yield problem

    @Slot()
    def _on_told(self) -> None:
        self.faulted.emit()

    @Slot()
    def _on_toggled(self) -> None:
        self.set_open(not self.is_open)

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        self.moved.emit(self, step)

    @Slot()
    def _on_removed(self) -> None:
        self.removed.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = step_of(event)
        if step:
            self.moved.emit(self, step)
        elif self._shape.is_flat and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self)
        else:
            super().keyPressEvent(event)
