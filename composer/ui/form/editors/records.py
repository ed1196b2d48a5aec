"""The editor for a list of objects that all have the same text members: one row for each object."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from composer.core.fields import Field
from composer.core.jsontext import Object, Path, Value
from composer.ui.form.editors.base import CAME
from composer.ui.form.editors.block import BlockEditor
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import field_face, foreign_face
from composer.ui.form.reading import ABSENT, Held
from composer.ui.form.tab_order import chain_tabs
from composer.ui.icons import IconName
from composer.ui.session import Session
from composer.ui.widgets import IconButton


class _Cell(ExactLine):
    """One member of a record."""

    filled = Signal(object, object)
    """The column, and its exact text after an edit."""

    def __init__(self, column: str) -> None:
        super().__init__("", placeholder=column, mono=column == "id")
        self.column = column
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.typed.connect(self._on_typed)

    def show_of(self, record: Value) -> str:
        """Show the column of a record. Returns what is unusual about it."""
        held: Held = ABSENT
        if isinstance(record, Object) and self.column in record:
            held = record.get(self.column)
        face = field_face(held, str) if isinstance(record, Object) else foreign_face(record)
        self.show_face(face)
        self.setReadOnly(face.locked or not isinstance(record, Object))
        return face.note

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        self.filled.emit(self.column, text)


class RecordRow(QWidget):
    """One object of the list; members beyond the columns stay as they are."""

    changed = Signal(object, object)
    """The row, and its new ``Object``."""
    removed = Signal(object)
    entered = Signal(object)

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__()
        self._shown: Held = ABSENT
        self._note = ""
        self._cells = [_Cell(column) for column in columns]
        self._remove = IconButton(IconName.CLOSE, "Remove this row")
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for cell in self._cells:
            cell.filled.connect(self._on_filled)
            cell.returnPressed.connect(self._on_return)
            row.addWidget(cell, 3 if cell is self._cells[0] else 4)
        row.addWidget(self._remove)

    @property
    def last_control(self) -> QWidget:
        """Where the Tab key leaves the row."""
        return self._remove

    def focus_first(self, reason: Qt.FocusReason) -> None:
        """Put the cursor into the first column."""
        self._cells[0].setFocus(reason)

    def set_name(self, name: str) -> None:
        """Name the controls: ``Questions 1 id``."""
        for cell in self._cells:
            cell.setAccessibleName(f"{name} {cell.column}")
        self._remove.set_icon(IconName.CLOSE, f"Remove {name}")

    def show_record(self, record: Value) -> str:
        """Show another object; this is no edit. Returns what is unusual about it."""
        if record != self._shown:
            self._shown = record
            notes = [cell.show_of(record) for cell in self._cells]
            self._note = next(filter(None, notes), "")
        return self._note

    @Slot(object, object)
    def _on_filled(self, column: str, text: str) -> None:
        if isinstance(self._shown, Object):
            self._shown = self._shown.with_member(column, text)
            self.changed.emit(self, self._shown)

    @Slot()
    def _on_return(self) -> None:
        if self._cells[-1].hasFocus():
            self.entered.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self)


class RecordsEditor(BlockEditor):
    """Rows of text columns over an array of objects."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session, "Add row")
        self._records: tuple[Value, ...] = ()
        self._rows: list[RecordRow] = []

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        """The rows, in the order of the list."""
        return tuple(self._rows)

    def display(self, held: Held) -> None:
        self._records = held if isinstance(held, tuple) else ()
        for row in self._rows[len(self._records) :]:
            self._drop(row)
        while len(self._rows) < len(self._records):
            self._append()
        notes = [row.show_record(r) for row, r in zip(self._rows, self._records, strict=True)]
        self.tell(note=next(filter(None, notes), ""))
        self.show_foreign(held, tuple)

    def add(self) -> None:
        """Put an empty object at the end of the list, and the cursor into its first column."""
        if self.is_foreign:
            return
        record = Object(tuple((column, "") for column in self.field.columns))
        row = self._append()
        row.show_record(record)
        self._take((*self._records, record))
        row.focus_first(CAME)

    def focus_on(self, path: Path) -> None:
        inside = path[len(self.path) :]
        index = inside[0] if inside and isinstance(inside[0], int) else 0
        if index < len(self._rows):
            self._rows[index].focus_first(CAME)
        else:
            self.add()

    def _append(self) -> RecordRow:
        row = RecordRow(self.field.columns)
        row.set_name(f"{self.field.label} {len(self._rows) + 1}")
        above = self._rows[-1].last_control if self._rows else self.before
        row.changed.connect(self._on_changed)
        row.removed.connect(self._on_removed)
        row.entered.connect(self._on_entered)
        self._rows.append(row)
        self.column.addWidget(row)
        row.show()  # now, not with the layout's next turn: it may get the cursor
        if above is not None:
            chain_tabs(above, row)
        return row

    def _drop(self, row: RecordRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def _take(self, records: tuple[Value, ...]) -> None:
        self._records = records
        if records or self.field.required:
            self.store(records)
        else:
            self.clear()

    @Slot(object, object)
    def _on_changed(self, row: RecordRow, record: Object) -> None:
        index = self._rows.index(row)
        self._take((*self._records[:index], record, *self._records[index + 1 :]))

    @Slot(object)
    def _on_removed(self, row: RecordRow) -> None:
        index = self._rows.index(row)
        self._drop(row)
        for number, later in enumerate(self._rows[index:], index + 1):
            later.set_name(f"{self.field.label} {number}")
        if self._rows:
            self._rows[min(index, len(self._rows) - 1)].focus_first(CAME)
        self._take((*self._records[:index], *self._records[index + 1 :]))

    @Slot(object)
    def _on_entered(self, row: RecordRow) -> None:
        if row is self._rows[-1]:
            self.add()
