"""The editor for a list of objects with parts, such as exceptions, stack frames and messages.

Rows keep their numbers: when an object is removed or moved, the rows behind show other objects.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot

from composer.core.fields import Field, Shape
from composer.core.items import fresh, moved
from composer.core.jsontext import Path, Value
from composer.ui.form.editors.base import CAME
from composer.ui.form.editors.items import ItemRow, ItemsEditor
from composer.ui.form.editors.object_row import MakePart, ObjectRow
from composer.ui.form.problem import Problem
from composer.ui.form.reading import Held
from composer.ui.form.sheet import Sheet


class ObjectsEditor(ItemsEditor):
    """Rows of parts over an array of objects; ``owner`` names the object that the list is in."""

    def __init__(self, field: Field, session: Sheet, make: MakePart, owner: str = "") -> None:
        self._shape = field.shape or Shape(noun="object", parts=())
        super().__init__(field, session, f"Add {self._shape.noun}")
        self._make = make
        self._owner = owner
        self._variant = ""
        self._problems: tuple[Problem, ...] = ()

    @property
    def objects(self) -> tuple[ObjectRow, ...]:
        """The rows that have been built."""
        return tuple(row for row in self._rows if isinstance(row, ObjectRow))

    @property
    def faults(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(path=(*self.path, index, *path), message=words)
            for index, row in enumerate(self.objects)
            for path, words in row.found
        )

    def make_row(self) -> ItemRow:
        starts_open = self._shape.is_flat or len(self._items) <= self._shape.opens
        row = ObjectRow(self._shape, self.session, self._make, starts_open=starts_open)
        row.set_variant(self._variant)
        row.moved.connect(self._on_moved)
        row.rearranged.connect(self._on_rearranged)
        row.json_wanted.connect(self.json_wanted)
        return row

    def row_name(self, number: int) -> str:
        noun = self._shape.noun
        return f"{self._owner}, {noun} {number}" if self._owner else f"{noun.capitalize()} {number}"

    def new_item(self) -> Value:
        return fresh(self._shape, self._items[-1] if self._items else None, self._variant)

    def set_variant(self, variant: str) -> None:
        self._variant = variant
        for row in self.objects:
            row.set_variant(variant)

    def reload(self, held: Held) -> None:
        super().reload(held)
        self._show_anew(0)

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        start = len(self.path)
        inside = tuple(p for p in problems if len(p.path) > start)
        self._problems = tuple(replace(p, path=p.path[start:]) for p in inside)
        self._show_problems()
        return tuple(p for p in problems if len(p.path) <= start)

    def focus_on(self, path: Path) -> None:
        inside = path[len(self.path) :]
        index = inside[0] if inside and isinstance(inside[0], int) else 0
        super().focus_on(path)
        if index < len(self._items):
            self.objects[index].focus_inside(inside[1:], CAME)

    @Slot()
    def _tell_rows(self) -> None:
        self._show_problems()
        self.tell(note=next((row.note for row in self._rows if row.note), ""))
        self.told.emit()  # the faults of rows are theirs to show, and the page's to know

    def _show_problems(self) -> None:
        for index, row in enumerate(self.objects):
            row.show_problems(
                tuple(replace(p, path=p.path[1:]) for p in self._problems if p.path[0] == index)
            )

    def _take(self, items: tuple[Value, ...]) -> None:
        """Ask for the list as it was rearranged, as a step of its own; an empty one goes."""
        self._items = items
        if not items:
            self.clear()
        elif items != self._held:
            self._held = items
            self.session.set_values(((self.path, items),))

    @Slot(object, object)
    def _on_changed(self, row: ItemRow, item: Value) -> None:
        index = self._rows.index(row)
        self._items = (*self._items[:index], item, *self._items[index + 1 :])
        self.store(self._items)

    @Slot(object, object)
    def _on_rearranged(self, row: ItemRow, item: Value) -> None:
        index = self._rows.index(row)
        self._take((*self._items[:index], item, *self._items[index + 1 :]))

    @Slot(object)
    def _on_removed(self, row: ItemRow) -> None:
        index = self._rows.index(row)
        self._build(len(self._items))
        open_ones = [row.is_open for row in self.objects]
        del open_ones[index]
        self._items = (*self._items[:index], *self._items[index + 1 :])
        self._drop(self._rows[-1])
        self._show_anew(index)
        for later, is_open in zip(self.objects[index:], open_ones[index:], strict=True):
            later.set_open(is_open)
        if self._rows:
            self.objects[min(index, len(self._rows) - 1)].focus_head(CAME)
        elif self.before is not None:
            self.before.setFocus(CAME)
        self._take(self._items)
        self._tell_rows()

    @Slot(object, int)
    def _on_moved(self, row: ItemRow, step: int) -> None:
        index = self._rows.index(row)
        self._build(len(self._items))
        if not 0 <= index + step < len(self._items):
            return
        one, other = self.objects[index], self.objects[index + step]
        is_open, is_other_open = one.is_open, other.is_open
        self._items = moved(self._items, index, step)
        self._show_anew(min(index, index + step))
        one.set_open(is_other_open)
        other.set_open(is_open)
        other.focus_head(CAME)
        self._take(self._items)

    def _show_anew(self, start: int) -> None:
        """Have the rows from ``start`` on show what the list holds now."""
        for row, item in zip(self.objects[start:], self._items[start:], strict=False):
            row.show_anew(item)
